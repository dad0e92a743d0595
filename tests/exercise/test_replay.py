"""Replay: every moment as it was, nothing to be done, and the first difference named."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.errors import ActionError, SaveError
from tabletop.exercise.board import Board
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, SOLO, Answer, Begin, Decide, Declare, Moment, Viewer
from tabletop.exercise.telling import Teller, Told
from tabletop.rules.play import Happening
from tests.exercise.classes import Exercise
from tests.exercise.games import SCENARIO, play, rewrite

SAMPLES = Path(__file__).parents[2] / "saves" / "samples"


async def test_every_moment_shows_what_the_player_saw_then(desk: Desk) -> None:
    """View by view, the replay equals what the live table showed after each action."""
    table = desk.new(str(SCENARIO), seed=6)
    await table.send(Declare("solo", "no_shot"), "objective")
    await table.send(Begin(), "begin")
    seen = []
    while (view := table.view(SOLO)).phase != "ended":
        seen.append(view)
        if view.flash is not None:
            await table.send(Answer("solo", view.flash.answers[0].id), f"{view.event}")
        else:
            choice = next(each for each in view.responses if each.supports)
            await table.send(
                Decide("solo", choice.id, choice.supports[0], "why", 50), f"{view.event}"
            )
    await table.close()
    replay = desk.replay(table.path)
    for view in seen:
        assert replay.view(SOLO, Moment("solo", view.event)) == view
    live = table.view(SOLO)
    assert live.ending is not None
    assert replay.view(SOLO) == replace(live, ending=replace(live.ending, pivot=None))


async def test_the_stops_are_the_decisions_and_the_end(table: LocalTable, desk: Desk) -> None:
    """One for each turn that was decided, in order, and EndEx with the seal."""
    await table.close()
    replay = ReplayTable(await asyncio.to_thread(play, desk.folder / "whole.jsonl"))
    assert [stop.turn for stop in replay.moments] == [1, 2, 3, 3]
    assert replay.moments[-1].label == "EndEx"
    last = replay.view(SOLO, Moment("solo", replay.moments[-1].event))
    assert last.ending is not None
    assert last.ending.seal


def test_an_unfinished_save_stops_where_it_ends(tmp_path: Path) -> None:
    """The decision that was waited for is the last stop."""
    replay = ReplayTable(play(tmp_path / "half.jsonl", turns=1))
    assert [stop.turn for stop in replay.moments] == [1, 2]


async def test_a_replay_takes_no_action_and_no_moment_that_is_not_there(tmp_path: Path) -> None:
    """Both refused in one line."""
    replay = ReplayTable(await asyncio.to_thread(play, tmp_path / "whole.jsonl"))
    with pytest.raises(ActionError, match="this is a replay"):
        await replay.send(Begin(), "x")
    with pytest.raises(ActionError, match="no event 999"):
        replay.view(SOLO, Moment("solo", 999))
    assert [number async for number in replay.changes()] == []
    await replay.close()


def test_an_outcome_that_was_changed_is_named_with_its_line(tmp_path: Path) -> None:
    """Somebody rewrote the whole chain; the rules still give another outcome."""
    path = play(tmp_path / "whole.jsonl")
    changed: list[str] = []

    def change(draft: object) -> object:
        if getattr(draft, "what", "") == "game.draw" and not changed:
            data = draft.data  # type: ignore[attr-defined]
            changed.append(data["outcome"])
            data["outcome"] = "engages" if data["outcome"] != "engages" else "holds"
        return draft

    rewrite(path, change)  # type: ignore[arg-type]
    replay = ReplayTable(path)
    assert replay.fault is not None
    assert "but by the rules" in replay.fault
    assert replay.fault.startswith("line ")
    with pytest.raises(SaveError, match="not played on"):
        Desk(tmp_path).resume(path)


@pytest.mark.parametrize("name", ["north-korea-2017-override", "north-korea-2017-rupture"])
def test_what_was_told_before_is_told_alike_whoever_looks_and_in_whatever_order(name: str) -> None:
    """A view that looks things up is the view that works all of it out."""
    table = ReplayTable(SAMPLES / f"{name}.jsonl")
    (line,) = table.record.lines
    begun, last = table.turns(CONTROL, line)[0].event, table.record.number
    forth = [*range(begun, last + 1, 3), last]
    for viewer in (CONTROL, Viewer("public"), SOLO):
        for number in (*forth, *reversed(forth)):
            fresh = Board(table.cursor.at(number), viewer, line).view()
            assert table.view(viewer, Moment(line, number)) == fresh


def test_a_step_in_a_long_line_tells_only_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much happened before: going through a line once tells each thing once."""
    exercise = Exercise(red=["premier"])
    for number in range(120):
        exercise.rule("red", f"ruling {number}", tension=1 - 2 * (number % 2))
    table = ReplayTable(exercise.save(tmp_path / "long.jsonl"))
    steps = table.steps(CONTROL, "red")
    told: list[int] = []
    tell = Teller._told

    def counting(self: Teller, at: int, happening: Happening) -> Told:
        told.append(at)
        return tell(self, at, happening)

    monkeypatch.setattr(Teller, "_told", counting)
    for step in (*steps, *reversed(steps)):
        table.view(CONTROL, Moment("red", step.event))
    assert 120 <= len(told) <= 2 * 130


def test_a_save_without_play_has_nothing_to_replay(tmp_path: Path, desk: Desk) -> None:
    """Said in one line."""
    table = desk.new(str(SCENARIO), save=tmp_path / "fresh.jsonl")
    table._journal.close()
    with pytest.raises(SaveError, match="nothing to replay"):
        ReplayTable(tmp_path / "fresh.jsonl")


def test_a_save_that_was_closed_before_its_end_does_not_follow(tmp_path: Path) -> None:
    """Somebody took the ending out and sealed the rest anew."""
    path = play(tmp_path / "whole.jsonl")
    rewrite(path, lambda draft: None if draft.what == "game.ended" else draft)
    fault = ReplayTable(path).fault
    assert fault is not None
    assert "has not come to its end" in fault
