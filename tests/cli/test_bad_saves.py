"""Saves that something is wrong with, and people who mean harm, on every command that reads one."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.exercise.words import seal_words
from tests.cli.terminal import run
from tests.debrief.report_cases import HOSTILE, group
from tests.exercise.classes import Exercise

MIB = 2**20
Words = tuple[str | int | Path, ...]
READERS: dict[str, Callable[[Path], Words]] = {
    "replay": lambda save: ("replay", save, "--plain", "--as", "control"),
    "verify": lambda save: ("verify", save),
    "compare": lambda save: ("compare", save, save.with_name("whole.jsonl"), "--as", "control"),
    "debrief": lambda save: ("debrief", save, "--plain", "--as", "control"),
    "report": lambda save: ("report", save, "--no-odds", "-o", "out.md", "--as", "control"),
    "branch": lambda save: ("branch", save, "--turn", 1, "-o", "out.jsonl"),
    "forget": lambda save: ("forget", save, "--seat", "red-premier", "-o", "out.jsonl"),
}
NO_SAVE: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n",
    "binary": bytes(range(256)) * 400,
    "zeros": b"\0" * 100_000,
    "other JSON": b'{"a": 1}\n',
    "a list": b"[1, 2]\n",
    "deep": b"[" * 100_000,
    "compressed": gzip.compress(b"{}"),
    "newer": b'{"format":99,"id":"0000000000000000"}\n',
    "wide characters": '{"format":1}\n'.encode("utf-16"),
}
EVERY = pytest.mark.parametrize("verb", READERS)


@pytest.fixture
def whole(folder: Path) -> Path:
    """A class, played to its end."""
    return group(folder / "saves" / "whole.jsonl", "red", "blue")


def _tree(folder: Path) -> dict[Path, bytes]:
    small = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size < MIB)
    return {path: path.read_bytes() for path in small}


@EVERY
@pytest.mark.parametrize("content", NO_SAVE.values(), ids=NO_SAVE)
def test_what_is_no_save_is_one_line(folder: Path, whole: Path, verb: str, content: bytes) -> None:
    """It names the file and says why; nothing is written and nothing is changed."""
    path = whole.with_name("bad.jsonl")
    path.write_bytes(content)
    before = _tree(folder)
    result = run(*READERS[verb](path))
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert result.err.startswith(f"{path}:1: ")
    assert _tree(folder) == before
    assert f"{path.name}: cannot be opened: line 1: " in run("saves").out


@EVERY
def test_a_huge_file_is_refused_by_its_size(folder: Path, whole: Path, verb: str) -> None:
    """A hundred megabytes are not read at all."""
    import tracemalloc

    path = whole.with_name("bad.jsonl")
    with path.open("wb") as file:
        file.truncate(100 * MIB)
    run(*READERS[verb](whole))
    for made in folder.glob("out.*"):
        made.unlink()
    tracemalloc.start()
    try:
        result = run(*READERS[verb](path))
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()
    assert (result.code, len(result.faults)) == (2, 1)
    assert "100 MiB, and a save has at most 64" in result.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a thing of Unix")
@EVERY
def test_what_is_no_file_is_never_waited_for(folder: Path, whole: Path, verb: str) -> None:
    """A pipe with a name, a folder, a link to itself, a device without an end."""
    path = whole.with_name("bad.jsonl")
    for make in (os.mkfifo, os.mkdir, lambda own: own.symlink_to(own), _endless):
        make(path)
        result = run(*READERS[verb](path))
        assert (result.code, result.out, len(result.faults)) == (2, "", 1)
        assert str(path) in result.err
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _truncated(content: bytes) -> bytes:
    return content[:-40]


def _edited(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if b"game.override" in line)
    return b"".join([*lines[:place], lines[place].replace(b"red", b"reb", 1), *lines[place + 1 :]])


def _shortened(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join([*lines[:-4], *lines[-3:]])


def _followed_by_rubbish(content: bytes) -> bytes:
    return content + b"\x1b[31mred\x07\xff\n" * 50


def _grown_by_half_a_line(content: bytes) -> bytes:
    """As a reader finds a save into which another process is writing."""
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:-2]) + lines[-2][:35]


DAMAGES = pytest.mark.parametrize(
    "damage", [_truncated, _edited, _shortened, _followed_by_rubbish, _grown_by_half_a_line]
)


@EVERY
@DAMAGES
def test_the_usable_part_of_a_damaged_save_is_used(
    folder: Path, whole: Path, verb: str, damage: Callable[[bytes], bytes]
) -> None:
    """With a clear line about the rest, and the save as it was."""
    path = whole.with_name("bad.jsonl")
    path.write_bytes(damage(whole.read_bytes()))
    before = path.read_bytes()
    result = run(*READERS[verb](path))
    assert result.code == (1 if verb == "verify" else 0), result.err
    told = result.out
    if verb == "report":
        told = (folder / "out.md").read_text("utf-8")
    if verb == "branch":
        # What a branch shares is whole; the rest of the old save is none of its business.
        assert run("verify", "out.jsonl").code == 0
    elif verb == "forget":
        assert "cannot be used" in told
        assert run("verify", "out.jsonl").code == 0
    else:
        assert "line " in told
    assert path.read_bytes() == before
    assert "\x1b" not in told
    assert "\x07" not in told


@EVERY
def test_a_save_of_another_version_of_its_scenario_is_read_by_its_own(
    folder: Path, whole: Path, verb: str
) -> None:
    """The scenario is in the save, so that a changed or lost one changes nothing."""
    exercise = Exercise(red=["premier"])
    text = next(iter(exercise.header.files.values()))
    from dataclasses import replace

    changed = text.replace("The lighthouse", "The old lighthouse")
    exercise.header = replace(exercise.header, files={"minimal.yaml": changed})
    exercise.finish("red")
    path = exercise.save(whole.with_name("old.jsonl"))
    result = run(*READERS[verb](path))
    assert (result.code, result.err) == (0, "")
    assert "The old lighthouse" in run("saves").out


@EVERY
@pytest.mark.parametrize("text", HOSTILE)
def test_people_who_mean_harm_do_none(folder: Path, verb: str, text: str) -> None:
    """In a name, a preference and an override, as somebody with this program could write them.

    The words of the save are not cleaned as those of the game itself are.
    """
    raw = f"{text}\x1b]0;title\x07\x9b31m\r\n\u202e{text}"
    exercise = Exercise(red=["premier", "harbour"])
    renamed = {"seat": "red-premier", "name": seal_words(raw), "team": None, "role": None}
    exercise.put("game.reseated", renamed, "control", "")
    data = {"seat": "red-harbour", "turn": 1, "response": "wait", "reason": seal_words(raw)}
    exercise.put("note.preference", data, "red-harbour", "red")
    exercise.decide("red", "patrol", raw, 90)
    exercise.rule("red", raw)
    exercise.finish("red")
    path = exercise.save(folder / "saves" / "bad.jsonl")
    group(folder / "saves" / "whole.jsonl", "red", "blue")
    result = run(*READERS[verb](path))
    assert (result.code, result.err) == (0, "")
    told = result.out
    if verb == "report":
        for ending in ("md", "html", "csv", "json"):
            words = ("-o", f"x.{ending}", "--as", "control", "--no-odds")
            assert run("report", path, *words).code == 0
            told += (folder / f"x.{ending}").read_bytes().decode()
        rows = list(csv.reader(io.StringIO((folder / "x.csv").read_text("utf-8"))))
        assert not [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+@"))]
    assert not set("\x1b\x07\x9b\u202e\x00") & set(told)


def test_a_save_that_is_written_while_it_is_read_is_told_as_it_stood(
    folder: Path, whole: Path
) -> None:
    """Every length that a reader may find it at, with one writer at its end."""
    content = whole.read_bytes()
    ends = [at + 1 for at, byte in enumerate(content) if byte == 10]
    path = whole.with_name("bad.jsonl")
    for cut in (*ends[4:12], *(end + 17 for end in ends[4:12])):
        path.write_bytes(content[:cut])
        for verb in ("replay", "debrief"):
            result = run(*READERS[verb](path))
            assert (result.code, result.err) == (0, ""), (cut, verb)
            assert ("cut short" in result.out) == (cut not in ends)


@pytest.mark.parametrize("verb", ["report", "branch"])
def test_what_a_command_leaves_out_of_a_save_is_told_beside_what_it_writes(
    folder: Path, whole: Path, verb: str
) -> None:
    """One line on stderr; what could be used is written all the same."""
    cut = whole.with_name("cut.jsonl")
    cut.write_bytes(whole.read_bytes()[:-40])
    result = run(*READERS[verb](cut))
    assert (result.code, len(result.faults)) == (0, 1)
    assert result.err.startswith(f"{cut}: line ")
    assert "cut short" in result.err
    assert run(*READERS["branch"](whole)[:-1], "whole-out.jsonl").err == ""


def test_a_save_is_no_scenario(folder: Path, whole: Path) -> None:
    """Whoever prints one is told what it is."""
    result = run("print", whole, "-o", "out.html")
    assert (result.code, len(result.faults)) == (2, 1)
    assert "is the save of a game, not a scenario" in result.err
