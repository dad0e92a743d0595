"""Small turns of phrase that the plain front end uses everywhere."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Whoever wants a turn of phrase only should not have to load every view.
    from tabletop.exercise.view import EvidenceView, ForecastView, TrackView


def sentence(text: str) -> str:
    """`text` without space around it and with a mark at its end."""
    text = text.strip()
    return text if not text or text[-1] in '.!?…:"”)' else f"{text}."


def label(title: str) -> str:
    """A title before what belongs to it: with a colon, unless it is a question."""
    return title if title.endswith("?") else f"{title}:"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Words in a row: `one`, `one and two`, `one, two and three`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 launch`, `4 launches`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def moved(delta: int) -> str:
    """A movement in words: `up 2`, `down 1`, `no change`."""
    if delta == 0:
        return "no change"
    return f"up {delta}" if delta > 0 else f"down {-delta}"


def reading(track: TrackView) -> str:
    """Where a gauge stands, `4 of 7`; before it the name of its value where values have names."""
    if track.level is not None:
        count = track.high - track.low + 1
        return f"{track.level.replace('_', ' ')}, {point(track, track.value)} of {count}"
    if track.low == 0:
        return f"{track.value} of {track.high}"
    return f"{track.value}, between {track.low} and {track.high}"


def point(track: TrackView, value: int) -> str:
    """A value of a gauge; `level 2` where values have names, counted from 1."""
    return str(value) if track.level is None else f"level {value - track.low + 1}"


def changes(pairs: Iterable[tuple[str, int]]) -> str:
    """What moved, as `Tension up 1, Channel down 1`; empty where nothing did."""
    return ", ".join(f"{title} {moved(delta)}" for title, delta in pairs if delta)


def names(cites: Iterable[EvidenceView]) -> str:
    """The short names of evidence, as a sentence; empty where there is none."""
    ids = list(dict.fromkeys(card.id for card in cites))
    return f"Sources: {', '.join(ids)}." if ids else ""


def joined(*sentences: str) -> str:
    """Sentences in a row, without the empty ones."""
    return " ".join(sentence(text) for text in sentences if text.strip())


def when(moment: str) -> str:
    """A moment of a save (UTC, ISO 8601) to the minute."""
    return f"{moment[:16].replace('T', ' ')} UTC"


def forecast_words(forecast: ForecastView, percent: int) -> str:
    """The words that stand for an answer to the fixed question."""
    return min(forecast.answers, key=lambda answer: abs(answer[0] - percent))[1]


def quoted(path: Path) -> str:
    """A path as one word of a command line of this system."""
    if os.name == "nt":
        return f'"{path}"' if " " in str(path) else str(path)
    return shlex.quote(str(path))
