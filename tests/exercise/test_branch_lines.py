"""Branches of exercises with several lines: any line, any team, from where it was played."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from tabletop.debrief.forecasts import forecasts_of, pooled
from tabletop.errors import SaveError
from tabletop.exercise.autoplay import autoplay
from tabletop.exercise.desk import Desk
from tabletop.exercise.listing import list_saves
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import SOLO, Answer, Decide, Declare
from tabletop.exercise.verify import verify
from tabletop.rules.world import digest
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
def test_a_whole_exercise_is_branched_where_a_line_waited(path: Path, line: str, turn: int) -> None:
    """Everything up to there is shared, other lines too, with the times at which it happened."""
    branch = _branched(path, turn, line=line, whole=True)
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
    branch = _branched(path, 1, line="red.2", same_luck=False, whole=True)
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
    with pytest.raises(SaveError, match=r"no line 'green' .*: there is red, blue, red\.2"):
        Desk(path.parent).branch(path, 1, line="green")
    with pytest.raises(SaveError, match=r"no team 'red\.2' .*: there is red, blue$"):
        Desk(path.parent).branch(path, 1, line="team:red.2")
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize(
    "asked, line, turns",
    [
        ("red", "red", (1, 2)),
        ("team:red", "red.2", (2, 3)),
        (None, "red.2", (2, 3)),
        ("blue", "blue", (1, 2, 3)),
    ],
)
@pytest.mark.parametrize("same_luck", [True, False])
async def test_one_plays_on_alone_from_a_line_of_several(
    path: Path, asked: str | None, line: str, turns: tuple[int, ...], same_luck: bool
) -> None:
    """The world is as it was, only that line is there, and it is played to an end of its own."""
    for turn in turns:
        branch = partial(Desk(path.parent).branch, line=asked, same_luck=same_luck)
        table = await asyncio.to_thread(branch, path, turn)
        parent = table.header.parent
        assert parent is not None
        assert (parent.line, parent.turn) == (line, turn)
        record = ReplayTable(path).record
        (there,) = (each for each in record.lines[line].openings if each.turn == turn)
        assert table.record.lines["solo"].world == there.play.world
        assert (list(table.record.lines), list(table.record.seats)) == (["solo"], ["solo"])
        await autoplay(table, next(iter(table.record.program.policies)))
        await table.close()
        assert table.view(SOLO).ending is not None
        assert verify(table.path).ok
        assert ReplayTable(table.path).viewer == SOLO
        table.path.unlink()


def test_the_same_luck_meets_the_same_choices_with_the_same_draws(path: Path) -> None:
    """Whoever takes a line over and does what its team did comes to what its team came to."""
    parent = ReplayTable(path).record.lines["red.2"]
    branch = Desk(path.parent).branch(path, 2, line="red.2")
    for decided in parent.decisions[1:]:
        while (view := branch.view(SOLO)).flash is not None:
            asyncio.run(branch.send(Answer("solo", view.flash.answers[0].id), f"f{view.event}"))
        choice = Decide("solo", decided.response, decided.support)
        asyncio.run(branch.send(choice, f"d{decided.turn}"))
    asyncio.run(branch.close())
    assert branch.record.over
    assert digest(branch.record.lines["solo"].world) == digest(parent.world)


def test_luck_and_aim_of_its_own_and_the_objective_go_along(tmp_path: Path) -> None:
    """A team that drew its own aim keeps it; what control did to it stays on record."""
    exercise = Exercise(begin=False, red=["premier"], blue=["premier"])
    exercise.send(Declare("blue-premier", "no_shot"))
    exercise.put("game.begun", {"luck": {"red": 4, "blue": 9}}, "control", "")
    exercise.decide("blue", reason="be seen", forecast=70)
    exercise.rule("blue", "too calm")
    exercise.decide("blue", forecast=30)
    path = exercise.save(tmp_path / "class.jsonl")
    branch = _branched(path, 2, line="blue")
    there, here = ReplayTable(path).record.lines["blue"], branch.record.lines["solo"]
    assert digest(here.world) == digest(there.openings[1].play.world)
    assert here.world.aim == there.world.aim
    assert branch.record.objectives == {"solo": "no_shot"}
    assert [each.reason for each in verify(branch.path).interventions] == ["too calm"]
    # What was said before the branch was said once, wherever it is told.
    tables = [ReplayTable(path), branch]
    pool = pooled("?", (each for table in tables for each in forecasts_of(table)))
    assert (pool.scored + pool.unanswered, pool.luck_seen) == (2, 0)


def test_nothing_of_others_goes_along(path: Path) -> None:
    """Neither their names nor what other teams chose."""
    text = _branched(path, 3, line="team:red").path.read_text("utf-8")
    assert "Ann of" not in text
    assert "blue" not in text.partition("\n")[2]


def test_the_list_names_the_line(tmp_path: Path) -> None:
    """And saves of older programs, which did not write it, are listed too."""
    path = play(tmp_path / "game.jsonl")
    _branched(path, 2)
    (found,) = [each.branched for each in list_saves(tmp_path) if each.branched]
    assert (found.line, found.turn) == ("solo", 2)
    odd = Path(__file__).parents[1] / "fixtures" / "saves"
    (pinned,) = [e.branched for e in list_saves(odd) if e.branched]
    assert pinned.line == ""
