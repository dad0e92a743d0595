"""The inner loops of exact odds, in numpy, and compiled where the extra `fast` is installed.

Both give the same odds to the last bit: the same additions in the same order. Set
TABLETOP_FAST=0 to do without the compiled ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
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


class Kernels(NamedTuple):
    """The inner loops. `rows` are worlds of one place, all where it is None; `to` where they lead.

    `chance` is by pattern, aim and column, alike in all columns, or has one for all: numpy
    multiplies fastest what has the same shape. `codes` are the patterns of the place's worlds.
    """

    add: Callable[[Worth, Rows | None, Codes, Numbers, Worth, Rows], None]
    """found[rows] += chance[codes[rows]] * after[to]"""
    better: Callable[[Worth, Rows | None, Worth, Rows], None]
    """found[rows] becomes the better of itself and after[to]; the worse in the second half."""
    tally: Callable[[Worth, Rows | None, Codes, Numbers, Worth, Rows], None]
    """sums[codes[rows]] += mass[aim, rows] * after[to]; in which order is left open."""
    spread: Callable[[Numbers, Rows | None, Codes, Numbers, Numbers, Rows], None]
    """room[aim, to] += chance[aim, codes[rows]] * mass[aim, rows], one world after another."""
    pour: Callable[[Numbers, Rows, Numbers], None]
    """room[aim, to] += mass[aim], one world after another."""
    block: int
    """Bytes to work out at a time, so that they stay in the processor's cache."""


def _add(
    found: Worth, rows: Rows | None, codes: Codes, chance: Numbers, after: Worth, to: Rows
) -> None:
    part = after.take(to, axis=0, mode="clip")
    part *= chance.take(codes if rows is None else codes[rows], axis=0, mode="clip")
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


def _tally(
    sums: Worth, rows: Rows | None, codes: Codes, mass: Numbers, after: Worth, to: Rows
) -> None:
    if not len(to):
        return
    part = after.take(to, axis=0, mode="clip")
    part *= (mass if rows is None else mass[:, rows]).T[:, :, None]
    codes = codes if rows is None else codes[rows]
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    first = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    sums[codes[first]] += np.add.reduceat(part[order], first, axis=0)


def _spread(
    room: Numbers, rows: Rows | None, codes: Codes, chance: Numbers, mass: Numbers, to: Rows
) -> None:
    if rows is not None:
        codes, mass = codes[rows], mass.take(rows, axis=1)
    _pour(room, to, chance.take(codes, axis=1) * mass)


def _pour(room: Numbers, to: Rows, mass: Numbers) -> None:
    if len(to) < _SHORT:
        assert room.flags.c_contiguous  # else reshape copies, and what is added is lost
        at = np.arange(len(room))[:, None] * room.shape[1] + to
        np.add.at(room.reshape(-1), at.reshape(-1), mass.reshape(-1))
        return
    for aim in range(len(room)):
        np.add.at(room[aim], to, mass[aim])


PLAIN = Kernels(_add, _better, _tally, _spread, _pour, 1 << 20)


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

    def add(
        found: Worth, rows: Rows | None, codes: Codes, chance: Numbers, after: Worth, to: Rows
    ) -> None:
        if rows is None:
            loops.add_to_all(found, codes, chance, after, to)
        else:
            loops.add_to_some(found, rows, codes, chance, after, to)

    def better(found: Worth, rows: Rows | None, after: Worth, to: Rows) -> None:
        if rows is None:
            loops.better_of_all(found, after, to)
        else:
            loops.better_of_some(found, rows, after, to)

    def tally(
        sums: Worth, rows: Rows | None, codes: Codes, mass: Numbers, after: Worth, to: Rows
    ) -> None:
        if rows is None:
            loops.tally_all(sums, codes, mass, after, to)
        else:
            loops.tally_some(sums, rows, codes, mass, after, to)

    def spread(
        room: Numbers, rows: Rows | None, codes: Codes, chance: Numbers, mass: Numbers, to: Rows
    ) -> None:
        if rows is None:
            loops.spread_all(room, codes, chance, mass, to)
        else:
            loops.spread_some(room, rows, codes, chance, mass, to)

    return Kernels(add, better, tally, spread, loops.pour, 1 << 18)
