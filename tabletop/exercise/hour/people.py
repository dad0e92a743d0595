"""Who is who in a team of the hour: its newest line, its heads, its seats and empty chairs."""

from __future__ import annotations

from tabletop.errors import ActionError
from tabletop.exercise.hour.state import Hour, Preference
from tabletop.exercise.line import Line
from tabletop.exercise.record import Record
from tabletop.exercise.seats import Seat, heads

EMPTY = "-chair"
"""Ends the id of an empty chair's seat, which a doctrine plays."""


def new_chair(record: Record, team: str) -> str:
    """The id of one more empty chair in a team."""
    count = sum(is_chair(seat) for seat in record.seats) + 1
    return f"{team[:20]}-{count}{EMPTY}"


def is_chair(seat: str) -> bool:
    """Whether nobody sits in a seat and a doctrine plays it."""
    return seat.endswith(EMPTY)


def played(record: Record, team: str) -> Line:
    """The newest line of a team; raises `ActionError` before play or for an unknown team."""
    line = record.newest(team)
    if line is None:
        raise ActionError(f"team {team!r:.60} does not play yet")
    return line


def seats_of(record: Record, team: str) -> list[Seat]:
    """Those who sit in a team now."""
    return list(record.sitting.get(team, ()))


def people_of(record: Record, team: str) -> list[Seat]:
    """The same without empty chairs."""
    return [seat for seat in seats_of(record, team) if not is_chair(seat.id)]


def is_empty(record: Record, team: str) -> bool:
    """Whether nobody sits in a team."""
    return not people_of(record, team)


def heads_of(record: Record, team: str) -> list[str]:
    """The seats that speak for a team: people before an empty chair."""
    found = heads(seats_of(record, team), record.program.scenario.roles)
    people = [seat for seat in found if not is_chair(seat)]
    return people or found


def seat_of(record: Record, seat: str) -> Seat:
    """A seat that somebody sits in; raises `ActionError` where there is none."""
    found = record.seats.get(seat)
    if found is None or found.gone:
        raise ActionError(f"there is no seat {seat!r:.60}")
    return found


def preferences_of(record: Record, hour: Hour, team: str) -> dict[str, Preference]:
    """What the people of a team prefer in this round, by seat, as it was said first to last."""
    own = {seat.id for seat in people_of(record, team)}
    said = {seat: each for seat, each in hour.preferences.items() if seat in own}
    return dict(sorted(said.items(), key=lambda each: each[1].number))


def deciding(line: Line | None) -> bool:
    """Whether a line waits for the decision of its turn."""
    prompt = line.play.prompt if line is not None and line.play.ending is None else None
    return prompt is not None and prompt.kind == "decide"


def asked(line: Line | None) -> str | None:
    """The inject of the flash decision that a line waits for; None where it waits for none."""
    prompt = line.play.prompt if line is not None and line.play.ending is None else None
    return prompt.id if prompt is not None and prompt.kind == "flash" else None
