"""Worlds that share their future at a place, brought to one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tabletop.odds.live import classes

if TYPE_CHECKING:
    from tabletop.odds.live import Live, Matters
    from tabletop.odds.packing import Bounds, Field, Keys, Packing


class Reduction:
    """Clears what no longer matters: dead flags, and values that no later guard tells apart."""

    def __init__(
        self, packing: Packing, matters: Matters, live: Live, bounds: Bounds, over: int = 0
    ) -> None:
        """For a place within some `bounds`, where the flag `over`, if any, ends the game."""
        flags = matters.flags(live)
        self._over = over & flags
        kept = flags | (packing.aim.ones << packing.aim.shift)
        if live & matters.came_from:
            kept |= packing.came_from.ones << packing.came_from.shift
        base = lowest = 0
        self._tables: list[tuple[Field, npt.NDArray[np.int64]]] = []
        cuts_of = matters.cuts(live)
        for field, cuts, (low, high) in zip(packing.tracks, cuts_of, bounds, strict=True):
            lowest |= (low - field.low) << field.shift
            if not any(low < cut <= high for cut in cuts):
                base |= (low - field.low) << field.shift
                continue
            kept |= field.ones << field.shift
            steps = np.zeros(field.ones + 1, dtype=np.int64)
            for value, first in zip(range(low, high + 1), classes(cuts, low, high), strict=True):
                steps[value - field.low] = first - value
            if steps.any():
                self._tables.append((field, steps << field.shift))
        self._kept = kept
        self._base = base
        """The lowest values of the tracks that no longer matter."""
        self._lowest = lowest
        """The lowest values of all tracks."""

    def of(self, keys: Keys) -> Keys:
        """The keys of the worlds that stand for some worlds."""
        keys = (keys & self._kept) | self._base
        for field, steps in self._tables:
            keys = keys + steps.take((keys >> field.shift) & field.ones)
        if self._over:
            keys = self._ended(keys)
        return keys

    def _ended(self, keys: Keys) -> Keys:
        """A game that is as good as over keeps nothing but the flag that will end it."""
        return np.where((keys & self._over) != 0, self._over | self._lowest, keys)
