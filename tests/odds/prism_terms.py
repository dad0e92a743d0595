"""The words of the PRISM models: guards, weights and effects as its expressions.

Printed from the trees that authors' texts are read into; see `tests.odds.prism`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tabletop.scenario.expression import (
    OPERATORS,
    Both,
    Compare,
    Constant,
    Dial,
    Either,
    FlagSet,
    Guard,
    Not,
    Weight,
    names_of,
)
from tabletop.scenario.grammar import parse_guard, parse_weight
from tabletop.scenario.moves import Answer, Response
from tabletop.scenario.parts import Consequence
from tabletop.scenario.schema import Scenario

_SIGNS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True)
class Values:
    """What each track and each flag is at some point of a step, as PRISM expressions."""

    tracks: Mapping[str, str]
    flags: Mapping[str, str]


def all_of(parts: Iterable[str]) -> str:
    return " & ".join(f"({part})" for part in parts) or "true"


def any_of(parts: Iterable[str]) -> str:
    return " | ".join(f"({part})" for part in parts) or "false"


class Terms:
    """Prints the expressions of one scenario under one setting of its assumptions."""

    def __init__(self, scenario: Scenario, assumptions: Mapping[str, str]) -> None:
        self.scenario = scenario
        self.names = names_of(scenario)
        self.dials = {
            name: dial.values[assumptions.get(name, dial.default)]
            for name, dial in scenario.assumptions.items()
        }
        self.here = Values(
            {name: f"t_{name}" for name in scenario.tracks},
            {name: f"f_{name}" for name in [*scenario.flags, *self._spendable()]},
        )
        """What tracks and flags are before a step does anything."""

    def guard(self, text: str | None, at: Values) -> str:
        """A guard of the file as a PRISM condition on some values."""
        return "true" if text is None else self.condition(parse_guard(text, self.names), at)

    def condition(self, tree: Guard, at: Values) -> str:
        """A tree as a PRISM condition."""
        if isinstance(tree, Constant):
            return "true" if tree.value else "false"
        if isinstance(tree, Dial):
            holds = OPERATORS[tree.operator](self.dials[tree.name], tree.value)
            return "true" if holds else "false"
        if isinstance(tree, FlagSet):
            return f"({at.flags[tree.name]})"
        if isinstance(tree, Not):
            return f"!({self.condition(tree.part, at)})"
        if isinstance(tree, Both | Either):
            sign = " & " if isinstance(tree, Both) else " | "
            return "(" + sign.join(self.condition(part, at) for part in tree.parts) + ")"
        assert isinstance(tree, Compare)
        subject = at.tracks.get(tree.subject, tree.subject)  # turn, stage and aim are themselves
        return f"(({subject}) {_SIGNS[tree.operator]} {tree.value})"

    def weight(self, weight: int | str, at: Values, shift: int | str = 0) -> str:
        """A weight with its shift, never below 0."""
        terms = [*self._terms(parse_weight(weight, self.names), at)]
        terms += self._terms(parse_weight(shift, self.names), at)
        return f"max(0, {' + '.join(terms) or 0})"

    def _terms(self, weight: Weight, at: Values) -> Iterable[str]:
        for term in weight.terms:
            amount = term.factor
            for dial in term.dials:
                amount *= self.dials[dial]
            if amount and term.guard is None:
                yield f"({amount})"
            elif amount and term.guard is not None:
                yield f"({self.condition(term.guard, at)} ? {amount} : 0)"

    def after(self, part: Consequence, at: Values, spent: Sequence[str] = ()) -> Values:
        """The values once an effect has come; its further effects are judged on `at`."""
        extras = [(self.guard(extra.when, at), extra) for extra in part.also]
        tracks, flags = dict(at.tracks), dict(at.flags)
        for name, delta in part.effects.items():
            tracks[name] = f"{tracks[name]} + ({delta})"
        for name in part.clears:
            flags[name] = "false"
        for name in (*part.sets, *spent):
            flags[name] = "true"
        for when, extra in extras:
            for name, delta in extra.effects.items():
                tracks[name] = f"{tracks[name]} + ({when} ? {delta} : 0)"
            # What is both cleared and set is set.
            for name in sorted({*extra.clears} - {*extra.sets}):
                flags[name] = f"(({when}) ? false : ({flags[name]}))"
            for name in extra.sets:
                flags[name] = f"(({when}) ? true : ({flags[name]}))"
        return Values(tracks, flags)

    def clamped(self, at: Values) -> Values:
        """The values with every track in its range."""
        tracks = {}
        for name, value in at.tracks.items():
            low, high = self.names.tracks[name]
            tracks[name] = f"max({low}, min({high}, {value}))"
        return Values(tracks, at.flags)

    def _spendable(self) -> list[str]:
        """Names of what keeps injects from coming again; ids never begin with `_`."""
        injects = self.scenario.injects.items()
        return ["_flash", *(f"_{name}" for name, part in injects if len(part.turns or ()) > 1)]

    def spends(self, name: str) -> list[str]:
        own = [f"_{name}"] if f"_{name}" in self.here.flags else []
        return own + (["_flash"] if self.scenario.injects[name].answers else [])

    def comes(self, name: str) -> str:
        part = self.scenario.injects[name]
        turns = part.turns or (part.turn,)
        unspent = [f"!({self.here.flags[flag]})" for flag in self.spends(name)]
        return all_of(
            [any_of(f"turn = {turn}" for turn in turns), self.guard(part.when, self.here), *unspent]
        )

    def start(self, name: str) -> int:
        start = self.scenario.tracks[name].start
        return start if isinstance(start, int) else self.names.levels[name][start]

    def overshoot(self) -> int:
        """How far a track can leave its range within one step, before it is clamped."""
        scenario = self.scenario

        def most(parts: Iterable[Consequence]) -> int:
            return max(
                (
                    sum(abs(delta) for delta in part.effects.values())
                    + sum(abs(delta) for also in part.also for delta in also.effects.values())
                    for part in parts
                ),
                default=0,
            )

        answers = [each for part in scenario.injects.values() for each in part.answers.values()]
        chosen: list[Response | Answer] = [*scenario.responses.values(), *answers]
        reactions = [*scenario.reactions.values(), *(o for part in chosen for o in part.reaction)]
        drawn = [o for event in scenario.events.values() for o in event.outcomes]
        tables = sum(most(table.outcomes) for table in scenario.tables.values())
        return most(chosen) + most([*reactions, *drawn]) + tables
