"""`tabletop host`: what it says, what it refuses in one line, and how it ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.opening import open_class
from tests.cli.terminal import MINIMAL, process_environment, run
from tests.room.phones import Host, Phone


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_said_in_one_line_and_leaves_nothing_behind(
    tmp_path: Path, taken: int
) -> None:
    """With the next one to try."""
    save = tmp_path / "class.jsonl"
    result = run("host", "--bind", "127.0.0.1", "--port", taken, "--save", save, "--plain")
    assert result.code == 2
    assert len(result.faults) == 1
    assert f"port {taken} is taken" in result.err
    assert not save.exists()


@pytest.mark.parametrize(
    "arguments,said",
    [
        (("--bind", "203.0.113.7"), "no address of this machine"),
        (("--rehearse", "--rule", "majority"), "not with --port, --save, --rule"),
        (("--url", "ftp://x"), "not an address such as https://"),
        (("--teams", "0"), "1 to 100 teams"),
        (("--teams", "red,red"), "two teams have the same name"),
        (("--teams", "no spaces please"), "a team is named by"),
        (("--plan", "nine_hours"), "nine_hours"),
        (("--rule", "chief"), "unknown rule 'chief'"),
        (("--roster", "none.csv"), "none.csv: cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    tmp_path: Path, arguments: tuple[str, str], said: str
) -> None:
    """With exit code 2, and no save."""
    save = tmp_path / "class.jsonl"
    result = run("host", "--port", 0, "--save", save, "--plain", *arguments)
    assert (result.code, len(result.faults)) == (2, 1), result.err
    assert said in result.err
    assert not save.exists()


def test_a_class_is_resumed_as_it_was_begun(tmp_path: Path) -> None:
    """Not with other teams."""
    save = tmp_path / "class.jsonl"
    run("play", MINIMAL, "--save", save)
    assert "not with --teams" in run("host", "--resume", save, "--teams", "3").err
    assert "a game of one player" in run("host", "--resume", save, "--plain").err


async def test_the_list_of_a_class_is_given_once(tmp_path: Path) -> None:
    """`--resume` alone goes by it."""
    (tmp_path / "class.csv").write_text("name,team\nAnn Smith,blue\n", "utf-8")
    place = ("--bind", "127.0.0.1", "--port", 0)
    for arguments in (
        ("--roster", "class.csv", "--save", "class.jsonl"),
        ("--resume", "class.jsonl"),
    ):
        host = await Host.open(tmp_path, *arguments, *place)
        phone = Phone(host.link)
        await phone.join("ann smith", "")
        assert (await phone.frame())["team"]["team"]["team"] == "blue"
        await phone.close()
        await host.kill()


def test_a_new_list_must_name_teams_that_take_part(tmp_path: Path) -> None:
    """Also where a class is resumed."""
    listed = tmp_path / "other.csv"
    listed.write_text("name,team\nAnn Smith,pink\n", "utf-8")
    table = open_class(Desk(tmp_path), "north-korea-2017", teams=("red",))
    asyncio.run(table.close())
    place = ("--bind", "127.0.0.1", "--port", 0)
    result = run("host", "--resume", table.path, "--roster", listed, "--plain", *place)
    assert (result.code, len(result.faults)) == (2, 1)
    assert "there is no team 'pink' in this exercise" in result.err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number,code", [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_tells_how_to_join_serves_and_ends_when_told(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    """The address and the code, the warning of plain HTTP; a signal ends it in order."""
    command = ["host", "--plain", "--bind", "127.0.0.1", "--port", "0", "--save", "class.jsonl"]
    with subprocess.Popen(
        [sys.executable, "-m", "tabletop", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=process_environment(None),
        text=True,
    ) as host:
        assert host.stdout is not None
        assert host.stderr is not None
        said = ""
        while "Plain HTTP" not in said:
            line = host.stdout.readline()
            assert line, host.stderr.read()
            said += line
        link = re.search(r"Or at once: (\S+)", said)
        assert link is not None
        assert "only this machine can reach" in said
        assert b"Take a seat" in urlopen(link[1]).read()
        host.send_signal(number)
        rest, faults = host.communicate(timeout=20)
    assert (host.returncode, faults) == (code, "")
    assert "--resume goes on with it" in rest
