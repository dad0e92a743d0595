"""What commands write to files: all of it or what stood there before."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tabletop.cli.writing import write_out


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    path = tmp_path / "place"
    path.mkdir()
    return path


POSIX = pytest.mark.skipif(os.name == "nt", reason="rights and links as POSIX has them")


def test_a_file_is_written_in_utf_8_and_ends_with_a_line(place: Path) -> None:
    """The same bytes on every system."""
    write_out("등대\nend", place / "a")
    assert (place / "a").read_bytes() == "등대\nend\n".encode()


def test_what_fails_on_the_way_leaves_the_old_file(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing beside it; the fault names the file that was asked for."""
    target = place / "a"
    target.write_text("old", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", str(place / ".beside"))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_out("new", target)
    assert caught.value.filename == str(target)
    assert target.read_text("utf-8") == "old"
    assert list(place.iterdir()) == [target]


@POSIX
def test_rights_and_links_stay(place: Path) -> None:
    """What was closed to others stays closed, and a link leads where it led."""
    target, link = place / "a", place / "link"
    write_out("one", target)
    target.chmod(0o600)
    link.symlink_to(target)
    write_out("two", link)
    assert link.is_symlink()
    assert target.read_text("utf-8") == "two\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@POSIX
def test_a_pipe_or_device_takes_what_it_is_given(place: Path) -> None:
    """It is not replaced by a file."""
    write_out("away", Path(os.devnull))
    assert not Path(os.devnull).is_file()
    with pytest.raises(IsADirectoryError):
        write_out("into a folder", place)


@pytest.mark.parametrize("name", ["missing/out", "\0"], ids=["no folder", "no name"])
def test_where_nothing_can_be_written_it_says_so(place: Path, name: str) -> None:
    """By the system's own fault."""
    with pytest.raises((OSError, ValueError)):
        write_out("x", place / name)
    assert list(place.iterdir()) == []
