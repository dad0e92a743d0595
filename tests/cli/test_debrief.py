"""`tabletop branch`, `compare`, `debrief`, and `replay` as somebody else: what is done with runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.exercise.bookmarks import read_notes
from tabletop.exercise.save import read_save
from tests.cli.terminal import MINIMAL, run
from tests.exercise.classes import Exercise


@pytest.fixture
def played(folder: Path) -> Path:
    """A game that a doctrine has played to its end."""
    path = folder / "saves" / "played.jsonl"
    words = ("--doctrine", "talks_first", "--seed", 5, "--save", path)
    assert run("play", MINIMAL, *words).code == 0
    return path


@pytest.fixture
def group(folder: Path) -> Path:
    """Two teams that part in the first turn."""
    exercise = Exercise(red=["premier"], blue=["premier"])
    exercise.decide("red", "patrol", "a claim must be seen", 90)
    exercise.decide("blue", "call")
    exercise.finish("red", "blue")
    return exercise.save(folder / "saves" / "group.jsonl")


def test_a_branch_is_a_new_save_below_the_old_one(played: Path, folder: Path) -> None:
    """Which stays as it is; what is printed can be played on."""
    before = played.read_bytes()
    result = run("branch", played, "--turn", 2, "-o", folder / "saves" / "what-if.jsonl")
    assert (result.code, result.err) == (0, "")
    assert result.out == f"{folder / 'saves' / 'what-if.jsonl'}\n"
    assert played.read_bytes() == before
    parent = read_save(folder / "saves" / "what-if.jsonl").header.parent
    assert parent is not None
    assert (parent.turn, parent.line) == (2, "solo")
    tree = run("saves").out.splitlines()
    assert [line.startswith("  ") for line in tree] == [False, True]
    assert run("play", "--resume", result.out.strip(), "--doctrine", "random").code == 0
    assert run("verify", result.out.strip()).code == 0


def test_a_branch_goes_to_the_folder_of_saves_unless_told(played: Path) -> None:
    """With other luck where asked for."""
    made = Path(run("branch", played.stem, "--turn", 2, "--luck", "new").out.strip())
    assert made.parent.name == "saves"
    assert read_save(made).events[-1].what == "game.branched"


def test_the_list_names_the_line_of_a_branch_where_there_are_several(group: Path) -> None:
    """In words and for programs."""
    assert run("branch", group, "--turn", 2, "--line", "blue").code == 0
    assert "branched in turn 2 of group.jsonl, line blue" in run("saves").out
    data = json.loads(run("saves", "--json").out)
    assert {save["branched_line"] for save in data} == {None, "blue"}


@pytest.mark.parametrize(
    "wish",
    [
        ("--turn", "9"),
        ("--turn", "0"),
        ("--turn", "x"),
        (),
        ("--turn", "2", "--line", "green"),
        ("--turn", "2", "--luck", "bad"),
        ("--turn", "2", "-o", "saves/group.jsonl"),
        ("--turn", "2", "-o", "saves/group.jsonl/new.jsonl"),
    ],
)
def test_what_cannot_be_branched_is_one_line(group: Path, wish: tuple[str, ...]) -> None:
    """And leaves no file."""
    before = {path: path.read_bytes() for path in group.parent.iterdir()}
    result = run("branch", group, *wish)
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert {path: path.read_bytes() for path in group.parent.iterdir()} == before


def test_a_debrief_is_told_and_given_as_data(played: Path) -> None:
    """For the one player of a solo save."""
    result = run("debrief", played)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Debrief: The lighthouse. Save ")
    assert "To talk over." in result.out
    data = json.loads(run("debrief", "--json", played).out)
    assert data["viewer"] == {"kind": "seat", "name": "solo"}
    assert [turn["turn"] for turn in data["turns"]] == [1, 2, 3]
    assert data["ending"]["title"] in result.out


def test_a_debrief_of_teams_is_the_public_s_unless_somebody_is_named(group: Path) -> None:
    """What a team said among itself is told as that team or as control."""
    assert "a claim must be seen" not in run("debrief", group, "--line", "red").out
    for who in ("control", "red", "red-premier"):
        assert "a claim must be seen" in run("debrief", group, "--as", who, "--team", "red").out
    result = run("debrief", group, "--as", "nobody")
    assert (result.code, len(result.faults)) == (2, 1)
    result = run("debrief", group, "--as", "blue", "--line", "red")
    assert (result.code, len(result.faults)) == (2, 1)


def test_a_replay_may_be_told_as_somebody_knew_it(group: Path) -> None:
    """Of one line, or of all that they may look at."""
    assert run("replay", group).out.count("Another line of play") == 1
    red = run("replay", group, "--as", "red").out
    assert "a claim must be seen" in red
    assert "Another line" not in red
    assert "Stop 1 of 4." in run("replay", group, "--team", "blue").out
    assert run("replay", group, "--team", "green").code == 2


def test_teams_of_one_save_and_several_saves_are_compared(group: Path, played: Path) -> None:
    """In words and for programs."""
    result = run("compare", group)
    assert (result.code, result.err) == (0, "")
    assert "They part first here. Turn 1: another decision." in result.out
    data = json.loads(run("compare", group, "--json").out)
    assert data["first"]["kind"] == "decision"
    assert [side["label"] for side in data["sides"]] == ["red", "blue"]
    data = json.loads(run("compare", group, played, "--json").out)
    assert len(data["sides"]) == 3
    data = json.loads(run("compare", group, "--line", "red", "--line", "blue", "--json").out)
    assert len(data["sides"]) == 2


def test_one_run_alone_is_not_compared(played: Path) -> None:
    """Said in one line."""
    for wish in ((played,), (played, "--line", "solo"), (played, "--line", "green")):
        result = run("compare", *wish)
        assert (result.code, len(result.faults)) == (2, 1)


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff", b"{}\n", b"x" * 99])
def test_what_is_no_save_is_2_and_one_line(folder: Path, content: bytes | None) -> None:
    """For every command that opens one."""
    if content is not None:
        (folder / "x.jsonl").write_bytes(content)
    for words in (("debrief",), ("compare", "x.jsonl"), ("branch", "--turn", "1")):
        result = run(*words, "x.jsonl")
        assert (result.code, result.out, len(result.faults)) == (2, "", 1)
        assert result.err.startswith("x.jsonl:")


def test_notes_are_exported(played: Path, folder: Path) -> None:
    """As Markdown or CSV, to a file or to the terminal; bad ones are one line."""
    notes = read_notes(played, read_save(played).header.id)
    notes.with_mark(5, "solo", "=1+1", "why *this*?").write()
    assert r"- **\=1+1** (event 5, solo)" in run("replay", played, "--notes", "markdown").out
    assert run("replay", played, "--notes", "csv", "-o", "notes.csv").code == 0
    assert "5,solo,'=1+1,why *this*?" in (folder / "notes.csv").read_text("utf-8")
    notes.path.write_bytes(b"\xff")
    result = run("replay", played, "--notes", "csv")
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert run("replay", played, "-o", "x").code == 2
