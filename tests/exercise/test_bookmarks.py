"""Bookmarks: kept beside the save, whole or not at all, and never at the cost of a replay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import SaveError
from tabletop.exercise.bookmarks import MOST_NOTES, Notes, notes_path, read_notes
from tabletop.exercise.save import read_save
from tests.exercise.games import play

ID = "00000000000000c1"


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """Where a save would be."""
    return tmp_path / "game.jsonl"


def test_notes_are_kept_in_the_order_of_events(save: Path) -> None:
    """And read again as they were; one at the same place is replaced."""
    notes = read_notes(save, ID)
    assert notes.marks == ()
    notes = notes.with_mark(9, "red", "The launch", "why then?").with_mark(4, "red", "A doubt")
    notes.with_mark(9, "red", "The launch", "because").write()
    again = read_notes(save, ID)
    assert again.fault is None
    assert [(m.event, m.label, m.text) for m in again.marks] == [
        (4, "A doubt", ""),
        (9, "The launch", "because"),
    ]
    assert again.mark_at(9, "red") == again.marks[1]
    assert again.mark_at(9, "blue") is None
    again.without_mark(9, "red").write()
    assert [m.event for m in read_notes(save, ID).marks] == [4]


@given(texts=st.tuples(st.text(), st.text(), st.text()), event=st.integers(0, 2**31 - 1))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, texts: tuple[str, str, str], event: int
) -> None:
    """Whatever people type."""
    save = tmp_path_factory.mktemp("notes") / "game.jsonl"
    notes = read_notes(save, ID).with_mark(event, *texts)
    notes.write()
    found = read_notes(save, ID)
    assert found.fault is None
    assert [(m.event, m.label, m.text) for m in found.marks] == [
        (m.event, m.label, m.text) for m in notes.marks
    ]


def test_the_save_itself_is_never_touched(tmp_path: Path) -> None:
    """Notes stand in a file of their own beside it."""
    path = play(tmp_path / "game.jsonl")
    before = path.read_bytes()
    read_notes(path, read_save(path).header.id).with_mark(3, "solo", "here").write()
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "game.jsonl",
        "game.jsonl.notes.json",
    ]


def _note(**parts: object) -> dict[str, object]:
    return {"event": 1, "line": "red", "label": "", "text": "", "at": "", **parts}


def _file(*notes: object, **parts: object) -> bytes:
    return json.dumps({"format": 1, "save": ID, "notes": list(notes), **parts}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"format": 1e999}',
        b'{"format": NaN}',
        _file(format=2),
        _file(format=True),
        _file(save="another"),
        _file(notes={}),
        _file(*[_note()] * (MOST_NOTES + 1)),
        _file({}),
        _file("x"),
        _file(_note(event=-1)),
        b'{"format":1,"notes":[{"event":' + b"9" * 5000,
        _file(_note(event=1.5)),
        _file(_note(event=True)),
        _file(_note(text=7)),
        _file(_note(text=None)),
    ],
)
def test_a_bad_file_is_one_line_no_notes_and_is_not_written_over(
    save: Path, content: bytes
) -> None:
    """Somebody may still want what is in it."""
    notes_path(save).write_bytes(content)
    notes = read_notes(save, ID)
    assert notes.marks == ()
    assert notes.fault is not None
    assert notes.fault.startswith(f"{notes_path(save)}: ")
    assert len(notes.fault.splitlines()) == 1
    with pytest.raises(SaveError, match="move it away"):
        notes.with_mark(1, "red", "x").write()
    assert notes_path(save).read_bytes() == content


def test_hostile_text_is_harmless_once_it_is_read(save: Path) -> None:
    """Nothing in it drives a terminal."""
    notes_path(save).write_bytes(_file(_note(label="\x1b[2J\u202eboo", text="a\x07\nb", line="\r")))
    (mark,) = read_notes(save, ID).marks
    assert (mark.label, mark.text, mark.line) == ("[2Jboo", "a\nb", "")


def test_a_file_too_large_and_a_folder_are_not_read(save: Path) -> None:
    """By size and kind alone."""
    with notes_path(save).open("wb") as file:
        file.truncate(100 * 2**20)
    fault = read_notes(save, ID).fault
    assert fault is not None
    assert "larger than" in fault
    notes_path(save).unlink()
    notes_path(save).mkdir()
    assert read_notes(save, ID).fault is not None


def test_notes_that_cannot_be_written_leave_the_old_ones(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk costs the new note alone, and no half file stays."""
    read_notes(save, ID).with_mark(1, "red", "kept").write()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SaveError, match="no space left on device"):
        read_notes(save, ID).with_mark(2, "red", "lost").write()
    monkeypatch.undo()
    assert [mark.label for mark in read_notes(save, ID).marks] == ["kept"]
    assert [each.name for each in save.parent.iterdir()] == [notes_path(save).name]


def test_there_is_an_end_to_how_many(save: Path) -> None:
    """A file of notes stays one that can be read."""
    notes = Notes(notes_path(save), ID)
    marks = tuple(notes.with_mark(n, "red", "x").marks[0] for n in range(MOST_NOTES))
    with pytest.raises(SaveError, match="at most"):
        Notes(notes.path, ID, marks).with_mark(MOST_NOTES, "red", "one more")
