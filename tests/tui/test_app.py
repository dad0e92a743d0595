"""The app: where it opens, how it speaks of faults, and that it lets go of its save."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from textual.screen import Screen

from tabletop.errors import SaveError, UsageError
from tabletop.exercise.table import Begin, Declare
from tabletop.tui import start
from tabletop.tui.app import TabletopApp, run
from tabletop.tui.screens.briefing import BriefingScreen
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.help import HelpScreen
from tabletop.tui.screens.home import HomeScreen, Shelf
from tabletop.tui.screens.settings import SettingsScreen
from tabletop.tui.seat import open_table
from tabletop.tui.theme import DAY, NAMES, NIGHT
from tests.tui.sample_view import sample_view
from tests.tui.stand_in import StandInDesk, StandInTable, an_app, press, settle, text_of, told


async def test_it_opens_at_home_when_nothing_is_asked() -> None:
    """No table is opened for the home screen."""
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
    assert desk.opened == []


async def test_a_new_game_opens_at_its_briefing() -> None:
    """The scenario goes to the desk as it was named."""
    desk = StandInDesk()
    async with an_app(desk, start.NewGame("north-korea-2017")).run_test() as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, BriefingScreen)
    assert desk.opened == [("new", "north-korea-2017")]


async def test_looking_for_garbage_waits_for_the_first_paint_and_no_longer() -> None:
    """A command may turn the collector off to start sooner; then it is on again."""
    gc.disable()
    try:
        async with an_app(StandInDesk()).run_test() as pilot:
            await settle(pilot)
            assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()


async def test_a_finished_save_opens_at_its_end() -> None:
    """Resuming what is over shows how it ended."""
    table = StandInTable()
    table.place = 3
    async with an_app(table=table).run_test() as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, EndExScreen)


def test_what_cannot_be_opened_is_told_before_anything_is_drawn() -> None:
    """`run` raises, and the command prints one line."""
    desk = StandInDesk()
    desk.fault = "game.jsonl: no such file"
    with pytest.raises(SaveError, match="no such file"):
        run(desk, start=start.Resume(Path("game.jsonl")))  # type: ignore[arg-type]


def test_home_opens_no_table() -> None:
    """The home screen needs none."""
    assert open_table(StandInDesk(), start.Home()) is None  # type: ignore[arg-type]


async def test_the_table_is_closed_with_the_program() -> None:
    """The save is let go of, so that another process may write it."""
    table = StandInTable()
    async with an_app(table=table).run_test() as pilot:
        await settle(pilot)
    assert table.closed


async def test_going_home_closes_the_table() -> None:
    """Leaving a game lets go of its save at once."""
    table = StandInTable()
    async with an_app(table=table).run_test() as pilot:
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert table.closed


async def test_a_save_that_cannot_be_opened_is_told_in_one_line() -> None:
    """The home screen stays, and says what was wrong."""
    desk = StandInDesk()
    app = an_app(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        desk.fault = "a.jsonl:7: the seal does not fit"
        await press(pilot, "c")
        assert isinstance(app.screen, HomeScreen)
        assert told(app) == ["a.jsonl:7: the seal does not fit"]


async def test_a_refused_action_is_told_in_one_line() -> None:
    """`ActionError` is never a traceback."""
    table = StandInTable()
    app = an_app(table=table)
    async with app.run_test() as pilot:
        await settle(pilot)
        table.refusal = "the exercise is paused"
        app.send(Begin())
        await settle(pilot)
        assert told(app) == ["the exercise is paused"]


async def test_a_key_that_cannot_be_used_now_says_why() -> None:
    """Greyed keys are not silent."""
    app = an_app(start=start.NewGame("x"))
    async with app.run_test() as pilot:
        await press(pilot, "left")
        assert told(app) == ["this is the first page"]


async def test_help_tells_of_the_screen_below_and_closes_by_a_plain_key() -> None:
    """Escape alone is slow in the driver, so q leaves too."""
    app = an_app()
    async with app.run_test() as pilot:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert app.screen.about == "home"
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)


async def test_themes_go_round_and_are_kept() -> None:
    """The change is handed to whoever keeps settings."""
    kept: list[tuple[str, object]] = []
    app = an_app(remember=lambda name, value: kept.append((name, value)))
    async with app.run_test() as pilot:
        for _ in NAMES:
            await press(pilot, "ctrl+t")
        assert app.theme == NIGHT
    assert [value for _, value in kept] == [*NAMES[1:], NAMES[0]]


async def test_a_theme_that_is_not_ours_means_the_night() -> None:
    """A settings file may hold anything."""
    app = an_app(theme="solarised-nightmare")
    async with app.run_test():
        assert app.theme == NIGHT
    app = an_app(theme=DAY)
    async with app.run_test():
        assert app.theme == DAY


async def test_settings_that_cannot_be_kept_hold_for_now() -> None:
    """A read-only folder is told, and the choice still takes effect."""

    def refuse(name: str, value: object) -> None:
        raise UsageError("settings.toml: permission denied")

    app = an_app(remember=refuse)
    async with app.run_test() as pilot:
        await press(pilot, "comma", "down", "enter")
        assert isinstance(app.screen, SettingsScreen)
        assert app.theme == DAY
        assert "could not be kept" in told(app)[0]


async def test_movement_can_be_switched_off_and_is_kept() -> None:
    """Reduced motion is one key, and it holds the next time too."""
    kept: dict[str, object] = {}
    app = an_app(remember=kept.__setitem__, reduced_motion=False)
    async with app.run_test() as pilot:
        await press(pilot, "f4")
        assert app.still
    assert kept == {"reduced_motion": True}


async def test_the_palette_offers_what_the_screen_can_do_and_runs_it() -> None:
    """The catalogue feeds the palette; its cursor does not blink."""
    app = an_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "ctrl+p", *"settings")
        await press(pilot, "enter")
        assert isinstance(app.screen, SettingsScreen)


async def test_a_new_adversary_keeps_the_objective_and_starts_at_once() -> None:
    """No second briefing: the first decision is on the screen after one key."""
    desk = StandInDesk()
    table = StandInTable()
    table.place = 3
    table.objective = "no_war"
    app = an_app(desk, table=table)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "n")
        assert desk.opened == [("again", Path("game.jsonl"))]
        assert desk.tables[0].sent == [Declare("solo", "no_war"), Begin()]
        assert app.table is desk.tables[0]
        assert table.closed


async def test_the_key_back_to_the_turn_that_mattered_branches_with_the_same_luck() -> None:
    """The turn comes from the ending."""
    desk = StandInDesk()
    table = StandInTable()
    table.place = 3
    app = an_app(desk, table=table)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert desk.opened == [("branch", 3, True)]
        assert app.table is desk.tables[0]


def pictures_in(folder: Path) -> list[str]:
    """The names of the pictures in a folder."""
    return [path.name for path in folder.glob("*.svg")]


async def test_a_picture_of_the_screen_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As SVG, in the folder the program was started in; a fault is one line."""
    monkeypatch.chdir(tmp_path)
    app = an_app()
    async with app.run_test() as pilot:
        await press(pilot, "f5")
        kept = pictures_in(tmp_path)
        assert len(kept) == 1
        assert kept[0] in told(app)[0]

        def refuse() -> str:
            raise OSError("no space left on device")

        monkeypatch.setattr(app, "save_screenshot", refuse)
        await press(pilot, "f5")
        assert "no space left on device" in told(app)[1]


async def test_the_palette_puts_what_cannot_be_done_last_and_says_why() -> None:
    """It is found, and it is not the first thing that Enter would run."""
    app = an_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        app.screen.shelf = Shelf(read=True)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+p", *"con")
        text = text_of(app)
    assert "Not now: no unfinished game" in text
    assert text.index("Theme: High contrast") < text.index("Not now: no unfinished game")


async def test_a_desk_may_be_made_late_and_its_fault_is_told() -> None:
    """Home is on the screen by then, and stays."""

    def no_desk() -> StandInDesk:
        raise UsageError("settings: saves: not a folder")

    app = an_app(no_desk, table=None, start=start.Home())
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert told(app) == ["settings: saves: not a folder"]


async def test_a_desk_that_is_made_late_is_made_once() -> None:
    """Games found at it are begun at it."""
    made: list[StandInDesk] = []

    def make() -> StandInDesk:
        made.append(StandInDesk())
        return made[-1]

    async with an_app(make).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "c")
    assert len(made) == 1
    assert made[0].opened == [("resume", Path("b.jsonl"))]


async def test_a_screen_below_a_sheet_learns_of_a_new_size_when_it_is_seen_again() -> None:
    """Nothing below a sheet is laid out, so what is uncovered must fit the terminal of now."""
    app = an_app(table=StandInTable([sample_view()]))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        await press(pilot, "q")
        assert app.screen.has_class("-narrow", "-short")
        assert not app.screen.has_class("-wide")
        assert app.screen.query_one("#board").region.width == 80


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("keys", ["1", "w", "g", "m", "a", "o", "question_mark", "1 enter"])
async def test_a_sheet_is_painted_once(
    keys: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is painted twice is slow to come: all of it stands in the first paint."""
    painted: list[object] = []
    display = TabletopApp._display

    def count(app: TabletopApp, screen: Screen[object], renderable: object) -> None:
        if renderable is not None:
            painted.append(renderable)
        display(app, screen, renderable)  # type: ignore[arg-type]

    app = an_app(table=StandInTable([sample_view()]))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        *first, last = keys.split()
        await press(pilot, *first)
        below = app.screen
        monkeypatch.setattr(TabletopApp, "_display", count)
        await press(pilot, last)
        await pilot.pause()
        assert app.screen is not below
    assert len(painted) == 1
