"""`tabletop report`: every form, pseudonyms, and what cannot be reported."""

from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path

import pytest

from tests.cli.terminal import MINIMAL, run
from tests.debrief.report_cases import group


@pytest.fixture
def played(folder: Path) -> Path:
    """A game that a doctrine has played to its end."""
    path = folder / "saves" / "played.jsonl"
    words = ("--doctrine", "talks_first", "--seed", 5, "--save", path)
    assert run("play", MINIMAL, *words).code == 0
    return path


@pytest.fixture
def teams(folder: Path) -> Path:
    """Two teams that part in the first turn."""
    return group(folder / "saves" / "group.jsonl", "red", "blue")


@pytest.mark.parametrize("ending", [".html", ".md", ".json", ".csv", ".HTML"])
def test_a_report_is_written_as_its_ending_says(played: Path, folder: Path, ending: str) -> None:
    """Quietly, with the review, and the save stays as it was."""
    before = played.read_bytes()
    target = folder / f"report{ending}"
    result = run("report", played, "-o", target)
    assert (result.code, result.out, result.err) == (0, "", "")
    text = target.read_text("utf-8")
    begins = {".html": "<!DOCTYPE html>", ".md": "# After-action", ".json": "{", ".csv": "run,"}
    assert text.startswith(begins[ending.lower()])
    assert played.read_bytes() == before


def test_odds_can_be_left_out(played: Path, folder: Path) -> None:
    """Nothing is solved then, and nothing said of it."""
    for words, there in (((), True), (("--no-odds",), False)):
        assert run("report", played, "-o", folder / "x.md", *words).code == 0
        assert ("The decision review" in (folder / "x.md").read_text("utf-8")) == there
        assert run("report", played, "-o", folder / "x.csv", *words).code == 0
        with (folder / "x.csv").open(newline="", encoding="utf-8") as opened:
            assert any(row["model_cost"] for row in csv.DictReader(opened)) == there


def test_saves_and_teams_are_reported_together(played: Path, teams: Path, folder: Path) -> None:
    """All of them, or those that are named; each save once."""
    assert run("report", played, teams, played, "-o", folder / "x.json").code == 0
    data = json.loads((folder / "x.json").read_text("utf-8"))
    assert [each["label"] for each in data["runs"]] == ["played", "group, red", "group, blue"]
    assert run("report", teams, "--team", "blue", "-o", folder / "x.json").code == 0
    data = json.loads((folder / "x.json").read_text("utf-8"))
    assert [each["story"]["line"] for each in data["runs"]] == ["blue"]
    assert data["together"] is None


def test_teams_are_told_for_the_public_unless_somebody_asks(teams: Path, folder: Path) -> None:
    """Control hears what a team said among itself."""
    for words, there in (((), False), (("--as", "control"), True), (("--as", "red"), True)):
        assert run("report", teams, *words, "-o", folder / "x.md").code == 0
        assert ("**Because:** “be seen”" in (folder / "x.md").read_text("utf-8")) == there


def test_data_come_with_their_codebook(teams: Path, folder: Path) -> None:
    """One row a decision, or one row an event."""
    for words, column in (((), "rationale"), (("--events",), "what")):
        assert run("report", teams, *words, "-o", folder / "data.csv").code == 0
        with (folder / "data.csv").open(newline="", encoding="utf-8") as opened:
            header, *rows = csv.reader(opened)
        with (folder / "data.codebook.csv").open(newline="", encoding="utf-8") as opened:
            told = [row["column"] for row in csv.DictReader(opened)]
        assert column in header
        assert header == told
        assert rows


def test_pseudonyms_hang_on_a_key_that_is_made_once(teams: Path, folder: Path) -> None:
    """Beside the saves and for its owner alone; reports agree with one another."""
    words = ("--as", "control", "--pseudonyms")
    written = []
    for name in ("one.md", "two.md"):
        assert run("report", teams, *words, "-o", folder / name).code == 0
        written.append((folder / name).read_text("utf-8"))
    assert written[0] == written[1]
    assert "Ann" not in written[0]
    assert "Person " in written[0]
    key = folder / "saves" / "pseudonyms.key"
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.unlink()
    assert run("report", teams, *words, "-o", folder / "three.md").code == 0
    assert (folder / "three.md").read_text("utf-8") != written[0]


@pytest.mark.parametrize("content", [b"", b"no key\n", b"00" * 31, b"\xff" * 64])
def test_a_damaged_key_is_one_line(teams: Path, folder: Path, content: bytes) -> None:
    """And is left as it is."""
    key = folder / "saves" / "pseudonyms.key"
    key.write_bytes(content)
    result = run("report", teams, "--pseudonyms", "-o", folder / "x.md")
    assert (result.code, len(result.faults)) == (2, 1)
    assert str(key) in result.err
    assert key.read_bytes() == content
    assert not (folder / "x.md").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("-o", "report.pdf"),
        ("-o", "report"),
        ("-o", "report.md", "--events"),
        ("-o", "nowhere/report.md"),
        ("-o", "saves"),
        ("-o", "x.md", "--as", "nobody"),
        ("-o", "x.md", "--team", "green"),
    ],
)
def test_what_cannot_be_written_is_one_line(
    teams: Path, folder: Path, words: tuple[str, ...]
) -> None:
    """With nothing written."""
    before = sorted(folder.rglob("*"))
    result = run("report", teams, *words)
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert sorted(folder.rglob("*")) == before


def test_a_report_is_never_written_over_a_save(teams: Path, folder: Path) -> None:
    """Whatever the save is called."""
    named = folder / "group.md"
    named.write_bytes(teams.read_bytes())
    result = run("report", named, "-o", named)
    assert (result.code, len(result.faults)) == (2, 1)
    assert named.read_bytes() == teams.read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\x00", b"{}\n", b"[1]\n", b'{"format": 99}\n', b"x" * 5000]
)
def test_every_bad_save_is_one_line(folder: Path, teams: Path, content: bytes) -> None:
    """Each is named, the good ones are not, and nothing is written."""
    bad = folder / "bad.jsonl"
    bad.write_bytes(content)
    missing = folder / "missing.jsonl"
    result = run("report", bad, teams, missing, "-o", folder / "x.html")
    assert (result.code, result.out, len(result.faults)) == (2, "", 2)
    assert "bad.jsonl" in result.faults[0]
    assert "missing.jsonl" in result.faults[1]
    assert not (folder / "x.html").exists()


def test_the_usable_part_of_a_torn_save_is_reported(played: Path, folder: Path) -> None:
    """With what cannot be used, in one line."""
    played.write_bytes(played.read_bytes()[:-40])
    assert run("report", played, "-o", folder / "x.md").code == 0
    assert "What of the save cannot be used" in (folder / "x.md").read_text("utf-8")


def test_evidence_is_a_table_for_whoever_led_the_exercise(teams: Path, folder: Path) -> None:
    """A row a student and decision, with its codebook; the public has none."""
    target = folder / "evidence.csv"
    words = ("report", teams, "--evidence", "-o", target)
    result = run(*words)
    assert (result.code, len(result.faults)) == (2, 1)
    assert "--as control" in result.err
    assert not target.exists()
    result = run(*words, "--as", "control")
    assert (result.code, result.out, result.err) == (0, "", "")
    with target.open(newline="", encoding="utf-8") as opened:
        header, *rows = csv.reader(opened)
    with (folder / "evidence.codebook.csv").open(newline="", encoding="utf-8") as opened:
        assert [row["column"] for row in csv.DictReader(opened)] == header
    assert any("Ann Lee" in row for row in rows)
    assert run(*words, "--as", "control", "--pseudonyms").code == 0
    assert "Ann" not in target.read_text("utf-8")


@pytest.mark.parametrize("form", ["canvas", "moodle"])
def test_a_gradebook_takes_ids_from_its_own_export(teams: Path, folder: Path, form: str) -> None:
    """And says who is not in it."""
    roster = folder / "roster.csv"
    roster.write_text('Student,ID,Email address\n"Lee, Ann",17,ann@x.edu\n', "utf-8")
    words = ("report", teams, "--as", "control", "--gradebook", form, "--roster", roster)
    result = run(*words, "-o", folder / "x.csv")
    assert (result.code, result.err) == (0, "")
    told = result.out.splitlines()
    assert len(told) == 2
    assert all(line.startswith("not in the roster, or more than once") for line in told)
    text = (folder / "x.csv").read_text("utf-8")
    assert {"canvas": "17", "moodle": "ann@x.edu"}[form] in text
    before = roster.read_bytes()
    assert run(*words, "-o", roster).code == 2
    assert roster.read_bytes() == before


@pytest.mark.parametrize(
    "words,told",
    [
        (("-o", "x.md", "--evidence"), ".csv"),
        (("-o", "x.md", "--gradebook", "moodle"), ".csv"),
        (("-o", "x.csv", "--evidence", "--events"), "different tables"),
        (("-o", "x.csv", "--evidence", "--gradebook", "canvas"), "different tables"),
        (("-o", "x.csv", "--gradebook", "blackbord"), "blackbord"),
        (("-o", "x.csv", "--gradebook", "canvas", "--pseudonyms"), "pseudonym"),
        (("-o", "x.csv", "--evidence", "--roster", "r.csv"), "--gradebook"),
        (("-o", "x.csv", "--gradebook", "canvas", "--roster", "none.csv"), "none.csv"),
        (("-o", "x.csv", "--gradebook", "canvas", "--roster", "saves"), "saves"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    teams: Path, folder: Path, words: tuple[str, ...], told: str
) -> None:
    """With nothing written."""
    before = sorted(folder.rglob("*"))
    result = run("report", teams, "--as", "control", *words)
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert told in result.err
    assert sorted(folder.rglob("*")) == before
