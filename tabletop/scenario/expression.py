"""The trees of guards and weights: what an expression of a scenario means, whatever runs it.

A guard is a condition: `tension >= 6 and not talks_open`. A weight is an integer or a
sum of integers and integers times guards: `3 + 2 * (pressure >= 5) - 1 * launched`.
Assumptions stand for their integer value and fold away when a program is compiled.
`tabletop.scenario.grammar` reads texts into these trees; `tabletop.rules.guards` turns
them into functions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tabletop.scenario.schema import Scenario

RESERVED = ("turn", "stage", "aim")

Operator = Literal["<", "<=", ">", ">=", "==", "!="]
OPERATORS: Mapping[Operator, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Names:
    """What the expressions of one scenario may mention."""

    tracks: Mapping[str, tuple[int, int]]
    """Each track's lowest and highest value."""
    levels: Mapping[str, Mapping[str, int]]
    """By track: the names of its values, where it has them."""
    flags: frozenset[str]
    stages: tuple[str, ...]
    aims: tuple[str, ...]
    assumptions: Mapping[str, Mapping[str, int]]
    turns: int

    def known(self) -> list[str]:
        """Every name that can stand alone in an expression."""
        return [*RESERVED, *self.tracks, *self.flags, *self.assumptions]


def names_of(scenario: Scenario) -> Names:
    """The names that `scenario` gives to its expressions."""
    levels = {
        name: {level: value for value, level in enumerate(track.levels)}
        for name, track in scenario.tracks.items()
        if track.levels
    }
    tracks = {
        name: (0, len(levels[name]) - 1) if name in levels else (track.range or (0, 0))
        for name, track in scenario.tracks.items()
    }
    return Names(
        tracks=tracks,
        levels=levels,
        flags=frozenset(scenario.flags),
        stages=tuple(scenario.stages),
        aims=tuple(scenario.aims),
        assumptions={name: dict(dial.values) for name, dial in scenario.assumptions.items()},
        turns=len(scenario.calendar),
    )


@dataclass(frozen=True, slots=True)
class Constant:
    """A condition that always or never holds."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """A track, the turn, the stage or the aim against a constant."""

    subject: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True)
class Dial:
    """An assumption against a constant; folds away when a program is compiled."""

    name: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True)
class FlagSet:
    """A flag that is set."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Guard


@dataclass(frozen=True, slots=True)
class Both:
    """All of several conditions."""

    parts: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several conditions."""

    parts: tuple[Guard, ...]


Guard = Constant | Compare | Dial | FlagSet | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a weight: a factor, times assumptions, counted while its guard holds."""

    factor: int
    dials: tuple[str, ...] = ()
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """A sum of terms; `dials` are the values that its assumptions may take."""

    terms: tuple[Term, ...]
    dials: Mapping[str, tuple[int, ...]]

    def lowest(self) -> int:
        """A bound from below over all worlds and assumptions."""
        return sum(min(self._range(term)) for term in self.terms)

    def highest(self) -> int:
        """A bound from above over all worlds and assumptions."""
        return sum(max(self._range(term)) for term in self.terms)

    def _range(self, term: Term) -> set[int]:
        products = {term.factor}
        for dial in term.dials:
            products = {value * setting for value in products for setting in self.dials[dial]}
        return products if term.guard is None else products | {0}


def fold(guard: Guard, settings: Mapping[str, int]) -> Guard:
    """The guard with what `settings` say filled in, and what is then constant removed.

    They give a value to every assumption and may give one to the turn, the stage or the aim.
    """
    if isinstance(guard, Dial) or (isinstance(guard, Compare) and guard.subject in settings):
        name = guard.name if isinstance(guard, Dial) else guard.subject
        return Constant(OPERATORS[guard.operator](settings[name], guard.value))
    if isinstance(guard, Not):
        part = fold(guard.part, settings)
        return Constant(not part.value) if isinstance(part, Constant) else Not(part)
    if isinstance(guard, Both | Either):
        decisive = isinstance(guard, Either)
        parts = [fold(part, settings) for part in guard.parts]
        if Constant(decisive) in parts:
            return Constant(decisive)
        open_parts = tuple(_flat(type(guard), parts))
        if not open_parts:
            return Constant(not decisive)
        return open_parts[0] if len(open_parts) == 1 else type(guard)(open_parts)
    return guard


def _flat(kind: type[Both | Either], parts: Iterable[Guard]) -> Iterator[Guard]:
    """The parts that are not constant, those of a part of the same kind among them."""
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        elif not isinstance(part, Constant):
            yield part


def mentions(guard: Guard) -> frozenset[str]:
    """The tracks, flags and reserved names that a guard reads."""
    if isinstance(guard, Compare):
        return frozenset({guard.subject})
    if isinstance(guard, FlagSet):
        return frozenset({guard.name})
    if isinstance(guard, Not):
        return mentions(guard.part)
    if isinstance(guard, Both | Either):
        return frozenset().union(*(mentions(part) for part in guard.parts))
    return frozenset()
