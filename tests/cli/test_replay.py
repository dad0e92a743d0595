"""`tabletop replay` on a terminal: the screen begins with whoever and whatever was asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli import surroundings
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.tui.start import Replay
from tests.cli.terminal import run
from tests.debrief.report_cases import group


@pytest.fixture
def teams(folder: Path) -> Path:
    """Two teams that came to their end."""
    return group(folder / "saves" / "teams.jsonl", "red", "blue")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the screen is asked to begin with, on a terminal."""
    from tabletop.tui import app

    found: list[Any] = []

    def record(desk: Callable[[], Desk], *, start: Any, **given: Any) -> int:
        found.append(start)
        return 0

    monkeypatch.setattr(app, "run", record)
    monkeypatch.setattr(surroundings, "has_screen", lambda: True)
    return found


@pytest.mark.parametrize(
    "words, viewer, line, turn",
    [
        ((), None, None, None),
        (("--as", "control"), CONTROL, "red", None),
        (("--team", "blue"), Viewer("public"), "blue", None),
        (("--as", "blue"), Viewer("team", "blue"), "blue", None),
        (("--turn", "2", "--as", "control", "--team", "blue"), CONTROL, "blue", 2),
    ],
    ids=["nobody", "control", "team", "as a team", "at a turn"],
)
def test_the_screen_looks_as_whom_and_at_what_and_when_it_was_asked(
    teams: Path,
    opened: list[Any],
    words: tuple[str, ...],
    viewer: Viewer | None,
    line: str | None,
    turn: int | None,
) -> None:
    """Where nothing was asked, the screen itself knows who usually looks."""
    assert run("replay", teams, *words).code == 0
    (begin,) = opened
    assert begin == Replay(teams, viewer, line, turn)


@pytest.mark.parametrize("words", [("--as", "nobody"), ("--line", "green"), ("--turn", "98")])
def test_nobody_no_line_and_no_turn_are_refused_before_anything_is_drawn(
    teams: Path, opened: list[Any], words: tuple[str, ...]
) -> None:
    """In one line."""
    result = run("replay", teams, *words)
    assert (result.code, len(result.faults), opened) == (2, 1, [])


@pytest.mark.parametrize("words", [("--plain",), ("--plain", "--turn", 2)])
def test_lines_and_turns_are_told_line_by_line(
    teams: Path, opened: list[Any], words: tuple[str | int, ...]
) -> None:
    """Also on a terminal."""
    assert "Turn 2" in run("replay", teams, *words).out
    assert opened == []
