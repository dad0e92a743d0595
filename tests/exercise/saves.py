"""Small saves for tests, made without playing: a header, events of every sort, and writers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tabletop.exercise.events import Draft, Event, event_line
from tabletop.exercise.header import Header, ScenarioRef, header_line
from tabletop.exercise.seals import GENESIS, seal_line
from tabletop.exercise.words import seal_words

MOMENT = "2017-03-06T07:30:00.000Z"


def header(**parts: Any) -> Header:
    """A header as a new game has it, with some parts changed."""
    usual: dict[str, Any] = {
        "rules": 1,
        "id": "0123456789abcdef",
        "scenario": ScenarioRef("tiny", "1.0", "ab" * 16),
        "files": {"tiny.yaml": "id: tiny\ntitle: 작은 것\n"},
        "seed": 2**64 - 1,
        "created": MOMENT,
        "program": "cd" * 16,
        "assumptions": {"prior": "even"},
    }
    return Header(**(usual | parts))


def drafts() -> list[Draft]:
    """A few events: people's words, other scripts, empty data, a note and the closing."""
    return [
        Draft("game.joined", {"name": seal_words('Kim \u2028 \\ "Ann" 한국')}, "solo", "solo"),
        Draft("game.decision", {"response": "talks", "rationale": seal_words("")}, "solo", "solo"),
        Draft("game.draw", {"site": "reaction:talks", "outcome": "holds"}, "rules", "solo"),
        Draft("note.bookmark", {}, "solo", "solo"),
        Draft("game.closed", {}, "rules", ""),
    ]


def write_save(path: Path, events: Sequence[Draft], head: Header | None = None) -> list[Event]:
    """Write a save without a journal; the events as a reader should find them."""
    line, seal = header_line(head or header())
    lines, written = [line], []
    for number, draft in enumerate(events, start=1):
        line, event = event_line(seal, number, MOMENT, draft)
        lines.append(line)
        written.append(event)
        seal = event.seal
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return written


def reseal(path: Path, lines: Sequence[str]) -> None:
    """Write lines that were edited with fresh seals, as somebody with this program could."""
    seal, sealed = GENESIS, []
    for body in lines:
        line, seal = seal_line(seal, body)
        sealed.append(line + b"\n")
    path.write_bytes(b"".join(sealed))
