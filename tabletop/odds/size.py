"""How much of a game exact odds can hold, and what to name where it is too much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.bounds import Reach
from tabletop.odds.expander import Expander
from tabletop.odds.refusal import Refusal, TooLargeError

if TYPE_CHECKING:
    from tabletop.errors import UsageError
    from tabletop.odds.packing import Keys
    from tabletop.odds.places import Place, Road
    from tabletop.rules.program import Effect, Inject, Program

MOST = 60_000_000
"""Steps from world to world within one turn; more would not fit into about two gigabytes."""
_LOOKED_AT = 1_000_000
"""Worlds that are looked at to name what makes them so many."""


def unpackable(program: Program, error: UsageError) -> TooLargeError:
    """The refusal of a scenario of which a single world is too large, as `error` tells."""
    ranges = Reach(program).widest
    wide = max(range(len(ranges)), key=lambda track: ranges[track][1] - ranges[track][0])
    track = list(program.layout.tracks)[wide]
    return TooLargeError(Refusal(f"{error}; the widest track is {track!r}", 0, track))


class Bounded(Expander):
    """Expands turns as `Expander` does; raises `TooLargeError` beyond `most` steps in a turn."""

    def __init__(
        self, road: Road, aims: Sequence[int], most: int = MOST, *, variants: int = 1
    ) -> None:
        super().__init__(road, aims, variants)
        self._most = most
        self._turn = 0
        self._steps = 0
        self._largest: Keys = np.empty(0, dtype=np.int64)

    def reduced(self, place: Place, keys: Keys) -> Keys:
        """The keys that stand for some worlds at a place; each is one step that led there."""
        found = super().reduced(place, keys)
        if place.turn != self._turn:
            # Worlds reach the next turn when all that belongs to this one has been reached.
            self._turn, self._steps, self._largest = place.turn, 0, found
        self._steps += len(found)
        if len(found) > len(self._largest):
            self._largest = found
        if self._steps > self._most:
            raise TooLargeError(self._refusal())
        return found

    def _refusal(self) -> Refusal:
        program, keys = self.road.program, self._largest[:_LOOKED_AT]
        fields = self.packing.tracks
        masks = {
            name: fields[place].ones << fields[place].shift
            for name, place in program.layout.tracks.items()
        }
        track, wide = _widest({name: _without(keys, mask) for name, mask in masks.items()})
        inject, left = _widest(
            {name: _without(keys, _leaves(each)) for name, each in program.injects.items()}
        )
        most = f"{self._most:,}".replace(",", " ")
        text = f"turn {self._turn} alone takes more than {most} steps between different situations"
        if track:
            text += f"; without the track {track!r} they would be {wide:.1f} times fewer"
        if inject:
            text += f"; without what the inject {inject!r} leaves behind, {left:.1f} times fewer"
        return Refusal(text, self._turn, track, inject)


def _widest(ratios: dict[str, float]) -> tuple[str, float]:
    name = max(ratios, key=lambda each: ratios[each], default="")
    return (name, ratios[name]) if name and ratios[name] > 1 else ("", 1.0)


def _without(keys: Keys, mask: int) -> float:
    return len(np.unique(keys)) / max(1, len(np.unique(keys & ~mask)))


def _leaves(inject: Inject) -> int:
    """The flags that an inject or an answer to it may set or clear."""
    mask = _touched(inject.effect)
    for answer in inject.answers:
        mask |= _touched(answer.effect)
    return mask


def _touched(effect: Effect) -> int:
    mask = effect.sets | effect.clears
    for extra in effect.also:
        mask |= _touched(extra.effect)
    return mask
