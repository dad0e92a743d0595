"""What a seat may do from its page: an allow-list of acts, each made only for its own seat.

Nothing here lets a page act for another seat, for a team or for control: control has no place
on the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tabletop.errors import ActionError
from tabletop.exercise.hour.actions import (
    Dissent,
    Guess,
    HourAction,
    Lock,
    Prefer,
    Stand,
    Ticket,
)
from tabletop.exercise.table import Action, Answer, Declare

LONGEST = 2000
"""Characters of anything that people write."""
_ID = 80


class Malformed(ValueError):  # noqa: N818 - it says what a request is
    """A request that no page of ours makes."""


def read_act(seat: str, team: str, data: Mapping[str, Any]) -> Action | HourAction:
    """The act that a page asks for; raises `Malformed` where it is none."""
    make = _ACTS.get(_text(data, "act", _ID))
    if make is None:
        raise Malformed("no such act")
    return make(seat, team, data)


def operation(seat: str, data: Mapping[str, Any]) -> str:
    """The operation id, which no other seat can use up; raises `Malformed`."""
    given = _text(data, "op", 64)
    if len(given) < 8 or not (given.isascii() and given.isprintable()):
        raise Malformed("op: not an id of 8 to 64 plain characters")
    return f"{seat}:{given}"


def check_round(data: Mapping[str, Any], now: int) -> None:
    """Raise `ActionError` where a page speaks of another round: its words came too late."""
    said = data.get("round")
    if said is not None and said != now:
        raise ActionError("this came after its round was over: it was not counted")


def _text(data: Mapping[str, Any], key: str, most: int = LONGEST) -> str:
    value = data.get(key)
    if not isinstance(value, str) or len(value) > most:
        raise Malformed(f"{key}: not a text of at most {most} characters")
    return value


def _words(data: Mapping[str, Any], key: str) -> str | None:
    return None if data.get(key) in (None, "") else _text(data, key)


def _percent(data: Mapping[str, Any], *, needed: bool = False) -> int | None:
    value = data.get("forecast")
    if value is None and not needed:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("forecast: not a whole number")
    return value


def _guess(seat: str, _: str, data: Mapping[str, Any]) -> Guess:
    percent = _percent(data, needed=True)
    assert percent is not None
    return Guess(seat, _text(data, "team", _ID), percent)


_ACTS: Mapping[str, Callable[[str, str, Mapping[str, Any]], Action | HourAction]] = {
    "prefer": lambda seat, _, data: Prefer(
        seat, _text(data, "response", _ID), _words(data, "reason")
    ),
    "lock": lambda seat, _, data: Lock(
        seat,
        _text(data, "response", _ID),
        _text(data, "support", _ID),
        _words(data, "rationale"),
        _percent(data),
    ),
    "answer": lambda seat, _, data: Answer(
        seat, _text(data, "answer", _ID), _words(data, "rationale")
    ),
    "dissent": lambda seat, _, data: Dissent(seat, _text(data, "reason")),
    "declare": lambda seat, _, data: Declare(seat, _text(data, "objective", _ID)),
    "guess": _guess,
    "stand": lambda seat, team, data: Stand(team, _text(data, "doctrine", _ID), seat),
    "ticket": lambda seat, _, data: Ticket(seat, _text(data, "text")),
}
