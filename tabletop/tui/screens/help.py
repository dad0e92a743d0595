"""Help: what can be done on the screen below, from the catalogue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.tui.actions import GROUPS, Act, acts, bindings
from tabletop.tui.columns import Columns, Row
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import heading
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink


class HelpScreen(TabletopSheet[None]):
    """Every act of one screen by group, with its keys."""

    SCREEN = "help"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("help")]

    def __init__(self, about: str) -> None:
        """Tell of the screen called `about`."""
        super().__init__()
        self.about = about

    def compose(self) -> ComposeResult:
        """One column that scrolls."""
        with Vertical(classes="page"):
            yield Static("Help", classes="title", markup=False)
            with VerticalScroll():
                yield Columns(help_rows(self.about), label_width=26)
        yield KeyBar()


def help_rows(screen: str) -> list[Row]:
    """The help of a screen: groups of keys, each with its name and one sentence."""
    found = [act for act in acts(screen) if act.keys]
    rows: list[Row] = []
    for group in GROUPS:
        members = [act for act in found if act.group == group]
        if members:
            rows.extend([("", "")] if rows else [])
            rows.append((heading(group), ""))
            rows.extend((_name(act), Content.styled(act.help, Ink.MUTED)) for act in members)
    return rows


def _name(act: Act) -> Content:
    return Content.assemble((f"{act.shown_key:<7}", Ink.HERE), act.label)
