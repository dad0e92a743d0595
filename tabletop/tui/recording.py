"""Records what the real screens write to a terminal, and when: as an asciicast, version 3.

The format is documented at https://docs.asciinema.org/manual/asciicast/v3/: a line of JSON
about the terminal, then one event a line, each with the seconds since the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from textual.drivers.headless_driver import HeadlessDriver

_ALTERNATE_SCREEN, _NO_CURSOR = "\x1b[?1049h", "\x1b[?25l"
_CLEAN = f"{_ALTERNATE_SCREEN}{_NO_CURSOR}\x1b[2J\x1b[H"

Code = Literal["o", "m", "x"]
"""Kinds of events: output, a marker that players jump to, and the end of the process."""


class Entry(NamedTuple):
    """Something that happened in a recording."""

    at: float
    """Seconds since its beginning."""
    code: Code
    data: str


class Recording:
    """What was written to a terminal of a given size, in the order in which it was written."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._entries: list[Entry] = []
        self._began = 0.0
        self.closed = False
        """Whether it has come to its end."""

    def begin(self, at: float) -> None:
        """Let all that was drawn so far stand there from the beginning, which is now."""
        drawn = "".join(entry.data for entry in self._entries if entry.code == "o")
        self._entries = [Entry(0, "o", drawn)]
        self._began = at

    def close(self) -> None:
        """Take nothing more: what a program draws on its way out is no part of it."""
        self.closed = True

    def add(self, at: float, code: Code, data: str) -> None:
        """Note an event of the loop's moment `at`; output of the same moment is one event."""
        if self.closed:
            return
        at -= self._began
        if code == "o" and self._entries and self._entries[-1][:2] == (at, "o"):
            last = self._entries.pop()
            data = last.data + data
        self._entries.append(Entry(at, code, data))

    def cast(self, title: str) -> str:
        """The recording as an asciicast, version 3: one JSON value a line, plain ASCII."""
        term = {"cols": self.columns, "rows": self.rows, "type": "xterm-256color"}
        return "".join(
            f"{json.dumps(each, ensure_ascii=True)}\n"
            for each in ({"version": 3, "term": term, "title": title}, *self._events())
        )

    def _events(self) -> Iterator[tuple[float, str, str]]:
        """The entries with the time since the one before, in milliseconds that add up."""
        before = 0
        for entry in self._entries:
            at = round(entry.at * 1000)
            yield (at - before) / 1000, entry.code, entry.data
            before = at


class RecordingDriver(HeadlessDriver):
    """A terminal without a screen that keeps what it is given to draw."""

    @property
    def is_headless(self) -> bool:
        """Not in Textual's sense, which is that nothing need be drawn."""
        return False

    @property
    def _recording(self) -> Recording:
        app: Any = self._app
        recording = app.recording
        assert isinstance(recording, Recording)
        return recording

    def write(self, data: str) -> None:
        """Keep what the screens write, with the time of the loop that they run in."""
        self._recording.add(self._loop.time(), "o", data)

    def start_application_mode(self) -> None:
        """Begin with an empty screen without a cursor, as the drivers of real terminals do."""
        self.write(_CLEAN)
        super().start_application_mode()
