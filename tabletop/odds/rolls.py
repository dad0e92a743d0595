"""The draws of play for many games at once: the functions of `tabletop.rules.chance`, by column.

They are written there for integers and columns alike; their types say integers, which is what
play gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tabletop.odds.packing import Keys
from tabletop.rules.chance import pick, roll, splitmix64, stream
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.rules.program import Program

Bits = npt.NDArray[np.uint64]


def streams(seeds: Bits, luck: int) -> Bits:
    """By game: the base of its luck, as `stream` makes it."""
    return stream(seeds, luck)  # type: ignore[arg-type, return-value]


def rolls(base: Bits, key: int, turn: int) -> Bits:
    """By game: the 64 bits that `roll` draws at one site."""
    return roll(base, key, turn)  # type: ignore[arg-type, return-value]


def mixed(bits: Bits) -> Bits:
    """By game: the 64 bits that `roll` draws at a site of its own; `bits` are base and site."""
    return splitmix64(bits)  # type: ignore[arg-type, return-value]


def picks(bits: Bits, totals: Keys) -> Keys:
    """By game: the number below its total that `pick` yields."""
    found: Bits = pick(bits, totals.astype(np.uint64))  # type: ignore[arg-type, assignment]
    return found.astype(np.int64)


def picked(bits: Bits, weights: Keys) -> Keys:
    """By game: the number of the outcome that 64 bits yield; weights by outcome and game."""
    sums = np.cumsum(weights, axis=0)
    number: Keys = np.count_nonzero(picks(bits, sums[-1]) >= sums, axis=0)
    return number


def dealt(program: Program, seeds: Bits) -> Keys:
    """By game: the number of its aim, drawn as `tabletop.rules.start.begin` draws it."""
    sums = np.cumsum(program.aims.weigh(begin(program, 0, aim=0).world))
    bits = rolls(streams(seeds, 0), program.aims.key, 0)
    return np.searchsorted(sums, picks(bits, sums[-1]), side="right")
