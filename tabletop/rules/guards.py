"""Turns the trees of guards and weights into functions of a world.

The functions use only comparisons and the operators & | ^, so that they work on one
world of integers and on a world of numpy columns alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import itemgetter, or_
from typing import Any, NamedTuple

from tabletop.rules.kept import Reading
from tabletop.rules.world import World
from tabletop.scenario.expression import (
    Both,
    Compare,
    Constant,
    Dial,
    Either,
    FlagSet,
    Guard,
    Names,
    Not,
    Operator,
    fold,
    mentions,
)
from tabletop.scenario.grammar import parse_guard, parse_weight

Test = Callable[[World], bool]
Count = Callable[[World], int]


def always(world: World) -> bool:  # noqa: ARG001
    """The guard that every world meets."""
    return True


def never(world: World) -> bool:  # noqa: ARG001
    """The guard that no world meets."""
    return False


@dataclass(frozen=True)
class Layout:
    """Where a world keeps what a scenario names."""

    tracks: Mapping[str, int]
    flags: Mapping[str, int]
    """The bit of each flag."""

    def mask(self, flags: tuple[str, ...]) -> int:
        """The bits of several flags."""
        return reduce(or_, (1 << self.flags[flag] for flag in flags), 0)


class Number(NamedTuple):
    """A number that an author wrote into a weight."""

    path: str
    """Where the weight stands, such as `responses.offer_talks.reaction.engages.weight`."""
    term: int
    """Which term of its sum, from 0."""


class Addend(NamedTuple):
    """One number's part in a weight: an amount that counts while its guard holds."""

    number: Number
    amount: int
    """With the assumptions that it is multiplied by."""
    test: Test


class GuardCompiler:
    """Compiles the expressions of one scenario under one setting of its assumptions."""

    def __init__(self, names: Names, layout: Layout, settings: Mapping[str, int]) -> None:
        self.names = names
        self.layout = layout
        self.settings = settings
        self.trees: dict[Test, Guard] = {always: Constant(True), never: Constant(False)}
        """What each function tests, for those who must know what a guard reads."""
        # A scenario says most things more than once, and to read them takes longest.
        self._texts: dict[str, Test] = {}
        self._tests: dict[Guard, Test] = {guard: test for test, guard in self.trees.items()}
        self._weights: dict[str, list[tuple[int, int, Test]]] = {}
        self._names: dict[Test, frozenset[str]] = {}

    def test(self, text: str | None) -> Test:
        """The function of a guard; without a guard, the one that always holds."""
        if text is None:
            return always
        if text not in self._texts:
            self._texts[text] = self.compiled(parse_guard(text, self.names))
        return self._texts[text]

    def both(self, first: Test, second: Test) -> Test:
        """The function that holds where both of two functions of this compiler do."""
        return self.compiled(Both((self.trees[first], self.trees[second])))

    def compiled(self, guard: Guard) -> Test:
        """The function of a tree; the same one for the same tree."""
        folded = fold(guard, self.settings)
        if folded not in self._tests:
            test = self._tests[folded] = self._test(folded)
            self.trees[test] = folded
        return self._tests[folded]

    def in_turn(self, test: Test, turn: int) -> Test:
        """The function that says in one turn what a function of this compiler says in all."""
        return self.compiled(fold(self.trees[test], {"turn": turn}))

    def reading(self, tests: Iterable[Test], *fields: str) -> Reading:
        """What some functions of this compiler look at in a world, and some of its fields too."""
        mask, tracks, places = 0, set[int](), {World._fields.index(field) for field in fields}
        for name in set[str]().union(*map(self._mentioned, tests)):
            if name in _FIELDS:
                places.add(_FIELDS[name])
            elif name in self.layout.tracks:
                tracks.add(self.layout.tracks[name])
            else:
                mask |= 1 << self.layout.flags[name]
        if not tracks and not places:
            return lambda world: world.flags & mask
        on_tracks, on_world = _those(tracks), _those(places)
        if not places:
            return lambda world: (world.flags & mask, on_tracks(world.tracks))
        return lambda world: (world.flags & mask, on_tracks(world.tracks), on_world(world))

    def _mentioned(self, test: Test) -> frozenset[str]:
        if test not in self._names:
            self._names[test] = mentions(self.trees[test])
        return self._names[test]

    def _test(self, guard: Guard) -> Test:
        if isinstance(guard, Constant):
            return always if guard.value else never
        if isinstance(guard, FlagSet):
            return _flag_test(1 << self.layout.flags[guard.name])
        if isinstance(guard, Compare):
            return self._comparison(guard)
        if isinstance(guard, Not):
            inner = self._test(guard.part)
            return lambda world: inner(world) ^ True
        if isinstance(guard, Dial):
            raise TypeError(f"assumption {guard.name!r} was not folded")
        return self._junction(guard)

    def _junction(self, guard: Both | Either) -> Test:
        join = _both if isinstance(guard, Both) else _either
        flags, parts = self._flags_together(guard) if isinstance(guard, Both) else ([], guard.parts)
        return reduce(join, [*flags, *map(self._test, parts)])

    def _flags_together(self, guard: Both) -> tuple[list[Test], list[Guard]]:
        """One test for all the flags of a conjunction, and the parts that are left."""
        wanted = unwanted = 0
        left: list[Guard] = []
        for part in guard.parts:
            if isinstance(part, FlagSet):
                wanted |= 1 << self.layout.flags[part.name]
            elif isinstance(part, Not) and isinstance(part.part, FlagSet):
                unwanted |= 1 << self.layout.flags[part.part.name]
            else:
                left.append(part)
        if wanted & unwanted:
            return [never], []
        return ([_mask_test(wanted | unwanted, wanted)] if wanted | unwanted else []), left

    def _comparison(self, guard: Compare) -> Test:
        if guard.subject in _FIELDS:
            return _FIELD_TESTS[guard.operator](_FIELDS[guard.subject], guard.value)
        return _TRACK_TESTS[guard.operator](self.layout.tracks[guard.subject], guard.value)

    def addends(self, weight: int | str, path: str) -> list[Addend]:
        """The parts of a weight that can count under these settings; `path` is where it stands."""
        if isinstance(weight, int):
            return [Addend(Number(path, 0), weight, always)] if weight else []
        return [
            Addend(Number(path, place), amount, test) for place, amount, test in self._parts(weight)
        ]

    def _parts(self, text: str) -> list[tuple[int, int, Test]]:
        """The terms of a weight that can count: their places, amounts and guards."""
        if text not in self._weights:
            found = self._weights[text] = []
            for place, term in enumerate(parse_weight(text, self.names).terms):
                amount = prod((self.settings[dial] for dial in term.dials), start=term.factor)
                test = always if term.guard is None else self.compiled(term.guard)
                if amount != 0 and test is not never:
                    found.append((place, amount, test))
        return self._weights[text]


def count(addends: Iterable[Addend]) -> int | Count:
    """What a weight comes to: an integer where nothing depends on the world, else a function.

    The function's value may be negative; a draw counts that as 0.
    """
    base = 0
    terms: list[tuple[int, Test]] = []
    for _, amount, test in addends:
        if test is always:
            base += amount
        else:
            terms.append((amount, test))
    if not terms:
        return base
    if len(terms) == 1:
        factor, test = terms[0]
        return lambda world: base + factor * test(world)
    if len(terms) == 2:
        (factor, test), (other, second) = terms
        return lambda world: base + factor * test(world) + other * second(world)
    return lambda world: base + sum([factor * test(world) for factor, test in terms])


def _those(places: Iterable[int]) -> Callable[[tuple[Any, ...]], Hashable]:
    """The values at some places of a row, the empty row where there are none."""
    return itemgetter(*places) if places else itemgetter(slice(0))


def _flag_test(mask: int) -> Test:
    return lambda world: (world.flags & mask) != 0


def _mask_test(mask: int, wanted: int) -> Test:
    return lambda world: (world.flags & mask) == wanted


_FIELDS = {field: World._fields.index(field) for field in ("turn", "stage", "aim")}
# Written out, because a call of `operator.ge` would double the cost of most guards.
_FIELD_TESTS: Mapping[Operator, Callable[[int, int], Callable[[Any], bool]]] = {
    "<": lambda field, value: lambda world: world[field] < value,
    "<=": lambda field, value: lambda world: world[field] <= value,
    ">": lambda field, value: lambda world: world[field] > value,
    ">=": lambda field, value: lambda world: world[field] >= value,
    "==": lambda field, value: lambda world: world[field] == value,
    "!=": lambda field, value: lambda world: world[field] != value,
}
_TRACK_TESTS: Mapping[Operator, Callable[[int, int], Test]] = {
    "<": lambda track, value: lambda world: world.tracks[track] < value,
    "<=": lambda track, value: lambda world: world.tracks[track] <= value,
    ">": lambda track, value: lambda world: world.tracks[track] > value,
    ">=": lambda track, value: lambda world: world.tracks[track] >= value,
    "==": lambda track, value: lambda world: world.tracks[track] == value,
    "!=": lambda track, value: lambda world: world.tracks[track] != value,
}


def _both(first: Test, second: Test) -> Test:
    return lambda world: first(world) & second(world)


def _either(first: Test, second: Test) -> Test:
    return lambda world: first(world) | second(world)
