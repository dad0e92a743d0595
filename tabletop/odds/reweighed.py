"""The same program with some of the author's numbers changed, to be solved anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from tabletop.rules.guards import Addend, count
from tabletop.rules.turn import EventStep, InjectStep, RandomInjectStep

if TYPE_CHECKING:
    from tabletop.rules.guards import Count, Number
    from tabletop.rules.program import Chance, Inject, Outcome, Program
    from tabletop.rules.turn import Step


def reweighed(program: Program, factors: Mapping[Number, float]) -> Program:
    """A program whose weights are made of other numbers: each one multiplied by its factor.

    For odds only: its weights need not be whole numbers, so that no game of it can be
    played by luck. A factor must be above 0. Chances that were nil may come to be
    possible, and the other way round, where a weight takes something away.
    """
    return _Reweigher(program, factors).program()


class _Reweigher:
    """Makes every draw of a program once more, and all that leads to one."""

    def __init__(self, program: Program, factors: Mapping[Number, float]) -> None:
        self.given = program
        self.factors = factors
        self._chances: dict[Chance, Chance] = {}
        self._injects: dict[str, Inject] = {}

    def program(self) -> Program:
        given = self.given
        self._injects = {name: self._inject(each) for name, each in given.injects.items()}
        factors = sorted((*number, factor) for number, factor in self.factors.items())
        return replace(
            given,
            aims=self._chance(given.aims),
            responses=tuple(
                replace(each, reaction=self._reaction(each.reaction)) for each in given.responses
            ),
            injects=self._injects,
            steps=tuple(tuple(map(self._step, steps)) for steps in given.steps),
            hash=sha256(f"{given.hash} {factors}".encode()).hexdigest(),
        )

    def _inject(self, inject: Inject) -> Inject:
        answers = (
            replace(answer, reaction=self._reaction(answer.reaction)) for answer in inject.answers
        )
        return replace(inject, answers=tuple(answers))

    def _step(self, step: Step) -> Step:
        if isinstance(step, InjectStep):
            return InjectStep(self._injects[step.inject.id])
        if isinstance(step, RandomInjectStep):
            return RandomInjectStep(self._chance(step.chance))
        if isinstance(step, EventStep):
            event = step.event
            return EventStep(replace(event, chance=self._chance(event.chance)))
        return step

    def _reaction(self, chance: Chance | None) -> Chance | None:
        return None if chance is None else self._chance(chance)

    def _chance(self, chance: Chance) -> Chance:
        if chance not in self._chances:
            addends = tuple(tuple(map(self._addend, parts)) for parts in chance.addends)
            weights = [count(parts) for parts in addends]
            changing = [(place, each) for place, each in enumerate(weights) if callable(each)]
            self._chances[chance] = replace(
                chance,
                outcomes=tuple(map(self._outcome, chance.outcomes)),
                addends=addends,
                weights=tuple(0 if callable(each) else max(each, 0) for each in weights),
                counts=cast("tuple[tuple[int, Count], ...]", tuple(changing)),
            )
        return self._chances[chance]

    def _outcome(self, outcome: Outcome) -> Outcome:
        inject = None if outcome.inject is None else self._injects[outcome.inject.id]
        return replace(outcome, next=self._reaction(outcome.next), inject=inject)

    def _addend(self, addend: Addend) -> Addend:
        factor = self.factors.get(addend.number, 1)
        if factor == 1:
            return addend
        return addend._replace(amount=cast("int", addend.amount * factor))
