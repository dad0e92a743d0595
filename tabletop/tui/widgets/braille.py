"""A grid of dots, eight to a cell, written as braille characters."""

from __future__ import annotations

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of a dot by its row and column within a cell."""
_FIRST = 0x2800
"""The braille character without a dot."""


class Dots:
    """Dots of a picture; a cell is two dots wide and four high, which makes them square."""

    __slots__ = ("cells", "columns", "rows")

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.cells = bytearray(columns * rows)

    @property
    def width(self) -> int:
        """Dots across."""
        return 2 * self.columns

    @property
    def height(self) -> int:
        """Dots down."""
        return 4 * self.rows

    def set(self, x: int, y: int) -> None:
        """Set a dot; one outside the grid is passed over."""
        if 0 <= x < 2 * self.columns and 0 <= y < 4 * self.rows:
            self.cells[(y >> 2) * self.columns + (x >> 1)] |= _BITS[y & 3][x & 1]

    def line(self, x0: float, y0: float, x1: float, y1: float, gap: int = 1) -> None:
        """Set the dots of a straight line, every `gap`-th of them."""
        dx, dy = x1 - x0, y1 - y0
        steps = max(1, round(max(abs(dx), abs(dy))))
        for step in range(0, steps + 1, gap):
            share = step / steps
            self.set(round(x0 + share * dx), round(y0 + share * dy))

    def bits(self, column: int, row: int) -> int:
        """The dots of a cell, as bits; 0 where it is empty."""
        return self.cells[row * self.columns + column]


def character(bits: int) -> str:
    """The braille character for the dots of a cell."""
    return chr(_FIRST + bits)
