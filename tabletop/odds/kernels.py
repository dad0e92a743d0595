"""The inner loops of exact odds, in numpy, and compiled where the extra `fast` is installed.

Both give the same odds to the last bit: the same additions in the same order. Set
TABLETOP_FAST=0 to do without the compiled ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from tabletop.odds.packing import Numbers, Rows
from tabletop.odds.patterns import Codes

Worth = Numbers
"""By world, aim and column."""

LARGE = 4_000_000
"""Worlds of a game, over all places, for which it pays to load the compiled loops."""

_SHORT = 4_000
"""Worlds for which it pays to add up the masses of all aims in one call."""


class Step(NamedTuple):
    """Worlds of a place that go to another one, or to an ending."""

    rows: Rows | None
    """Which; None for all."""
    after: Worth
    """What the worlds are worth to which they may come."""
    to: Rows
    """To which of those each comes."""


Ways = Sequence[Sequence[Step]]
"""By way of a draw: its steps, of which no two start from the same world."""


Also = Callable[[int, Worth], None]
"""Hears the number of a way, and what all worlds of a draw come to by it; for now only."""


class Kernels(NamedTuple):
    """The inner loops.

    `rows` are worlds of one place, all where it is None; `to` where they lead. Of a draw,
    `chances` are by way, pattern, aim and column, alike in all columns: numpy multiplies fastest
    what has the same shape. `codes` are the patterns of the place's worlds.
    """

    add: Callable[[Worth, Rows | None, Numbers, Worth, Rows], None]
    """found[rows] += share * after[to]; a share by row and aim, or one for all aims."""
    better: Callable[[Worth, Rows | None, Worth, Rows], None]
    """found[rows] becomes the better of itself and after[to]; the worse in the second half."""
    draw: Callable[[Worth, Codes, Numbers, Ways], None]
    """found[rows] += chances[way, codes[rows]] * after[to], for every step of every way."""
    spread: Callable[[Numbers, Rows | None, Codes, Numbers, Numbers, Rows], None]
    """room[aim, to] += chance[aim, codes[rows]] * mass[aim, rows], one world after another."""
    pour: Callable[[Numbers, Rows, Numbers], None]
    """room[aim, to] += mass[aim], one world after another."""
    block: int
    """Bytes to work out at a time, so that they stay in the processor's cache."""


def _add(found: Worth, rows: Rows | None, share: Numbers, after: Worth, to: Rows) -> None:
    part = after.take(to, axis=0, mode="clip")
    part *= share[:, :, None]
    if rows is None:
        found += part
    else:
        part += found.take(rows, axis=0, mode="clip")
        found[rows] = part


def _better(found: Worth, rows: Rows | None, after: Worth, to: Rows) -> None:
    half = found.shape[2] // 2
    other = after.take(to, axis=0, mode="clip")
    known = found if rows is None else found[rows]
    np.maximum(known[:, :, :half], other[:, :, :half], out=known[:, :, :half])
    np.minimum(known[:, :, half:], other[:, :, half:], out=known[:, :, half:])
    if rows is not None:
        found[rows] = known


def _led(ways: Ways, shape: tuple[int, ...]) -> Iterator[tuple[int, Worth]]:
    """By number of the way: what all worlds of a draw come to by it; 0 where it is closed.

    It stands in one array, which the next way uses again.
    """
    part, some = np.empty(shape), np.empty((shape[0] + 1, *shape[1:]))
    some[-1] = 0.0  # for those that cannot take a way
    where = np.empty(shape[0], dtype=np.int32)
    for way, steps in enumerate(ways):
        if steps and steps[0].rows is None:
            steps[0].after.take(steps[0].to, axis=0, out=part, mode="clip")
            yield way, part
        elif steps:
            # To gather twice takes less time than to scatter once.
            where[:] = shape[0]
            first = 0
            for rows, after, to in steps:
                last = first + len(to)
                after.take(to, axis=0, out=some[first:last], mode="clip")
                where[rows] = np.arange(first, last, dtype=np.int32)
                first = last
            yield way, some.take(where, axis=0, out=part, mode="clip")


def draw(
    found: Worth, codes: Codes, chances: Numbers, ways: Ways, also: Also | None = None
) -> None:
    """The loop of this name, plain; `also` hears what the worlds come to by every way."""
    share = np.empty_like(found)
    for way, after in _led(ways, found.shape):
        if also is not None:
            also(way, after)
        chances[way].take(codes, axis=0, out=share, mode="clip")
        share *= after
        found += share


def _spread(
    room: Numbers, rows: Rows | None, codes: Codes, chance: Numbers, mass: Numbers, to: Rows
) -> None:
    if rows is not None:
        codes, mass = codes.take(rows), mass.take(rows, axis=1)
    _pour(room, to, chance.take(codes, axis=1) * mass)


def _pour(room: Numbers, to: Rows, mass: Numbers) -> None:
    if len(to) < _SHORT:
        assert room.flags.c_contiguous  # else reshape copies, and what is added is lost
        at = np.arange(len(room))[:, None] * room.shape[1] + to
        np.add.at(room.reshape(-1), at.reshape(-1), mass.reshape(-1))
        return
    for aim in range(len(room)):
        np.add.at(room[aim], to, mass[aim])


PLAIN = Kernels(_add, _better, draw, _spread, _pour, 1 << 20)


def kernels(worlds: int) -> Kernels:
    """The loops for a game of so many worlds: to load compiled ones pays for large games only."""
    return compiled() if worlds >= LARGE and is_fast() else PLAIN


def is_fast() -> bool:
    """Whether compiled loops are there and wanted."""
    return os.environ.get("TABLETOP_FAST", "1") != "0" and find_spec("numba") is not None


@cache
def compiled() -> Kernels:
    """The compiled loops; raises `ImportError` where numba is not installed."""
    from tabletop.odds import compiled as loops

    def add(found: Worth, rows: Rows | None, share: Numbers, after: Worth, to: Rows) -> None:
        if rows is None:
            loops.add_to_all(found, share, after, to)
        else:
            loops.add_to_some(found, rows, share, after, to)

    def drawn(found: Worth, codes: Codes, chances: Numbers, ways: Ways) -> None:
        for steps, chance in zip(ways, chances, strict=True):
            for rows, after, to in steps:
                if rows is None:
                    loops.draw_all(found, codes, chance, after, to)
                else:
                    loops.draw_some(found, rows, codes, chance, after, to)

    def better(found: Worth, rows: Rows | None, after: Worth, to: Rows) -> None:
        if rows is None:
            loops.better_of_all(found, after, to)
        else:
            loops.better_of_some(found, rows, after, to)

    def spread(
        room: Numbers, rows: Rows | None, codes: Codes, chance: Numbers, mass: Numbers, to: Rows
    ) -> None:
        if rows is None:
            loops.spread_all(room, codes, chance, mass, to)
        else:
            loops.spread_some(room, rows, codes, chance, mass, to)

    return Kernels(add, better, drawn, spread, loops.pour, 1 << 18)
