"""Branches: a new save that shares another one's past up to a decision, and names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tabletop.errors import SaveError, UsageError
from tabletop.exercise.alone import is_alone, opening_of, told_alone
from tabletop.exercise.events import Draft, Event
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.going_on import kept, record_of
from tabletop.exercise.header import Parent, new_id, now
from tabletop.exercise.journal import Journal
from tabletop.exercise.record import BRANCHED
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, SOLO


def branched(
    path: Path,
    turn: int,
    place: Callable[[str], Path],
    *,
    line: str | None = None,
    luck: int | None = None,
    whole: bool = False,
) -> LocalTable:
    """A new game that shares a save's past up to the decision of a turn.

    `place` gives the file for a name; `luck` numbers the stream of the draws from here on,
    and without it they are those of the parent. `line` is a line of play, or `team:NAME` for
    the newest of a team; without one it is the first team's newest. Of an exercise of several
    people that line alone goes on, played by one; with `whole` all of it does, to be hosted.
    Raises `SaveError` where what can be used of the save has no such decision.
    """
    parent = ReplayTable(path)
    number, name = _waited(parent, line, turn)
    past: Sequence[Event] = parent.save.events[:number]
    own = name
    if not (whole or is_alone(parent.record)):
        past, own = told_alone(parent.cursor, number, name), SOLO.name
    record = record_of(replace(parent.save, events=tuple(past)))
    header = replace(
        parent.save.header,
        id=new_id(),
        created=now(),
        parent=Parent(parent.save.header.id, len(past), turn, name),
    )
    name_of_file = f"{header.scenario.id}-branch-{turn}"
    with kept(Journal.create(place(name_of_file), header)) as journal:
        try:
            journal.copy(past)
        except ValueError as error:
            raise SaveError(f"{path}: cannot be copied to a branch: {error}") from None
        if luck is not None:
            fork = Draft(BRANCHED, {"turn": turn, "luck": luck}, "rules", own)
            journal.append([fork])
            record = record.after(fork)
        return LocalTable(record, journal, past)


def _waited(parent: ReplayTable, line: str | None, turn: int) -> tuple[int, str]:
    """The event after which a decision was waited for, and in which line of play."""
    try:
        name = parent.line(CONTROL, line)
    except UsageError as error:
        raise SaveError(f"{parent.path}: {error}") from None
    found = opening_of(parent.cursor, parent.record, name, turn)
    if found is None:
        turns = [each.turn for each in parent.record.lines[name].openings]
        had = f"line {name} has those of turns {turns[0]} to {turns[-1]}" if turns else "none"
        raise SaveError(f"{parent.path}: no decision of turn {turn} to branch from: {had}")
    return found
