"""Two or more runs side by side: where they part, then turn by turn, gauges and endings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from tabletop.debrief.chapters import Chapter, compare_chapters
from tabletop.debrief.comparison import Comparison
from tabletop.tui.actions import bindings
from tabletop.tui.screens.chapters import ChaptersScreen


class CompareScreen(ChaptersScreen):
    """A comparison in chapters; nothing can be changed here."""

    SCREEN = "compare"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("compare")]

    def __init__(self, found: Comparison) -> None:
        """Show a comparison."""
        super().__init__()
        self.found = found

    def told(self) -> Sequence[Chapter]:
        """Its chapters."""
        return compare_chapters(self.found)

    def heading(self) -> str:
        """How many runs, of what."""
        titles = dict.fromkeys(side.story.title for side in self.found.sides)
        return f"{len(self.found.sides)} runs side by side · {', '.join(titles)}"
