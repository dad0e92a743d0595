"""Settings: the theme, and whether things move."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from tabletop.tui.actions import bindings
from tabletop.tui.choice import Choice
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import ANSI, CONTRAST, DAY, NIGHT, Ink

THEMES = (
    (NIGHT, "Night", "a situation room after dark"),
    (DAY, "Day", "ink on paper, for a bright room or a projector"),
    (ANSI, "Terminal", "your terminal's own sixteen colours; light on slow lines"),
    (CONTRAST, "High contrast", "white on black, with strong accents"),
)
MOTION = (
    ("moving", "On", "a beat after each choice, missiles that fly"),
    ("still", "Off", "everything appears at once"),
)


class SettingsScreen(TabletopSheet[None]):
    """Each change holds at once and is kept."""

    SCREEN = "settings"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("settings")]

    def compose(self) -> ComposeResult:
        """Two short lists."""
        motion = "still" if self.program.still else "moving"
        with Vertical(classes="page"):
            yield Static("Settings", classes="title", markup=False)
            yield Static("Theme", classes="label", markup=False)
            yield Choice(_labels(THEMES), chosen=self.app.theme, id="theme")
            yield Static("Movement", classes="label", markup=False)
            yield Choice(_labels(MOTION), chosen=motion, id="motion")
        yield KeyBar()

    @on(OptionList.OptionSelected, "#theme")
    def _theme(self, message: OptionList.OptionSelected) -> None:
        assert message.option_id is not None
        self.query_one("#theme", Choice).choose(message.option_id)
        self.program.choose_theme(message.option_id)

    @on(OptionList.OptionSelected, "#motion")
    def _motion(self, message: OptionList.OptionSelected) -> None:
        assert message.option_id is not None
        self.query_one("#motion", Choice).choose(message.option_id)
        if self.program.still != (message.option_id == "still"):
            self.program.action_toggle_motion()


def _labels(rows: tuple[tuple[str, str, str], ...]) -> list[tuple[str, list[Content | str]]]:
    return [
        (name, [Content.assemble(f"{title:<16}", (text, Ink.MUTED))]) for name, title, text in rows
    ]
