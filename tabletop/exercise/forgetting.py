"""Takes one person's words out of a save on their request: a new save whose seals still hold.

Only the words go: the name, the reasons, the messages. That somebody sat there and what was
decided stays, since the run would not replay without it. See `tabletop.exercise.words` for
why the chain holds and still tells that something was removed.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tabletop.errors import SaveError, SaveInUseError, UsageError
from tabletop.exercise.disk import SaveFile, write_new
from tabletop.exercise.events import Event
from tabletop.exercise.save import Save, read_save, reason
from tabletop.exercise.words import read_words, remove_words
from tabletop.scenario.wording import did_you_mean, quote

CONTROL = "control"
_SHORTEST_PART = 3
"""Shorter parts of a name stand in too many other words."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of a request."""

    path: Path
    """The new save."""
    seats: tuple[str, ...]
    """Where the person sat, as far as something was removed there."""
    texts: int
    """How many of their texts were removed."""
    named: int
    """How many texts of other people still hold the name or a part of it."""
    dropped: int
    """How many lines of the old save cannot be used, and are not in the new one."""


def forget(path: Path, target: Path, *, person: str = "", seat: str = "") -> Forgotten:
    """Write the save anew without the words of a person, or of whoever sat in a seat.

    The seat `control` is the facilitator's. Case and spaces of a name do not matter. The old
    save stays as it is. Raises `UsageError` where there is nobody of that name, and
    `SaveError` where the save cannot be read, is being played, or nothing is left to remove.
    """
    _check_idle(path)
    save = read_save(path)
    lines = _lines(save)
    owners = _Owners(_folded(person), seat)
    texts = 0
    touched: dict[str, None] = {}
    for event in save.events:
        for key, whose in owners.words_of(event):
            lines[event.number], removed = remove_words(lines[event.number], key)
            texts += removed
            touched |= {whose: None} if removed else {}
    if not owners.found:
        raise UsageError(_nobody(path, person, seat, owners))
    if not texts:
        raise SaveError(f"{path}: no words of {quote(person or seat)} are left in it")
    named = sum(map(_naming(owners.names), _texts_left(_written(target, lines))))
    return Forgotten(target, tuple(touched), texts, named, save.dropped)


@dataclass
class _Owners:
    """Who holds which seat as the events go by, and whose words an event holds."""

    person: str
    """Folded; empty where a seat alone is asked for."""
    seat: str
    found: bool = False
    names: set[str] = field(default_factory=set)
    """What the person was called, folded."""
    known: dict[str, None] = field(default_factory=dict)
    """All names, as they were spelt."""
    seats: dict[str, str | None] = field(default_factory=dict)
    """By seat: the name of its present holder."""

    def words_of(self, event: Event) -> Iterator[tuple[str, str]]:
        """The words of an event that go: the key that holds them, and the seat."""
        data = event.data
        holder = data.get("seat")
        if isinstance(holder, str) and _has_words(data.get("name")):
            name = self.seats[holder] = read_words(data["name"])
            self.known |= {name: None} if name else {}
            if self._asked_for(holder):
                yield "name", holder
        # Words are those of whoever wrote the event, whomever it is about; a name is the
        # holder's, whoever wrote it down. What control enters for a team is control's.
        if event.actor and self._asked_for(event.actor):
            for key, value in data.items():
                if key != "name" and isinstance(value, dict | list):
                    yield key, event.actor

    def _asked_for(self, seat: str) -> bool:
        name = self.seats.get(seat)
        if self.seat and seat != self.seat:
            return False
        if self.person and (name is None or _folded(name) != self.person):
            return False
        self.found = True
        self.names |= {_folded(name)} if name else set()
        return True


def _has_words(value: Any) -> bool:
    return isinstance(value, dict) and "words" in value


def _check_idle(path: Path) -> None:
    """Refuse a save that is being played: what is said next would not be gone."""
    try:
        SaveFile.open(path).close()
    except SaveInUseError as error:
        raise SaveError(str(error)) from None
    except (OSError, ValueError):
        # It cannot be written, so nobody writes it; whether it can be read is told next.
        return


def _lines(save: Save) -> list[bytes]:
    """The header and the events that hold together, as they stand in the file."""
    try:
        with save.path.open("rb") as file:
            used = file.read(save.next_offset)
    except OSError as error:
        raise SaveError(f"{save.path}: {reason(error)}") from None
    return [line + b"\n" for line in used.removesuffix(b"\n").split(b"\n")]


def _written(target: Path, lines: list[bytes]) -> Save:
    """The new save, read again from the disk."""
    try:
        write_new(target, lines).close()
    except OSError as error:
        raise SaveError(f"{target}: {reason(error)}") from None
    except ValueError:
        raise SaveError(f"{str(target)!r}: not a file name") from None
    save = read_save(target)
    if save.faults:
        with contextlib.suppress(OSError):
            target.unlink()
        raise SaveError(f"{target}: was changed while it was written; nothing is kept")
    return save


def _texts_left(save: Save) -> Iterator[str]:
    for event in save.events:
        yield from _texts(event.data)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(words := read_words(value), str):
            yield words
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _naming(names: set[str]) -> Callable[[str], bool]:
    """Tells whether a text holds one of the names, or a longer part of one."""
    parts = {part for name in names for part in name.split() if len(part) >= _SHORTEST_PART}
    if not names:
        return lambda _: False
    words = "|".join(map(re.escape, names | parts))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    return lambda text: pattern.search(_folded(text)) is not None


def _nobody(path: Path, person: str, seat: str, owners: _Owners) -> str:
    if person:
        return f"{path}: nobody called {quote(person)}{did_you_mean(person, owners.known)}"
    return f"{path}: no seat {quote(seat)}{did_you_mean(seat, [*owners.seats, CONTROL])}"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
