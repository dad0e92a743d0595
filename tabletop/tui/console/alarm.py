"""What is wrong with the room, on the console for as long as it lasts, with what to do."""

from __future__ import annotations

from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.console.troubles import Trouble
from tabletop.tui.hour.laid_out import LaidOut
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import wrapped

_ROWS = 4
"""Lines of the first trouble that are shown; all of it stands among the notes."""


class Alarm(LaidOut[tuple[Trouble, ...]]):
    """Not there while all is well."""

    def put(self, found: tuple[Trouble, ...]) -> None:
        """Show what is wrong now."""
        self.display = bool(found)
        self.draw(found)

    def lines(self, subject: tuple[Trouble, ...], width: int, height: int | None) -> list[Content]:
        """The first one in words, and how many more there are."""
        del height
        if not subject:
            return []
        first, *others = subject
        rows = wrapped(clean_line(f"! {first.words}", 600), width)
        told = [Content.styled(row, Ink.DANGER) for row in rows[:_ROWS]]
        if others or len(rows) > _ROWS:
            more = f"{len(others)} more, and all" if others else "All"
            told.append(Content.styled(f"{more} in words: key y", Ink.MUTED))
        return told
