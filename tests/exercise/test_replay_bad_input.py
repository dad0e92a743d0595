"""Saves that something is wrong with: one line, the usable part, and nothing changed on disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.errors import SaveError
from tabletop.exercise.events import Draft
from tabletop.exercise.header import FORMAT, header_line
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import Save, read_save
from tabletop.exercise.table import CONTROL
from tabletop.rules import RULES_VERSION
from tests.exercise.games import play, rewrite

MIB = 2**20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A whole game."""
    return play(tmp_path / "game.jsonl")


def _opened(path: Path) -> ReplayTable:
    """The replay, once it is clear that opening it touched nothing."""
    before, listed = path.read_bytes(), sorted(path.parent.iterdir())
    table = ReplayTable(path)
    table.view(table.viewer)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == listed
    return table


def _refused(path: Path) -> str:
    """The one line with which a file is refused."""
    size = path.stat().st_size
    with pytest.raises(SaveError) as refused:
        ReplayTable(path)
    assert path.stat().st_size == size
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    assert message.startswith(f"{path}:")
    return message


def test_a_truncated_save_is_replayed_up_to_there(path: Path) -> None:
    """Wherever it was cut: as a torn write, or a save that is being written, leaves it."""
    content = path.read_bytes()
    whole = len(read_save(path).events)
    cuts = [match.end() for match in re.finditer(rb"\n", content)]
    seen = set()
    for cut in (cuts[-1] - 1, cuts[-2] + 20, cuts[6] + 1, cuts[5]):
        path.write_bytes(content[:cut])
        table = _opened(path)
        seen.add(table.record.number)
        if not content[:cut].endswith(b"\n"):
            assert table.fault is None or "cut short" in table.fault
    assert len(seen) > 1
    assert max(seen) <= whole


def test_a_save_that_grows_while_it_is_read_is_replayed_as_it_stood(path: Path) -> None:
    """Half a line at its end costs that line; what is written later is not seen."""
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:8]) + lines[8][:40])
    table = _opened(path)
    path.write_bytes(content)
    assert table.record.number == 7
    assert table.fault is not None
    assert table.fault.startswith("line 9: cut short")
    assert table.view(table.viewer).event == 7


def test_an_edited_line_is_named_and_what_stands_before_it_is_shown(path: Path) -> None:
    """Its seal gives it away."""
    lines = path.read_bytes().splitlines(keepends=True)
    lines[7] = lines[7].replace(b"solo", b"sola", 1)
    path.write_bytes(b"".join(lines))
    table = _opened(path)
    assert table.record.number == 6
    assert table.fault is not None
    assert table.fault.startswith("line 8: ")


def test_an_event_of_a_newer_version_stops_the_replay_there(path: Path) -> None:
    """What came before it is shown."""

    def newer(draft: Draft) -> Draft:
        return replace(draft, what="game.vote") if draft.what == "game.ended" else draft

    rewrite(path, newer)
    table = _opened(path)
    assert table.fault is not None
    assert "unknown kind of event; a newer tabletop may know it" in table.fault
    assert table.record.number > 5
    assert table.turns(table.viewer, "solo")


@pytest.mark.parametrize(
    "change,message",
    [
        (lambda head: replace(head, rules=RULES_VERSION + 1), "a newer tabletop can replay it"),
        (lambda head: replace(head, format=FORMAT + 1), "format"),
        (lambda head: replace(head, files={}), "the scenario inside cannot be used"),
        (lambda head: replace(head, files={"x.yaml": "title: [\x00"}), "the scenario inside"),
        (lambda head: replace(head, plan="no such plan"), "plan"),
        (lambda head: replace(head, assumptions={"no_such_dial": "weak"}), "unknown assumption"),
    ],
)
def test_a_header_that_cannot_be_used_is_one_line(
    path: Path, change: Callable[[object], object], message: str
) -> None:
    """With nothing to show, for without it nothing follows."""
    head = change(read_save(path).header)
    line, _ = header_line(head)  # type: ignore[arg-type]
    path.write_bytes(line + b"\n")
    assert message in _refused(path)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\x00" * 4096, b"\xff\xfe\x00{", b"{}\n", b"[" * 10_000, b"PK\x03\x04"]
)
def test_what_is_no_save_is_one_line(tmp_path: Path, content: bytes) -> None:
    """Empty, binary, or other JSON."""
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    _refused(path)


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """By its size alone; it is sparse, and reading it would fill memory."""
    import tracemalloc

    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.truncate(100 * MIB)
    tracemalloc.start()
    try:
        assert "100 MiB, and a save has at most 64" in _refused(path)
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()


def test_a_long_line_of_rubbish_costs_itself_alone(path: Path) -> None:
    """It is passed over piece by piece, not held."""
    before = len(read_save(path).events)
    with path.open("ab") as file:
        for _ in range(20):
            file.write(b"x" * MIB)
    table = _opened(path)
    assert table.record.number == before
    assert table.fault is not None


def test_a_folder_and_a_missing_file_are_one_line(tmp_path: Path) -> None:
    """As the system says it."""
    for path in (tmp_path, tmp_path / "gone.jsonl"):
        with pytest.raises(SaveError) as refused:
            ReplayTable(path)
        assert len(str(refused.value).splitlines()) == 1


def test_a_save_of_another_version_of_its_scenario_replays_from_its_own(path: Path) -> None:
    """The scenario is in the save."""
    save = read_save(path)
    changed = save.header.files["minimal.yaml"].replace("The lighthouse", "The old lighthouse")
    changed = changed.replace('version: "1.0"', 'version: "0.9"')
    _rewritten(path, save, {"minimal.yaml": changed})
    table = _opened(path)
    assert table.fault is None
    assert table.view(CONTROL).title == "The old lighthouse"


def _rewritten(path: Path, save: Save, files: dict[str, str]) -> None:
    """The same events under a header with other files, sealed anew."""
    from tests.exercise.saves import write_save

    drafts = [Draft(e.what, e.data, e.actor, e.line) for e in save.events]
    write_save(path, drafts, replace(save.header, files=files))
