"""Running text in a window, wrapped to a measure that reads well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.content import Content

from tabletop.tui.widgets.lines import BLANK
from tabletop.tui.widgets.window import Row, Window

MEASURE = 90
"""Cells that running text is not made wider than."""


class Reading(Window):
    """A window around one text; what is copied from it has the text's own lines."""

    MARGIN: ClassVar[int] = 2

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._content = BLANK

    def put(self, content: Content) -> None:
        """Show another text, from its beginning; the same one stays as it is."""
        if (content.plain, content.spans) != (self._content.plain, self._content.spans):
            self._content = content
            self.lay_out()
            self.scroll_to(y=0, animate=False)

    def text(self) -> Content:
        """The text as it was given."""
        return self._content

    def rows(self, width: int) -> Iterator[Row]:
        """The text, wrapped."""
        wrapped = self._content._wrap_and_format(min(width, MEASURE))  # noqa: SLF001
        return (Row(line.content, line.x, line.y) for line in wrapped)
