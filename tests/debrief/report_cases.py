"""Exercises that reports are made of in tests: a class that argues, and people who mean harm."""

from __future__ import annotations

from pathlib import Path

from tabletop.debrief.comparison import Place
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Begin, Join, Viewer
from tabletop.exercise.words import seal_words
from tests.exercise.classes import Exercise

HOSTILE = [
    "</p></main><script>alert(1)</script>",
    '"><img src=http://evil.example/x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "[click](javascript:alert(1)) ![x](http://evil.example/x)",
    "# not a heading | not a cell\n- not an item",
    "\x1b[31mred\x1b[0m \u202egnal\u202c \x00 &lt;b&gt; &amp;",
    "]]><svg onload=alert(1)><style>*{background:url(http://evil.example)}</style>",
]


def group(path: Path, *finished: str, name: str = "Ann Lee", reason: str = "be seen") -> Path:
    """Red argues, is overruled and goes on; blue goes another way. `finished` play to the end."""
    exercise = Exercise(begin=False, red=["premier"], blue=["premier"])
    exercise.send(Join("red-harbour", name, "red", "harbour"))
    exercise.send(Begin())
    data = {"seat": "red-harbour", "turn": 1, "response": "wait", "reason": seal_words(reason)}
    exercise.put("note.preference", data, "red-harbour", "red")
    exercise.decide("red", "patrol", reason, 90, seconds=400)
    exercise.rule("red", reason)
    exercise.decide("blue", "call", reason, 30)
    exercise.finish(*finished)
    return exercise.save(path)


def places(path: Path, viewer: Viewer = CONTROL) -> list[Place]:
    """The newest line of each team of a save that the viewer may look at."""
    table = ReplayTable(path)
    newest = {card.team: card.name for card in table.lines(viewer)}
    return [Place(table, viewer, line) for line in newest.values()]
