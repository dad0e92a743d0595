"""What a step does to worlds, both ways: to columns of them ahead, to what matters behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tabletop.odds.packing import Columns, Keys, Packing, applied

if TYPE_CHECKING:
    from tabletop.odds.live import Live, Matters, Transfer
    from tabletop.rules.program import Effect, Program


class Move(Protocol):
    """One change of worlds."""

    def ahead(self, packing: Packing, columns: Columns) -> Keys:
        """The worlds after it."""

    def behind(self, live: Live, matters: Matters) -> Live:
        """What must be known before it, for `live` to be known after it."""


@dataclass(frozen=True, eq=False, slots=True)
class Apply:
    """An effect takes hold, unclamped."""

    effect: Effect
    transfer: Transfer

    def ahead(self, packing: Packing, columns: Columns) -> Keys:
        """The worlds after it."""
        return applied(packing, self.effect, columns)

    def behind(self, live: Live, matters: Matters) -> Live:
        """What must be known before it."""
        return matters.before_effect(live, self.transfer)


@dataclass(frozen=True, eq=False, slots=True)
class Clamp:
    """Tracks come back into their ranges: what a step and its draws added up to, once."""

    low: tuple[int, ...]
    high: tuple[int, ...]
    tracks: tuple[int, ...]
    """Those that can be outside."""

    def ahead(self, packing: Packing, columns: Columns) -> Keys:
        """The worlds after it."""
        return packing.clamp(columns.flags, self.tracks)

    def behind(self, live: Live, matters: Matters) -> Live:
        """What must be known before it."""
        return matters.before_clamp(live)


@dataclass(frozen=True, eq=False, slots=True)
class Climb:
    """A rung of the ladder is taken; `came_from` is kept where a rule can lead back."""

    came_from: int

    def ahead(self, packing: Packing, columns: Columns) -> Keys:
        """The worlds after it."""
        keys = columns.flags
        return packing.came_from.put(keys, np.full_like(keys, self.came_from))

    def behind(self, live: Live, matters: Matters) -> Live:
        """What must be known before it."""
        return live & ~matters.came_from


@dataclass(frozen=True, eq=False, slots=True)
class TurnOver:
    """A turn ends: memories take the value of their flags, flags of the turn are cleared."""

    program: Program

    def ahead(self, packing: Packing, columns: Columns) -> Keys:  # noqa: ARG002
        """The worlds after it."""
        keys = columns.flags
        for bit, memory in self.program.remembered:
            keys = np.where(keys & bit, keys | memory, keys & ~memory)
        return keys & ~self.program.turn_flags

    def behind(self, live: Live, matters: Matters) -> Live:  # noqa: ARG002
        """What must be known before it."""
        live &= ~self.program.turn_flags
        for bit, memory in reversed(self.program.remembered):
            if live & memory:
                live = (live & ~memory) | bit
        return live
