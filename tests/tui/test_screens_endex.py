"""EndEx: everything is unsealed, digits are allowed now, and two keys start again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tabletop.exercise.view import RoleView
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.unsealed import SECTIONS, day
from tests.tui.sample_view import ENDING, ended_view
from tests.tui.stand_in import StandInDesk, StandInTable, an_app, flat, press, settle, told


def ended(**changes: object) -> StandInTable:
    """A table whose game is over."""
    return StandInTable([replace(ended_view(), **changes)])  # type: ignore[arg-type]


async def everything(table: StandInTable) -> str:
    """All text of the page."""
    app = an_app(table=table)
    async with app.run_test(size=(100, 300)) as pilot:
        await settle(pilot)
        return flat(app)


async def test_everything_that_was_sealed_is_told() -> None:
    """Epilogue, aim with its tells, both camps, history, seal, questions."""
    text = await everything(ended())
    assert "CONTAINMENT HOLDS" in text
    assert "The launch crews train on." in text
    assert "Security first" in text
    assert "the agency named its crews' task" in text
    assert "could not accept this ending" in text
    assert "could live with this ending" in text
    assert "4 Jul 2017" in text
    assert "7F3K-Q2MD" in text
    assert "no prediction" in text or "not a prediction" in text
    assert "Was the salvo an answer to the drills" in text


async def test_forecasts_stand_beside_what_came_with_their_digits() -> None:
    """And the reason that was given then."""
    text = await everything(ended())
    assert "you said 70 in 100; it came" in text
    assert "“Cutting them in the first week would look like fear.”" in text


async def test_the_ending_is_valued_by_the_objective() -> None:
    """Without one, nothing is said of it."""
    assert "By your objective, A freeze, soon: 60%" in await everything(ended())
    assert "By your objective" not in await everything(ended(objective=None))


async def test_goals_are_met_not_met_or_open() -> None:
    """As far as the rules can tell."""
    role = RoleView("president", "President", "x", None, (("A", True), ("B", False), ("C", None)))
    text = await everything(ended(role=role))
    assert "met A" in text
    assert "not met B" in text
    assert "open C" in text


async def test_a_changed_assumption_is_marked() -> None:
    """The default one is not."""
    text = await everything(ended())
    assert "strong changed by you" in text
    assert "weak changed by you" not in text


async def test_what_another_team_still_plays_for_stays_sealed() -> None:
    """Each section says so in one line, and the ending itself is told."""
    early = replace(ENDING, aim_title="", aim_text="", tells=(), history=(), questions=())
    text = await everything(ended(ending=early))
    assert "CONTAINMENT HOLDS" in text
    assert text.count("Sealed until every team has come to its end.") == 3
    assert "Sealed until" not in await everything(ended())


async def test_the_digits_go_to_the_sections() -> None:
    """The heading of the section comes to the top of the page."""
    app = an_app(table=ended())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        page = app.screen.query_one("#endex-page")
        for digit, (name, _) in enumerate(SECTIONS[:4], 1):
            await press(pilot, str(digit))
            section = app.screen.query_one(f"#section-{name}")
            assert section.region.y == page.content_region.y


async def test_the_list_of_sections_can_be_clicked_where_there_is_room() -> None:
    """In a small terminal it is not there."""
    app = an_app(table=ended())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.click("#endex-contents", offset=(5, 3))
        await settle(pilot)
        assert app.screen.query_one("#endex-page").scroll_offset.y > 0
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert not app.screen.query_one("#endex-contents").display


async def test_without_a_turn_that_stood_out_the_branch_says_so() -> None:
    """The pivot is None where no decision mattered."""
    app = an_app(table=ended(ending=replace(ENDING, pivot=None)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert told(app) == ["no single turn stood out in this game"]


async def test_the_key_line_names_the_turn_to_go_back_to() -> None:
    """So that the key is a promise."""
    app = an_app(table=ended())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "b Back to turn 3, same luck" in flat(app)


async def test_a_branch_that_cannot_be_opened_may_be_tried_again() -> None:
    """The fault is one line; the ending stays."""
    desk = StandInDesk()
    app = an_app(desk, table=ended())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        desk.fault = "saves: read-only file system"
        await press(pilot, "b", "n")
        assert isinstance(app.screen, EndExScreen)
        assert told(app) == ["saves: read-only file system"] * 2
        desk.fault = None
        await press(pilot, "b")
        assert desk.opened == [("branch", 3, True)]


async def test_the_game_can_be_replayed_from_its_end() -> None:
    """The save of this very game."""
    desk = StandInDesk()
    app = an_app(desk, table=ended())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "r")
        assert isinstance(app.screen, ReplayScreen)
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)
    assert desk.opened == [("replay", Path("game.jsonl"))]


def test_dates_of_the_history_are_written_as_people_write_them() -> None:
    """A month alone stays a month; what is no date is shown as it stands."""
    assert day("2017-03-06") == "6 Mar 2017"
    assert day("2019-02") == "Feb 2019"
    assert day("later") == "later"
    assert day("2017-13-40") == "2017-13-40"
