"""A sheet of running text over another screen: sources, the office, the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.tui.actions import bindings
from tabletop.tui.columns import Columns, Row
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet

_LABEL = 6


class SheetScreen(TabletopSheet[None]):
    """A title and a text that scrolls; any part of it can be selected and copied."""

    SCREEN = "sheet"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sheet")]

    def __init__(self, title: str, text: Content | Sequence[Row]) -> None:
        """Show `text` under `title`: running text, or rows of labels and texts."""
        super().__init__()
        self.heading = clean_line(title, 70)
        self.text = text

    def compose(self) -> ComposeResult:
        """One column of text."""
        with Vertical(classes="page"):
            yield Static(self.heading, classes="title", markup=False)
            with VerticalScroll():
                if isinstance(self.text, Content):
                    yield Static(self.text)
                else:
                    yield Columns(self.text, label_width=_LABEL, gap=1)
        yield KeyBar()
