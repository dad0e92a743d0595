"""The line at the top: which crisis, which turn, which days, which stage."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.view import View
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.lines import BLANK, fitted, spread

_DONE, _LEFT = "━", "─"


class Where(NamedTuple):
    """Where in the game a view stands."""

    title: str
    turn: int
    turns: int
    date: str
    stage: str
    line: str
    warning: str | None


class Header(Drawn[Where]):
    """One quiet line: the turn and its days first, since they change; the stage at the right.

    A line of play that was rewound is named; a warning about the save takes the place of
    the stage.
    """

    def pick(self, view: View) -> Where:
        """What the line says."""
        line = view.line if "." in view.line else ""
        return Where(
            view.title, view.turn, view.turns, view.date, view.stage_title, line, view.warning
        )

    def lines(self, subject: Where, width: int, height: int | None) -> list[Content]:
        """The fullest line that fits."""
        del height
        right = _right(subject, width // 2)
        room = width - right.cell_length - 2
        turn = Content.styled(f"Turn {subject.turn} of {subject.turns}", Ink.STRONG)
        date = Content.styled(clean_line(subject.date), Ink.MUTED)
        title = Content.styled(fitted(subject.title, 40), Ink.MUTED)
        way = Content.assemble(
            (_DONE * subject.turn, Ink.TEXT), (_LEFT * (subject.turns - subject.turn), Ink.FAINT)
        )
        gap = "   "
        for parts in ([title, turn, way, date], [turn, way, date], [turn, date], [turn]):
            left = Content(gap).join(parts)
            if left.cell_length <= room:
                return [spread(left, right, width)]
        return [spread(turn, right, width)]


def _right(where: Where, most: int) -> Content:
    if where.warning:
        return Content.styled(fitted(where.warning, most), Ink.DANGER)
    line = Content.styled(f"line {clean_line(where.line)}   ", Ink.MUTED) if where.line else BLANK
    return line + Content.styled(fitted(where.stage, most - line.cell_length), Ink.HERE)
