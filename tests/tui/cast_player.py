"""Plays a cast back in a terminal without a screen, for tests of what it shows and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyte


class Shown(NamedTuple):
    """A screen as it stood for a while."""

    chapter: str
    """The marker that was met last."""
    at: float
    """Seconds from the beginning to when it stood so."""
    lines: list[str]
    inks: list[list[tuple[str, str]]]
    """The colours of each cell, of the letter and behind it."""


def header_of(cast: str) -> dict[str, Any]:
    """The first line."""
    header = json.loads(cast.partition("\n")[0])
    assert isinstance(header, dict)
    return header


def events_of(cast: str) -> list[tuple[float, str, str]]:
    """Everything after the first line."""
    return [tuple(json.loads(line)) for line in cast.splitlines()[1:]]


def played(cast: str) -> Iterator[Shown]:
    """The screen as it stands before each wait of a second and more, and at the end."""
    term = header_of(cast)["term"]
    screen = pyte.Screen(term["cols"], term["rows"])
    stream = pyte.Stream(screen)
    chapter, at = "", 0.0
    for interval, code, data in events_of(cast):
        if interval >= 1:
            yield _shown(screen, chapter, at)
        at += interval
        if code == "o":
            stream.feed(data)
        elif code == "m":
            chapter = data


def _shown(screen: pyte.Screen, chapter: str, at: float) -> Shown:
    rows = range(screen.lines)
    cells = [[screen.buffer[row][column] for column in range(screen.columns)] for row in rows]
    return Shown(
        chapter,
        at,
        [line.rstrip() for line in screen.display],
        [[(cell.fg, cell.bg) for cell in row] for row in cells],
    )
