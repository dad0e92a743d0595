"""The wire: everything that was heard, the newest first, under the turn it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.view import View, WireView
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.gauges import signed
from tabletop.tui.widgets.lines import BLANK, fitted, indented, spread
from tabletop.tui.widgets.window import Row, Window, numbered

_MARGIN = 2
_OURS, _LADDER = "▸", "≡"
_PRIVATE = "for you alone"

Items = tuple[WireView, ...]
Kept = dict[int, tuple[WireView, list[Content]]]
"""Lines of items, by the item itself: to compare the words of all of them takes longer."""


class Wire(Window):
    """The wire in a window: one widget, however long it gets.

    It goes back to its top when something new comes in, and stays where it was
    scrolled to otherwise.
    """

    MARGIN: ClassVar[int] = 1

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._items: Items = ()
        self._kept: Kept = {}
        self._kept_width = 0

    def show(self, view: View) -> None:
        """Show what this view's viewer has heard; does nothing where it shows that already."""
        if view.wire != self._items:
            if len(view.wire) != len(self._items):
                self.scroll_to(y=0, animate=False)
            self._items = view.wire
            self.lay_out()

    def rows(self, width: int) -> Sequence[Row]:
        """All that was heard."""
        if width != self._kept_width:
            self._kept, self._kept_width = {}, width
        return numbered(wire_lines(self._items, width, self._kept))


def wire_lines(heard: Items, width: int, kept: Kept | None = None) -> list[Content]:
    """The newest turn first, and the newest of each turn first.

    What was heard is given oldest first, as views have it; `kept` keeps the lines of each item
    for the next time at this width.
    """
    known = {} if kept is None else kept
    lines: list[Content] = []
    for _, group in groupby(reversed(heard), key=lambda item: item.turn):
        items = list(group)
        if lines:
            lines.append(BLANK)
        lines.append(_heading(items[0], width))
        for item in items:
            found = known.get(id(item))
            if found is None or found[0] is not item:
                found = known[id(item)] = (item, _item(item, width))
            lines.append(BLANK)
            lines += found[1]
    return lines


def _heading(item: WireView, width: int) -> Content:
    turn, date = f"Turn {item.turn}", clean_line(item.date)
    return Content.styled(fitted(f"{turn} · {date}", width), Ink.MUTED)


@lru_cache(maxsize=1024)
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
