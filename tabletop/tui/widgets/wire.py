"""The wire: everything that was heard, the newest first, under the turn it belongs to."""

from __future__ import annotations

from itertools import groupby

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.view import View, WireView
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.gauges import signed
from tabletop.tui.widgets.lines import BLANK, fitted, indented, spread

_MARGIN = 2
_OURS, _LADDER = "▸", "≡"
_PRIVATE = "for you alone"

Items = tuple[WireView, ...]


class WireText(Drawn[Items]):
    """The text of the wire, in one piece; Textual asks for its lines twice for one picture."""

    _laid: tuple[Items, int, list[Content]] = ((), -1, [])

    def pick(self, view: View) -> Items:
        """Everything heard so far, oldest first, as views give it."""
        return view.wire

    def lines(self, subject: Items, width: int, height: int | None) -> list[Content]:
        """The newest turn first, and the newest of each turn first."""
        del height
        if self._laid[:2] != (subject, width):
            self._laid = (subject, width, self._lay(subject, width))
        return self._laid[2]

    def _lay(self, subject: Items, width: int) -> list[Content]:
        lines: list[Content] = []
        for _, group in groupby(reversed(subject), key=lambda item: item.turn):
            items = list(group)
            if lines:
                lines.append(BLANK)
            lines.append(_heading(items[0], width))
            for item in items:
                lines += [BLANK, *_item(item, width)]
        return lines


class Wire(VerticalScroll):
    """The wire in a window: one widget of text, however long it gets.

    It goes back to its top when something new comes in, and stays where it was
    scrolled to otherwise.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._text = WireText()
        self._count = 0

    def compose(self) -> ComposeResult:
        """The one piece of text."""
        yield self._text

    def show(self, view: View) -> None:
        """Show what this view's viewer has heard."""
        if len(view.wire) != self._count:
            self._count = len(view.wire)
            self.scroll_home(animate=False)
        self._text.show(view)


def _heading(item: WireView, width: int) -> Content:
    turn, date = f"Turn {item.turn}", clean_line(item.date)
    return Content.styled(fitted(f"{turn} · {date}", width), Ink.MUTED)


def _item(item: WireView, width: int) -> list[Content]:
    """Who, what, the words, and what moved."""
    if item.kind == "ladder":
        return _climb(item, width)
    mark = _OURS if item.kind in ("decision", "support") else " "
    title = Content.assemble((f"{mark} ", Ink.MUTED), (fitted(item.title, width - 2), Ink.STRONG))
    by = Content.styled(
        *((_PRIVATE, Ink.HERE) if item.private else (fitted(item.by, 20), Ink.MUTED))
    )
    if title.cell_length + 2 + by.cell_length <= width:
        lines = [spread(title, by, width)]
    else:
        lines = [title, *([Content.assemble(" " * _MARGIN, by)] if by else [])]
    lines += indented(item.text, width, Ink.TEXT, indent=_MARGIN)
    if item.changes:
        moved = " · ".join(f"{title} {signed(delta)}" for title, delta in item.changes)
        lines += indented(moved, width, Ink.MUTED, indent=_MARGIN)
    return lines


def _climb(item: WireView, width: int) -> list[Content]:
    """A move along the ladder: a mark and the sentence."""
    first, *rest = indented(item.text, width, Ink.TEXT, indent=_MARGIN) or [BLANK]
    mark = Content.styled(f"{_LADDER} ", Ink.HERE)
    return [mark + first[_MARGIN:], *rest]
