"""Bookmarks and notes on a save, kept in a file beside it and never in it.

`game.jsonl` has its notes in `game.jsonl.notes.json`: one JSON object with the `format`, the
id of the `save` and a list of `notes`. Whatever is wrong with that file costs the notes and
one line, never the replay; a file that could not be read is not written over.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tabletop.clean import clean_line, clean_text
from tabletop.errors import SaveError
from tabletop.exercise.header import now
from tabletop.exercise.save import reason

FORMAT = 1
LABEL_LIMIT = 120
TEXT_LIMIT = 4_000
MOST_NOTES = 2_000
LARGEST = 16 * 2**20
"""Bytes of the largest file of notes that is read."""
_LAST_EVENT = 2**31


@dataclass(frozen=True, slots=True, order=True)
class Bookmark:
    """A place in a save that somebody marked, with what they noted there."""

    event: int
    line: str
    label: str
    """What the place was called when it was marked, or what somebody called it."""
    text: str
    """The note; empty where the place was only marked."""
    at: str
    """When it was noted: UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes beside a save, in the order of its events."""

    path: Path
    save: str
    """The id of the save that they belong to."""
    marks: tuple[Bookmark, ...] = ()
    fault: str | None = None
    """One line about why they could not be read; None where they could or there are none."""

    def with_mark(self, event: int, line: str, label: str, text: str = "") -> Notes:
        """The notes with one more; one at the same place of the same line is replaced.

        Raises `SaveError` where there would be too many.
        """
        others = self.without_mark(event, line).marks
        if len(others) >= MOST_NOTES:
            raise SaveError(f"{self.path}: a save has at most {MOST_NOTES} notes")
        mark = Bookmark(
            event, line, clean_line(label, LABEL_LIMIT), clean_text(text, TEXT_LIMIT), now()
        )
        return Notes(self.path, self.save, tuple(sorted((*others, mark))), self.fault)

    def without_mark(self, event: int, line: str) -> Notes:
        """The notes without the one at this place, if there is one."""
        kept = tuple(mark for mark in self.marks if (mark.event, mark.line) != (event, line))
        return Notes(self.path, self.save, kept, self.fault)

    def mark_at(self, event: int, line: str) -> Bookmark | None:
        """The note at this place; None where there is none."""
        return next((m for m in self.marks if (m.event, m.line) == (event, line)), None)

    def write(self) -> None:
        """Replace the file by these notes at once, or leave it as it was.

        Raises `SaveError` where it cannot be written, or was not understood when it was read.
        """
        if self.fault is not None:
            raise SaveError(f"{self.fault}; move it away before new notes are kept")
        data = {"format": FORMAT, "save": self.save, "notes": [asdict(m) for m in self.marks]}
        try:
            _replace(self.path, json.dumps(data, ensure_ascii=True, indent=1) + "\n")
        except OSError as error:
            raise SaveError(f"{self.path}: notes cannot be kept: {reason(error)}") from None


def notes_path(save: Path) -> Path:
    """Where the notes of a save are."""
    return save.with_name(f"{save.name}.notes.json")


def read_notes(save: Path, save_id: str) -> Notes:
    """The notes beside a save; none, with a line that says why, where they cannot be used."""
    path = notes_path(save)
    try:
        content = _content(path)
        return Notes(path, save_id, () if content is None else _marks(content, save_id))
    except OSError as error:
        return Notes(path, save_id, fault=f"{path}: {reason(error)}")
    except ValueError as error:
        return Notes(path, save_id, fault=f"{path}: {error}")


def _content(path: Path) -> bytes | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("not a file of notes")
    if found.st_size > LARGEST:
        raise ValueError(f"larger than {LARGEST // 2**20} MiB: not a file of notes")
    with path.open("rb") as file:
        return file.read(LARGEST)


def _marks(content: bytes, save_id: str) -> tuple[Bookmark, ...]:
    """The notes in a file; raises `ValueError` with what is wrong."""
    try:
        data = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise ValueError("not a file of notes") from None
    if not isinstance(data, dict) or type(data.get("format")) is not int:
        raise ValueError("not a file of notes")
    if data["format"] > FORMAT:
        raise ValueError("notes of a newer tabletop")
    if data.get("save") != save_id:
        raise ValueError("the notes of another save")
    listed = data.get("notes")
    if not isinstance(listed, list) or len(listed) > MOST_NOTES:
        raise ValueError("its list of notes is not valid")
    return tuple(sorted(_mark(number, each) for number, each in enumerate(listed, 1)))


def _mark(number: int, data: Any) -> Bookmark:
    try:
        event, texts = data["event"], [data[key] for key in ("line", "label", "text", "at")]
    except (KeyError, TypeError, IndexError):
        raise ValueError(f"note {number} is not whole") from None
    if type(event) is not int or not 0 <= event < _LAST_EVENT:
        raise ValueError(f"note {number} names no event")
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(f"note {number} is not whole")
    line, label, text, at = texts
    return Bookmark(
        event,
        clean_line(line, LABEL_LIMIT),
        clean_line(label, LABEL_LIMIT),
        clean_text(text, TEXT_LIMIT),
        clean_line(at, 40),
    )


def _replace(path: Path, text: str) -> None:
    """Write beside the file, force it to the disk, then put it in its place."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


__all__ = ["Bookmark", "Notes", "notes_path", "read_notes"]
