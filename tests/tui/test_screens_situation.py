"""The situation: the whole turn on one screen, at any size, with a reason for every closed door."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.exercise.table import Answer, Decide
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.card import CardScreen, sources
from tabletop.tui.screens.decision import DecisionScreen
from tabletop.tui.screens.elsewhere import ElsewhereScreen
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.flash import FlashScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.large import GaugesScreen, MapScreen, WireScreen
from tabletop.tui.screens.reaction import LookBackScreen, ReactionScreen
from tabletop.tui.screens.sheet import SheetScreen
from tabletop.tui.screens.situation import SituationScreen
from tabletop.tui.widgets.wire import Wire
from tests.tui.sample_view import RESPONSES, ended_view, flash_view, late_view, sample_view
from tests.tui.stand_in import StandInTable, an_app, flat, press, settle, text_of, told


def at_turn_two() -> StandInTable:
    """A table in the middle of the second turn."""
    table = StandInTable()
    table.place = 1
    return table


def has_told(app: TabletopApp) -> bool:
    """Whether the reaction on the screen is past its beat."""
    return isinstance(app.screen, ReactionScreen) and app.screen.told


SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_turn_is_told_at_every_size(size: tuple[int, int]) -> None:
    """What just happened, where that leaves us, what we can do."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        text = flat(app)
    assert "Turn 2 of 6" in text
    assert "Salvo launch" in text
    assert "Tension" in text
    for response in RESPONSES:
        assert response.title[:20] in text


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_drawn_beyond_the_terminal(size: tuple[int, int]) -> None:
    """No row is wider than the screen, and every part of the board lies inside it."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert all(len(row) <= size[0] for row in text_of(app).splitlines())
        board = app.screen.query_one("#board")
        for part in board.children:
            if part.display:
                assert board.region.contains_region(part.region), part


async def test_in_a_small_terminal_the_news_stand_in_the_story() -> None:
    """Where the wire is on the screen they stand there, and not twice."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        story = str(app.screen.query_one("#story").render())
        assert "At 07:34 in Korea" in story
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        story = str(app.screen.query_one("#story").render())
        assert "At 07:34 in Korea" not in story
        assert "At 07:34 in Korea" in " ".join(str(app.screen.query_one(Wire).render()).split())


async def test_a_digit_opens_the_card_of_its_response() -> None:
    """And other digits and arrows turn to other cards."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert isinstance(app.screen, CardScreen)
        assert "Draw a red line at an ICBM" in text_of(app)
        await press(pilot, "right")
        assert "Speed THAAD to Seongju" in text_of(app)
        await press(pilot, "2")
        assert "Offer talks without preconditions" in text_of(app)
        await press(pilot, "left", "left")
        assert "Sanction Chinese banks" in text_of(app)


async def test_a_closed_response_can_be_read_and_says_why_it_cannot_be_chosen() -> None:
    """The reason is the author's text."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "7")
        assert isinstance(app.screen, CardScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, CardScreen)
        assert told(app) == ["Seoul and Tokyo refuse: nobody has been attacked."]


async def test_a_digit_without_a_response_says_how_many_there_are() -> None:
    """On the card too."""
    view = replace(sample_view(), responses=RESPONSES[:3])
    app = an_app(table=StandInTable([view]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "8")
        assert told(app) == ["there are 3 responses now"]


async def test_the_mouse_opens_a_card() -> None:
    """A click on a line of the menu."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.click("#responses", offset=(12, 3))
        await settle(pilot)
        assert isinstance(app.screen, CardScreen)
        assert app.screen.response.id == "red_line"


@pytest.mark.parametrize(
    "key, screen",
    [
        ("m", MapScreen),
        ("w", WireScreen),
        ("g", GaugesScreen),
        ("a", LookBackScreen),
        ("o", SheetScreen),
        ("e", SheetScreen),
    ],
)
async def test_every_part_has_a_sheet_that_q_closes(key: str, screen: type) -> None:
    """Nothing that a small terminal hides is out of reach."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, key)
        assert isinstance(app.screen, screen)
        await press(pilot, "q")
        assert isinstance(app.screen, SituationScreen)


async def test_the_map_says_in_words_what_flew() -> None:
    """For those who do not see the dots."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        assert "620 miles" in flat(app)


async def test_a_decision_leads_through_the_reaction_to_the_next_turn() -> None:
    """Card, decision, what came of it, next turn."""
    table = at_turn_two()
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        assert isinstance(app.screen, DecisionScreen)
        await press(pilot, "tab", "2", "ctrl+s")
        assert isinstance(app.screen, ReactionScreen)
        assert "Four missiles in one salvo" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, SituationScreen)
        assert "Turn 5 of 6" in text_of(app)
    assert table.sent == [Decide("solo", "talks_without_preconditions", "none", None, 30)]


async def test_during_the_beat_nothing_is_told_and_enter_skips_it() -> None:
    """The moment between a decision and its answer."""
    app = an_app(table=at_turn_two(), reduced_motion=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "tab", "2", "ctrl+s")
        assert isinstance(app.screen, ReactionScreen)
        assert not has_told(app)
        assert "The message goes out" in text_of(app)
        assert "Four missiles in one salvo" not in text_of(app)
        await press(pilot, "space")
        assert has_told(app)
        assert "Four missiles in one salvo" in text_of(app)


async def test_the_last_decision_leads_to_the_end() -> None:
    """EndEx follows the last reaction."""
    table = StandInTable([late_view(), ended_view()])
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "enter", "tab", "2", "ctrl+s", "enter")
        assert isinstance(app.screen, EndExScreen)


async def test_a_flash_asks_at_once_and_the_answer_leads_on() -> None:
    """The sheet is there before the player has pressed a key."""
    table = StandInTable([flash_view(), sample_view()])
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, FlashScreen)
        await press(pilot, "2")
        assert isinstance(app.screen, SituationScreen)
    assert table.sent == [Answer("solo", "quiet")]


async def test_a_flash_may_be_put_aside_to_look_but_not_be_passed_over() -> None:
    """The situation waits for it, and f comes back to it."""
    app = an_app(table=StandInTable([flash_view(), sample_view()]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "q", "1")
        assert isinstance(app.screen, SituationScreen)
        assert told(app) == ["first the flash must be answered"]
        assert "Answer the flash" in text_of(app)
        await press(pilot, "f")
        assert isinstance(app.screen, FlashScreen)
        await press(pilot, "9")
        assert "there are 2 answers" in told(app)


async def test_a_refused_answer_may_be_given_again() -> None:
    """The sheet stays."""
    table = StandInTable([flash_view(), sample_view()])
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        table.refusal = "the exercise is paused"
        await press(pilot, "1")
        assert isinstance(app.screen, FlashScreen)
        table.refusal = None
        await press(pilot, "1")
        assert isinstance(app.screen, SituationScreen)


async def test_a_save_that_cannot_be_written_is_told_and_can_be_rescued() -> None:
    """One line, and the key that helps; afterwards the line is gone."""
    table = at_turn_two()
    table.warning = "the save cannot be written: no space left on device"
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "no space left on device" in flat(app)
        assert "Save elsewhere" in text_of(app)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ElsewhereScreen)
        await press(pilot, *"/missing/x", "enter")
        assert any("no such folder" in line for line in told(app))
        app.screen.query_one("Input").value = "/tmp/rescued.jsonl"  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(app.screen, SituationScreen)
        assert not app.screen.query_one("#warning").display
    assert table.saved_to == Path("/tmp/rescued.jsonl")


async def test_while_the_save_is_whole_there_is_nothing_to_rescue() -> None:
    """The key says so."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert told(app) == ["the save is written and whole"]


async def test_leaving_says_that_the_game_is_kept() -> None:
    """No question, since nothing is lost."""
    table = at_turn_two()
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)
        assert told(app) == ["The game is kept in its save."]


async def test_space_reads_on_in_a_story_that_is_longer_than_its_window() -> None:
    """The key is on the key line only then."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        story = app.screen.query_one("#story")
        assert "Read on" in text_of(app)
        await press(pilot, "space")
        assert story.scroll_offset.y > 0
        await press(pilot, "pageup")
        assert story.scroll_offset.y == 0


def test_a_card_lists_each_piece_of_evidence_once() -> None:
    """The same fact may stand behind both cases."""
    ids = [card.id for card in sources(RESPONSES[1])]
    assert ids == ["A33", "A34", "A45"]


@pytest.mark.parametrize("part", ["#story", "#gauges", "#ladder"])
async def test_text_can_be_selected_with_the_mouse_and_copied(part: str) -> None:
    """Whoever takes notes needs no second typing."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.mouse_down(part, offset=(0, 0))
        await pilot.hover(part, offset=(8, 0))
        await pilot.mouse_up(part, offset=(8, 0))
        await press(pilot, "ctrl+c")
        row = str(app.screen.query_one(part).render()).splitlines()[0]
        assert app.clipboard
        assert row.startswith(app.clipboard)


async def test_ctrl_c_with_nothing_selected_says_how_to_leave() -> None:
    """It does not end the program by surprise."""
    app = an_app(table=at_turn_two())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+c")
        assert "Ctrl+Q" in told(app)[0]
