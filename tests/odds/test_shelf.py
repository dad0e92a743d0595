"""What is kept on the disk: whole or not at all, for several processes, within a limit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "kept", most=1_000)


def files(shelf: Shelf) -> list[str]:
    return sorted(path.name for path in shelf.folder.iterdir())


def test_what_was_kept_is_read_back(shelf: Shelf) -> None:
    """Its parts come back as one."""
    assert shelf.read("a") is None
    assert shelf.write("a", [b"one ", memoryview(b"two")])
    found = shelf.read("a")
    assert found is not None
    assert bytes(found) == b"one two"


@given(place=st.integers(0, 200), bit=st.integers(0, 7), body=st.binary(max_size=60))
def test_a_flipped_bit_anywhere_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int, body: bytes
) -> None:
    """The file is dropped, so that it is made anew."""
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    shelf.write("a", [body])
    file = shelf.folder / "a.kept"
    data = bytearray(file.read_bytes())
    data[place % len(data)] ^= 1 << bit
    file.write_bytes(data)
    assert shelf.read("a") is None
    assert not file.exists()


@pytest.mark.parametrize("left", [0, 1, 20, 47, 48, 54])
def test_a_cut_off_file_is_dropped(shelf: Shelf, left: int) -> None:
    """Wherever it ends."""
    shelf.write("a", [b"seven b"])
    file = shelf.folder / "a.kept"
    file.write_bytes(file.read_bytes()[:left])
    assert shelf.read("a") is None
    assert files(shelf) == []


def test_a_file_of_another_name_or_origin_is_not_taken(shelf: Shelf) -> None:
    """The seal covers the name; what somebody else put there has none."""
    shelf.write("a", [b"body"])
    (shelf.folder / "a.kept").rename(shelf.folder / "b.kept")
    (shelf.folder / "c.kept").write_bytes(b"PK\x03\x04" * 30)
    assert shelf.read("b") is None
    assert shelf.read("c") is None
    assert files(shelf) == []


def test_what_was_used_last_is_given_up_last(shelf: Shelf) -> None:
    """Reading counts as use."""
    now = time.time()
    for number, name in enumerate("abc"):
        shelf.write(name, [b"x" * 200])
        os.utime(shelf.folder / f"{name}.kept", (now - 100 + number,) * 2)
    assert shelf.read("a") is not None
    shelf.write("d", [b"x" * 400])
    assert files(shelf) == ["a.kept", "c.kept", "d.kept"]


def test_what_alone_is_too_large_is_not_kept(shelf: Shelf) -> None:
    """And nothing else is given up for it."""
    shelf.write("a", [b"x"])
    assert not shelf.write("b", [b"x" * 1_001])
    assert files(shelf) == ["a.kept"]


def test_files_that_nobody_finished_are_removed_after_a_while(shelf: Shelf) -> None:
    """A process that was killed leaves one; a fresh one may still be written."""
    shelf.write("a", [b"x"])
    for name, age in ((".new-old", 10_000), (".new-fresh", 0)):
        (shelf.folder / name).touch()
        os.utime(shelf.folder / name, (time.time() - age,) * 2)
    shelf.write("b", [b"x"])
    assert files(shelf) == [".new-fresh", "a.kept", "b.kept"]


def test_a_folder_that_cannot_be_made_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").touch()
    shelf = Shelf(tmp_path / "file" / "kept")
    assert not shelf.write("a", [b"x"])
    assert shelf.read("a") is None
    with shelf.alone("a") as held:
        assert not held


def test_one_waits_while_another_makes_the_same_and_goes_on_when_it_takes_too_long(
    shelf: Shelf,
) -> None:
    """A second handle stands for another process; other names are free."""
    with shelf.alone("a") as held:
        assert held
        with shelf.alone("a", patience=0) as second:
            assert not second
        with shelf.alone("b", patience=0) as other:
            assert other
    with shelf.alone("a", patience=0) as again:
        assert again
    assert files(shelf) == []


_MAKER = """
import sys
from pathlib import Path
from tabletop.odds.shelf import Shelf

shelf, log = Shelf(Path(sys.argv[1])), Path(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    with shelf.alone(f"n{number}"):
        if shelf.read(f"n{number}") is None:
            with log.open("a") as out:
                out.write(f"n{number}\\n")
            assert shelf.write(f"n{number}", [b"body" * 1000])
"""


def test_processes_that_want_the_same_make_each_thing_once(tmp_path: Path) -> None:
    """Three at a time, twenty things."""
    log = tmp_path / "log"
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", _MAKER, str(tmp_path / "kept"), str(log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for maker in makers:
        assert maker.stdout is not None
        assert maker.stdout.readline() == "ready\n"
    for maker in makers:
        assert maker.stdin is not None
        maker.stdin.write("go\n")
        maker.stdin.flush()
    for maker in makers:
        maker.communicate(timeout=60)
    assert [maker.returncode for maker in makers] == [0, 0, 0]
    assert sorted(log.read_text().split()) == sorted(f"n{number}" for number in range(20))
    assert len(list((tmp_path / "kept").glob("*.kept"))) == 20


_DYING = """
import os, sys
from pathlib import Path
from tabletop.odds.shelf import Shelf

with Shelf(Path(sys.argv[1])).alone("a") as held:
    assert held
    os._exit(9)
"""


def test_a_process_that_dies_holds_nobody_up(tmp_path: Path) -> None:
    """The system lets go of its lock."""
    done = subprocess.run([sys.executable, "-c", _DYING, str(tmp_path)], check=False, timeout=60)
    assert done.returncode == 9
    with Shelf(tmp_path).alone("a", patience=0) as held:
        assert held
