"""Branches of exercises with several lines: any line, any team, from where it was played."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tabletop.errors import SaveError
from tabletop.exercise.desk import Desk
from tabletop.exercise.listing import list_saves
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tests.exercise.classes import Exercise
from tests.exercise.games import play


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two teams; control went back in red."""
    exercise = Exercise(red=["premier"], blue=["premier"])
    for team in ("red", "blue", "red"):
        exercise.decide(team)
    exercise.rewind("red", 2, "red.2", 7)
    exercise.finish("red", "blue")
    return exercise.save(tmp_path / "class.jsonl")


def _branched(path: Path, turn: int, **wish: object) -> ReplayTable:
    table = Desk(path.parent).branch(path, turn, **wish)  # type: ignore[arg-type]
    asyncio.run(table.close())
    return ReplayTable(table.path)


@pytest.mark.parametrize("line,turn", [("red", 2), ("red.2", 3), ("blue", 2)])
def test_any_line_is_branched_where_it_waited(path: Path, line: str, turn: int) -> None:
    """Everything up to there is shared, other lines too, with the times at which it happened."""
    branch = _branched(path, turn, line=line)
    parent = branch.save.header.parent
    assert parent is not None
    assert (parent.line, parent.turn) == (line, turn)
    assert branch.record.lines[line].world.turn == turn
    shared = read_save(path).events[: parent.event]
    assert [(e.at, e.line, e.data) for e in branch.save.events] == [
        (e.at, e.line, e.data) for e in shared
    ]


def test_a_turn_before_a_line_was_reopened_is_branched_in_the_line_it_came_from(
    path: Path,
) -> None:
    """That is where it was played; new luck goes to that line."""
    branch = _branched(path, 1, line="red.2", same_luck=False)
    parent = branch.save.header.parent
    assert parent is not None
    assert parent.line == "red"
    assert branch.save.events[-1].what == "game.branched"
    assert branch.save.events[-1].line == "red"
    assert branch.fault is None


def test_other_luck_may_be_named_and_is_then_the_same_again(path: Path) -> None:
    """So that a branch can be made once more; a number that nobody named is another one."""
    lucks = [
        _branched(path, 2, same_luck=False, **named).save.events[-1].data["luck"]
        for named in ({"luck": 50}, {"luck": 50}, {}, {})
    ]
    assert lucks[:2] == [50, 50]
    assert len(set(lucks)) == 3


def test_an_unknown_line_is_one_line(path: Path) -> None:
    """With those that there are; and no file is left."""
    before = sorted(path.parent.iterdir())
    with pytest.raises(SaveError, match=r"no line of play 'green': there is red, blue, red\.2"):
        Desk(path.parent).branch(path, 1, line="green")
    assert sorted(path.parent.iterdir()) == before


def test_the_list_names_the_line(tmp_path: Path) -> None:
    """And saves of older programs, which did not write it, are listed too."""
    path = play(tmp_path / "game.jsonl")
    _branched(path, 2)
    (found,) = [each.branched for each in list_saves(tmp_path) if each.branched]
    assert (found.line, found.turn) == ("solo", 2)
    odd = Path(__file__).parents[1] / "fixtures" / "saves"
    (pinned,) = [e.branched for e in list_saves(odd) if e.branched]
    assert pinned.line == ""
