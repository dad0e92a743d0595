"""`tabletop saves`, `tabletop verify` and `tabletop replay`: what is done with played games."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.samples import samples
from tests.cli.terminal import MINIMAL, run


@pytest.fixture
def played(folder: Path) -> Path:
    """A game that a doctrine has played to its end."""
    result = run("play", MINIMAL, "--doctrine", "talks_first", "--seed", 5)
    assert result.code == 0
    return next((folder / "saves").glob("*.jsonl"))


def _seal(played: Path) -> str:
    lines = run("verify", played).out.splitlines()
    return lines[-1].split()[-1]


def test_without_saves_the_list_says_how_to_begin() -> None:
    """And is empty for programs."""
    assert run("saves").out.startswith("No saves in ")
    assert json.loads(run("saves", "--json").out) == []


def test_a_save_is_listed_by_its_file(played: Path) -> None:
    """With its scenario, where it stands, and when it was played."""
    line = run("saves").out
    assert line.startswith(f"{played.name}: The lighthouse; ended: ")
    assert line.endswith(" UTC\n")


def test_a_branch_stands_below_what_it_branched_from(played: Path) -> None:
    """And names it."""
    Desk(played.parent).branch(played, 2)
    root, branch = run("saves").out.splitlines()
    assert root.startswith(played.name)
    assert branch.startswith("  ")
    assert f"branched in turn 2 of {played.name}" in branch
    data = json.loads(run("saves", "--json").out)
    assert {save["parent"] for save in data} == {None, played.name}


def test_a_save_that_cannot_be_opened_is_listed_with_the_reason(played: Path) -> None:
    """It hides no other."""
    (played.parent / "torn.jsonl").write_text('{"format":')
    result = run("saves")
    assert result.code == 0
    assert "torn.jsonl: cannot be opened: " in result.out
    assert played.name in result.out
    assert [save["fault"] is None for save in json.loads(run("saves", "--json").out)].count(
        True
    ) == 1


def test_the_folder_may_be_named_for_one_command(played: Path, folder: Path) -> None:
    """Before the command."""
    assert played.name not in run("--saves", folder / "empty", "saves").out


def test_a_folder_that_is_a_file_is_one_line(folder: Path) -> None:
    """It cannot be read."""
    (folder / "flat").write_text("")
    result = run("--saves", "flat", "saves")
    assert (result.code, len(result.faults)) == (2, 1)


def test_a_whole_save_verifies(played: Path) -> None:
    """Draw for draw, with its seal and where its scenario comes from."""
    result = run("verify", played)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{played}: holds\n")
    assert "events follow by the rules, draw for draw" in result.out
    assert "the scenario inside is not a shipped one" in result.out


def test_a_save_is_found_by_its_name_alone(played: Path) -> None:
    """In the folder of saves, with or without its ending."""
    assert run("verify", played.name).code == 0
    assert run("verify", played.stem).code == 0
    assert run("replay", played.stem).code == 0


def test_a_sample_is_looked_at_by_its_name(folder: Path) -> None:
    """From any folder, whatever has been played; nothing is written for it."""
    listed = run("saves", "--samples").out
    names = [line.partition(".jsonl: ")[0].strip() for line in listed.splitlines()]
    assert names[:2] == ["first-game", "north-korea-2017-history"]
    assert set(names) == set(samples())
    assert run("verify", *names, "history").code == 0
    assert "EndEx. The exercise is over: " in run("replay", "history").out
    data = json.loads(run("saves", "--samples", "--json").out)
    assert {Path(each["path"]).stem for each in data} == set(names)
    assert not (folder / "saves").exists()


def test_own_saves_go_before_samples(played: Path) -> None:
    """A sample hides nothing that was played."""
    own = played.rename(played.with_name("first-game.jsonl"))
    assert run("verify", "first-game").out.startswith(f"{own}: holds")


def test_a_sample_is_not_played_on() -> None:
    """It belongs to the program."""
    result = run("play", "--plain", "--resume", "first-game")
    assert (result.code, result.out) == (2, "")
    assert len(result.faults) == 1


def test_the_seal_that_was_shown_is_compared(played: Path) -> None:
    """The right one holds, in any spelling; another one is 1."""
    seal = _seal(played)
    assert run("verify", "--seal", seal, played).code == 0
    assert run("verify", "--seal", seal.lower().replace("-", ""), played).code == 0
    result = run("verify", "--seal", "AAAA-BBBB-CCCC-DDDD", played)
    assert result.code == 1
    assert "does not hold" in result.out
    assert "the seal does not match" in result.out


def test_a_seal_belongs_to_one_save(played: Path) -> None:
    """Which of several would it be?"""
    result = run("verify", "--seal", "X", played, played)
    assert (result.code, len(result.faults)) == (2, 1)


def test_a_changed_line_is_1_and_named(played: Path) -> None:
    """The rest of what was found follows."""
    lines = played.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b"1", b"2", 1)
    played.write_bytes(b"".join(lines))
    result = run("verify", played)
    assert (result.code, result.err) == (1, "")
    assert "does not hold" in result.out.splitlines()[0]
    assert "line 5: " in result.out


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff", b"{}\n", b"[1]\n", b"x" * 99])
def test_what_is_no_save_is_2_and_one_line(folder: Path, content: bytes | None) -> None:
    """For every command that opens one."""
    if content is not None:
        (folder / "x.jsonl").write_bytes(content)
    for verb in ("verify", "replay"):
        result = run(verb, "x.jsonl")
        assert (result.code, result.out) == (2, "")
        assert len(result.faults) == 1
        assert result.err.startswith("x.jsonl:")


def test_several_saves_are_verified_and_the_worst_decides(played: Path) -> None:
    """A missing one does not keep the others from being checked."""
    result = run("verify", "gone.jsonl", played)
    assert result.code == 2
    assert "holds" in result.out
    data = json.loads(run("verify", "--json", "gone.jsonl", played).out)
    assert [each["ok"] for each in data] == [False, True]
    assert "gone.jsonl" in data[0]["unreadable"]
    assert data[1]["seal"] == _seal(played)


def test_a_replay_into_a_pipe_tells_the_whole_game(played: Path) -> None:
    """From its first turn to its ending; --turn begins later."""
    whole, late = run("replay", played), run("replay", "--plain", "--turn", 3, played)
    assert whole.code == late.code == 0
    assert "Stop 1 of 4." in whole.out
    assert "EndEx. The exercise is over: " in whole.out
    assert "Stop 1 of 4." not in late.out
    assert "Stop 3 of 4." in late.out
    assert run("replay", played, "--turn", 7).code == 2
