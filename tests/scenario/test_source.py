"""Loading scenarios: what comes with them, and one clear line for each file that is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tabletop.errors import Fault, ScenarioError
from tabletop.scenario import source
from tabletop.scenario.source import Loaded, at_most, load, read

BOM = b"\xef\xbb\xbf"


def refusal(path: Path | str) -> str:
    """The one line with which a file is refused, without its name."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    (fault,) = caught.value.faults
    return str(fault).removeprefix(fault.file + ":")


def test_a_scenario_comes_with_its_source_and_the_hash_of_its_bytes(minimal_path: Path) -> None:
    """What a save embeds is the text itself, and the hash says whether it is the same file."""
    loaded = load(minimal_path)
    data = minimal_path.read_bytes()
    assert loaded.scenario.title == "The lighthouse"
    assert loaded.text.encode() == data
    assert loaded.hash == sha256(data).hexdigest()
    assert loaded.path == minimal_path


def test_text_out_of_a_save_reads_as_the_file_did(minimal: Loaded) -> None:
    """A save holds the text; scenario and hash are those of the file."""
    again = read(minimal.text, "a save")
    assert (again.scenario, again.hash, again.path) == (minimal.scenario, minimal.hash, None)


def test_parts_are_immutable_and_lists_are_tuples(minimal: Loaded) -> None:
    """Nothing that plays a scenario can change it."""
    assert isinstance(minimal.scenario.calendar, tuple)
    with pytest.raises(AttributeError):
        minimal.scenario.title = "another"  # type: ignore[misc]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: BOM + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: BOM + data.replace(b"\n", b"\r\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["byte order mark", "CRLF", "both", "no last newline"],
)
def test_what_editors_leave_behind_changes_nothing(
    minimal: Loaded, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    """A byte order mark and line ends of any kind are kept in the text and mean nothing."""
    path = tmp_path / "minimal.yaml"
    path.write_bytes(change(minimal.text.encode()))
    loaded = load(path)
    assert loaded.scenario == minimal.scenario
    assert loaded.text.encode() == path.read_bytes()


def test_positions_count_alike_with_a_byte_order_mark_and_crlf(minimal: Loaded) -> None:
    """The line and column of a fault are those that an editor shows."""
    broken = minimal.text.replace("start: wary", "start: angry")
    with_both = BOM.decode() + broken.replace("\n", "\r\n")
    first = BOM.decode() + "formatt: 1\n" + minimal.text.replace("format: 1\n", "")
    lines = []
    for text in (broken, with_both, first):
        with pytest.raises(ScenarioError) as caught:
            read(text, "it.yaml")
        lines.append([str(fault) for fault in caught.value.faults])
    assert lines[0] == lines[1]
    assert "it.yaml:1:1: unknown key 'formatt' (did you mean format?)" in lines[2]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    """The name is enough: nobody wants an errno."""
    assert refusal(tmp_path / "gone.yaml") == "1:1: there is no such file"


def test_a_folder_is_one_line(tmp_path: Path) -> None:
    """A folder's name is easily given for a file's."""
    assert refusal(tmp_path) == "1:1: is a folder, not a scenario file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_pipe_that_nobody_writes_to_does_not_hang(tmp_path: Path) -> None:
    """Only files that can be read as a whole are read."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert refusal(pipe) == "1:1: is not a file that can be read as a whole"


def test_an_unreadable_file_says_why(minimal_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is passed on in one line."""

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(minimal_path) == "1:1: cannot be read: permission denied"


@pytest.mark.parametrize("name", ["nul\0name.yaml", "n" * 5000 + ".yaml", "\ud800.yaml"])
def test_a_name_that_no_file_can_have_is_one_line(name: str) -> None:
    """Paths are input too."""
    assert refusal(name).startswith("1:1: ")
    assert "\n" not in refusal(name)


def test_a_file_name_cannot_drive_the_terminal(tmp_path: Path) -> None:
    """Faults show the file's name without its control characters."""
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "\x1b]0;owned\x07\u202e.yaml")
    assert str(caught.value).isprintable()


def test_ten_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    """No scenario is that large; reading stops at the limit."""
    path = tmp_path / "large.yaml"
    path.write_bytes(b"# much\n" * 1_500_000)
    assert refusal(path) == "1:1: is larger than 2 MB: no scenario is"
    with pytest.raises(ScenarioError, match="is larger than 2 MB"):
        read("#" * (source.MAX_BYTES + 1), "a save")


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "1:1: the file is empty"),
        (b"# only a remark\n", "1:1: the file is empty"),
        (BOM, "1:1: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "1:1: is a binary file, not text"),
        (b"title: a\0b", "1:1: is a binary file, not text"),
        (b"title: caf\xe9\n", "1:11: byte 0xe9 is not UTF-8"),
        (b"a: 1\nb: \xc3\xa9\xff", "2:5: byte 0xff is not UTF-8"),
        ("title: x\n".encode("utf-16"), "1:1: is UTF-16: save it as UTF-8"),
        (b"a: 1\nb: \x1b[31m", "2:4: the character U+001B cannot stand in a scenario"),
        (b"a: 1\r\rb: \x7f", "3:4: the character U+007F cannot stand in a scenario"),
        (b"just words", "1:1: is the text 'just words', but a scenario is a mapping of keys to values"),
        (b"- a\n- b", "1:1: is a list, but a scenario is a mapping of keys to values"),
    ],
)  # fmt: skip
def test_files_that_are_no_scenario_are_refused_in_one_line(
    tmp_path: Path, data: bytes, said: str
) -> None:
    """Empty, binary, of another encoding, or of another kind."""
    path = tmp_path / "it.yaml"
    path.write_bytes(data)
    assert refusal(path) == said


def test_text_that_cannot_be_written_down_is_refused() -> None:
    """A lone surrogate can come out of a damaged save."""
    with pytest.raises(ScenarioError, match="is not text that can be written"):
        read("title: \ud800", "a save")


def test_tabs_are_named_line_by_line() -> None:
    """YAML's own message about tabs helps nobody."""
    with pytest.raises(ScenarioError) as caught:
        read("stages:\n\ttalks:\n  x: a\tb\n", "it.yaml")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, 1), (3, 7)]
    assert "a tab: indent with spaces" in str(caught.value)


def test_all_faults_are_listed_and_in_file_order(told: Callable[..., list[str]]) -> None:
    """An author mends a file in one go."""
    lines = told(
        ("start: wary", "start: angry"),
        ("course: sit", "course: sitt"),
        ("when: line >= 3", "when: lime >= 3"),
        ("weight: 4", "weight: -4"),
    )
    assert [line.split(": ", 2)[1] for line in lines] == [
        "tracks.patron.start",
        "stages.talks.course",
        "transitions.1.when",
        "responses.wait.reaction.holds.weight",
    ]


def test_faults_of_yaml_and_of_shape_are_listed_together(told: Callable[..., list[str]]) -> None:
    """A key given twice does not hide that another is misspelt."""
    lines = told(
        ("course: sit", "course: sit\n    course: sit"), ("act: Your clerk", "akt: Your clerk")
    )
    assert any("is given twice" in line for line in lines)
    assert any("unknown key 'akt' (did you mean act?)" in line for line in lines)


def test_thousands_of_faults_end_in_a_count() -> None:
    """A file that is something else does not fill the screen."""
    with pytest.raises(ScenarioError) as caught:
        read("\n".join(f"k{number}: 1" for number in range(5000)), "it.yaml")
    assert len(caught.value.faults) == source.MAX_FAULTS + 1
    assert "more faults" in caught.value.faults[-1].what


def test_counting_faults_keeps_few_ones_as_they_are() -> None:
    """The same fault is told once, and nothing is added below the limit."""
    fault = Fault("f", 2, 1, "a", "b")
    earlier = Fault("f", 1, 1, "a", "b")
    assert at_most([fault, earlier, fault], 2) == [earlier, fault]
