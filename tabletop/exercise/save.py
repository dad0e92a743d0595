"""A save as it is read: the header, the longest whole prefix of events, and what is wrong.

A save is JSON Lines in UTF-8. Line 1 is the header and line n + 1 is event n, each sealed onto
the one before it. Lines may end as Unix or as Windows ends them; every other byte counts.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tabletop.errors import SaveError
from tabletop.exercise.canonical import decode
from tabletop.exercise.events import CLOSED, Event, event_from
from tabletop.exercise.header import Header, HeaderError, check_format, header_from
from tabletop.exercise.seals import (
    GENESIS,
    BrokenSealError,
    check_line,
    short_seal,
    stated_seal,
)
from tabletop.exercise.words import ChangedWordsError

LONGEST_LINE = 4 * 2**20
"""Bytes of the longest line that is read or written."""
LARGEST_SAVE = 64 * 2**20
"""Bytes of the largest save that is read or written."""

_MOST_FAULTS = 100
_HEADER_START = b'{"format":'
BOM = b"\xef\xbb\xbf"  # what some editors write before the first line
_MIB = 2**20


@dataclass(frozen=True)
class Save:
    """What could be read of a save, and what could not."""

    path: Path
    header: Header
    events: tuple[Event, ...]
    """The longest whole prefix."""
    seal: str
    """The seal of the last line in `events`, or the header's."""
    faults: tuple[str, ...]
    """What is wrong, one sentence a line, each naming its line."""
    dropped: int
    """How many lines are not used."""
    torn: bool
    """The last line was cut short while it was written."""
    removed: int
    """How many of people's texts have been removed from `events`."""
    next_offset: int
    """The byte after the last line used, where the next event belongs."""
    ends_whole: bool
    """Whether the last line used has its line ending."""

    @property
    def closed(self) -> bool:
        """Whether EndEx is on record."""
        return self.short_seal is not None

    @property
    def short_seal(self) -> str | None:
        """The seal shown to players at EndEx; None before."""
        for event in reversed(self.events):
            if event.what == CLOSED:
                return short_seal(event.seal)
        return None

    @property
    def damaged(self) -> bool:
        """Whether anything but a torn last line is wrong."""
        return len(self.faults) > self.torn


def read_save(path: Path) -> Save:
    """The longest whole prefix of a save; streams the file and never writes to it.

    Raises `SaveError` with one line where not even the header can be used.
    """
    with open_save(path) as file:
        try:
            return _Reader(path, file).read()
        except HeaderError as error:
            raise SaveError(f"{path}:1: {error}") from None
        except OSError as error:
            raise SaveError(f"{path}: {reason(error)}") from None


def read_header(file: BinaryIO) -> tuple[Header, str]:
    """The header on the first line of an open save, and its seal; raises `HeaderError`."""
    found = next(_lines(file), None)
    if found is None:
        raise HeaderError("empty: not a save")
    line, _, ended = found
    if line is None:
        raise HeaderError(f"longer than {LONGEST_LINE // _MIB} MiB: not a save")
    line = line.removeprefix(BOM)
    try:
        data = decode(line.decode())
        check_format(data)
        seal, _ = check_line(GENESIS, line)
        return header_from(data), seal
    except BrokenSealError:
        raise HeaderError("the header was changed: it does not match its seal") from None
    except HeaderError:
        raise
    except ValueError:
        torn = not ended and line.startswith(_HEADER_START)
        what = "the header was cut short" if torn else "not a save of tabletop"
        raise HeaderError(what) from None


def open_save(path: Path) -> BinaryIO:
    """The file, if it is one and no larger than a save may be; raises `SaveError` else."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SaveError(f"{path}: not a file")
        if found.st_size > LARGEST_SAVE:
            size, most = found.st_size // _MIB, LARGEST_SAVE // _MIB
            raise SaveError(f"{path}: {size} MiB, and a save has at most {most}")
        return path.open("rb")
    except ValueError:
        raise SaveError(f"{str(path)!r}: not a file name") from None
    except OSError as error:
        raise SaveError(f"{path}: {reason(error)}") from None


def _lines(file: BinaryIO) -> Iterator[tuple[bytes | None, int, bool]]:
    """Each line without its ending (None where too long), its size, and whether it had one."""
    while raw := file.readline(LONGEST_LINE):
        size = len(raw)
        if raw.endswith(b"\n"):
            yield raw[:-2] if raw.endswith(b"\r\n") else raw[:-1], size, True
        elif size < LONGEST_LINE:
            yield raw, size, False
        else:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(LONGEST_LINE)
                size += len(raw)
            yield None, size, bool(raw)


class _BadLineError(ValueError):
    """A line that cannot be used; the text says why."""


class _Reader:
    """Walks through the lines of one save and keeps what holds together."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self._events: list[Event] = []
        self._faults: list[str] = []
        self._dropped = 0
        self._removed = 0
        self._torn = False

    def read(self) -> Save:
        header, good = read_header(self._file)
        used = self._file.tell()
        # After a fault the walk goes on from what the bad line says of itself, so that
        # every bad line is named and not everything behind the first.
        seal: str | None = good
        number: int | None = 1
        for line_number, (line, size, ended) in enumerate(_lines(self._file), start=2):
            try:
                event = self._event(line, seal, number)
            except _BadLineError as error:
                self._note(line_number, str(error), size, ended=ended)
                seal, number = stated_seal(line) if line else None, None
            else:
                seal, number = event.seal, event.number + 1
                if not self._faults:
                    self._events.append(event)
                    good, used = event.seal, used + size
            self._dropped += bool(self._faults)
        return Save(
            path=self._path,
            header=header,
            events=tuple(self._events),
            seal=good,
            faults=tuple(self._faults),
            dropped=self._dropped,
            torn=self._torn,
            removed=self._removed,
            next_offset=used,
            ends_whole=self._ends_line(used),
        )

    def _ends_line(self, offset: int) -> bool:
        self._file.seek(offset - 1)
        return self._file.read(1) == b"\n"

    def _note(self, line_number: int, what: str, size: int, *, ended: bool) -> None:
        self._torn = not ended
        if self._torn:
            what = f"cut short; its {size} bytes are not used"
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append(f"line {line_number}: {what}")

    def _event(self, line: bytes | None, previous: str | None, number: int | None) -> Event:
        if line is None:
            raise _BadLineError(f"longer than {LONGEST_LINE // _MIB} MiB")
        if not line:
            raise _BadLineError("empty")
        removed = 0
        try:
            if previous is not None:
                _, removed = check_line(previous, line)
            event = event_from(decode(line.decode()))
        except ChangedWordsError:
            raise _BadLineError("a text in it was changed since it was written") from None
        except BrokenSealError:
            raise _BadLineError(_why_broken(line, number)) from None
        except ValueError:
            raise _BadLineError("not an event") from None
        if number is not None and event.number != number:
            raise _BadLineError(_out_of_order(event.number, number))
        if not self._faults:
            self._removed += removed
        return event


def _why_broken(line: bytes, number: int | None) -> str:
    """What most likely happened to a line that does not match its seal."""
    try:
        event = event_from(decode(line.decode()))
    except ValueError:
        return "damaged: it cannot be read"
    if number is not None and event.number != number:
        return _out_of_order(event.number, number)
    return "changed since it was written: it does not match its seal"


def _out_of_order(found: int, expected: int) -> str:
    return f"event {found} where event {expected} should be: lines are missing or out of order"


def reason(error: OSError) -> str:
    """What the system says went wrong, to stand inside a sentence."""
    return (error.strerror or str(error)).lower()
