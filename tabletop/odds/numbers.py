"""Every number that an author wrote into a weight: where it stands, and what it is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tabletop.rules.turn import EventStep, RandomInjectStep

if TYPE_CHECKING:
    from tabletop.rules.guards import Number
    from tabletop.rules.program import Chance, Program
    from tabletop.scenario.moves import Outcome
    from tabletop.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class AuthorNumber:
    """One number of a weight, as people read it."""

    number: Number
    amount: float
    """What it counts for while its guard holds, with the assumptions that it is multiplied by."""
    title: str
    """What it is the weight of, in the scenario's own titles."""
    written: str
    """The term of the weight as the author wrote it: `2 * (aim == bargain_first)`."""

    @property
    def path(self) -> str:
        """Where its weight stands in the scenario."""
        return self.number.path


def chances_of(program: Program) -> Iterator[Chance]:
    """Every draw of a program, each once: the aims, then in the order of the scenario's parts."""
    waiting: list[Chance | None] = [program.aims]
    waiting += [response.reaction for response in program.responses]
    for inject in program.injects.values():
        waiting += [answer.reaction for answer in inject.answers]
    for step in (step for steps in program.steps for step in steps):
        if isinstance(step, RandomInjectStep):
            waiting.append(step.chance)
        elif isinstance(step, EventStep):
            waiting.append(step.event.chance)
    seen: set[Chance] = set()
    for chance in waiting:
        yield from _followed(chance, seen)


def _followed(chance: Chance | None, seen: set[Chance]) -> Iterator[Chance]:
    if chance is None or chance in seen:
        return
    seen.add(chance)
    yield chance
    for outcome in chance.outcomes:
        yield from _followed(outcome.next, seen)


def author_numbers(program: Program) -> dict[Number, AuthorNumber]:
    """All numbers that can count under the program's assumptions, in the order of their draws."""
    title = partial(_title, program.scenario)
    found: dict[Number, AuthorNumber] = {}
    for chance in chances_of(program):
        for addends in chance.addends:
            for addend in addends:
                number = addend.number
                if number not in found:
                    written = _written(program.scenario, number)
                    found[number] = AuthorNumber(number, addend.amount, title(number.path), written)
    return found


def _title(scenario: Scenario, path: str) -> str:
    """What a weight is the weight of, in titles."""
    kind, *steps = path.split(".")
    if kind == "quiet":
        return "A turn without chance news"
    name = steps[0]
    if kind == "aims":
        return f"Aim: {scenario.aims[name].title}"
    if kind == "reactions":
        return f"{scenario.reactions[name].title}, in every reaction"
    if kind == "responses":
        response = scenario.responses[name]
        return f"{response.title}: {_outcome_title(scenario, response.reaction, steps[2])}"
    if kind == "tables":
        table = scenario.tables[name]
        return f"{table.title}: {_outcome_title(scenario, table.outcomes, steps[1])}"
    if kind == "events":
        event = scenario.events[name]
        return f"{event.title}: {_outcome_title(scenario, event.outcomes, steps[1])}"
    inject = scenario.injects[name]
    if steps[1] == "weight":
        return f"News: {inject.title}"
    answer = inject.answers[steps[1]]
    brought = _outcome_title(scenario, answer.reaction, steps[3])
    return f"{inject.title}, {answer.title}: {brought}"


def _outcome_title(scenario: Scenario, listed: tuple[Outcome, ...], name: str) -> str:
    own = next((outcome.title for outcome in listed if outcome.id == name), None)
    kind = scenario.reactions.get(name)
    return own or (kind.title if kind is not None else name.replace("_", " "))


def _written(scenario: Scenario, number: Number) -> str:
    """The term of a weight that a number is, in the author's own signs."""
    weight = _weight(scenario, number.path)
    if not isinstance(weight, str):
        return str(weight)
    return _terms(ast.parse(weight.strip(), mode="eval").body, "")[number.term]


def _weight(scenario: Scenario, path: str) -> int | str:
    """The weight at a path such as numbers bear."""
    kind, *steps = path.split(".")
    if kind == "quiet":
        return scenario.quiet
    name = steps[0]
    if kind == "aims":
        return scenario.aims[name].weight
    if kind == "reactions":
        return scenario.reactions[name].shift
    if kind == "responses":
        return _of(scenario.responses[name].reaction, steps[2])
    if kind == "tables":
        return _of(scenario.tables[name].outcomes, steps[1])
    if kind == "events":
        return _of(scenario.events[name].outcomes, steps[1])
    inject = scenario.injects[name]
    if steps[1] == "weight":
        return inject.weight or 0
    return _of(inject.answers[steps[1]].reaction, steps[3])


def _of(listed: tuple[Outcome, ...], name: str) -> int | str:
    return next(outcome.weight for outcome in listed if outcome.id == name)


def _terms(node: ast.expr, sign: str) -> list[str]:
    """The terms of a sum, each with its sign where it is taken away."""
    turned = "" if sign else "-"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        right = turned if isinstance(node.op, ast.Sub) else sign
        return [*_terms(node.left, sign), *_terms(node.right, right)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return _terms(node.operand, turned if isinstance(node.op, ast.USub) else sign)
    return [sign + ast.unparse(node)]
