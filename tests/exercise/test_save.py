"""Reading a save: the longest whole prefix, and every fault named by its line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import SaveError
from tabletop.exercise.events import Draft, Event, event_line
from tabletop.exercise.header import Parent
from tabletop.exercise.save import LARGEST_SAVE, LONGEST_LINE, read_save
from tests.exercise.saves import MOMENT, drafts, header, reseal, write_save

NASTY = '\ud83d\ude00\udfff\u2028\u2029\u0085\u202e\u2066\ufeff\x00\x1b\x9b\x7f\r\n"\\한🙂'
EVERY_TEXT = st.text(st.characters() | st.sampled_from(NASTY), max_size=40)
DATA = st.dictionaries(
    EVERY_TEXT,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | EVERY_TEXT
        # JSON has one zero and no NaN; everything else comes back as it was.
        | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(EVERY_TEXT, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "save.jsonl"


@pytest.fixture
def events(path: Path) -> list[Event]:
    """The events of a sound save at `path`."""
    return write_save(path, drafts())


def test_gives_back_header_and_events_as_they_were_written(path: Path) -> None:
    """Everything in a sound save comes back, and nothing is wrong with it."""
    head = header(parent=Parent("fedcba9876543210", 12, 3), plan="fifty", luck=7)
    written = write_save(path, drafts(), head)
    save = read_save(path)
    assert save.header == head
    assert list(save.events) == written
    assert [event.number for event in save.events] == [1, 2, 3, 4, 5]
    assert (save.faults, save.dropped, save.removed) == ((), 0, 0)
    assert not save.torn
    assert not save.damaged
    assert save.next_offset == path.stat().st_size


def test_header_alone_is_a_save(path: Path) -> None:
    """A game that was opened and left has no events and no faults."""
    write_save(path, [])
    save = read_save(path)
    assert save.events == ()
    assert not save.closed
    assert save.faults == ()


def test_closed_by_its_closing_record(path: Path, events: list[Event]) -> None:
    """A closed save shows a short seal; the same save before EndEx has none."""
    assert read_save(path).closed
    write_save(path, drafts()[:-1])
    open_save = read_save(path)
    assert not open_save.closed
    assert open_save.short_seal is None


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["unix", "windows"])
def test_every_truncation_gives_its_whole_prefix(
    path: Path, events: list[Event], newline: bytes
) -> None:
    """Cut at any byte, a save still gives every event that is whole, and says what is not."""
    lines = path.read_bytes().splitlines()
    whole = newline.join([*lines, b""])
    ends = [len(newline.join(lines[: count + 1])) for count in range(len(lines))]
    path.write_bytes(whole)
    for size in reversed(range(len(whole))):
        os.truncate(path, size)
        # A line without its ending is whole; with half of one, nobody can say.
        kept = [end for end in ends if size >= end and whole[end:size] != b"\r"]
        if not kept:
            with pytest.raises(SaveError, match=r"empty|cut short|not a save"):
                read_save(path)
            continue
        save = read_save(path)
        assert list(save.events) == events[: len(kept) - 1], size
        assert save.torn == (whole[kept[-1] : size] not in {b"", newline}), size
        assert len(save.faults) == save.dropped == save.torn
        assert not save.damaged


def test_every_changed_byte_is_noticed_and_its_line_named(path: Path, events: list[Event]) -> None:
    """No byte of header, events, words, salts, seals or line endings can change unnoticed."""
    line = 1
    for place, byte in enumerate(path.read_bytes()):
        for changed in {0x00, 0x0A, 0x0D, *(byte ^ 1 << bit for bit in range(8))} - {byte}:
            _put(path, place, changed)
            where = f"byte {place} of line {line}: {byte} -> {changed}"
            if line == 1:
                with pytest.raises(SaveError, match=":1:"):
                    read_save(path)
                continue
            save = read_save(path)
            assert save.faults, where
            assert save.faults[0].startswith(f"line {line}: "), where
            assert list(save.events) == events[: line - 2], where
            assert save.dropped >= 1, where
        _put(path, place, byte)
        line += byte == 0x0A


def _put(path: Path, place: int, byte: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes([byte]))


def test_windows_line_endings_keep_every_seal(path: Path, events: list[Event]) -> None:
    """A save that went through a Windows editor or a mailer is still whole."""
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    save = read_save(path)
    assert list(save.events) == events
    assert save.faults == ()


def test_byte_order_mark_is_passed_over(path: Path, events: list[Event]) -> None:
    """Some editors put a byte order mark before the first line."""
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert list(read_save(path).events) == events


def test_each_of_several_bad_lines_is_named(path: Path, events: list[Event]) -> None:
    """A bad line does not make all lines behind it look bad."""
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"talks", b"drill")
    lines[4] = lines[4].replace(b"note.bookmark", b"note.bookmack")
    path.write_bytes(b"".join(lines))
    save = read_save(path)
    assert [fault.partition(":")[0] for fault in save.faults] == ["line 3", "line 5"]
    assert list(save.events) == events[:1]
    assert save.dropped == 4
    assert save.damaged


def test_missing_line_is_told_as_such(path: Path, events: list[Event]) -> None:
    """A line taken out is noticed where the gap is, once."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    save = read_save(path)
    assert save.faults == (
        "line 3: event 3 where event 2 should be: lines are missing or out of order",
    )
    assert list(save.events) == events[:1]


def test_blank_line_is_named(path: Path, events: list[Event]) -> None:
    """Even an empty line is not nothing."""
    path.write_bytes(path.read_bytes() + b"\n")
    save = read_save(path)
    assert save.faults == ("line 7: empty",)
    assert list(save.events) == events


def test_line_beyond_the_limit_is_named_and_skipped_over(path: Path, events: list[Event]) -> None:
    """A line of more than 4 MB is not read into memory, and the next one is still looked at."""
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3:4] = [b"x" * (2 * LONGEST_LINE + 5) + b"\n"]
    path.write_bytes(b"".join(lines))
    save = read_save(path)
    assert save.faults[0] == "line 4: longer than 4 MiB"
    assert list(save.events) == events[:2]
    assert save.dropped == 3


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "empty: not a save"),
        (b"\n", ":1: not a save of tabletop"),
        (b"\x00" * 5000, ":1: not a save of tabletop"),
        (bytes(range(256)) * 40, ":1: not a save of tabletop"),
        (b"id: tiny\n", ":1: not a save of tabletop"),
        (b"[]\n", ":1: not a save of tabletop"),
        (b"{}\n", ":1: not a save of tabletop"),
        (b"null\n", ":1: not a save of tabletop"),
        (b'{"version": 2, "width": 80}\n', ":1: not a save of tabletop"),
        (b'{"format":true,"scenario":{}}\n', ":1: not a save of tabletop"),
        (b'{"format":0,"scenario":{}}\n', ":1: format 0 does not exist"),
        (b'{"format":2}\n', ":1: written in format 2, and this tabletop reads up to 1"),
        (b'{"format":1,"scenario":{}}\n', ":1: the header was changed"),
        (b'{"format":1,"id"', ":1: the header was cut short"),
        (b"[" * 100_000, ":1: not a save of tabletop"),
        (b'{"format":' + b"9" * 10_000 + b"}\n", ":1: not a save of tabletop"),
        (b'{"format":NaN}\n', ":1: not a save of tabletop"),
        (b"x" * (LONGEST_LINE + 1), ":1: longer than 4 MiB"),
    ],
)
def test_what_is_no_save_is_refused_in_one_line(path: Path, content: bytes, message: str) -> None:
    """Whatever somebody opens by mistake is answered with one line that says what it is."""
    path.write_bytes(content)
    with pytest.raises(SaveError) as refused:
        read_save(path)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "part, value",
    [
        ("seed", -1),
        ("seed", 2**64),
        ("seed", True),
        ("luck", "0"),
        ("rules", None),
        ("id", "0123"),
        ("created", 5),
        ("scenario", []),
        ("program", None),
        ("assumptions", {"prior": 3}),
        ("files", ["tiny.yaml"]),
        ("plan", 50),
        ("parent", "0123456789abcdef"),
    ],
)
def test_header_part_of_the_wrong_type_is_named(path: Path, part: str, value: object) -> None:
    """A header somebody made by hand is refused by the name of its first wrong part."""
    write_save(path, [])
    data = json.loads(path.read_bytes())
    del data["seal"]
    reseal(path, [json.dumps(data | {part: value})])
    with pytest.raises(SaveError, match=f":1: the header's '{part}' is not valid"):
        read_save(path)


@pytest.mark.parametrize("part", ["id", "seed", "scenario", "files", "program"])
def test_missing_header_part_is_named(path: Path, part: str) -> None:
    """So is a part that is not there."""
    write_save(path, [])
    data = json.loads(path.read_bytes())
    del data["seal"], data[part]
    reseal(path, [json.dumps(data)])
    with pytest.raises(SaveError, match=f":1: the header has no '{part}'"):
        read_save(path)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "1"},
        {"number": True},
        {"at": "yesterday"},
        {"at": None},
        {"actor": 3},
        {"line": []},
        {"what": None},
        {"what": "gossip.heard"},
        {"data": []},
        {"data": None},
    ],
    ids=str,
)
def test_event_part_of_the_wrong_type_ends_the_prefix(
    path: Path, change: dict[str, object]
) -> None:
    """A line that is sealed but is no event is a fault like any other, never a crash."""
    write_save(path, drafts()[:1])
    first, second = (json.loads(line) for line in path.read_bytes().splitlines())
    del first["seal"], second["seal"]
    reseal(path, [json.dumps(first), json.dumps(second | change)])
    save = read_save(path)
    assert save.faults == ("line 2: not an event",)
    assert save.events == ()


def test_folder_missing_file_and_impossible_name_are_told(tmp_path: Path) -> None:
    """What cannot be opened is told in one line as well."""
    with pytest.raises(SaveError, match="not a file"):
        read_save(tmp_path)
    with pytest.raises(SaveError, match="no such file"):
        read_save(tmp_path / "nowhere.jsonl")
    with pytest.raises(SaveError, match="not a file name"):
        read_save(Path("a\0b"))


def test_huge_file_is_refused_unread(path: Path) -> None:
    """A file of 100 MB is no save, and it is not read to find out."""
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    assert path.stat().st_size > LARGEST_SAVE
    with pytest.raises(SaveError, match="100 MiB, and a save has at most 64"):
        read_save(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_without_waiting_for_it(path: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(path)
    with pytest.raises(SaveError, match="not a file"):
        read_save(path)


@given(data=DATA, actor=EVERY_TEXT, line=EVERY_TEXT)
def test_any_data_comes_back_on_one_line(data: dict[str, object], actor: str, line: str) -> None:
    """Any Unicode, whatever it means to editors and terminals, survives on a line of its own."""
    written, event = event_line("", 1, MOMENT, Draft("game.test", data, actor, line))
    read = json.loads(written)
    assert read["data"] == event.data
    assert (read["actor"], read["line"]) == (event.actor, event.line)
    assert event.data.keys() == {_joined(key) for key in data}
    text = written.decode()
    assert text.splitlines() == [text]
    assert not any(0x7F <= ord(character) <= 0x9F for character in text)


@given(text=EVERY_TEXT)
def test_texts_are_kept_faithfully(text: str) -> None:
    """Only halves of surrogate pairs, which no file can hold, are replaced."""
    _, event = event_line("", 1, MOMENT, Draft("game.test", {"text": text}, text, text))
    assert event.data == {"text": _joined(text)}
    assert event.actor == event.line == _joined(text)


def _joined(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
