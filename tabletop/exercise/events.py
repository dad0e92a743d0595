"""Events of a save, and the lines that hold them, each sealed onto the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from tabletop.exercise.canonical import decode, encode
from tabletop.exercise.seals import seal_line

KIND = re.compile(r"(?:game|note)\.[\w.-]+", re.ASCII)
"""What a kind of event may be called, by those who write and by those who read. A `note.` that
is not known is kept and passed over."""
GAME = "game."
"""Kinds of events that make the game: one that is not known stops the replay there."""
CLOSED = "game.closed"
"""The closing record, written at EndEx; its seal is the one shown to players."""

_PARTS = itemgetter("number", "at", "actor", "line", "what", "data", "seal")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event not yet written: what happened, to what effect, by whom, in which line."""

    what: str
    data: dict[str, Any]
    actor: str
    line: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the save holds it; numbers count from 1, times are UTC in ISO 8601."""

    number: int
    at: str
    actor: str
    line: str
    what: str
    data: dict[str, Any]
    seal: str


Happened = Draft | Event
"""An event on its way into a save, or out of one."""


def event_line(previous: str, number: int, at: str, draft: Draft) -> tuple[bytes, Event]:
    """The line of one event, without its line ending, and the event as a reader will see it."""
    actor, part, data = encode(draft.actor), encode(draft.line), encode(draft.data)
    line, seal = seal_line(
        previous,
        f'{{"number":{number},"at":{encode(at)},"actor":{actor},'
        f'"line":{part},"what":{encode(draft.what)},"data":{data}}}',
    )
    event = Event(number, at, decode(actor), decode(part), draft.what, decode(data), seal)
    return line, event


def event_from(data: Any) -> Event:
    """The event that a line's data describes; raises `ValueError` where it is none."""
    try:
        number, at, actor, line, what, content, seal = _PARTS(data)
    except (TypeError, KeyError):
        raise ValueError("parts are missing") from None
    if not (
        type(number) is int
        and type(content) is dict
        and type(at) is type(actor) is type(line) is type(what) is type(seal) is str
        and _MOMENT.fullmatch(at)
        and KIND.fullmatch(what)
    ):
        raise ValueError("a part is not what it should be")
    return Event(number, at, actor, line, what, content, seal)
