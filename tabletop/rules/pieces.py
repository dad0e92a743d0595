"""The small pieces that a program is made of: effects, and lists of outcomes to draw from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabletop.rules.chance import site_key
from tabletop.rules.guards import Addend, Count, GuardCompiler, Layout, count
from tabletop.rules.program import Chance, Conditional, Effect, Outcome, Source
from tabletop.scenario import moves
from tabletop.scenario.expression import names_of
from tabletop.scenario.parts import Consequence
from tabletop.scenario.reactions import complete
from tabletop.scenario.schema import Scenario

FLASH_FLAG = "flash decision used"


class Pieces:
    """Makes effects and draws of one scenario under one setting of its assumptions."""

    def __init__(self, scenario: Scenario, settings: Mapping[str, str]) -> None:
        self.scenario = scenario
        self.layout = Layout(
            {name: index for index, name in enumerate(scenario.tracks)},
            {name: bit for bit, name in enumerate(self._flags())},
        )
        values = {
            name: scenario.assumptions[name].values[value] for name, value in settings.items()
        }
        self.names = names_of(scenario)
        self.guards = GuardCompiler(self.names, self.layout, values)
        self.responses = {name: number for number, name in enumerate(scenario.responses)}
        self.supports = {name: number for number, name in enumerate(scenario.supports)}
        self._tables: dict[tuple[str, str, str], Chance] = {}

    def _flags(self) -> list[str]:
        own = list(self.scenario.flags)
        if any(inject.answers for inject in self.scenario.injects.values()):
            own.append(FLASH_FLAG)
        return own + [
            fired(name)
            for name, inject in self.scenario.injects.items()
            if inject.turns is not None and len(inject.turns) > 1
        ]

    def effect(self, part: Consequence, by: str, *more_sets: str) -> Effect:
        """What a part of the scenario does, caused by an actor or side."""
        return Effect(
            by=by,
            deltas=self._deltas(part.effects),
            sets=self.layout.mask((*part.sets, *more_sets)),
            clears=self.layout.mask(part.clears),
            also=tuple(
                Conditional(
                    self.guards.test(extra.when),
                    Effect(
                        by=extra.by or by,
                        deltas=self._deltas(extra.effects),
                        sets=self.layout.mask(extra.sets),
                        clears=self.layout.mask(extra.clears),
                        text=extra.text,
                    ),
                )
                for extra in part.also
            ),
        )

    def _deltas(self, effects: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
        return tuple((self.layout.tracks[name], delta) for name, delta in effects.items() if delta)

    def chance(
        self,
        step: str,
        name: str,
        source: Source,
        owner: str,
        by: str,
        listed: Iterable[moves.Outcome],
    ) -> Chance:
        """A draw made at a step, from outcomes that `by` causes unless they name another."""
        kinds = self.scenario.reactions if source in ("reaction", "answer") else {}
        path = _PATHS[source].format(owner)
        outcomes, weights = list[Outcome](), list[list[Addend]]()
        for short in listed:
            outcome = complete(short, kinds)
            shift = kinds[outcome.id].shift if outcome.id in kinds else 0
            caused_by = outcome.by or by
            following = None if outcome.draw is None else self._table(step, outcome.draw, caused_by)
            outcomes.append(Outcome(outcome.id, self.effect(outcome, caused_by), following))
            addends = self.guards.addends(outcome.weight, f"{path}.{outcome.id}.weight")
            addends += self.guards.addends(shift, f"reactions.{outcome.id}.shift")
            weights.append(addends)
        return self.weighed(
            f"{step}/{name}", site_key(step, moves.CHANCE, name), source, owner, outcomes, weights
        )

    def _table(self, step: str, name: str, by: str) -> Chance:
        key = (step, name, by)
        if key not in self._tables:
            listed = self.scenario.tables[name].outcomes
            self._tables[key] = self.chance(step, name, "table", name, by, listed)
        return self._tables[key]

    def weighed(
        self,
        site: str,
        key: int,
        source: Source,
        owner: str,
        outcomes: list[Outcome],
        addends: list[list[Addend]],
    ) -> Chance:
        """A draw from outcomes with the parts of their weights, which may depend on the world."""
        weights = [count(parts) for parts in addends]
        fixed = tuple(max(weight, 0) if isinstance(weight, int) else 0 for weight in weights)
        counts: tuple[tuple[int, Count], ...] = tuple(
            (place, weight) for place, weight in enumerate(weights) if not isinstance(weight, int)
        )
        listed = tuple(map(tuple, addends))
        reading = self.guards.reading(part.test for parts in addends for part in parts)
        return Chance(site, key, source, owner, tuple(outcomes), fixed, listed, counts, reading)


_PATHS: Mapping[Source, str] = {
    "reaction": "responses.{}.reaction",
    "answer": "injects.{}.reaction",
    "table": "tables.{}",
    "event": "events.{}",
}
"""Where the lists of a kind stand in a scenario; `{}` is the owner."""


def fired(inject: str) -> str:
    """The name of the bit that keeps an inject of several turns from coming twice."""
    return f"inject {inject} came"
