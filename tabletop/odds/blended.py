"""Programs that differ only in what their draws weigh, made into one, to be followed at once.

What can be reached is then worked out once, for whatever can happen under any of them, and
weighed by each: an amount of the blended program is a row of amounts, one for each program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from tabletop.rules.guards import Addend
from tabletop.rules.ladder import Ladder
from tabletop.rules.program import Chance, Program

if TYPE_CHECKING:
    from tabletop.odds.packing import Numbers
    from tabletop.rules.guards import Number, Test
    from tabletop.scenario.expression import Guard

_APART = {"scenario", "assumptions", "hash", "trees", "deciding", "occurs", "goals"}
"""What of a program no odds are made of, but for its guards."""


class DifferentError(Exception):
    """Programs differ in more than weights."""


class Variant(NamedTuple):
    """A program, with some of the author's numbers multiplied by factors."""

    program: Program
    factors: Mapping[Number, float] = MappingProxyType({})


def blends(variants: Sequence[Variant]) -> list[tuple[Program, list[int]]]:
    """Variants of one scenario, those together that differ only in weights, by their places."""
    if not variants:
        return []
    try:
        return [(blended(variants), [*range(len(variants))])]
    except DifferentError:
        pass
    groups: list[list[int]] = []
    for number, variant in enumerate(variants):
        for group in groups:
            if _alike(variants[group[0]].program, variant.program):
                group.append(number)
                break
        else:
            groups.append([number])
    return [(blended([variants[number] for number in group]), group) for group in groups]


def _alike(one: Program, two: Program) -> bool:
    try:
        blended([Variant(one), Variant(two)])
    except DifferentError:
        return False
    return True


def blended(variants: Sequence[Variant]) -> Program:
    """One program for odds alone, with the weights of several.

    Its amounts are rows with one for each variant. Raises `DifferentError` where programs
    differ in more.
    """
    return _Blender(variants).program()


class _Blender:
    def __init__(self, variants: Sequence[Variant]) -> None:
        # Most variants are of one program, which is walked through only once.
        self.programs = list({id(each.program): each.program for each in variants}.values())
        places = {id(program): place for place, program in enumerate(self.programs)}
        self.factors: list[list[tuple[int, Mapping[Number, float]]]] = [[] for _ in places]
        """By program: its variants' places, and their factors."""
        for place, variant in enumerate(variants):
            self.factors[places[id(variant.program)]].append((place, variant.factors))
        self.count = len(variants)
        self.trees: dict[Test, Guard] = {}
        for program in reversed(self.programs):
            self.trees.update(program.trees)
        self._known: dict[tuple[int, ...], Any] = {}

    def program(self) -> Program:
        # Even of one program the draws are to be made anew.
        return cast("Program", self._made(tuple(self.programs)))

    def _one(self, values: tuple[Any, ...]) -> Any:
        """What stands for the same piece of all programs."""
        key = tuple(map(id, values))
        if key not in self._known:
            self._known[key] = self._made(values)
        return self._known[key]

    def _made(self, values: tuple[Any, ...]) -> Any:
        first = values[0]
        if len({type(value) for value in values}) > 1:
            raise DifferentError
        if isinstance(first, Chance):
            return self._chance(values)
        if isinstance(first, Ladder):
            self._one(tuple((ladder.stages, ladder.rungs) for ladder in values))
            return first
        if is_dataclass(first):
            return self._piece(values)
        if isinstance(first, Mapping):
            self._same([tuple(value) for value in values])
            return {name: self._one(tuple(value[name] for value in values)) for name in first}
        if isinstance(first, tuple):
            self._same([len(value) for value in values])
            return tuple(self._one(each) for each in zip(*values, strict=True))
        self._same([self.trees[value] for value in values] if callable(first) else values)
        return first

    def _same(self, values: Sequence[Any]) -> None:
        if any(value != values[0] for value in values):
            raise DifferentError

    def _piece(self, values: tuple[Any, ...]) -> Any:
        first = values[0]
        whole = isinstance(first, Program)
        changed = {
            each.name: self._one(tuple(getattr(value, each.name) for value in values))
            for each in fields(first)
            if each.init and not (whole and each.name in _APART)
        }
        return replace(first, **changed, **({"trees": self.trees} if whole else {}))

    def _chance(self, chances: tuple[Chance, ...]) -> Chance:
        first = chances[0]
        self._same([(chance.site, chance.key, len(chance.outcomes)) for chance in chances])
        parts = [chance.addends for chance in chances]
        return replace(
            first,
            outcomes=self._one(tuple(chance.outcomes for chance in chances)),
            addends=tuple(self._addends(each) for each in zip(*parts, strict=True)),
        )

    def _addends(self, parts: Iterable[tuple[Addend, ...]]) -> tuple[Addend, ...]:
        """The parts of one outcome's weight in all variants; what a program lacks counts as 0."""
        found: dict[tuple[object, Guard], tuple[Addend, Numbers]] = {}
        for variants, addends in zip(self.factors, parts, strict=True):
            for addend in addends:
                key = (addend.number, self.trees[addend.test])
                amounts = found.setdefault(key, (addend, np.zeros(self.count)))[1]
                for place, factors in variants:
                    amounts[place] += addend.amount * factors.get(addend.number, 1)
        return tuple(
            addend._replace(amount=cast("int", amounts)) for addend, amounts in found.values()
        )
