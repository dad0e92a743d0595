"""Many worlds at once: each packed into one integer of 64 bits, and read back as columns.

A world's flags are the low bits, then come the stage it came from and its tracks, each
in a field that is wide enough for the unclamped values inside a turn. Turn, stage and
aim are not packed: worlds that stand at one place share them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.rules.guards import Test
    from tabletop.rules.program import Effect
    from tabletop.rules.world import World

Keys = npt.NDArray[np.int64]
"""Worlds, packed."""
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int32]
"""Numbers of worlds at a place."""
Numbers = npt.NDArray[np.float64]
Bounds = tuple[tuple[int, int], ...]
"""By track: the lowest and the highest value."""

BITS = 63


class Field(NamedTuple):
    """Where a packed world keeps a number: its first bit, its bits once shifted down, its zero."""

    shift: int
    ones: int
    low: int

    def of(self, keys: Keys) -> Keys:
        """The numbers in a column of worlds."""
        return ((keys >> self.shift) & self.ones) + self.low

    def put(self, keys: Keys, values: Keys) -> Keys:
        """The worlds with other numbers in this field."""
        return (keys & ~(self.ones << self.shift)) | ((values - self.low) << self.shift)


@dataclass(frozen=True)
class Packing:
    """How the worlds of one program are packed."""

    flags: int
    """How many flags there are."""
    came_from: Field
    aim: Field
    """Of no bits, unless the aim decides more than weights."""
    tracks: tuple[Field, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]

    def pack(self, world: World) -> int:
        """One world as an integer."""
        key = world.flags | (world.came_from << self.came_from.shift)
        key |= (world.aim & self.aim.ones) << self.aim.shift
        for field, value in zip(self.tracks, world.tracks, strict=True):
            key |= (value - field.low) << field.shift
        return key

    def clamp(self, keys: Keys, tracks: Iterable[int]) -> Keys:
        """The worlds with some tracks brought back into their ranges."""
        for track in tracks:
            field = self.tracks[track]
            keys = keys + self._back[track].take((keys >> field.shift) & field.ones)
        return keys

    @cached_property
    def _back(self) -> list[Keys]:
        """By track and packed value: what brings it back into its range."""
        found = []
        for field, low, high in zip(self.tracks, self.low, self.high, strict=True):
            values = np.arange(field.ones + 1, dtype=np.int64) + field.low
            found.append((np.clip(values, low, high) - values) << field.shift)
        return found


def packing(
    flags: int,
    stages: int,
    low: tuple[int, ...],
    high: tuple[int, ...],
    within: Bounds,
    aims: int = 1,
) -> Packing:
    """The packing for a number of flags and stages, and tracks that stay `within` bounds.

    `aims` is how many aims are to be told apart. Raises `UsageError` if a world needs more
    than 63 bits.
    """
    ways = max(stages - 1, 1).bit_length()
    came_from = Field(flags, (1 << ways) - 1, 0)
    aim = Field(flags + ways, (1 << (aims - 1).bit_length()) - 1, 0)
    at = aim.shift + aim.ones.bit_length()
    fields = []
    for least, most in within:
        width = max(most - least, 1).bit_length()
        fields.append(Field(at, (1 << width) - 1, least))
        at += width
    if at > BITS:
        raise UsageError(
            f"the flags and tracks of this scenario take {at} bits a world, more than the "
            f"{BITS} that exact odds can hold"
        )
    return Packing(flags, came_from, aim, tuple(fields), low, high)


class Columns:
    """A column of packed worlds that guards read as they read one world.

    It has the fields of `tabletop.rules.world.World`; each is unpacked when it is first
    asked for.
    """

    def __init__(self, packing: Packing, keys: Keys, turn: int, stage: int, aim: int) -> None:
        self.turn = turn
        self.stage = stage
        self.aim: Any = packing.aim.of(keys) if packing.aim.ones else aim
        """One for all, or a column."""
        self.flags = keys
        """The packed worlds themselves: a mask of flags picks out their low bits."""
        self.tracks = _Tracks(packing, keys)
        self._packing = packing

    @property
    def came_from(self) -> Keys:
        """The stages that the present ones were entered from."""
        return self._packing.came_from.of(self.flags)

    def __getitem__(self, place: int) -> Any:
        """Turn, stage or aim, by its place in a world: guards read them so."""
        return (self.turn, self.stage, 0, self.aim)[place]

    def holds(self, test: Test) -> Mask:
        """Where a guard holds."""
        held = np.asarray(test(self), dtype=np.bool_)  # type: ignore[arg-type]
        return held if held.shape else np.full(len(self.flags), held)


class _Tracks:
    """The tracks of a column of worlds, unpacked one by one."""

    def __init__(self, packing: Packing, keys: Keys) -> None:
        self._packing = packing
        self._keys = keys
        self._read: dict[int, Keys] = {}

    def __getitem__(self, track: int) -> Keys:
        if track not in self._read:
            self._read[track] = self._packing.tracks[track].of(self._keys)
        return self._read[track]


def applied(packing: Packing, effect: Effect, columns: Columns) -> Keys:
    """The worlds after an effect, unclamped; conditional parts are judged on the worlds before."""
    keys = _added(packing, effect, columns.flags)
    for extra in effect.also:
        held = columns.holds(extra.test)
        keys = np.where(held, _added(packing, extra.effect, keys), keys)
    return keys


def _added(packing: Packing, effect: Effect, keys: Keys) -> Keys:
    if effect.clears or effect.sets:
        keys = (keys & ~effect.clears) | effect.sets
    step = sum(delta << packing.tracks[track].shift for track, delta in effect.deltas)
    return keys + step if step else keys
