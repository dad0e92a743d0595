"""Turns an act in the hour into its events: which part of the hour answers to what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tabletop.exercise.hour import control, notes, speaking
from tabletop.exercise.hour.actions import (
    Bar,
    Discard,
    Dissent,
    Enter,
    Govern,
    Guess,
    Hold,
    HourAction,
    Keep,
    Lock,
    Mark,
    Message,
    Observe,
    Pause,
    Prefer,
    Remove,
    Reseat,
    Resume,
    Rewind,
    Share,
    Show,
    Stand,
    Start,
    Stretch,
    Ticket,
    Timed,
    Unlock,
    Write,
)
from tabletop.exercise.hour.course import Course
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.record import Record
from tabletop.exercise.table import Join


def carry_out(record: Record, hour: Hour, action: HourAction | Join, op_id: str) -> Course:
    """All that an act of the hour leads to, but for the move to another phase.

    Raises `ActionError` where the hour refuses it; nothing has happened then.
    """
    course = Course(record, hour)
    _ACTS[type(action)](course, action)
    if course.drafts:
        first = course.drafts[0]
        course.drafts[0] = replace(first, data={**first.data, "op": op_id})
    return course


_ACTS: dict[type, Any] = {
    Join: speaking.join,
    Prefer: speaking.prefer,
    Lock: speaking.lock,
    Enter: control.enter,
    Unlock: control.unlock,
    Dissent: speaking.dissent,
    Guess: speaking.guess,
    Stand: speaking.stand,
    Ticket: speaking.ticket,
    Observe: speaking.observe,
    Reseat: control.reseat,
    Remove: control.remove,
    Start: control.start,
    Pause: control.pause,
    Resume: control.resume,
    Stretch: control.stretch,
    Timed: lambda course, act: course.note(notes.TIMED, timed=bool(act.timed)),
    Hold: lambda course, act: course.note(notes.HELD, held=bool(act.held)),
    Govern: control.govern,
    Bar: lambda course, act: course.note(notes.BARRED, barred=bool(act.barred)),
    Message: control.message,
    Write: control.write,
    Keep: control.keep,
    Discard: control.discard,
    Mark: control.mark,
    Show: control.show,
    Share: control.share,
    Rewind: control.rewind,
}
