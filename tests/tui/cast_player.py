"""Plays a cast back in a terminal without a screen, for tests of what it shows and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyte

_NEAR, _REST = 0.02, 0.2
"""How far from a beat, in beats, something is that happens at it, and how long after the last."""


class Shown(NamedTuple):
    """A screen as it stood for a while."""

    chapter: str
    """The marker that was met last."""
    at: float
    """Seconds from the beginning to its end."""
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


def played(cast: str, beat: float) -> Iterator[Shown]:
    """The screen as it stands at the end of each beat: nothing flies any more."""
    term = header_of(cast)["term"]
    screen = pyte.Screen(term["cols"], term["rows"])
    stream = pyte.Stream(screen)
    chapter, at = "", 0.0
    for interval, code, data in events_of(cast):
        at += interval
        beats = at / beat
        if interval > beat * _REST and abs(beats - round(beats)) < _NEAR:
            yield _shown(screen, chapter, at)
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
