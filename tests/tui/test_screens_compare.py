"""Games side by side on the screen, and the ways that lead there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabletop.debrief.comparison import Place, newest_places
from tabletop.exercise.desk import Desk
from tabletop.exercise.listing import list_saves
from tabletop.tui import start
from tabletop.tui.screens.compare import CompareScreen
from tabletop.tui.screens.debrief import DebriefScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.saves import SavesScreen
from tests.debrief.report_cases import HOSTILE, group, places
from tests.exercise.classes import Exercise
from tests.exercise.games import play
from tests.tui.pictures import is_harmless
from tests.tui.stand_in import an_app, flat, press, settle, text_of, told


@pytest.fixture
def parted(tmp_path: Path) -> list[Place]:
    """Red and blue of a class that has ended, as control sees them."""
    return places(group(tmp_path / "class.jsonl", "red", "blue"))


async def test_it_names_where_they_part_and_how_they_ended(parted: list[Place]) -> None:
    """On the first page, each thing with those who did it."""
    app = an_app(start=start.Compare(parted))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, CompareScreen)
        text = flat(app)
    assert "2 runs side by side" in text
    assert "They part first" in text
    assert "How they ended" in text
    assert "They wanted" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_turn_and_gauge_stands_side_by_side(
    parted: list[Place], size: tuple[int, int]
) -> None:
    """Decisions in columns, and small charts with their numbers."""
    app = an_app(start=start.Compare(parted))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        rows = text_of(app).splitlines()
        head = next(row for row in rows if "Turn " in row and "red" in row)
        assert head.index("red") < head.index("blue")
        await press(pilot, "3")
        assert "█" in text_of(app)
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        for row in screen.found.gauges[:1]:
            assert row.title in flat(app)


async def test_many_runs_are_grouped_by_what_they_did(tmp_path: Path) -> None:
    """Five abreast would not be read."""
    names = ("red", "blue", "green", "gold", "grey")
    teams: dict[str, Any] = {name: ["premier"] for name in names}
    exercise = Exercise(**teams)
    for name in names:
        exercise.decide(name, "patrol" if name == "red" else "call")
    app = an_app(start=start.Compare(places(exercise.save(tmp_path / "class.jsonl"))))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "blue, green, gold, grey" in flat(app)


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    """A folder with two games of one team, and one of two."""
    folder = tmp_path / "saves"
    for name in ("a", "b"):
        play(folder / f"{name}.jsonl")
    group(folder / "class.jsonl", "red", "blue")
    return folder


def place_of(saves: Path, name: str) -> list[str]:
    """The keys that lead from the top of the list to a game."""
    order = [save.path.stem for save in list_saves(saves)]
    return ["home", *["down"] * order.index(name)]


async def test_marked_games_of_the_browser_stand_side_by_side(saves: Path) -> None:
    """Space marks, x compares, q comes back with the marks kept."""
    app = an_app(Desk(saves))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        assert isinstance(app.screen, SavesScreen)
        assert "space bar" in told(app)[0]
        await press(pilot, *place_of(saves, "a"), "space", *place_of(saves, "b"), "space")
        assert "2 games marked" in flat(app)
        await press(pilot, "x")
        assert isinstance(app.screen, CompareScreen)
        assert {side.label for side in app.screen.found.sides} == {"a", "b"}
        await press(pilot, "q")
        assert isinstance(app.screen, SavesScreen)
        await press(pilot, *place_of(saves, "a"), "space")
        assert "1 game marked" in flat(app)


async def test_the_teams_of_one_game_stand_side_by_side_without_marks(saves: Path) -> None:
    """A game of one team alone has nothing to be compared with."""
    app = an_app(Desk(saves))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "s", *place_of(saves, "a"), "x")
        assert told(app)[-1].startswith("comparing takes two games")
        await press(pilot, *place_of(saves, "class"), "x")
        assert isinstance(app.screen, CompareScreen)
        assert [side.label for side in app.screen.found.sides] == ["red", "blue"]


async def test_a_game_of_the_browser_is_debriefed(saves: Path) -> None:
    """One that cannot be read says why."""
    (saves / "torn.jsonl").write_text('{"format":')
    app = an_app(Desk(saves))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "s", *place_of(saves, "torn"), "d", "space", "x")
        assert len(told(app)) == 3
        await press(pilot, *place_of(saves, "a"), "d")
        assert isinstance(app.screen, DebriefScreen)
        await press(pilot, "q")
        assert isinstance(app.screen, SavesScreen)


async def test_what_was_deleted_meanwhile_is_one_line(saves: Path) -> None:
    """The list stays."""
    keys = place_of(saves, "a")
    app = an_app(Desk(saves))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        (saves / "a.jsonl").unlink()
        await press(pilot, *keys, "d")
        assert isinstance(app.screen, SavesScreen)
        assert len(told(app)) == 1
        assert "a.jsonl" in told(app)[0]


async def test_leaving_goes_home(parted: list[Place]) -> None:
    """Where nothing is below."""
    app = an_app(start=start.Compare(parted))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)


async def test_words_of_people_are_harmless_side_by_side(tmp_path: Path) -> None:
    """In every chapter."""
    text = "\n".join(HOSTILE)
    group(tmp_path / "bad.jsonl", "red", "blue", name=text, reason=text)
    app = an_app(start=start.Compare(newest_places([tmp_path / "bad.jsonl"])))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for digit in "123":
            await press(pilot, digit)
            assert is_harmless(text_of(app))
