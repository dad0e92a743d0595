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
from tests.exercise.classes import Exercise
from tests.exercise.games import play


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


@pytest.fixture
def rewound(folder: Path) -> Path:
    """Two teams; control went back in red, which then chose otherwise."""
    exercise = Exercise(red=["premier"], blue=["premier"])
    exercise.decide("red", "wait", "the first way")
    exercise.rewind("red", 1, "red.2", 7)
    exercise.decide("red", "call", "the second way")
    exercise.finish("red", "blue")
    return exercise.save(folder / "saves" / "rewound.jsonl")


@pytest.mark.parametrize(
    "words, told",
    [(("--team", "red"), "second"), (("--line", "red"), "first"), (("--line", "red.2"), "second")],
)
def test_a_team_is_what_it_played_last_and_a_line_what_bears_the_name(
    rewound: Path, folder: Path, words: tuple[str, str], told: str
) -> None:
    """In every command that tells of one line or of several, and on paper."""
    other = "first" if told == "second" else "second"
    as_control = ("--as", "control", *words)
    said = [
        run("replay", rewound, "--plain", *as_control).out,
        run("replay", rewound, "--export", "text", *as_control).out,
        run("debrief", rewound, "--plain", "--no-odds", *as_control).out,
        run("compare", rewound, "--json", "--team", "blue", *as_control).out,
    ]
    page = folder / "report.md"
    assert run("report", rewound, "--no-odds", "-o", page, *as_control).code == 0
    for text in (*said, page.read_text("utf-8")):
        assert f"the {told} way" in text
        assert f"the {other} way" not in text


def test_a_branch_of_a_team_is_a_branch_of_what_it_played_last(rewound: Path) -> None:
    """As one player's game, in the tree of saves."""
    assert run("branch", rewound, "--turn", 2, "--team", "red").code == 0
    (line,) = (line for line in run("saves").out.splitlines() if line.startswith("  "))
    assert "branched in turn 2 of rewound.jsonl, line red.2, same luck" in line
    result = run("branch", rewound, "--turn", 2, "--team", "red", "--line", "red")
    assert (result.code, len(result.faults)) == (2, 1)


def test_a_team_of_a_class_is_laid_beside_somebody_who_played_alone(
    rewound: Path, folder: Path
) -> None:
    """The only team of that save is meant; a name that no save has is still refused."""
    alone = play(folder / "saves" / "alone.jsonl")
    for words in (("compare", "--json"), ("compare", "--json", "--as", "red")):
        for saves in ((rewound, alone), (alone, rewound)):
            result = run(*words, *saves, "--team", "red")
            assert result.code == 0, result.err
            sides = [side["label"] for side in json.loads(result.out)["sides"]]
            assert sorted(sides) == ["alone", "rewound, red.2"]
    page = folder / "both.md"
    assert run("report", rewound, alone, "--team", "red", "--no-odds", "-o", page).code == 0
    refused = run("compare", rewound, alone, "--team", "pink")
    assert (refused.code, refused.out) == (2, "")
    assert [fault.partition(" there is no team")[0] for fault in refused.faults] == [
        f"{path}:" for path in (rewound, alone)
    ]


def test_a_class_of_other_teams_is_not_guessed_at(rewound: Path, folder: Path) -> None:
    """Which of its teams would stand beside red?"""
    other = group(folder / "saves" / "other.jsonl", "red", "blue")
    assert run("compare", rewound, other, "--team", "red", "--json").code == 0
    result = run("compare", rewound, other, "--line", "red.2", "--line", "red", "--json")
    assert (result.code, len(result.faults)) == (2, 1)
