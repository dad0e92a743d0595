"""Coastlines and land borders of East Asia and the western Pacific, from Natural Earth.

The data are in the public domain; `tools/coastlines.py` made them from 1:50 million maps
as carried by world-atlas. Borders follow who is in control, not who claims.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

FILE = "east-asia.bin"
UNITS = 100
"""Stored units a degree."""
EDGES = ((0, 9000), (0, 17990), (1, -1500), (1, 6500))
"""Where the data end: west, east, south and north, each with its axis, in units."""
_MAGIC = b"COAST1\n"


@dataclass(frozen=True, slots=True)
class Outline:
    """A line on the map in hundredths of a degree, and the box around it."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    west: int
    south: int
    east: int
    north: int

    def meets(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether the boxes overlap; all in hundredths of a degree."""
        return (
            self.west <= east and self.east >= west and self.south <= north and self.north >= south
        )


@dataclass(frozen=True, slots=True)
class Coast:
    """All outlines: closed rings of land, and open lines where countries meet."""

    rings: tuple[Outline, ...]
    borders: tuple[Outline, ...]


def unpack(data: bytes) -> Coast:
    """The outlines of a packed file.

    Raises ValueError where the bytes are not such a file.
    """
    if not data.startswith(_MAGIC):
        raise ValueError("not a map of tabletop")
    numbers = array("h")
    try:
        numbers.frombytes(zlib.decompress(data[len(_MAGIC) :]))
    except zlib.error as error:
        raise ValueError(f"a damaged map: {error}") from error
    if sys.byteorder == "big":
        numbers.byteswap()
    rings, borders = numbers[0], numbers[1]
    counts = numbers[2 : 2 + rings + borders]
    first, total = 2 + rings + borders, sum(counts)
    xs = tuple(accumulate(numbers[first : first + total]))
    ys = tuple(accumulate(numbers[first + total : first + 2 * total]))
    lines: list[Outline] = []
    start = 0
    for count in counts:
        x, y = xs[start : start + count], ys[start : start + count]
        lines.append(Outline(x, y, min(x), min(y), max(x), max(y)))
        start += count
    return Coast(tuple(lines[:rings]), tuple(lines[rings:]))


@cache
def coast() -> Coast:
    """The map that ships with the program, read once when it is first needed."""
    return unpack(files(__name__).joinpath(FILE).read_bytes())
