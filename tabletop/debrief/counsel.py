"""An adviser's words on the decision that a save stands at, worked out in a process of its own.

The process is given a save and a line of play as JSON on its standard input, and answers in
one line of JSON: words by option, or why there are none.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import tabletop
from tabletop.errors import TabletopError

_PACKAGE = str(Path(tabletop.__file__).resolve().parent.parent)
_SILENT = "the adviser could not be asked"


async def counsel(save: Path, line: str) -> Mapping[str, str]:
    """By id of the response or the answer: what the adviser says of it, in words alone.

    Raises `TabletopError` with one line where it has nothing to say. Whoever stops waiting
    ends the process.
    """
    paths = os.pathsep.join(filter(None, [_PACKAGE, os.environ.get("PYTHONPATH")]))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tabletop.debrief.counsel",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        wish = json.dumps({"save": str(save), "line": line}).encode()
        said, _ = await process.communicate(wish + b"\n")
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    try:
        found = json.loads(said)
    except ValueError:
        raise TabletopError(_SILENT) from None
    if "why" in found:
        raise TabletopError(found["why"])
    return {str(name): str(words) for name, words in found["words"].items()}


# --- in the process


def answer(asked: TextIO, out: TextIO) -> None:
    """Answer what is asked; every fault is an answer too."""
    wish = json.loads(asked.readline())
    try:
        said: Mapping[str, object] = {"words": _words(Path(wish["save"]), wish["line"])}
    except TabletopError as error:
        said = {"why": str(error)}
    out.write(json.dumps(said) + "\n")


def _words(save: Path, line: str) -> Mapping[str, str]:
    from tabletop.exercise.replay import ReplayTable
    from tabletop.odds.advice import Adviser

    record = ReplayTable(save).record
    played = record.line(line)
    objectives = record.program.scenario.objectives
    objective = record.objectives.get(played.team) or next(iter(objectives))
    found = Adviser(record.program, objective).advise(played.play)
    return {name: advice.words for name, advice in found.items()}


if __name__ == "__main__":
    answer(sys.stdin, sys.stdout)
