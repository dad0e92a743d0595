"""Lists the saves of a folder from the first and last lines of each, for menus and trees.

Nothing is checked here but what the list needs: a damaged save is listed with what is
wrong as far as it shows, and opening it says the rest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

from tabletop.errors import SaveError, ScenarioError
from tabletop.exercise.canonical import decode
from tabletop.exercise.events import Event, event_from
from tabletop.exercise.header import Header, HeaderError, Parent, check_format, header_from
from tabletop.exercise.record import BRANCHED, ENDED, TURN
from tabletop.exercise.save import BOM, LONGEST_LINE, open_save, read_header, reason
from tabletop.exercise.seals import GENESIS, check_line
from tabletop.exercise.table import SOLO
from tabletop.scenario.cache import read_cached

_TAIL = 2**16
_FARTHEST = 2**20
"""Bytes looked at from the end backwards; what is told farther up is not looked for."""
_FILES = b',"files":{'


@dataclass(frozen=True, slots=True)
class SaveSummary:
    """A save as a list shows it; with `fault` set, only `path` and `played` mean anything."""

    path: Path
    played: str
    """When the last event happened: UTC, ISO 8601."""
    fault: str | None = None
    """Why it cannot be opened."""
    id: str = ""
    scenario: str = ""
    title: str = ""
    turn: int = 1
    turns: int = 1
    stage: str = ""
    """The title of the stage where the line played last stands."""
    ended: bool = False
    ending: str | None = None
    """The title of the ending, where it ended."""
    branched: Parent | None = None
    parent: str | None = None
    """The file name of the save it was branched from, where that is in the list."""
    several: bool = False
    """Whether it is an exercise of several people, which nobody plays on alone."""
    luck: Literal["same", "new"] | None = None
    """Whether a branch goes on with the luck of what it came from; None where that is not told."""


@dataclass(frozen=True, slots=True)
class _Titles:
    """What a scenario calls things."""

    scenario: str
    turns: int
    stages: dict[str, str]
    endings: dict[str, str]


def list_saves(folder: Path) -> list[SaveSummary]:
    """The saves of a folder, the one played last first; none where there is no such folder.

    Raises `SaveError` where the folder cannot be read.
    """
    known: dict[bytes, _Titles | None] = {}
    found = [_summary(path, known) for path in _files(folder)]
    names = {save.id: save.path.name for save in reversed(found) if save.id}
    listed = [
        replace(save, parent=names.get(save.branched.id)) if save.branched else save
        for save in found
    ]
    return sorted(listed, key=lambda save: (save.played, save.path.name), reverse=True)


def family(saves: Sequence[SaveSummary]) -> Iterator[tuple[int, SaveSummary]]:
    """Each save after the one it was branched from, with its depth; roots in the given order."""
    names = {save.path.name for save in saves}
    children: dict[str | None, list[SaveSummary]] = {}
    for save in saves:
        children.setdefault(save.parent if save.parent in names else None, []).append(save)
    told: set[str] = set()
    # Saves that name one another as parents hang on no root and come last.
    rest = [(0, save) for save in (*children.get(None, []), *saves)][::-1]
    while rest:
        depth, save = rest.pop()
        if save.path.name not in told:
            told.add(save.path.name)
            yield depth, save
            rest += [(depth + 1, child) for child in reversed(children.get(save.path.name, []))]


def _files(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name
                for entry in entries
                if entry.name.endswith(".jsonl") and not entry.name.startswith(".")
            ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SaveError(f"{folder}: {reason(error)}") from None
    return [folder / name for name in sorted(names)]


def _summary(path: Path, known: dict[bytes, _Titles | None]) -> SaveSummary:
    try:
        with open_save(path) as file:
            first = file.readline(LONGEST_LINE)
            header = _header(file, first)
            titles = _titles(first, header, known)
            found = _filled(path, header, titles, _last_events(file, len(first)))
            return (
                found if header.parent is None else replace(found, luck=_luck(file, header.parent))
            )
    except HeaderError as error:
        return SaveSummary(path, _changed(path), fault=f"line 1: {error}")
    except SaveError as error:
        return SaveSummary(path, _changed(path), fault=str(error).removeprefix(f"{path}: "))
    except OSError as error:
        return SaveSummary(path, _changed(path), fault=reason(error))


def _filled(path: Path, header: Header, titles: _Titles, events: Iterator[Event]) -> SaveSummary:
    """The summary, from the events of a save from the last one back."""
    played, turn, ending = header.created, 1, None
    stage, several = next(iter(titles.stages), ""), False
    for back, event in enumerate(events):
        played = event.at if back == 0 else played
        several = several or _of_several(event)
        if event.what == ENDED and ending is None:
            ending = str(event.data.get("ending", ""))
        if event.what == TURN:
            reached, stage = event.data.get("turn"), str(event.data.get("stage", ""))
            turn = reached + 1 if isinstance(reached, int) else turn
            break
    return SaveSummary(
        path,
        played,
        id=header.id,
        scenario=header.scenario.id,
        title=titles.scenario,
        turn=max(1, min(turn, titles.turns)),
        turns=titles.turns,
        stage=titles.stages.get(stage, stage),
        ended=ending is not None,
        ending=None if ending is None else titles.endings.get(ending, ending),
        branched=header.parent,
        several=several,
    )


def _of_several(event: Event) -> bool:
    """Whether an event is of a team: who plays alone has one line, and its branches."""
    team = event.line or event.data.get("team")
    return isinstance(team, str) and team.partition(".")[0] not in ("", SOLO.name)


def _luck(file: BinaryIO, parent: Parent) -> Literal["same", "new"] | None:
    """The luck of a branch: an event of its own says so where it is new."""
    file.seek(0)
    # The header is a line, then comes every event that is shared.
    told = list(islice(_first_lines(file), parent.event, parent.event + 2))
    if len(told) < 2:
        return "same" if told and file.tell() < _FARTHEST else None
    with suppress(ValueError):
        return "new" if event_from(decode(told[1].decode())).what == BRANCHED else "same"
    return None


def _first_lines(file: BinaryIO) -> Iterator[bytes]:
    """The whole lines of the beginning of a file, as far as a list looks."""
    while file.tell() < _FARTHEST and (line := file.readline(LONGEST_LINE)).endswith(b"\n"):
        yield line.rstrip()


def _header(file: BinaryIO, line: bytes) -> Header:
    """The header without the scenario's files, which are most of it and not needed."""
    start, found, _ = line.partition(_FILES)
    if found and line.endswith((b'"}\n', b'"}\r\n')):
        with suppress(ValueError):
            data = decode(start.decode() + "}")
            check_format(data)
            check_line(GENESIS, line.rstrip())
            return header_from(data | {"files": {}})
    # Something is wrong with it; reading it in full tells what.
    file.seek(0)
    return read_header(file)[0]


def _titles(line: bytes, header: Header, known: dict[bytes, _Titles | None]) -> _Titles:
    """What the scenario inside a save calls things; its id alone where it cannot be used."""
    key = sha256(line.partition(_FILES)[2].rpartition(b',"seal":')[0]).digest()
    if key not in known:
        known[key] = _read_titles(line)
    return known[key] or _Titles(header.scenario.id, 1, {}, {})


def _read_titles(line: bytes) -> _Titles | None:
    try:
        name, text = next(iter(decode(line.removeprefix(BOM).rstrip().decode())["files"].items()))
        scenario = read_cached(text, name).scenario
    except (ValueError, KeyError, AttributeError, TypeError, StopIteration, ScenarioError):
        return None
    return _Titles(
        scenario.title,
        len(scenario.calendar),
        {each: stage.title for each, stage in scenario.stages.items()},
        {each: ending.title for each, ending in scenario.endings.items()},
    )


def _last_events(file: BinaryIO, first: int) -> Iterator[Event]:
    """The events of an open save from the last one back, without those that cannot be read."""
    whole = end = file.seek(0, os.SEEK_END)
    rest = b""
    while end > first and whole - end < _FARTHEST:
        start = max(first, end - _TAIL)
        file.seek(start)
        lines = (file.read(end - start) + rest).split(b"\n")
        # What stands before the first line ending belongs to a line that began earlier.
        rest = lines.pop(0) if start > first else b""
        for line in reversed(lines):
            with suppress(ValueError):
                yield event_from(decode(line.removesuffix(b"\r").decode()))
        end = start


def _changed(path: Path) -> str:
    """When the file was last written, where no event tells."""
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        moment = datetime.fromtimestamp(0, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
