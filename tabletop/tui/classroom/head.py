"""The head of a seat: the phase with its clock, what follows, and who sits here."""

from __future__ import annotations

from textual.content import Content

from tabletop.exercise.console.wording import PHASES, following, round_words
from tabletop.tui.classroom.telling import who
from tabletop.tui.hour.head import HourHead, Told
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import fitted

_ROOM_FOR_THREE = 34
"""Rows of the terminal from which on the head has three of them."""


class SeatHead(HourHead):
    """The clock of the console, told for one seat; one line where the terminal is low."""

    def lines(self, subject: Told, width: int, height: int | None) -> list[Content]:
        """Three lines, or one."""
        if self.app.size.height >= _ROOM_FOR_THREE:
            return super().lines(subject, width, height)
        hour = subject.hour
        ink = Ink.DANGER if subject.over else Ink.HERE if subject.soon else Ink.STRONG
        first = Content.assemble(
            (f"{subject.shown}   " if subject.shown else "", ink),
            (PHASES[hour.phase], Ink.STRONG),
            (f"   {round_words(hour)}", Ink.MUTED),
            ("   paused" if hour.paused else "", Ink.HERE),
            (f"   {who(hour)}", Ink.MUTED),
        )
        return [first.truncate(max(1, width), ellipsis=True)]

    def below(self, subject: Told, width: int) -> Content:
        """Who sits here, and what comes next."""
        after = following(subject.hour)
        then = f" · then {PHASES[after.phase]}" if after is not None else ""
        return Content.styled(fitted(who(subject.hour) + then, width), Ink.MUTED)
