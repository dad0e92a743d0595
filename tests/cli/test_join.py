"""`tabletop join`: a seat taken, left and taken up again, and what is refused in one line."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import process_environment, run


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """A room that another process serves."""
    command = ["host", "--plain", "--bind", "127.0.0.1", "--port", "0", "--teams", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "tabletop", *command, "--save", "class.jsonl"],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=process_environment(None),
        text=True,
    ) as host:
        assert host.stdout is not None
        lines = iter(host.stdout.readline, "")
        found = next(filter(None, (re.search(r"Or at once: (\S+)", line) for line in lines)))
        yield found[1]
        host.kill()
        host.communicate()


def test_a_seat_is_left_and_taken_up_again(link: str) -> None:
    """By the same command; another one with --new."""
    first = run("join", link, "--name", "Ann", answers="team\nquit\n")
    assert (first.code, first.err) == (0, "")
    assert "Welcome, Ann. Team red, The President." in first.out
    again = run("join", link, answers="quit\n")
    assert "Welcome, Ann. Team red, The President." in again.out
    other = run("join", link, "--new", "--name", "Ben", answers="")
    assert "Welcome, Ben. Team blue, The President." in other.out


def test_without_a_name_the_door_asks(link: str) -> None:
    """With a pseudonym to keep by Enter; for a team and an office too, which may be dealt."""
    result = run("join", link, answers="\n3\n1\nkeep\nquit\n")
    assert (result.code, result.err) == (0, "")
    assert "Plain HTTP" in result.out
    kept = re.search(r"pseudonym now: (\w+)", result.out)
    assert kept is not None
    assert f"Welcome, {kept[1]}. Team blue, The President." in result.out
    assert "my-exercise.html" in result.out
    recorder = run("join", link, "--new", "--team", "red", answers="Cy\n12\noffice\nquit\n")
    assert "Welcome, Cy. Team red" in recorder.out
    assert "take notes" in recorder.out
    left = run("join", link, "--new", answers="back\n")
    assert (left.code, "No seat was taken." in left.out) == (0, True)
    ended = run("join", link, "--new", answers="Dee\n")
    assert (ended.code, "--name does" in ended.err) == (2, True)


def test_what_the_room_refuses_is_one_line(link: str) -> None:
    """In its own words."""
    result = run("join", link, "--name", "Ann", "--team", "nobody")
    assert (result.code, len(result.faults)) == (2, 1)
    assert "there is no team 'nobody'" in result.err
    origin = link.rpartition("/")[0]
    assert "no room with this code" in run("join", origin, "--code", "222222", "--name", "A").err
    assert "not good" in run("join", link, "--pin", "222222").err


@pytest.mark.parametrize(
    "arguments,said",
    [
        (("http://127.0.0.1:1/QNS2BP", "--name", "Ann"), "nobody answers at http://127.0.0.1:1"),
        (("http://127.0.0.1:1", "--name", "Ann"), "give it with --code"),
        (("gopher://127.0.0.1/QNS2BP",), "no address of a room"),
        (("http://127.0.0.1:1/QNS2BP",), "nobody answers at http://127.0.0.1:1"),
    ],
)
def test_what_leads_nowhere_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    """With exit code 2."""
    result = run("join", *arguments)
    assert (result.code, len(result.faults)) == (2, 1), result.err
    assert said in result.err
