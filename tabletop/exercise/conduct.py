"""Turns actions into events: what the exercise accepts from whom, and what follows by the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tabletop.clean import clean_line, clean_text
from tabletop.errors import ActionError
from tabletop.exercise.line import Line
from tabletop.exercise.record import (
    ANSWER,
    BEGUN,
    DECISION,
    FIRED,
    JOINED,
    OBJECTIVE,
    OVERRIDE,
    Record,
)
from tabletop.exercise.save import CLOSED, Draft
from tabletop.exercise.table import (
    Action,
    Answer,
    Begin,
    Decide,
    Declare,
    Fire,
    Join,
    Override,
)
from tabletop.exercise.words import seal_words

NAME_LIMIT = 60
RATIONALE_LIMIT = 2000
FORECASTS = (10, 30, 50, 70, 90)
"""Percent: the five answers that the forecast question takes."""


def carry_out(record: Record, action: Action, op_id: str) -> tuple[Record, list[Draft]]:
    """The record after an action and all that follows by the rules, and their events in order.

    Raises `ActionError` where the exercise refuses the action; the record is then unchanged.
    """
    draft = _draft(record, action)
    draft = replace(draft, data={**draft.data, "op": op_id})
    moved, events = record.after(draft), [draft]
    for name in list(moved.lines):
        moved, followed = _follow(moved, name)
        events += followed
    if moved.over and not record.over:
        closing = Draft(CLOSED, {}, "rules", "")
        moved, events = moved.after(closing), [*events, closing]
    return moved, events


def catch_up(record: Record) -> tuple[Record, list[Draft]]:
    """What the rules bring in a record that was cut off after an input: the same as was lost."""
    events: list[Draft] = []
    for name in list(record.lines):
        record, followed = _follow(record, name)
        events += followed
    if record.over and not record.closed:
        closing = Draft(CLOSED, {}, "rules", "")
        record, events = record.after(closing), [*events, closing]
    return record, events


def _follow(record: Record, name: str) -> tuple[Record, list[Draft]]:
    events: list[Draft] = []
    while (draft := record.following(name)) is not None:
        record = record.after(draft)
        events.append(draft)
    return record, events


def _draft(record: Record, action: Action) -> Draft:
    match action:
        case Join():
            return _join(record, action)
        case Declare():
            return _declare(record, action)
        case Begin():
            return _begin(record)
        case Answer():
            return _answer(record, action)
        case Decide():
            return _decide(record, action)
        case Override():
            return _override(record, action)
        case Fire():
            return _fire(record, action)


def _join(record: Record, action: Join) -> Draft:
    roles = record.program.scenario.roles
    if action.role not in roles:
        raise ActionError(f"there is no role {action.role!r}: {', '.join(roles)}")
    if action.seat in record.seats:
        raise ActionError(f"seat {action.seat!r} is taken")
    data = {
        "seat": action.seat,
        "name": seal_words(clean_line(action.name, NAME_LIMIT)),
        "team": action.team,
        "role": action.role,
    }
    return Draft(JOINED, data, action.seat, action.team)


def _declare(record: Record, action: Declare) -> Draft:
    team = record.team_of(action.seat)
    if record.begun:
        raise ActionError("the objective is declared before play, and play has begun")
    objectives = record.program.scenario.objectives
    if action.objective not in objectives:
        raise ActionError(f"there is no objective {action.objective!r}: {', '.join(objectives)}")
    data = {"team": team, "objective": action.objective}
    return Draft(OBJECTIVE, data, action.seat, team)


def _begin(record: Record) -> Draft:
    if record.begun:
        raise ActionError("play has begun already")
    if not record.seats:
        raise ActionError("nobody has taken a seat yet")
    return Draft(BEGUN, {}, "control", "")


def _answer(record: Record, action: Answer) -> Draft:
    line = _own_line(record, action.seat)
    prompt = line.play.prompt
    if prompt is None or prompt.kind != "flash":
        raise ActionError("no flash decision is open")
    data = {
        "seat": action.seat,
        "inject": prompt.id,
        "answer": action.answer,
        "rationale": _words(action.rationale),
    }
    draft = Draft(ANSWER, data, action.seat, line.name)
    line.play.copy().answer(action.answer)
    return draft


def _decide(record: Record, action: Decide) -> Draft:
    line = _own_line(record, action.seat)
    if line.play.ending is not None:
        raise ActionError("the game is over")
    if action.forecast is not None and action.forecast not in FORECASTS:
        raise ActionError(f"a forecast is one of {FORECASTS}, not {action.forecast}")
    line.play.copy().decide(action.support, action.response)
    data: dict[str, Any] = {
        "seat": action.seat,
        "turn": line.world.turn,
        "response": action.response,
        "support": action.support,
        "rationale": _words(action.rationale),
        "forecast": action.forecast,
    }
    if action.by_default:
        data["by_default"] = True
    return Draft(DECISION, data, action.seat, line.name)


def _override(record: Record, action: Override) -> Draft:
    line = record.line(action.line)
    program = record.program
    for kind, given, known in (
        ("track", [name for name, _ in action.effects], program.layout.tracks),
        ("flag", [*action.sets, *action.clears], program.layout.flags),
    ):
        unknown = [name for name in given if name not in known]
        if unknown:
            raise ActionError(f"there is no {kind} {unknown[0]!r}")
    reason = clean_text(action.reason, RATIONALE_LIMIT)
    if not reason:
        raise ActionError("an override needs a reason")
    data: dict[str, Any] = {"reason": seal_words(reason)}
    if action.site is not None:
        line.overruled(0, action.site, action.outcome or "", reason)
        data |= {"site": action.site, "outcome": action.outcome}
    else:
        data |= {
            "effects": dict(action.effects),
            "sets": list(action.sets),
            "clears": list(action.clears),
        }
    return Draft(OVERRIDE, data, "control", line.name)


def _fire(record: Record, action: Fire) -> Draft:
    line = record.line(action.line)
    line.play.copy().fire(action.inject)
    data = {
        "inject": action.inject,
        "reason": seal_words(clean_text(action.reason, RATIONALE_LIMIT)),
    }
    return Draft(FIRED, data, "control", line.name)


def _own_line(record: Record, seat: str) -> Line:
    team = record.team_of(seat)
    if not record.begun:
        raise ActionError("play has not begun")
    return [line for line in record.lines.values() if line.team == team][-1]


def _words(text: str | None) -> dict[str, str] | None:
    cleaned = clean_text(text, RATIONALE_LIMIT) if text else ""
    return seal_words(cleaned) if cleaned else None
