"""`tabletop forget`: the command, what it says, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.terminal import MINIMAL, run
from tests.debrief.report_cases import group


@pytest.fixture
def teams(folder: Path) -> Path:
    """Ann Lee and two premiers, played to the end."""
    return group(folder / "saves" / "ann-lee.jsonl", "red", "blue")


def test_a_new_save_is_made_in_the_folder_of_saves(teams: Path, folder: Path) -> None:
    """Its name tells nobody's; the first line says where it is, the others what is left to do."""
    before = teams.read_bytes()
    result = run("forget", teams, "--person", "Ann Lee")
    assert (result.code, result.err) == (0, "")
    first, *others = result.out.splitlines()
    new = Path(first)
    assert new == folder / "saves" / "2026-11-02-minimal-words-removed.jsonl"
    assert others[0].strip() == "texts removed: 2, said from red-harbour"
    assert f"still holds them: {teams}" in result.out
    assert teams.read_bytes() == before
    again = run("forget", teams, "--person", "Ann Lee")
    assert Path(again.out.splitlines()[0]).name == "2026-11-02-minimal-words-removed-2.jsonl"
    assert f"shares its past, and may hold them too: {new}" in again.out


def test_the_list_of_the_class_is_named_too(teams: Path) -> None:
    """A room keeps the names of its class beside the save."""
    beside = teams.with_name(f"{teams.name}.room.json")
    beside.write_text("{}", "utf-8")
    result = run("forget", teams, "--person", "Ann Lee")
    assert f"may hold the name in the list of its class: {beside}" in result.out


def test_every_command_takes_the_new_save(teams: Path, folder: Path) -> None:
    """Verified, replayed, told, compared, reported and branched; the person is nowhere."""
    new = folder / "new.jsonl"
    assert run("forget", teams, "--person", "Ann Lee", "-o", new).code == 0
    verified = run("verify", new)
    assert verified.code == 0
    assert "texts of people removed: 2" in verified.out
    seal = json.loads(run("verify", new, "--json").out)[0]["seal"]
    assert run("verify", teams, "--seal", seal).code == 0
    for words in (
        ("replay", new, "--plain"),
        ("debrief", new, "--as", "control"),
        ("compare", new, "--as", "control"),
        ("branch", new, "--turn", 1, "-o", folder / "branch.jsonl"),
    ):
        result = run(*words)
        assert (result.code, result.err) == (0, ""), words
        assert "Ann Lee" not in result.out
    for ending in ("html", "md", "json", "csv"):
        target = folder / f"report.{ending}"
        assert run("report", new, "--as", "control", "-o", target).code == 0
        assert "Ann Lee" not in target.read_text("utf-8")
    assert "Ann Lee" not in (folder / "branch.jsonl").read_text("utf-8")


def test_branches_and_notes_that_may_hold_the_words_are_named(teams: Path, folder: Path) -> None:
    """A copy that nobody thinks of would keep them."""
    branch = folder / "saves" / "branch.jsonl"
    assert run("branch", teams, "--turn", 1, "-o", branch).code == 0
    notes = teams.with_name(f"{teams.name}.notes.json")
    notes.write_text("{}", encoding="utf-8")
    result = run("forget", teams, "--person", "Ann Lee")
    assert str(branch) in result.out
    assert str(notes) in result.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--person", ""),
        ("--person", "  "),
        ("--person", "Nobody"),
        ("--seat", "nowhere"),
        ("--person", "Ann Lee", "--seat", "red-premier"),
        ("--person", "\x1b[31m\u202e"),
        ("--person", "Ann Lee", "-o", "saves"),
        ("--person", "Ann Lee", "-o", "saves/ann-lee.jsonl"),
    ],
)
def test_what_cannot_be_done_is_one_line(teams: Path, folder: Path, words: tuple[str, ...]) -> None:
    """With nothing written."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("forget", teams, *words)
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert "\x1b" not in result.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{}\n", b'{"format":99}\n'])
def test_what_is_no_save_is_one_line(folder: Path, content: bytes) -> None:
    """As every command says it."""
    path = folder / "bad.jsonl"
    path.write_bytes(content)
    result = run("forget", path, "--person", "Ann")
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert "bad.jsonl" in result.err


def test_a_solo_player_is_forgotten_by_name(folder: Path) -> None:
    """Where the settings gave one."""
    (folder / "settings.toml").write_text('name = "Ann"\n', encoding="utf-8")
    path = folder / "saves" / "x.jsonl"
    assert run("play", MINIMAL, "--doctrine", "talks_first", "--save", path).code == 0
    result = run("forget", path, "--person", "ann")
    assert (result.code, result.err) == (0, "")
