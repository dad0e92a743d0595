"""The briefing: three pages, an objective, then the exercise begins."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from tabletop.errors import SaveError
from tabletop.exercise.introduction import Introduction
from tabletop.exercise.table import Begin, Declare
from tabletop.tui import start
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.briefing import BriefingScreen
from tabletop.tui.screens.situation import SituationScreen
from tests.tui.sample_view import briefing_view, sample_view
from tests.tui.stand_in import StandInDesk, StandInTable, an_app, press, settle, text_of, told


async def test_the_content_note_is_the_first_thing_one_reads() -> None:
    """Before any brief."""
    app = an_app(start=start.NewGame("x"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        text = text_of(app)
    assert text.index("Speaks of war") < text.index("Spring 2017")


async def test_the_office_is_shown_with_its_private_part_and_its_goals() -> None:
    """The second page."""
    app = an_app(start=start.NewGame("x"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        text = text_of(app)
    assert "You decide." in text
    assert "it will not happen" in text
    assert "both alliances no weaker" in text


async def test_it_begins_when_an_objective_is_declared_and_not_before() -> None:
    """The objective is recorded, then StartEx."""
    table = StandInTable()
    app = an_app(table=table)
    async with app.run_test() as pilot:
        await press(pilot, "right", "right", "right")
        assert isinstance(app.screen, BriefingScreen)
        assert told(app) == ["choose an objective first, by its digit or with Enter"]
        await press(pilot, "2", "right")
        assert isinstance(app.screen, SituationScreen)
    assert table.sent == [Declare("solo", "freeze_first"), Begin()]


async def test_enter_chooses_and_enter_again_begins() -> None:
    """The whole briefing with one key."""
    table = StandInTable()
    app = an_app(table=table)
    async with app.run_test() as pilot:
        await press(pilot, "enter", "enter", "enter", "enter")
    assert table.sent == [Declare("solo", "no_war"), Begin()]


async def test_an_objective_named_on_the_command_line_is_chosen_already() -> None:
    """It can still be changed."""
    table = StandInTable()
    app = an_app(start=start.NewGame("x", objective="alliances_whole"), table=table)
    async with app.run_test() as pilot:
        await press(pilot, "right", "right", "right")
    assert table.sent[0] == Declare("solo", "alliances_whole")


async def test_an_unknown_objective_is_ignored() -> None:
    """The command has told its user; the screen asks."""
    app = an_app(start=start.NewGame("x", objective="world_peace"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.objective is None


async def test_a_digit_beyond_the_list_says_how_many_there_are() -> None:
    """And digits on other pages say where the objectives are."""
    app = an_app(start=start.NewGame("x"))
    async with app.run_test() as pilot:
        await press(pilot, "4", "right", "right", "4")
        assert told(app) == ["the objectives are on the last page", "there are 3 objectives"]


async def test_the_assumptions_in_force_are_on_the_last_page() -> None:
    """A changed one says so."""
    view = replace(
        briefing_view(),
        assumptions=(("How exercises provoke", "weak", True), ("Talks kept", "seldom", False)),
    )
    app = an_app(table=StandInTable([view, sample_view()]))
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "right", "right")
        rows = [row for row in text_of(app).splitlines() if "weak" in row or "seldom" in row]
    assert "changed" not in rows[0]
    assert "changed" in rows[1]


async def test_a_refused_objective_leaves_the_briefing_as_it_is() -> None:
    """The reason is told and the player may choose again."""
    table = StandInTable()
    app = an_app(table=table)
    async with app.run_test() as pilot:
        await press(pilot, "right", "right", "1")
        table.refusal = "play has begun already"
        await press(pilot, "right")
        assert isinstance(app.screen, BriefingScreen)
        assert told(app) == ["play has begun already"]


def introduced(desk: Any, *, objective: str | None = None) -> TabletopApp:
    """The app as a command opens it: its first page stands before its table does."""
    app = TabletopApp(desk, start=start.NewGame("x", objective=objective), reduced_motion=True)
    view = briefing_view()
    app.introduction = Introduction(view.title, view.content_note, view.summary, view.turns)
    return app


def has_game(screen: BriefingScreen) -> bool:
    """Whether there is a game to brief for by now."""
    return screen.is_seated


class HeldDesk(StandInDesk):
    """A desk at which a table is opened only when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.may_open = threading.Event()

    def new(self, *given: Any, **wishes: Any) -> Any:
        """Wait, and open."""
        assert self.may_open.wait(20)
        return super().new(*given, **wishes)


async def test_the_first_page_can_be_read_before_there_is_a_game() -> None:
    """What is pressed meanwhile is done as soon as there is one, in the order it was pressed."""
    desk = HeldDesk()
    app = introduced(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Speaks of war" in text_of(app)
        await pilot.press("right", "right", "2")
        screen = app.screen
        assert isinstance(screen, BriefingScreen)
        assert not has_game(screen)
        assert app.table is None
        desk.may_open.set()
        await settle(pilot)
        assert has_game(screen)
        assert (screen.page, screen.objective) == (2, "freeze_first")


async def test_a_named_objective_waits_for_the_game_too() -> None:
    """It is chosen when there is one."""
    app = introduced(StandInDesk(), objective="alliances_whole")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.objective == "alliances_whole"


async def test_who_leaves_before_there_is_a_game_is_not_called_back() -> None:
    """The table that comes later is let go of."""
    desk = HeldDesk()
    app = introduced(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        desk.may_open.set()
        await settle(pilot)
        assert app.table is None
        assert not isinstance(app.screen, BriefingScreen)


async def test_a_game_that_cannot_be_opened_ends_the_program_with_its_reason() -> None:
    """The command says it in one line, with exit code 2."""

    class NoDesk(StandInDesk):
        def new(self, *given: Any, **wishes: Any) -> Any:
            raise SaveError("taken.jsonl: exists already")

    app = introduced(NoDesk())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
    assert (app.return_code, app.fault) == (2, "taken.jsonl: exists already")
