"""An adviser's words on the decision that a save stands at, worked out in a process of its own.

The process is given a save and a line of play as JSON on its standard input, and answers in
one line of JSON: words by option, or why there are none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from tabletop.debrief.processes import asked
from tabletop.errors import TabletopError

_SILENT = "the adviser could not be asked"


async def counsel(save: Path, line: str) -> Mapping[str, str]:
    """By id of the response or the answer: what the adviser says of it, in words alone.

    Raises `TabletopError` with one line where it has nothing to say. Whoever stops waiting
    ends the process.
    """
    async with asked("tabletop.debrief.counsel", {"save": str(save), "line": line}) as lines:
        said = await lines.readline()
    try:
        found = json.loads(said)
    except ValueError:
        raise TabletopError(_SILENT) from None
    if "why" in found:
        raise TabletopError(found["why"])
    return {str(name): str(words) for name, words in found["words"].items()}


# --- in the process


def answer(question: TextIO, out: TextIO) -> None:
    """Answer what is asked; every fault is an answer too."""
    wish = json.loads(question.readline())
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
    objective = record.objective_of(played.team)
    found = Adviser(record.program, objective).advise(played.play)
    return {name: advice.words for name, advice in found.items()}


if __name__ == "__main__":
    answer(sys.stdin, sys.stdout)
