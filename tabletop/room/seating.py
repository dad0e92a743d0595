"""Who holds which seat: tokens known by their hashes alone, and codes for a changed phone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from secrets import compare_digest

from tabletop.exercise.events import Event
from tabletop.room.codes import new_code, token_hash

TOKEN = "note.token"  # noqa: S105 - the name of an event
_JOIN = "join"
PIN_SECONDS = 300.0
"""How long a code for a changed phone can be used."""


def join_operation(seat: str, form: str) -> str:
    """The operation by which a form, known by a hash, takes a seat: found again in the save."""
    return f"{_JOIN}:{seat}:{form}"


def joins_of(events: Iterable[Event]) -> dict[str, str]:
    """Which form took which seat: a host that dies before its answer is asked again.

    A seat that was given to another phone is no longer any form's.
    """
    found: dict[str, str] = {}
    for event in events:
        if event.what == TOKEN and event.data.get("again"):
            found = {form: seat for form, seat in found.items() if seat != event.data.get("seat")}
        parts = str(event.data.get("op", "")).split(":")
        if len(parts) == 3 and parts[0] == _JOIN:
            found[parts[2]] = parts[1]
    return found


@dataclass(frozen=True, slots=True)
class Pin:
    """A code by which somebody takes their own seat again, once."""

    seat: str
    until: float


class Seating:
    """The tokens of the seats; the newest one of a seat counts, and no other."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hashes: dict[str, str] = {}
        self._seats: dict[str, str] = {}
        self._pins: dict[str, Pin] = {}

    def learn(self, events: Iterable[Event]) -> None:
        """Know the seats of a save again."""
        for event in events:
            if event.what == TOKEN:
                self.know(event.data)

    def know(self, data: Mapping[str, object]) -> None:
        """Take the note of one token; what is not whole is passed over."""
        seat, digest = data.get("seat"), data.get("hash")
        if not (isinstance(seat, str) and isinstance(digest, str)):
            return
        self._seats.pop(self._hashes.get(seat, ""), None)
        self._hashes[seat] = digest
        self._seats[digest] = seat

    def seat_of(self, token: str) -> str | None:
        """The seat of a token. It is looked up by its hash, whose timing tells nothing of it."""
        digest = token_hash(token)
        seat = self._seats.get(digest)
        if seat is None or not compare_digest(self._hashes.get(seat, ""), digest):
            return None
        return seat

    def new_pin(self, seat: str) -> str:
        """A short-lived code for a seat; one given before no longer counts."""
        self._pins = {
            code: pin
            for code, pin in self._pins.items()
            if pin.seat != seat and pin.until > self._clock()
        }
        code = new_code()
        self._pins[code] = Pin(seat, self._clock() + PIN_SECONDS)
        return code

    def use_pin(self, code: str) -> str | None:
        """The seat of such a code, which is used up by it; None where there is none."""
        pin = self._pins.pop(code, None)
        return pin.seat if pin is not None and pin.until > self._clock() else None
