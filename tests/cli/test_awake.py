"""A machine that hosts a class is asked to stay awake, for as long as it does and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.cli.awake import awake
from tests.cli.terminal import process_environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows is asked by a call")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system that notes what it is asked, and when it is let go."""
    program = tmp_path / "systemd-inhibit"
    pipe = tmp_path / "asked"
    os.mkfifo(pipe)
    program.write_text(f'#!/bin/sh\nexec 3>"{pipe}"\necho "$@" >&3\nexec cat\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return pipe


def test_it_is_asked_within_and_let_go_after(asked: Path) -> None:
    """The pipe ends with the process that holds the wish."""
    with awake():
        holding = asked.open(encoding="utf-8")
        assert holding.readline().startswith("--what=idle:sleep --who=tabletop")
    assert holding.read() == ""
    holding.close()


def test_the_wish_ends_with_a_host_that_is_killed(asked: Path) -> None:
    """Nobody's laptop stays awake for a class that is over."""
    code = "from tabletop.cli.awake import awake\nwith awake(): print('held', flush=True); input()"
    with (
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=process_environment({"PATH": os.environ["PATH"]}),
        ) as host,
        asked.open(encoding="utf-8") as holding,
    ):
        assert "tabletop" in holding.readline()
        host.kill()
        assert holding.read() == ""


def test_a_system_that_cannot_be_asked_hosts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word."""
    monkeypatch.setenv("PATH", "")
    with awake():
        pass
