"""A sheet with a short list of which one line is taken: who looks, which line, which luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from tabletop.clean import clean_line
from tabletop.exercise.playhead import Playhead
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Choice
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

_TITLE = 30
_BESIDE = 60
"""Cells of a meaning that stands on the line of what it belongs to."""


class Row(NamedTuple):
    """A line to take."""

    title: str
    text: str = ""
    """What it means, in a lower voice."""


class PickScreen(TabletopSheet[int]):
    """Gives back which line was taken, counted from 0."""

    SCREEN = "pick"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pick")]

    def __init__(
        self, title: str, under: str, rows: Sequence[Row], chosen: int | None = None
    ) -> None:
        """Ask under a title; `chosen` is the line that holds now."""
        super().__init__()
        self.heading, self.under = clean_line(title), clean_line(under, 300)
        self.rows = tuple(rows)
        self.chosen = chosen

    def compose(self) -> ComposeResult:
        """A title, why one is asked, and the list."""
        long = any(cell_len(row.text) > _BESIDE for row in self.rows)
        write = _stacked if long else _beside
        labels = [(str(n), write(row)) for n, row in enumerate(self.rows)]
        chosen = None if self.chosen is None else str(self.chosen)
        with Vertical(classes="page"):
            yield Static(self.heading, classes="title", markup=False)
            yield Static(self.under, classes="under", markup=False)
            yield Choice(labels, chosen=chosen, numbered=len(self.rows) <= 9)
        yield KeyBar()

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Digits go as far as the list."""
        if act.id == "take" and digit is not None and digit > len(self.rows):
            return f"there are {len(self.rows)} lines to choose from"
        return None

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)

    def action_take(self, digit: int) -> None:
        """Take a line by its digit."""
        self.dismiss(digit - 1)

    def action_take_this(self) -> None:
        """Take the line under the cursor."""
        self.query_one(Choice).action_select()


def _beside(row: Row) -> list[Content | str]:
    """A line with what it means after it."""
    title = clean_line(row.title, 60)
    if not row.text:
        return [Content(title)]
    line = Content.assemble(
        Content(title).truncate(_TITLE - 2, pad=True, ellipsis=True),
        "  ",
        (clean_line(row.text, 90), Ink.MUTED),
    )
    return [line]


def _stacked(row: Row) -> list[Content | str]:
    """A line with what it means below it, where that is long."""
    title = Content(clean_line(row.title, 60))
    return [title, Content.styled(clean_line(row.text, 300), Ink.MUTED)]


def onlookers_sheet(head: Playhead) -> PickScreen:
    """Asks through whose eyes to look."""
    known = head.onlookers
    rows = [Row(each.title, _MEANS.get(each.viewer.kind, "")) for each in known]
    now = [each.viewer for each in known].index(head.viewer)
    under = "You see what they could know at each moment, and no more."
    return PickScreen("Look through whose eyes?", under, rows, now)


_MEANS = {
    "public": "what is told to everybody",
    "projector": "what hangs in front of the class",
    "control": "everything, the sealed things too",
    "team": "what its people know together",
}


def lines_sheet(head: Playhead) -> PickScreen:
    """Asks which line of play to look at."""
    rows = []
    for card in head.lines:
        how = f"ended in turn {card.turn}" if card.over else f"came to turn {card.turn}"
        origin = f", opened by control out of {card.came_from}" if card.came_from else ""
        team = f"Team {card.team}: " if card.team != card.name else ""
        rows.append(Row(card.name, f"{team}{how}{origin}"))
    now = [card.name for card in head.lines].index(head.line)
    under = "A line is one team's play; where control went back, another one begins."
    return PickScreen("Which line of play?", under, rows, now)


def branch_sheet(turn: int, line: str, *, alone: bool) -> PickScreen:
    """Asks with which luck to play on; where several people played, `line` is taken over."""
    where = "" if alone else f" of {line}"
    rows = [
        Row("The same luck", "the same rolls meet whatever you choose now"),
        Row("New luck", "from here on other rolls"),
    ]
    under = "A new save shares the past up to there and names this one; this one stays as it is."
    if not alone:
        under += " You take this line over and play it alone."
    return PickScreen(f"Play on from the decision of turn {turn}{where}", under, rows)
