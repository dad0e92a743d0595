"""What guards, weights and effects come to at one turn and stage, and what they read of a world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tabletop.odds.live import Live, nothing, reads
from tabletop.odds.moves import Apply, Clamp
from tabletop.rules.guards import always
from tabletop.scenario.expression import Constant, fold, mentions

if TYPE_CHECKING:
    from tabletop.odds.bounds import Reach
    from tabletop.odds.packing import Bounds
    from tabletop.rules.guards import Addend, Test
    from tabletop.rules.program import Effect, Program


class Here:
    """One turn and stage of a program."""

    def __init__(self, program: Program, reach: Reach, turn: int, stage: int) -> None:
        self.program = program
        self.reach = reach
        self.reads_aim = False
        """Whether a guard here that is no part of a weight reads the aim."""
        self.nothing = nothing(len(program.low))
        self._given = {"turn": turn, "stage": stage}
        self._known: dict[Test, tuple[Test | None, Live]] = {}

    def asked(self, test: Test) -> tuple[Test | None, Live]:
        """A guard here, None where it cannot hold, and what it reads."""
        if "aim" in mentions(self.program.trees[test]):
            self.reads_aim = True
        return self._read(test)

    def weighed(self, addends: Iterable[Addend]) -> tuple[tuple[Addend, ...], Live]:
        """The parts of a weight that can count here, and what they read."""
        kept, live = [], self.nothing
        for addend in addends:
            test, read = self._read(addend.test)
            if test is not None:
                kept.append(addend._replace(test=test))
                live = live | read
        return tuple(kept), live

    def apply(self, effect: Effect) -> Apply:
        """The move that an effect is here."""
        extras = self.nothing
        for extra in effect.also:
            extras = extras | self.asked(extra.test)[1]
        return Apply(effect, extras)

    def clamp(self, bounds: Bounds) -> tuple[Clamp, ...]:
        """The move that brings tracks within some bounds back, if any can be outside."""
        outside = self.reach.outside(bounds)
        return (Clamp(self.program.low, self.program.high, outside),) if outside else ()

    def _read(self, test: Test) -> tuple[Test | None, Live]:
        if test not in self._known:
            guard = fold(self.program.trees[test], self._given)
            if isinstance(guard, Constant):
                self._known[test] = (always if guard.value else None, self.nothing)
            else:
                self._known[test] = (test, reads(guard, self.program.layout))
        return self._known[test]
