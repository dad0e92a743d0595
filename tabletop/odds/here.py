"""What guards, weights and effects come to at a turn and stage, and what they read of a world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tabletop.odds.live import NOTHING, Live, Matters
from tabletop.odds.moves import Apply, Clamp
from tabletop.odds.places import Place, Way
from tabletop.rules.guards import always
from tabletop.scenario.expression import Constant, Guard, fold, mentions

if TYPE_CHECKING:
    from tabletop.odds.bounds import Reach
    from tabletop.odds.packing import Bounds
    from tabletop.rules.guards import Addend, Test
    from tabletop.rules.program import Effect, Program


class Here:
    """One turn and stage of a program, and then another: see `at`."""

    def __init__(self, program: Program, reach: Reach) -> None:
        self.program = program
        self.reach = reach
        self.matters = Matters(program.layout, reach.settled, reach.widest)
        self.reads_aim = False
        """Whether a guard that is no part of a weight has asked for the aim."""
        self._turn = self._stage = 0
        self._given = {"turn": 0, "stage": 0}
        self._mentioned: dict[Test, frozenset[str]] = {}
        self._read: dict[tuple[Test, int, int], tuple[Guard, Live]] = {}
        self._applied: dict[tuple[Effect, int, int], Apply] = {}
        self._clamps: dict[tuple[int, ...], Clamp] = {}

    def at(self, turn: int, stage: int) -> None:
        """Read what follows in this turn and stage."""
        self._turn, self._stage = turn, stage
        self._given = {"turn": turn, "stage": stage}

    def apply(self, effect: Effect) -> Apply:
        """An effect, as it takes hold here."""
        names = frozenset[str]().union(*(self._names(extra.test) for extra in effect.also))
        turn = self._turn if "turn" in names else 0
        stage = self._stage if "stage" in names else -1
        key = (effect, turn, stage)
        if key not in self._applied:
            for extra in effect.also:
                self.asked(extra.test)
            asked = {extra.test: self.meaning(extra.test)[0] for extra in effect.also}
            self._applied[key] = Apply(effect, self.matters.transfer(effect, asked))
        return self._applied[key]

    def _names(self, test: Test) -> frozenset[str]:
        if test not in self._mentioned:
            self._mentioned[test] = mentions(self.program.trees[test])
        return self._mentioned[test]

    def clamp(self, bounds: Bounds) -> tuple[Clamp, ...]:
        """What brings tracks within some bounds back into their ranges; nothing if all are."""
        outside = self.reach.outside(bounds)
        if not outside:
            return ()
        if outside not in self._clamps:
            self._clamps[outside] = Clamp(self.program.low, self.program.high, outside)
        return (self._clamps[outside],)

    def meaning(self, test: Test) -> tuple[Guard, Live]:
        """A guard with turn and stage filled in, and what it reads."""
        names = self._names(test)
        turn = self._turn if "turn" in names else 0
        stage = self._stage if "stage" in names else -1
        found = self._read.get((test, turn, stage))
        if found is None:
            guard = fold(self.program.trees[test], self._given)
            found = self._read[test, turn, stage] = (guard, self.matters.reads(guard))
        return found

    def asked(self, test: Test) -> tuple[Test | None, Live]:
        """A guard here, None where it cannot hold, and what it reads."""
        guard, live = self.meaning(test)
        if isinstance(guard, Constant):
            return (always if guard.value else None), NOTHING
        if "aim" in self._names(test):
            self.reads_aim = self.reads_aim or "aim" in mentions(guard)
        return test, live

    def weighed(self, addends: Iterable[Addend]) -> tuple[tuple[Addend, ...], Live]:
        """The parts of a weight that can count here, and what they read."""
        kept, live = [], NOTHING
        for addend in addends:
            guard, read = self.meaning(addend.test)
            if not isinstance(guard, Constant):
                kept.append(addend)
                live |= read
            elif guard.value:
                kept.append(addend if addend.test is always else addend._replace(test=always))
        return tuple(kept), live

    def before(self, way: Way) -> Live:
        """What must be known before a way is gone."""
        live = way.target.live if isinstance(way.target, Place) else NOTHING
        for move in reversed(way.moves):
            live = move.behind(live, self.matters)
        return live

    def before_any(self, ways: Iterable[Way]) -> Live:
        """What must be known before any of some ways is gone."""
        live = NOTHING
        for way in ways:
            live |= self.before(way)
        return live
