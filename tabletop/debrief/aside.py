"""Works out what the odds say of a run in a process of its own, so that a screen never waits.

The process is given a save, a viewer and a line of play as JSON on its standard input, and
answers in lines of JSON: how far it is, then the decision review, then what the odds hang on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from tabletop.debrief.comparison import Place
from tabletop.debrief.processes import asked
from tabletop.debrief.report.model import Beside, Cost, Review
from tabletop.errors import TabletopError
from tabletop.odds.tornado import Bar, Reading, Sensitivity

_POLITENESS = 5
"""By how much the process steps back behind others."""


class Doing(NamedTuple):
    """What is being worked out, and how much of it is done, from 0 to 1."""

    what: str
    share: float


class NoReview(NamedTuple):
    """Why there is no decision review, in one line."""

    why: str
    instead: tuple[str, ...] = ()
    """What is told in its place: sampled odds."""


Answer = Doing | NoReview | Review | Sensitivity


async def ask(place: Place) -> AsyncIterator[Answer]:
    """The review of a line of play for its viewer, and what the odds of its game hang on.

    What is sealed for the viewer is not asked for. Whoever stops listening ends the process.
    """
    viewer = place.viewer
    wish = {"save": str(place.table.path), "viewer": [viewer.kind, viewer.name], "line": place.line}
    told = False
    async with asked("tabletop.debrief.aside", wish) as lines:
        async for line in lines:
            answer = _read(json.loads(line))
            told = told or isinstance(answer, NoReview | Review)
            yield answer
        if not told:
            yield NoReview("the decision review could not be worked out")


def _read(data: Mapping[str, Any]) -> Answer:
    if "doing" in data:
        return Doing(data["doing"], data["share"])
    if "why" in data:
        return NoReview(data["why"], tuple(data.get("instead", ())))
    if "review" in data:
        found = data["review"]
        return Review(
            tuple(found["words"]),
            tuple(Beside(each["event"], tuple(each["words"])) for each in found["beside"]),
            tuple(Cost(**each) for each in found["costs"]),
        )
    found = data["hangs_on"]
    bars = tuple(
        Bar(**{**bar, "readings": tuple(Reading(**each) for each in bar["readings"])})
        for bar in found["bars"]
    )
    return Sensitivity(**{**found, "slopes": (), "bars": bars})


# --- in the process


def answer(question: TextIO, out: TextIO) -> None:
    """Answer what is asked; every fault is an answer too."""
    say = _Mouth(out)
    wish = json.loads(question.readline())
    try:
        _answer(wish, say)
    except TabletopError as error:
        say.put(why=f"there is no decision review: {error}")


class _Mouth:
    """Says how far the work is, no more often than a line on a screen changes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._said: tuple[str, int] | None = None

    def put(self, **data: object) -> None:
        """Write one answer."""
        self._out.write(json.dumps(data, separators=(",", ":")) + "\n")
        self._out.flush()

    def doing(self, what: str) -> Callable[[float], None]:
        """Hear how much of some work is done."""

        def hear(share: float) -> None:
            if self._said != (what, round(100 * share)):
                self._said = (what, round(100 * share))
                self.put(doing=what, share=share)

        return hear


def _answer(wish: Mapping[str, Any], say: _Mouth) -> None:
    from tabletop.debrief.report.gather import SEALED, report_of
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import CONTROL, Viewer
    from tabletop.odds import store
    from tabletop.odds.sensitivity import first_player, sensitivity

    table = ReplayTable(Path(wish["save"]))
    place = Place(table, Viewer(*wish["viewer"]), wish["line"])
    if not (table.record.over or place.viewer.kind == CONTROL.kind):
        say.put(why=SEALED)
        return
    solving, reviewing = say.doing("Solving the game"), say.doing("Reviewing the decisions")
    solving(0.0)
    run = report_of([place], lambda game: store.solved(game, solving), reviewing).runs[0]
    if run.review is None:
        from tabletop.debrief.estimates import estimates

        say.put(why=run.no_review, instead=estimates(table.program, say.doing("Sampling games")))
    else:
        say.put(review=asdict(run.review))
    player = first_player(table.program)
    if player is not None:
        changing = say.doing("Changing the author's numbers, one by one")
        found = sensitivity(table.program, player, progress=changing)
        say.put(hangs_on={**asdict(found), "slopes": []})


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    answer(sys.stdin, sys.stdout)
