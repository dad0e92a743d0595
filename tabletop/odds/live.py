"""What of a world can still matter: the flags and track values that some later guard tells apart.

Two worlds that agree in all that is live have the same future, so that exact odds need
only one of them. This is the reduction that Storm and others reach by bisimulation,
computed ahead from the guards alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tabletop.odds.transfer import told_apart, track_moves
from tabletop.scenario.expression import Both, Compare, Either, FlagSet, Guard, Not

if TYPE_CHECKING:
    from tabletop.odds.packing import Bounds
    from tabletop.rules.guards import Layout, Test
    from tabletop.rules.program import Effect

Live = int
"""What matters at one place of a turn, as a set of bits that `Matters` tells apart.

Bits, so that what matters on either of two ways is one `|`.
"""
NOTHING: Live = 0
"""What matters once a game is over."""
Cuts = frozenset[int]
"""The thresholds k of a track for which a later guard asks whether its value is at least k."""


class _Field(NamedTuple):
    """Where the thresholds of a track stand: the first bit, all of them shifted down, the first."""

    at: int
    ones: int
    first: int


@dataclass(frozen=True, eq=False, slots=True)
class Transfer:
    """What an effect asks for, and what it moves, in one turn and stage."""

    overwritten: int
    """The flags that it sets or clears whatever happens."""
    reads: Live
    moves: tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]
    """By track: the values after it by the value before, one way for each state of the rest."""
    known: dict[tuple[int, int], int] = field(default_factory=dict)
    """By track and thresholds after: the thresholds before, as bits."""


class Matters:
    """Which bit of a `Live` stands for what in one program."""

    def __init__(self, layout: Layout, settled: Bounds, within: Bounds) -> None:
        """For tracks that are `settled` within their ranges, and always stay `within` bounds."""
        self.layout = layout
        self._flags = (1 << len(layout.flags)) - 1
        self.came_from: Live = 1 << len(layout.flags)
        """The bit of the stage that the present one was entered from."""
        fields = []
        at = len(layout.flags) + 1
        clamped = self._flags | self.came_from
        for (low, high), (least, most) in zip(settled, within, strict=True):
            # No guard tells values apart below the second lowest or above the highest.
            field = _Field(at, (1 << (most - least)) - 1, least + 1)
            fields.append(field)
            clamped |= ((1 << (high - low)) - 1) << (at + low - least)
            at += most - least
        self._tracks = tuple(fields)
        self._clamped = clamped
        self.everything: Live = (1 << at) - 1
        """All that could matter anywhere."""

    def flags(self, live: Live) -> int:
        """The flags that matter."""
        return live & self._flags

    def cuts(self, live: Live) -> tuple[Cuts, ...]:
        """By track: the thresholds that matter."""
        return tuple(
            frozenset(first + bit for bit in range(ones.bit_length()) if (live >> (at + bit)) & 1)
            for at, ones, first in self._tracks
        )

    def reads(self, guard: Guard) -> Live:
        """What a guard, with turn and stage filled in, needs to know of a world."""
        if isinstance(guard, FlagSet):
            return 1 << self.layout.flags[guard.name]
        if isinstance(guard, Not):
            return self.reads(guard.part)
        live = NOTHING
        if isinstance(guard, Both | Either):
            for part in guard.parts:
                live |= self.reads(part)
        elif isinstance(guard, Compare) and guard.subject in self.layout.tracks:
            at, ones, first = self._tracks[self.layout.tracks[guard.subject]]
            for cut in _thresholds(guard):
                if 0 <= cut - first < ones.bit_length():
                    live |= 1 << (at + cut - first)
        return live

    def transfer(self, effect: Effect, asked: Mapping[Test, Guard]) -> Transfer:
        """What must be known before an effect; `asked` has what its conditions ask here."""
        moves = track_moves(effect, self.layout.tracks, asked)
        live = NOTHING
        for extra in effect.also:
            read = self.reads(asked[extra.test])
            deltas = extra.effect.deltas
            if len(deltas) == 1 and not extra.effect.sets | extra.effect.clears:
                track = deltas[0][0]
                if moves[track].precise():
                    # What it reads of the one track that it moves is in the moves themselves.
                    at, ones, _ = self._tracks[track]
                    read &= ~(ones << at)
            live |= read
        branches = []
        for track, found in moves.items():
            low = self._tracks[track].first - 1
            high = low + self._tracks[track].ones.bit_length()
            branches.append((track, tuple(found.branches(low, high))))
        return Transfer(effect.sets | effect.clears, live, tuple(branches))

    def before_effect(self, live: Live, transfer: Transfer) -> Live:
        """What must be known before an effect, for `live` to be known after it."""
        live &= ~transfer.overwritten
        for track, branches in transfer.moves:
            at, ones, first = self._tracks[track]
            after = (live >> at) & ones
            before = transfer.known.get((track, after))
            if before is None:
                cuts = [first + bit for bit in range(after.bit_length()) if after >> bit & 1]
                apart = told_apart(branches, cuts, first - 1)
                before = sum(1 << (cut - first) for cut in apart)
                transfer.known[track, after] = before
            live += (before - after) << at
        return live | transfer.reads

    def before_clamp(self, live: Live) -> Live:
        """What must be known before clamping tracks: no threshold outside a range matters."""
        return live & self._clamped


def _thresholds(compare: Compare) -> tuple[int, ...]:
    value = compare.value
    if compare.operator in (">=", "<"):
        return (value,)
    if compare.operator in (">", "<="):
        return (value + 1,)
    return (value, value + 1)


def classes(cuts: Cuts, low: int, high: int) -> tuple[int, ...]:
    """For every value from `low` to `high`, the lowest value that no later guard tells from it."""
    found = [low]
    for value in range(low + 1, high + 1):
        found.append(value if value in cuts else found[-1])
    return tuple(found)
