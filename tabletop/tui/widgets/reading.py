"""Running text in a window, laid out once for each text that it is given.

Textual lays a screen out a second time whenever the height of a text has changed by the
first layout. Nothing moves by it where the window around the text keeps its own size.
"""

from __future__ import annotations

from typing import Self

from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Static


class _LaidOutOnce(Widget):
    """A widget that asks for no other layout while its screen is being laid out."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Refresh, without another layout where this comes of one."""
        if layout and getattr(self.screen, "is_laying_out", False):
            layout = False
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class _Text(_LaidOutOnce, Static):
    """The text in the window."""


class Reading(_LaidOutOnce, VerticalScroll):
    """A window whose scrollbar always has its place, around one text."""

    def __init__(self, *, id: str, text_id: str) -> None:  # noqa: A002
        super().__init__(_Text(id=text_id), id=id)
        self._text_id = text_id

    def put(self, text: VisualType) -> None:
        """Show another text, from its beginning."""
        self.query_one(f"#{self._text_id}", _Text).update(text)
        self.scroll_home(animate=False)
