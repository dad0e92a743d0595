"""`tabletop replay --export`: casts, pictures and text in files, and what cannot be exported."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.terminal import MINIMAL, run
from tests.debrief.report_cases import group

FORMS = ("cast", "svg", "text")
EVERY = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def played(folder: Path) -> Path:
    """A game that a doctrine has played to its end."""
    path = folder / "saves" / "played.jsonl"
    words = ("--doctrine", "talks_first", "--seed", 5, "--save", path)
    assert run("play", MINIMAL, *words).code == 0
    return path


@EVERY
def test_each_form_is_written_to_a_file_or_to_the_terminal(
    played: Path, folder: Path, form: str
) -> None:
    """The same bytes each time, quietly; the save stays as it was and no file is left over."""
    before, target = played.read_bytes(), folder / f"out.{form}"
    there = set(folder.iterdir())
    result = run("replay", played, "--export", form, "-o", target)
    assert (result.code, result.out, result.err) == (0, "", "")
    written = target.read_text("utf-8")
    assert run("replay", played, "--export", form).out == written
    assert played.read_bytes() == before
    assert set(folder.iterdir()) - there == {target}


def test_a_cast_is_one_of_version_three(played: Path) -> None:
    """With the size that was asked for."""
    made = run("replay", played, "--export", "cast", "--size", "90x30", "--speed", 16).out
    header, *events = [json.loads(line) for line in made.splitlines()]
    assert header["version"] == 3
    assert (header["term"]["cols"], header["term"]["rows"]) == (90, 30)
    assert all(len(event) == 3 for event in events)


def test_a_picture_is_of_the_turn_in_the_theme(played: Path) -> None:
    """Another turn and another theme are other pictures."""
    made = {
        run("replay", played, "--export", "svg", *words).out
        for words in (("--turn", 1), ("--turn", 2), ("--turn", 2, "--theme", "situation-day"))
    }
    assert len(made) == 3
    assert all(ET.fromstring(svg).tag.endswith("svg") for svg in made)


def test_text_is_what_the_line_front_end_tells(played: Path) -> None:
    """From the turn on that was asked for, for whom it was asked."""
    for words in ((), ("--turn", 2), ("--as", "control"), ("--line", "solo")):
        told = run("replay", played, "--plain", *words).out
        assert run("replay", played, "--export", "text", *words).out == told.lstrip("\n")


@EVERY
def test_of_a_class_any_team_is_exported_as_anybody_could_see_it(folder: Path, form: str) -> None:
    """The public sees the first team where nobody says; two teams and two viewers differ."""
    teams = group(folder / "saves" / "group.jsonl", "red", "blue")
    ways = ((), ("--team", "blue"), ("--as", "control"), ("--as", "control", "--team", "blue"))
    made = [run("replay", teams, "--export", form, "--turn", 2, *words) for words in ways]
    assert [each.code for each in made] == [0] * len(ways)
    assert len({each.out for each in made}) > 2


@pytest.mark.parametrize(
    "words, says",
    [
        (("--export", "svg", "--turn", 9), "no turn 9"),
        (("--export", "cast", "--turn", 9), "no turn 9"),
        (("--export", "text", "--turn", 9), "no turn 9"),
        (("--export", "text", "--line", "green"), "no line 'green'"),
        (("--export", "svg", "--as", "nobody"), "nobody"),
        (("--export", "svg", "--event", 999), "no event 999"),
        (("--export", "cast", "--event", 1, "--turn", 1), "cannot be used together"),
        (("--export", "text", "--event", 1), "--event belongs to"),
        (("--event", 1), "belong to --export"),
        (("--export", "movie"), "unknown form 'movie'"),
        (("--export", "svg", "--theme", "pink"), "unknown theme 'pink'"),
        (("--export", "svg", "--size", "3x3"), "3 columns are not between"),
        (("--export", "svg", "--size", "80x999"), "999 rows are not between"),
        (("--export", "svg", "--size", "x".join("11111111111111")), "is not a size"),
        (("--export", "svg", "--size", "²x²"), "is not a size"),
        (("--export", "svg", "--speed", 2), "--speed belongs to --export cast"),
        (("--export", "cast", "--speed", 3), "unknown speed '3'"),
        (("--export", "text", "--size", "80x24"), "--size and --theme belong to"),
        (("--export", "svg", "--notes", "csv"), "cannot be used together"),
        (("--speed", 2), "belong to --export"),
        (("-o", "x"), "-o belongs to --export"),
    ],
    ids=lambda each: " ".join(map(str, each)) if isinstance(each, tuple) else None,
)
def test_what_cannot_be_exported_is_one_line(
    played: Path, folder: Path, words: tuple[str, ...], says: str
) -> None:
    """2, with what is wrong; nothing is written."""
    target = () if "-o" in words else ("-o", folder / "out")
    result = run("replay", played, *words, *target)
    assert (result.code, result.out) == (2, "")
    assert len(result.faults) == 1
    assert says in result.err
    assert not (folder / "out").exists()


@EVERY
def test_the_save_itself_is_never_written_over(played: Path, form: str) -> None:
    """However it is named."""
    before = played.read_bytes()
    for name in (played, played.parent / "." / played.name, "saves/../saves/played.jsonl"):
        result = run("replay", played, "--export", form, "-o", name)
        assert result.code == 2
        assert "is the save itself" in result.err
    assert played.read_bytes() == before


@EVERY
@pytest.mark.parametrize(
    "content", [b"", bytes(range(256)) * 40, b'{"format":99}\n'], ids=["empty", "binary", "newer"]
)
def test_what_is_no_save_is_one_line(folder: Path, content: bytes, form: str) -> None:
    """And a file that was there stays."""
    bad, target = folder / "bad.jsonl", folder / "out"
    bad.write_bytes(content)
    target.write_text("as it was", "utf-8")
    result = run("replay", bad, "--export", form, "-o", target)
    assert (result.code, result.out) == (2, "")
    assert len(result.faults) == 1
    assert "bad.jsonl" in result.err
    assert target.read_text("utf-8") == "as it was"


def test_of_a_damaged_save_the_usable_part_is_exported(played: Path, folder: Path) -> None:
    """With a line about what is wrong; the save is left as it is."""
    whole = played.read_bytes().splitlines(keepends=True)
    torn = folder / "torn.jsonl"
    torn.write_bytes(b"".join(whole[:-4]) + whole[-4][:30])
    before = torn.read_bytes()
    for form in FORMS:
        result = run("replay", torn, "--export", form)
        assert result.code == 0
        assert len(result.faults) == 1
        assert re.search(r"torn.jsonl: line \d+", result.err)
    assert torn.read_bytes() == before
