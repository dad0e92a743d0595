"""Home, and the sheets behind it: new games, saves, settings."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tabletop.tui import start
from tabletop.tui.choice import Menu
from tabletop.tui.screens.home import HomeScreen, Shelf
from tabletop.tui.screens.newgame import NewGameScreen
from tabletop.tui.screens.saves import SavesScreen, when
from tests.tui.stand_in import (
    StandInDesk,
    an_app,
    press,
    save_card,
    scenario_card,
    settle,
    shows,
    text_of,
    told,
)


class EmptyDesk(StandInDesk):
    """A desk on its first day: no saves, and no scenario that teaches."""

    def saves(self) -> list[Any]:
        return []

    def samples(self) -> list[Any]:
        return []

    def scenarios(self) -> list[Any]:
        return [scenario_card("north-korea-2017", "The First Test", 6)]


async def test_continue_takes_up_the_newest_game_that_has_not_ended() -> None:
    """One key from the prompt back into the crisis."""
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "c")
    assert desk.opened == [("resume", Path("b.jsonl"))]


async def test_the_cursor_rests_on_continue_where_there_is_something_to_continue() -> None:
    """Enter alone goes on with the game."""
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter")
    assert desk.opened == [("resume", Path("b.jsonl"))]


async def test_without_a_game_continue_says_why() -> None:
    """Nothing on the menu is silent."""
    app = an_app(EmptyDesk())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "c", "f")
        assert told(app) == ["no unfinished game", "no scenario for a first game was found"]


async def test_the_first_game_begins_the_scenario_that_teaches() -> None:
    """It is found by its lesson, not by its name."""
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "f")
    assert desk.opened == [("new", "first-game")]


async def test_the_mouse_chooses_from_the_menu_and_from_the_key_line() -> None:
    """Every key has something to click."""
    desk = StandInDesk()
    async with an_app(desk).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.click(Menu, offset=(8, 1))
        await settle(pilot)
        assert shows(pilot.app, NewGameScreen)
        await pilot.click("KeyBar", offset=(29, 0))
        await settle(pilot)
        assert shows(pilot.app, HomeScreen)


async def test_q_leaves_the_program_from_home() -> None:
    """With a clean exit code."""
    app = an_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_new_game_of_the_crisis_under_the_cursor() -> None:
    """The list opens on the first one."""
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
    assert desk.opened == [("new", "first-game")]


async def test_branches_stand_under_the_game_they_came_from() -> None:
    """The family tree tells which game a branch was played from."""
    app = an_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        text = text_of(app)
    rows = [row.strip() for row in text.splitlines() if "2026" in row]
    assert rows[0].startswith("The First Test")
    assert "turn 3 of 6" in rows[0]
    assert "Containment holds" in rows[1]
    assert rows[2].startswith("└ turn 3, same luck")


async def test_a_save_that_cannot_be_read_is_listed_with_its_fault() -> None:
    """It is neither hidden nor able to be opened."""
    app = an_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "s", "end", "up", "enter")
        assert "this is not a save" in text_of(app)
        assert told(app) == ["torn.jsonl:1: this is not a save"]


async def test_a_save_can_be_replayed_from_the_list() -> None:
    """r steps through what Enter would continue."""
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s", "down", "r")
    assert desk.opened == [("replay", Path("a.jsonl"))]


async def test_files_that_cannot_be_opened_are_not_counted_as_games() -> None:
    """They are told beside the games."""
    app = an_app(StandInDesk())
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        told_of = [str(menu.get_option_at_index(at).prompt) for at in range(menu.option_count)]
        assert any("3 games, 1 ended, 1 that cannot be opened" in line for line in told_of)


class ClassDesk(StandInDesk):
    """Its newest save is an exercise of several people."""

    def saves(self) -> list[Any]:
        return [save_card("class", several=True, played="2026-06-05T09:00:00Z"), *super().saves()]


async def test_an_exercise_of_several_people_is_not_continued_alone() -> None:
    """The newest game is; on its own line in the list, the key says what can be done."""
    desk = ClassDesk()
    app = an_app(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s")
        await press(pilot, "enter")
        assert "an exercise of several people" in told(app)[-1]
        await press(pilot, "escape", "c")
    assert desk.opened == [("resume", Path("b.jsonl"))]


class SlowDesk(StandInDesk):
    """Its saves are read when they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def saves(self) -> list[Any]:
        assert self.let_go.wait(30)
        return super().saves()


@pytest.mark.parametrize("key, screen", [("s", SavesScreen), ("n", NewGameScreen)])
async def test_a_key_that_comes_before_the_games_are_read_waits_for_them(
    key: str, screen: type[SavesScreen | NewGameScreen]
) -> None:
    """It never opens a list without what there is."""
    desk = SlowDesk()
    app = an_app(desk)
    async with app.run_test() as pilot:
        try:
            await pilot.press(key, "c")
            assert len(app.screen_stack) == 1
            assert told(app) == ["the games are still being read"]
        finally:
            desk.let_go.set()
        await settle(pilot)
        assert isinstance(app.screen, screen)
        assert app.screen.query_one(Menu).option_count > 0


async def test_an_empty_list_of_saves_says_so() -> None:
    """And its keys say why they do nothing."""
    app = an_app(EmptyDesk())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s", "r")
        assert isinstance(app.screen, SavesScreen)
        assert "No game has been played yet." in text_of(app)
        assert told(app) == ["there is no save here yet"]


async def test_a_shelf_that_cannot_be_read_is_told() -> None:
    """The menu still works."""
    desk = StandInDesk()

    def fail() -> list[Any]:
        raise OSError("saves: permission denied")

    desk.saves = fail  # type: ignore[method-assign]
    app = an_app(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert told(app) == ["saves: permission denied"]
        await press(pilot, "comma")
        assert not isinstance(app.screen, HomeScreen)


def test_the_newest_open_game_is_neither_ended_nor_torn() -> None:
    """What Continue offers can be continued."""
    cards = (
        save_card("old", played="2026-01-01T00:00:00Z"),
        save_card("torn", played="2026-03-01T00:00:00Z", fault="torn"),
        save_card("over", played="2026-02-01T00:00:00Z", ended=True),
    )
    newest = Shelf((), cards, read=True).newest
    assert newest is not None
    assert newest.path == Path("old.jsonl")


def test_a_time_that_is_none_is_shown_as_it_stands() -> None:
    """A save may hold anything."""
    assert when("yesterday\x1b[2J") == "yesterday[2J"


async def test_a_save_that_is_over_opens_at_its_end() -> None:
    """`Resume` of an ended game goes to EndEx; the table decides."""
    desk = StandInDesk()
    app = an_app(desk, start.Home())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s", "down", "enter")
    assert desk.opened == [("resume", Path("a.jsonl"))]


async def test_a_sample_can_be_replayed_and_not_played_on() -> None:
    """It stands below one's own games; Enter steps through it."""
    desk = StandInDesk()
    app = an_app(desk)
    async with app.run_test(size=(90, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "s", "end")
        listed = [row for row in text_of(app).splitlines() if "Containment holds" in row]
        assert "Sample history" in listed[-1]
        assert "a sample" in listed[-1]
        assert not any("sample" in row for row in listed[:-1])
        await app.attempt("continue_save")
        await settle(pilot)
        assert told(app) == ["a sample can be replayed, not played on"]
        await press(pilot, "enter")
    assert desk.opened == [("replay", Path("sample-history.jsonl"))]
