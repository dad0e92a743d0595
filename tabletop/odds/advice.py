"""An adviser's words for each response that is open: what the model makes of it, in no digits.

For a response a let q(a) be what it is worth by the declared objective, 0 to 1, with its best
open support and best play afterwards, averaged over the adversary's aims by their prior; best
is the largest q, worst the smallest. The adviser does not know the aim that was drawn, nor
what the draws so far would tell of it. But the best play that q counts on learns the aim as it
goes, so that q flatters what can still be put right.

    best - worst < LITTLE                    little hangs on this choice, whatever is chosen
    best - q < TIE                           keeps most doors open
    best - q < SOME                          gives a little away
    best - q < MUCH                          gives much away
    else                                     much may be lost here

The words are the same for the same situation and objective. They are no odds, they know
nothing but the model, and a player is shown them only who has asked for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tabletop.odds import store

if TYPE_CHECKING:
    from tabletop.odds.store import Progress
    from tabletop.rules.play import Play
    from tabletop.rules.program import Program

LITTLE = 0.03
"""Of the objective's scale from 0 to 1: a choice on which less hangs is a minor one."""
TIE = 0.02
"""Differences below this are within what the author's numbers can carry."""
SOME = 0.08
MUCH = 0.20

Grade = Literal["minor", "open", "dear", "costly", "grave"]

PHRASES: Mapping[Grade, str] = {
    "minor": "little hangs on this choice",
    "open": "keeps most doors open",
    "dear": "gives a little away",
    "costly": "gives much away",
    "grave": "much may be lost here",
}
"""What the adviser says."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What an adviser says of one response, or of one answer to a flash decision."""

    grade: Grade

    @property
    def words(self) -> str:
        """In words, without a digit."""
        return PHRASES[self.grade]


class Adviser:
    """Advises on one program by one objective; solves the game when it is first asked.

    Raises `TooLargeError` where the game is too large to be solved.
    """

    def __init__(
        self, program: Program, objective: str, progress: Progress = store.quietly
    ) -> None:
        from tabletop.odds.doctrines import prior
        from tabletop.odds.ground import Ground

        exact = store.solved(program, progress)
        self._prior = prior(program)
        self._column = exact.objectives.index(objective)
        self._ground = Ground(exact)

    def advise(self, play: Play) -> dict[str, Advice]:
        """By id: what to say of every open response, or of every answer to a flash decision.

        Empty where nothing is waited for, and where control put a flash decision in front of
        another one. The aim of `play` does not count.
        """
        if play.prompt is None or play.ending is not None:
            return {}
        from tabletop.odds.reckoning import under_aims

        worth: dict[tuple[str, str], float] = {}
        for aim, twin in enumerate(under_aims(play)):
            for option, values in self._ground.options(twin).items():
                share = float(self._prior[aim] * values[aim, self._column])
                worth[option] = worth.get(option, 0.0) + share
        best_of: dict[str, float] = {}
        for (name, _), value in worth.items():
            best_of[name] = max(value, best_of.get(name, value))
        return {name: Advice(grade) for name, grade in graded(best_of).items()}


def graded(worth: Mapping[str, float]) -> dict[str, Grade]:
    """By option: how much of what could be had it keeps."""
    if not worth:
        return {}
    best, worst = max(worth.values()), min(worth.values())
    if best - worst < LITTLE:
        return dict.fromkeys(worth, "minor")
    return {name: _grade(best - value) for name, value in worth.items()}


def _grade(lost: float) -> Grade:
    if lost < TIE:
        return "open"
    if lost < SOME:
        return "dear"
    return "costly" if lost < MUCH else "grave"
