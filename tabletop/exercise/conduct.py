"""Turns actions into events: what the exercise accepts from whom, and what follows by the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tabletop.clean import clean_line, clean_text
from tabletop.errors import ActionError
from tabletop.exercise.events import CLOSED, Draft
from tabletop.exercise.hour.notes import STANDING
from tabletop.exercise.line import Line
from tabletop.exercise.record import (
    ANSWER,
    BEGUN,
    DECISION,
    FIRED,
    JOINED,
    OBJECTIVE,
    OVERRIDE,
    WITHHELD,
    Record,
)
from tabletop.exercise.table import (
    Action,
    Answer,
    Begin,
    Decide,
    Declare,
    Fire,
    HandOver,
    Join,
    Override,
    Withhold,
)
from tabletop.exercise.words import seal_words

NAME_LIMIT = 60
RATIONALE_LIMIT = 2000


def carry_out(record: Record, action: Action, op_id: str) -> tuple[Record, list[Draft]]:
    """The record after an action and all that follows by the rules, and their events in order.

    Raises `ActionError` where the exercise refuses the action; the record is then unchanged.
    """
    draft = _draft(record, action)
    draft = replace(draft, data={**draft.data, "op": op_id})
    moved, followed = catch_up(record.folded(draft))
    return moved, [draft, *followed]


def catch_up(record: Record) -> tuple[Record, list[Draft]]:
    """What the rules bring next: after an act, or in a record that was cut off after one."""
    events: list[Draft] = []
    for name in list(record.lines):
        record, followed = _follow(record, name)
        events += followed
    if record.over and not record.closed:
        closing = Draft(CLOSED, {}, "rules", "")
        record, events = record.folded(closing), [*events, closing]
    return record, events


def _follow(record: Record, name: str) -> tuple[Record, list[Draft]]:
    events: list[Draft] = []
    while (draft := record.following(name)) is not None:
        record = record.folded(draft)
        events.append(draft)
    return record, events


def _draft(record: Record, action: Action) -> Draft:
    """The event of an action; whether it is allowed is told where it is folded."""
    match action:
        case Join():
            return joining(action)
        case Declare():
            team = record.team_of(action.seat)
            return Draft(
                OBJECTIVE, {"team": team, "objective": action.objective}, action.seat, team
            )
        case Begin():
            return Draft(BEGUN, {}, "control", "")
        case Answer():
            return _answer(record, action)
        case Decide():
            return _decide(record, action)
        case HandOver():
            return _hand_over(record, action)
        case Override():
            return _override(action)
        case Fire():
            data = {"inject": action.inject, "reason": reason_of(action.reason)}
            return Draft(FIRED, data, "control", action.line)
        case Withhold():
            return _withhold(action)


def _withhold(action: Withhold) -> Draft:
    reason = words_of(action.reason)
    data: dict[str, Any] = {"inject": action.inject, "held": action.held, "reason": reason}
    return Draft(WITHHELD, data, "control", action.line)


def joining(action: Join) -> Draft:
    """The event of taking a seat: the name is cleaned and sealed."""
    name = seal_words(clean_line(action.name, NAME_LIMIT))
    data = {"seat": action.seat, "name": name, "team": action.team, "role": action.role}
    return Draft(JOINED, data, action.seat, action.team)


def _answer(record: Record, action: Answer) -> Draft:
    line = own_line(record, action.seat)
    prompt = line.play.prompt
    data: dict[str, Any] = {
        "seat": action.seat,
        "inject": prompt.id if prompt is not None else None,
        "answer": action.answer,
        "rationale": words_of(action.rationale),
        **_by_nobody(record, action),
    }
    return Draft(ANSWER, data, action.seat, line.name)


def _decide(record: Record, action: Decide) -> Draft:
    line = own_line(record, action.seat)
    data: dict[str, Any] = {
        "seat": action.seat,
        "turn": line.world.turn,
        "response": action.response,
        "support": action.support,
        "rationale": words_of(action.rationale),
        "forecast": action.forecast,
        **_by_nobody(record, action),
    }
    return Draft(DECISION, data, action.seat, line.name)


def _by_nobody(record: Record, action: Answer | Decide) -> dict[str, Any]:
    """What marks a choice that nobody made: a default, or a standing order's with its doctrine."""
    if action.standing is not None:
        return {"by_default": True, "standing": doctrine_of(record, action.standing)}
    return {"by_default": True} if action.by_default else {}


def _hand_over(record: Record, action: HandOver) -> Draft:
    line = own_line(record, action.seat)
    if line.play.ending is not None:
        raise ActionError("play is over: there are no turns left to hand over")
    data = {
        "seat": action.seat,
        "team": line.team,
        "turn": line.world.turn,
        "doctrine": doctrine_of(record, action.doctrine),
    }
    return Draft(STANDING, data, action.seat, line.name)


def doctrine_of(record: Record, name: str) -> str:
    """The id of a doctrine; raises `ActionError` with the known ones."""
    policies = record.program.policies
    if name not in policies:
        raise ActionError(f"unknown doctrine {name!r:.60}: this scenario has {', '.join(policies)}")
    return name


def _override(action: Override) -> Draft:
    data: dict[str, Any] = {"reason": reason_of(action.reason)}
    if action.site is not None:
        data |= {"site": action.site, "outcome": action.outcome}
    else:
        data |= {
            "effects": dict(action.effects),
            "sets": list(action.sets),
            "clears": list(action.clears),
        }
    return Draft(OVERRIDE, data, "control", action.line)


def own_line(record: Record, seat: str) -> Line:
    """The newest line of a seat's team; raises `ActionError` before play."""
    line = record.newest(record.team_of(seat))
    if line is None:
        raise ActionError("play has not begun")
    return line


def words_of(text: str | None) -> dict[str, str] | None:
    """Cleaned and sealed words of people, as an event holds them; None where there are none."""
    cleaned = clean_text(text, RATIONALE_LIMIT) if text else ""
    return seal_words(cleaned) if cleaned else None


def reason_of(text: str) -> dict[str, str]:
    """The sealed reason of something that control does; raises `ActionError` without one."""
    words = words_of(text)
    if words is None:
        raise ActionError("what control does needs a reason")
    return words
