"""Runs commands in tests: in this process, or as the program that a shell would start."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tabletop.cli import main

REPOSITORY = Path(__file__).resolve().parent.parent.parent
MINIMAL = REPOSITORY / "tests" / "fixtures" / "scenarios" / "minimal.yaml"


@dataclass(frozen=True)
class Result:
    """What became of a command."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines of stderr."""
        return self.err.splitlines()


def run(*arguments: str | int | Path, answers: str = "") -> Result:
    """Run a command line in this process, with `answers` piped into it."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(answers)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(argument) for argument in arguments])
    finally:
        sys.stdin = before
    return Result(code, out.getvalue(), err.getvalue())


def start(
    *arguments: str | Path,
    answers: bytes = b"",
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m tabletop` with pipes at all three ends."""
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *map(str, arguments)],
        input=answers,
        capture_output=True,
        cwd=folder,
        env=process_environment(environment),
        timeout=120,
        check=False,
    )


def process_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command that is started: ours, with the package to be found."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), **(extra or {})}
