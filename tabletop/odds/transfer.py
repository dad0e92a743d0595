"""How an effect moves one track, and which values before it are told apart by those after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from tabletop.scenario.expression import (
    OPERATORS,
    Both,
    Compare,
    Constant,
    Either,
    Guard,
    Not,
)

if TYPE_CHECKING:
    from tabletop.rules.guards import Test
    from tabletop.rules.program import Effect

_MOST = 4
"""Other things that the conditions of one track's moves may ask for, to be looked at one by one."""


@dataclass
class TrackMoves:
    """What an effect adds to one track: always, and while conditions hold."""

    name: str
    always: int = 0
    conditional: list[tuple[Guard, int]] = field(default_factory=list)

    def branches(self, least: int, most: int) -> Iterator[tuple[int, ...]]:
        """By value from `least` to `most`: the value after, one way for each state of the rest.

        A condition such as "below 3, one more" does not tell 2 and 3 apart: both become 3.
        """
        others = sorted({part for guard, _ in self.conditional for part in self._others(guard)},
                        key=repr)  # fmt: skip
        if len(others) > _MOST:
            yield from self._blurred(least, most)
            return
        for states in product((False, True), repeat=len(others)):
            given = dict(zip(others, states, strict=True))
            yield tuple(
                value + self.always + sum(
                    delta for guard, delta in self.conditional if self._holds(guard, value, given)
                )
                for value in range(least, most + 1)
            )  # fmt: skip

    def precise(self) -> bool:
        """Whether `branches` has looked at the track's own part in every condition."""
        return len({part for guard, _ in self.conditional for part in self._others(guard)}) <= _MOST

    def _blurred(self, least: int, most: int) -> Iterator[tuple[int, ...]]:
        for held in product((False, True), repeat=len(self.conditional)):
            added = self.always + sum(
                delta for (_, delta), holds in zip(self.conditional, held, strict=True) if holds
            )
            yield tuple(value + added for value in range(least, most + 1))

    def _others(self, guard: Guard) -> Iterator[Guard]:
        for part in _leaves(guard):
            if not (isinstance(part, Compare) and part.subject == self.name):
                yield part

    def _holds(self, guard: Guard, value: int, given: Mapping[Guard, bool]) -> bool:
        if isinstance(guard, Compare) and guard.subject == self.name:
            return OPERATORS[guard.operator](value, guard.value)
        if isinstance(guard, Constant):
            return guard.value
        if isinstance(guard, Not):
            return not self._holds(guard.part, value, given)
        if isinstance(guard, Both):
            return all(self._holds(part, value, given) for part in guard.parts)
        if isinstance(guard, Either):
            return any(self._holds(part, value, given) for part in guard.parts)
        return given[guard]


def track_moves(
    effect: Effect, tracks: Mapping[str, int], asked: Mapping[Test, Guard]
) -> dict[int, TrackMoves]:
    """By track: what an effect adds to it; `asked` has the conditions, turn and stage filled in."""
    names = {track: name for name, track in tracks.items()}
    moves: dict[int, TrackMoves] = {}
    for track, delta in effect.deltas:
        moves.setdefault(track, TrackMoves(names[track])).always += delta
    for extra in effect.also:
        for track, delta in extra.effect.deltas:
            found = moves.setdefault(track, TrackMoves(names[track]))
            found.conditional.append((asked[extra.test], delta))
    return moves


def told_apart(branches: Iterable[tuple[int, ...]], cuts: Iterable[int], least: int) -> set[int]:
    """The thresholds before an effect, for thresholds `cuts` after it to be known."""
    after = sorted(cuts)
    found = set()
    for branch in branches:
        for at in range(1, len(branch)):
            low, high = sorted((branch[at - 1], branch[at]))
            if any(low < cut <= high for cut in after):
                found.add(least + at)
    return found


def _leaves(guard: Guard) -> Iterator[Guard]:
    if isinstance(guard, Not):
        yield from _leaves(guard.part)
    elif isinstance(guard, Both | Either):
        for part in guard.parts:
            yield from _leaves(part)
    elif not isinstance(guard, Constant):
        yield guard
