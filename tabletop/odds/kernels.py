"""The two inner loops of a solve, in numpy, and compiled where the extra `fast` is installed.

Both give the same numbers to the last bit: the same additions in the same order. Set
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

Worth = Numbers
"""By world, aim and column."""


class Kernels(NamedTuple):
    """The inner loops. `rows` are worlds of one place, `to` those that they lead to."""

    add: Callable[[Worth, Rows, Numbers, Worth, Rows], None]
    """found[rows] += chance[rows] * after[to]; the chances are by world and aim."""
    better: Callable[[Worth, Rows, Worth, Rows], None]
    """found[rows] becomes the better of itself and after[to]; the worse in the second half."""
    block: int
    """Worlds to do at a time, so that what is found for them stays in the processor's cache."""


def _add(found: Worth, rows: Rows, chance: Numbers, after: Worth, to: Rows) -> None:
    found[rows] += chance[rows][:, :, None] * after[to]


def _better(found: Worth, rows: Rows, after: Worth, to: Rows) -> None:
    half = found.shape[2] // 2
    known, other = found[rows], after[to]
    np.maximum(known[:, :, :half], other[:, :, :half], out=known[:, :, :half])
    np.minimum(known[:, :, half:], other[:, :, half:], out=known[:, :, half:])
    found[rows] = known


PLAIN = Kernels(_add, _better, 2_048)


def kernels(worlds: int) -> Kernels:
    """The loops for a game of so many worlds: to load compiled ones pays for large games only."""
    wanted = os.environ.get("TABLETOP_FAST", "1") != "0"
    if worlds < 1_000_000 or not wanted or find_spec("numba") is None:
        return PLAIN
    return compiled()


@cache
def compiled() -> Kernels:
    """The compiled loops; raises `ImportError` where numba is not installed."""
    from numba import njit

    @njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
    def add(found, rows, chance, after, to):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        for number in range(len(rows)):
            row, other = rows[number], to[number]
            for aim in range(found.shape[1]):
                share = chance[row, aim]
                for column in range(found.shape[2]):
                    found[row, aim, column] += share * after[other, aim, column]

    @njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
    def better(found, rows, after, to):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        half = found.shape[2] // 2
        for number in range(len(rows)):
            row, other = rows[number], to[number]
            for aim in range(found.shape[1]):
                for column in range(half):
                    value = after[other, aim, column]
                    found[row, aim, column] = max(found[row, aim, column], value)
                for column in range(half, found.shape[2]):
                    value = after[other, aim, column]
                    found[row, aim, column] = min(found[row, aim, column], value)

    return Kernels(add, better, 1_024)
