"""Branches: a new save that shares another one's past up to a decision, and names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tabletop.errors import SaveError
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.going_on import kept, record_of
from tabletop.exercise.header import Parent, new_id, now
from tabletop.exercise.journal import Journal
from tabletop.exercise.line import Line
from tabletop.exercise.record import BRANCHED, Record
from tabletop.exercise.save import Draft, read_save


def branched(
    path: Path,
    turn: int,
    place: Callable[[str], Path],
    *,
    line: str | None = None,
    luck: int | None = None,
) -> LocalTable:
    """A new game that shares a save's past up to the decision of a turn.

    `place` gives the file for a name; `luck` numbers the stream of the draws from here on,
    and without it they are those of the parent. `line` is a line of play or a team; without
    one it is the first. Raises `SaveError` where the save has no such decision.
    """
    parent = read_save(path)
    left = _line(record_of(parent), line, path)
    opening = next((o for o in left.openings if o.turn == turn), None) if left else None
    if left is None or opening is None:
        raise SaveError(f"{path}: no decision of turn {turn} to branch from")
    past = parent.events[: opening.event]
    record = record_of(replace(parent, events=past))
    # What a reopened line shares with the one before it was played in that one.
    name = next(
        each.name
        for each in reversed(list(record.lines.values()))
        if each.name == left.name or (left.name not in record.lines and each.team == left.team)
    )
    header = replace(
        parent.header,
        id=new_id(),
        created=now(),
        parent=Parent(parent.header.id, opening.event, turn, name),
    )
    name_of_file = f"{parent.header.scenario.id}-branch-{turn}"
    with kept(Journal.create(place(name_of_file), header)) as journal:
        try:
            journal.copy(past)
        except ValueError as error:
            raise SaveError(f"{path}: cannot be copied to a branch: {error}") from None
        if luck is not None:
            fork = Draft(BRANCHED, {"turn": turn, "luck": luck}, "rules", name)
            journal.append([fork])
            record = record.after(fork)
        return LocalTable(record, journal, past)


def _line(record: Record, name: str | None, path: Path) -> Line | None:
    """The line of that name, or the newest of that team; the first where no name is given."""
    lines = record.lines
    if name is None or not lines:
        return next(iter(lines.values()), None)
    own = [line for line in lines.values() if name in (line.name, line.team)]
    if not own:
        there = ", ".join(list(lines)[:12])
        raise SaveError(f"{path}: no line of play {name!r:.60}: there is {there}")
    return lines.get(name) or own[-1]
