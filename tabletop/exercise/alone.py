"""One team's way through an exercise, told again as that of one player who goes on alone.

An exercise of several teams ends when all of them have ended, and several people decide in it.
Whoever branches from it alone takes one line of play along: its choices, its luck and what
control did to it. Who else sat there, what other teams did and what was only said stay behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tabletop.exercise.conduct import joining
from tabletop.exercise.events import Event
from tabletop.exercise.record import (
    ANSWER,
    BEGUN,
    BRANCHED,
    DECISION,
    DRAW,
    ENDED,
    FIRED,
    OBJECTIVE,
    OVERRIDE,
    REWOUND,
    TURN,
    WITHHELD,
    Record,
)
from tabletop.exercise.replay_cursor import Cursor
from tabletop.exercise.seats import head_role
from tabletop.exercise.table import SOLO, Join

_PLAYED = frozenset({ANSWER, BRANCHED, DECISION, DRAW, ENDED, FIRED, OVERRIDE, TURN, WITHHELD})
"""Kinds of events that move a line of play on."""
_SPOKEN = frozenset({ANSWER, DECISION})


def is_alone(record: Record) -> bool:
    """Whether the one seat of a solo game is all that there is."""
    return list(record.seats) == [SOLO.name]


def opening_of(cursor: Cursor, record: Record, name: str, turn: int) -> tuple[int, str] | None:
    """The event after which a line waited for the decision of a turn, and the line it was then.

    What a line that control reopened shares with the one before it was played in that one.
    None where it never came to that decision.
    """
    line = record.lines[name]
    number = next((each.event for each in line.openings if each.turn == turn), None)
    if number is None:
        return None
    there = [each for each in cursor.at(number).lines.values() if each.team == line.team]
    names = [each.name for each in there]
    return number, name if name in names else names[-1]


def told_alone(cursor: Cursor, number: int, name: str) -> list[Event]:
    """The events by which one player comes to where a line stood after event `number`.

    Times, and who chose, stay as they were; every choice says in which line it was made.
    """
    record = cursor.at(number)
    team = record.lines[name].team
    begun = next(event for event in cursor.events if event.what == BEGUN)
    role = head_role(record.program.scenario.roles)
    told = [_as(begun, joining(Join(SOLO.name, "", SOLO.name, role)).data, "game.joined")]
    if team in record.objectives:
        data = {"team": SOLO.name, "objective": record.objectives[team]}
        told.append(_as(begun, data, OBJECTIVE))
    told += (
        replace(event, line=SOLO.name)
        for event in cursor.events[: begun.number - 1]
        if event.what == WITHHELD and event.line == team
    )
    luck = begun.data.get("luck")
    own = {} if luck is None else {"luck": {SOLO.name: luck[team]}}
    told.append(replace(begun, data={**_but(begun.data, "luck"), **own}))
    told += _way(cursor, number, name)
    return [replace(event, number=place) for place, event in enumerate(told, 1)]


def _as(moment: Event, data: Mapping[str, Any], what: str) -> Event:
    """An event of the player's own, at the moment of another."""
    return replace(moment, what=what, data=dict(data), actor=SOLO.name, line=SOLO.name)


def _way(cursor: Cursor, number: int, name: str) -> Iterator[Event]:
    """What moved a line up to event `number`, from StartEx on, as the one player's line."""
    past = cursor.events[:number]
    begun = next(event.number for event in past if event.what == BEGUN)
    opened = next((each for each in past if each.what == REWOUND and each.line == name), None)
    if opened is not None:
        data, before = opened.data, cursor.at(opened.number - 1)
        found = opening_of(cursor, before, data["from"], data["turn"])
        # It was reopened there, or the save would not have been followed so far.
        assert found is not None
        yield from _way(cursor, *found)
        if data["luck"] is not None:
            fork = {"turn": data["turn"], "luck": data["luck"]}
            yield replace(opened, what=BRANCHED, data=fork, line=SOLO.name)
    for event in past:
        if event.line == name and event.what in _PLAYED and event.number > begun:
            made = {"seat": SOLO.name, "made_in": name} if event.what in _SPOKEN else {}
            yield replace(event, data={**event.data, **made}, line=SOLO.name)


def _but(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


__all__ = ["is_alone", "opening_of", "told_alone"]
