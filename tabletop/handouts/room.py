"""How much of a sheet a text will take, reckoned from its length, so that sheets can be filled.

The figures are those of text of 9 points on a Letter sheet, in the widest sans serif that
systems commonly have (DejaVu Sans); narrower ones, and A4, leave some space over. A test
prints every shipped scenario in a browser and counts the pages.
"""

from __future__ import annotations

from math import ceil

ACROSS = 102
"""Characters in a line of text across the page."""
LINES = 57.5
"""Lines of text on a page, with half a line to spare."""
HEADING = 1.9
"""Lines that a heading within a sheet takes, with the space around it."""
TITLE = 2.6
"""Lines that the heading of a sheet takes."""
BETWEEN = 0.2
"""Lines between a paragraph and the next."""


def lines(text: str, share: float = 1.0) -> int:
    """The lines that a text takes in a column of this share of the page."""
    return sum(ceil((len(line) or 1) / (ACROSS * share)) for line in text.split("\n"))


def paragraph(text: str) -> float:
    """The lines that a paragraph takes with the space below it."""
    return lines(text) + BETWEEN


class Room:
    """What is left of one sheet or of several."""

    def __init__(self, pages: int) -> None:
        self.left = LINES * pages

    def take(self, need: float) -> None:
        """Use so many lines, whether or not they are left."""
        self.left -= need

    def fits(self, need: float) -> bool:
        """Whether so many lines are left; if so they are used."""
        if need > self.left:
            return False
        self.left -= need
        return True
