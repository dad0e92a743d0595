"""Large digits in half blocks, for a clock that is read from across a room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_BITS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "–": ("   ", "   ", "###", "   ", "   "),
}
_BLOCKS: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
ROWS: Final = 3


def large(text: str) -> Sequence[str]:
    """The characters of a clock, three rows high; any other character is left out."""
    drawn = [_BITS[each] for each in text if each in _BITS]
    rows = [" ".join(each[row] for each in drawn) for row in range(5)]
    rows.append(" " * len(rows[0]))
    return [
        "".join(
            _BLOCKS[upper == "#", lower == "#"]
            for upper, lower in zip(rows[at], rows[at + 1], strict=True)
        )
        for at in range(0, 6, 2)
    ]
