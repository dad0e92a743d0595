"""Checks what chance draws from: weights that leave something, tables that end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tabletop.scenario.expression import Weight
from tabletop.scenario.moves import Outcome
from tabletop.scenario.problem import Problem
from tabletop.scenario.schema import Scenario
from tabletop.scenario.wording import Path, did_you_mean, quote

if TYPE_CHECKING:
    from tabletop.scenario.references import Expressions

_NOTHING_LEFT = "can all be 0 or less: one outcome must keep a weight of at least 1"


def unbalanced(scenario: Scenario, expressions: Expressions) -> Iterator[Problem]:
    """What is wrong with the lists that chance draws from."""
    for path, outcomes, is_reaction in drawn_lists(scenario):
        yield from _twice(path, outcomes)
        kinds = scenario.reactions if is_reaction else {}
        weights = [
            (outcome.weight, kinds[outcome.id].shift if outcome.id in kinds else 0)
            for outcome in outcomes
        ]
        if not _keeps_one(weights, expressions):
            yield Problem(path, f"the weights {_NOTHING_LEFT}")
        if is_reaction:
            yield from _unkind(scenario, path, outcomes)
    if scenario.aims and not _keeps_one(
        [(aim.weight, 0) for aim in scenario.aims.values()], expressions
    ):
        yield Problem(("aims",), f"the weights {_NOTHING_LEFT.replace('outcome', 'aim')}")
    random = any(inject.turns for inject in scenario.injects.values())
    if random and not _keeps_one([(scenario.quiet, 0)], expressions):
        what = "must keep a weight of at least 1: when no random inject fits, nothing else is left"
        yield Problem(("quiet",), what)
    yield from _circles(scenario)


def drawn_lists(scenario: Scenario) -> Iterator[tuple[Path, Sequence[Outcome], bool]]:
    """Every list of outcomes, and whether it is a reaction, which builds on kinds."""
    for name, response in scenario.responses.items():
        if response.reaction:
            yield ("responses", name, "reaction"), response.reaction, True
    for name, inject in scenario.injects.items():
        for answer, choice in inject.answers.items():
            if choice.reaction:
                yield ("injects", name, "answers", answer, "reaction"), choice.reaction, True
    for name, table in scenario.tables.items():
        yield ("tables", name, "outcomes"), table.outcomes, False
    for name, event in scenario.events.items():
        yield ("events", name, "outcomes"), event.outcomes, False


def _keeps_one(weights: Sequence[tuple[int | str, int | str]], expressions: Expressions) -> bool:
    """Whether one of some weights, each with its shift, is at least 1 whatever happens."""
    for weight, shift in weights:
        first, second = expressions.weight(weight), expressions.weight(shift)
        if not isinstance(first, Weight) or not isinstance(second, Weight):
            return True  # told already; what it was meant to be is not known
        if first.lowest() + second.lowest() >= 1:
            return True
    return False


def _twice(path: Path, outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, outcome in enumerate(outcomes):
        if outcome.id in seen:
            yield Problem((*path, place, "id"), f"the outcome {quote(outcome.id)} is listed twice")
        seen.add(outcome.id)


def _unkind(scenario: Scenario, path: Path, outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    """Outcomes of a reaction that neither are of a kind nor say for themselves what they are."""
    for place, outcome in enumerate(outcomes):
        if outcome.id in scenario.reactions:
            continue
        lacking = [name for name in ("title", "by") if not getattr(outcome, name)]
        if lacking:
            hint = did_you_mean(outcome.id, scenario.reactions)
            needs = " and ".join(lacking)
            what = f"unknown reaction {quote(outcome.id)}{hint}; one of its own needs {needs}"
            yield Problem((*path, place, "id"), what)


def _circles(scenario: Scenario) -> Iterator[Problem]:
    """Tables that draw from one another without end; each circle is told once."""
    done: set[str] = set()
    for start in scenario.tables:
        # The way from the start to where we stand, with what is left to follow at each table.
        way = {} if start in done else {start: _draws(scenario, start)}
        while way:
            name = next(reversed(way))
            place, following = next(way[name], (0, None))
            if following is None:
                done.add(name)
                del way[name]
            elif following in way:
                circle = [*list(way)[list(way).index(following) :], following]
                what = f"the tables draw from one another without end: {' -> '.join(circle)}"
                yield Problem(("tables", name, "outcomes", place, "draw"), what)
            elif following in scenario.tables and following not in done:
                way[following] = _draws(scenario, following)


def _draws(scenario: Scenario, table: str) -> Iterator[tuple[int, str]]:
    for place, outcome in enumerate(scenario.tables[table].outcomes):
        if outcome.draw is not None:
            yield place, outcome.draw
