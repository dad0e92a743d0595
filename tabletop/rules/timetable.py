"""Lays out the steps of every turn, and what of each turn's decisions a timing plan has fixed.

What can never come in a turn, because its guard asks for another one, has no step there.
"""

from __future__ import annotations

from functools import cached_property

from tabletop.rules.chance import site_key
from tabletop.rules.guards import Addend, Test, never
from tabletop.rules.pieces import Pieces
from tabletop.rules.program import PRESET, Chance, Effect, Ending, Event, Inject, Outcome
from tabletop.rules.turn import (
    DecideStep,
    EndStep,
    EventStep,
    InjectStep,
    LadderStep,
    RandomInjectStep,
    Step,
)
from tabletop.scenario.moves import CHANCE, QUIET


class Timetable:
    """The turns of one scenario under a timing plan, or under none."""

    def __init__(
        self,
        pieces: Pieces,
        plan: str | None,
        injects: dict[str, Inject],
        endings: tuple[Ending, ...],
    ) -> None:
        self.scenario = pieces.scenario
        self.pieces = pieces
        self.guards = pieces.guards
        self.injects = injects
        self.endings = endings
        self.planned = self.scenario.timings[plan].turns if plan is not None else None
        self.turns = range(1, len(self.scenario.calendar) + 1)

    def automatic(self) -> tuple[str | None, ...]:
        """By turn, from 0: the doctrine that plays it, "" where it is fixed, None for people."""
        return tuple(self._automatic(turn) for turn in self.turns)

    def steps(self) -> tuple[tuple[Step, ...], ...]:
        """By turn, from 0: the steps in their order."""
        return tuple(tuple(self._steps(turn)) for turn in self.turns)

    def _steps(self, turn: int) -> list[Step]:
        steps: list[Step] = [
            InjectStep(inject)
            for name, inject in self.injects.items()
            if self.scenario.injects[name].turn == turn
        ]
        chance = self._random_injects(turn)
        if chance is not None:
            steps.append(RandomInjectStep(chance))
        steps += [self._decide(side, turn) for side in self._deciding]
        steps += [EventStep(event) for event in self._events_of(turn)]
        last = turn == self.turns[-1]
        endings = tuple(ending for ending in self.endings if last or ending.at_once)
        occurs = self.guards.test(self.scenario.forecast.occurs)
        return [*steps, LadderStep(), EndStep(endings, occurs)]

    @cached_property
    def _deciding(self) -> list[str]:
        """The sides that have anything to decide."""
        first, *_ = sides = list(self.scenario.sides)
        deciding = {part.side or first for part in self.scenario.responses.values()}
        return [side for side in sides if side in deciding]

    def _automatic(self, turn: int) -> str | None:
        if self.planned is None:
            return None
        planned = self.planned[turn - 1]
        if planned.mode == "decided":
            return None
        return planned.doctrine if planned.mode == "standing" else PRESET

    def _decide(self, side: str, turn: int) -> Step:
        automatic = self._automatic(turn)
        if automatic is None or self.planned is None:
            return DecideStep(side)
        if automatic != PRESET:
            return DecideStep(side, doctrine=automatic)
        planned, numbers = self.planned[turn - 1], self.pieces
        support = numbers.supports[planned.support] if planned.support else 0
        return DecideStep(side, preset=(numbers.responses[planned.response or ""], support))

    def _events_of(self, turn: int) -> list[Event]:
        """The clocks that can run in a turn, with the turn filled in in their guards."""
        events = []
        for event in self._events:
            test = self.guards.in_turn(event.test, turn)
            if test is event.test:
                events.append(event)
            elif test is not never:
                events.append(Event(event.id, test, event.chance))
        return events

    @cached_property
    def _events(self) -> list[Event]:
        events = []
        for name, part in self.scenario.events.items():
            step = f"event:{name}"
            chance = self.pieces.chance(step, name, "event", name, part.by, part.outcomes)
            events.append(Event(name, self.guards.test(part.when), chance))
        return events

    def _random_injects(self, turn: int) -> Chance | None:
        names = [
            name
            for name, part in self.scenario.injects.items()
            if part.turns is not None and turn in part.turns
        ]
        if not names:
            return None
        news = [Outcome(name, Effect(CHANCE), inject=self.injects[name]) for name in names]
        outcomes = [Outcome(QUIET, Effect(CHANCE)), *news]
        weights = [self.guards.addends(self.scenario.quiet, "quiet")]
        for name in names:
            parts = self.guards.addends(
                self.scenario.injects[name].weight or 0, f"injects.{name}.weight"
            )
            weights.append([self._while(self.injects[name].test, part) for part in parts])
        key = site_key("inject", CHANCE, "random")
        return self.pieces.weighed("inject/random", key, "inject", "random", outcomes, weights)

    def _while(self, test: Test, part: Addend) -> Addend:
        return part._replace(test=self.guards.both(test, part.test))
