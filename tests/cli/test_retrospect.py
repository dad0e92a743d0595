"""`debrief` and `compare` choose their form: a screen on a terminal, lines and odds elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli import surroundings
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import CONTROL, Viewer
from tests.cli.terminal import run
from tests.debrief.report_cases import group


@pytest.fixture
def over(folder: Path) -> Path:
    """Two teams that came to their end."""
    return group(folder / "saves" / "over.jsonl", "red", "blue")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the screen is asked to begin with, on a terminal."""
    from tabletop.tui import app

    found: dict[str, Any] = {}

    def record(desk: Callable[[], Desk], **given: Any) -> int:
        found.update(given)
        return 0

    monkeypatch.setattr(app, "run", record)
    monkeypatch.setattr(surroundings, "has_screen", lambda: True)
    return found


def test_on_a_terminal_a_debrief_is_a_screen(over: Path, opened: dict[str, Any]) -> None:
    """For the viewer and the line that were asked for."""
    from tabletop.tui import start

    assert run("debrief", over, "--as", "control", "--line", "blue").code == 0
    begin = opened["start"]
    assert isinstance(begin, start.Debrief)
    assert (begin.place.viewer, begin.place.line) == (CONTROL, "blue")
    assert begin.place.table.path == over
    assert run("debrief", over).code == 0
    assert opened["start"].place.viewer == Viewer("public")


def test_on_a_terminal_a_comparison_is_a_screen(over: Path, opened: dict[str, Any]) -> None:
    """Of all lines that were named."""
    from tabletop.tui import start

    assert run("compare", over).code == 0
    begin = opened["start"]
    assert isinstance(begin, start.Compare)
    assert [place.line for place in begin.places] == ["red", "blue"]


@pytest.mark.parametrize("switch", ["--plain", "--json"])
def test_whoever_wants_lines_gets_lines(over: Path, opened: dict[str, Any], switch: str) -> None:
    """Also on a terminal."""
    assert run("debrief", over, switch, "--no-odds").out
    assert run("compare", over, switch).out
    assert opened == {}


def test_what_cannot_be_read_is_told_before_a_screen_opens(
    folder: Path, over: Path, opened: dict[str, Any]
) -> None:
    """One line, and 2."""
    (folder / "bad.jsonl").write_text("nothing")
    for words in (
        ("debrief", "bad.jsonl"),
        ("debrief", over, "--line", "green"),
        ("compare", "bad.jsonl", over),
        ("compare", over, "--line", "red"),
    ):
        result = run(*words)
        assert (result.code, len(result.faults)) == (2, 1)
    assert opened == {}


def test_line_by_line_the_model_has_its_say(over: Path) -> None:
    """The cost of each decision, its words, and what the odds hang on; left out on request."""
    said = run("debrief", over, "--as", "red").out
    review = said.partition("The decision review.")[2]
    assert "Cost: " in review
    assert "In this model" in review
    assert "because ‘be seen’" in review
    assert "What the odds hang on." in review
    plain = run("debrief", over, "--as", "red", "--no-odds").out
    assert said.startswith(plain.rstrip("\n"))
    assert "In this model" not in plain


def test_before_endex_the_model_is_silent(folder: Path) -> None:
    """For everybody: a debrief line by line is handed on."""
    early = group(folder / "saves" / "early.jsonl", "red")
    assert "In this model" not in run("debrief", early).out


def test_a_branch_says_its_turn_and_its_luck(over: Path) -> None:
    """In the list, below its parent, and for programs."""
    for luck in ("same", "new"):
        assert run("branch", over, "--turn", 2, "--line", "blue", "--luck", luck).code == 0
    branches = [line for line in run("saves").out.splitlines() if line.startswith("  ")]
    assert sorted("new luck" in line for line in branches) == [False, True]
    assert all("turn 2 of over.jsonl, line blue, " in line for line in branches)
    data = json.loads(run("saves", "--json").out)
    assert sorted(map(str, (save["branched_luck"] for save in data))) == ["None", "new", "same"]
