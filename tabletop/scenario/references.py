"""Checks that every name in a scenario names something, and every expression can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tabletop.errors import ExpressionError
from tabletop.scenario.balance import unbalanced
from tabletop.scenario.expression import Guard, Names, Weight, names_of
from tabletop.scenario.findings import PLAYED, READ
from tabletop.scenario.grammar import parse_guard, parse_weight
from tabletop.scenario.ladder_checks import unclimbable
from tabletop.scenario.problem import Problem
from tabletop.scenario.schema import Scenario
from tabletop.scenario.soundness import unsound
from tabletop.scenario.walk import GUARD, TEXT, WEIGHT, Leaf, leaves
from tabletop.scenario.wording import did_you_mean, quote

MAX_WEIGHT = 1_000_000


@dataclass
class Expressions:
    """Parses the guards and weights of one scenario, each text once."""

    names: Names
    guards: dict[str, Guard | ExpressionError] = field(default_factory=dict)
    weights: dict[int | str, Weight | ExpressionError] = field(default_factory=dict)

    def guard(self, text: str) -> Guard | ExpressionError:
        """The tree of a guard, or why there is none."""
        if text not in self.guards:
            try:
                self.guards[text] = parse_guard(text, self.names)
            except ExpressionError as error:
                self.guards[text] = error
        return self.guards[text]

    def weight(self, text: int | str) -> Weight | ExpressionError:
        """The terms of a weight, or why there are none."""
        if text not in self.weights:
            try:
                self.weights[text] = parse_weight(text, self.names)
            except ExpressionError as error:
                self.weights[text] = error
        return self.weights[text]


def problems(scenario: Scenario) -> list[Problem]:
    """Everything wrong with a scenario of valid shape; none means that it can be played."""
    expressions = Expressions(names_of(scenario))
    return [
        *_unreadable(scenario, expressions),
        *unsound(scenario),
        *unclimbable(scenario),
        *unbalanced(scenario, expressions),
    ]


def _unreadable(scenario: Scenario, expressions: Expressions) -> Iterator[Problem]:
    known = known_names(scenario)
    for leaf in leaves(scenario):
        if leaf.kind == TEXT:
            continue
        if leaf.kind in (GUARD, WEIGHT):
            yield from _expression(leaf, expressions)
        elif not _is_known(leaf, known):
            what = f"unknown {leaf.kind} {quote(leaf.value)}"
            hint = did_you_mean(leaf.value, known[leaf.kind])
            yield Problem(leaf.path, what + hint, is_key=leaf.is_key)
    yield from _unknown_values(scenario)


def _expression(leaf: Leaf, expressions: Expressions) -> Iterator[Problem]:
    if leaf.kind == GUARD:
        read: object = expressions.guard(leaf.value)
    else:
        read = expressions.weight(leaf.value)
        if isinstance(leaf.value, int) and leaf.value < 0 and leaf.path[-1] != "shift":
            yield Problem(leaf.path, f"the weight {leaf.value} is negative")
        elif isinstance(read, Weight) and read.highest() > MAX_WEIGHT:
            yield Problem(leaf.path, f"can grow to {read.highest()}, at most {MAX_WEIGHT} wanted")
    if isinstance(read, ExpressionError):
        yield Problem(leaf.path, str(read), offset=read.column)


def _is_known(leaf: Leaf, known: Mapping[str, Collection[str]]) -> bool:
    if leaf.kind == "stage" and (leaf.path[-1], leaf.value) in (
        ("from", "any"),
        ("to", "previous"),
    ):
        return True
    return leaf.value in known[leaf.kind]


def known_names(scenario: Scenario) -> dict[str, Collection[str]]:
    """The names of a scenario by what they name."""
    places = scenario.theatre.places if scenario.theatre else {}
    return {
        "actor": scenario.actors,
        "actor or side": [*scenario.actors, *scenario.sides],
        "aim": scenario.aims,
        "assumption": scenario.assumptions,
        "callback": set(_memorable(scenario)),
        "camp": scenario.camps,
        "doctrine": scenario.doctrines,
        "ending": scenario.endings,
        "fact": scenario.facts,
        "finding": [*READ, *PLAYED],
        "flag": scenario.flags,
        "inject": scenario.injects,
        "place": places,
        "preset": scenario.presets,
        "response": scenario.responses,
        "role": scenario.roles,
        "side": scenario.sides,
        "source": scenario.sources,
        "stage": scenario.stages,
        "support": scenario.supports,
        "table": scenario.tables,
        "track": scenario.tracks,
    }


def _memorable(scenario: Scenario) -> Iterator[str]:
    """What a callback can look back on: choices, news, and what chance brought."""
    yield from scenario.responses
    yield from scenario.supports
    yield from scenario.reactions
    for response in scenario.responses.values():
        yield from (outcome.id for outcome in response.reaction)
    for name, inject in scenario.injects.items():
        yield name
        yield from inject.answers
    for lists in (scenario.tables, scenario.events):
        for name, each in lists.items():
            yield name
            yield from (outcome.id for outcome in each.outcomes)


def _unknown_values(scenario: Scenario) -> Iterator[Problem]:
    """Names that are known only beside another name."""
    for name, dial in scenario.assumptions.items():
        if dial.default not in dial.values:
            hint = did_you_mean(dial.default, dial.values)
            what = f"unknown value {quote(dial.default)}{hint}"
            yield Problem(("assumptions", name, "default"), what)
    for name, preset in scenario.presets.items():
        for assumption, value in preset.set.items():
            values = (
                scenario.assumptions[assumption].values
                if assumption in scenario.assumptions
                else {value: 0}
            )
            if value not in values:
                what = f"unknown value {quote(value)}{did_you_mean(value, values)}"
                yield Problem(("presets", name, "set", assumption), what)
    for name, doctrine in scenario.doctrines.items():
        for inject, answer in doctrine.answers.items():
            answers = (
                scenario.injects[inject].answers if inject in scenario.injects else {answer: None}
            )
            if answer not in answers:
                what = f"unknown answer {quote(answer)}{did_you_mean(answer, answers)}"
                yield Problem(("doctrines", name, "answers", inject), what)
