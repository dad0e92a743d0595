"""The palette: everything in the catalogue that the screen below can do, found by typing."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.command import (
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.widgets import Input

from tabletop.tui.actions import Act, acts
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.screens.settings import THEMES

_NOT_NOW = "Not now: "


class CatalogueCommands(Provider):
    """Offers the acts of the screen, each with its key; what cannot be done says why."""

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for title, help_text, run in self._commands():
            yield DiscoveryHit(title, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches the letters typed."""
        matcher = self.matcher(query)
        for title, help_text, run in self._commands():
            score = matcher.match(title)
            if score > 0:
                # What cannot be done now says so, below what can.
                weight = 0.5 if help_text.startswith(_NOT_NOW) else 1.0
                yield Hit(weight * score, matcher.highlight(title), run, help=help_text)

    def _commands(self) -> list[tuple[str, str, Any]]:
        screen = self.screen
        app: Any = self.app
        if not isinstance(screen, TabletopScreen):
            return []
        found = [
            (
                f"{screen.label(act)}  ({act.shown_key})",
                _help(screen, act),
                partial(screen.attempt, act),
            )
            for act in acts(screen.SCREEN)
            if not act.numbered and act.id != "command_palette"
        ]
        themes = [
            (f"Theme: {title}", f"{text.capitalize()}.", partial(app.choose_theme, name))
            for name, title, text in THEMES
        ]
        return found + themes


def _help(screen: TabletopScreen[Any], act: Act) -> str:
    reason = screen.why_not(act)
    return act.help if reason is None else f"{_NOT_NOW}{reason}"


class QuietPalette(CommandPalette):
    """Textual's palette with a cursor that does not blink and an icon of one cell."""

    def on_mount(self) -> None:
        """Still the cursor, and take the emoji away."""
        self.query_one(Input).cursor_blink = False
        self.query_one(SearchIcon).icon = "›"
