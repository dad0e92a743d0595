"""What the situation and its replay share: the larger views of what stands on the board."""

from __future__ import annotations

from tabletop.exercise.view import View
from tabletop.tui.board import Board
from tabletop.tui.screens.base import TabletopScreen


class LookScreen(TabletopScreen[None]):
    """A screen with a board, whose parts can each be looked at alone."""

    view: View

    def action_aftermath(self) -> None:
        """What the last turn brought."""
        from tabletop.tui.screens.reaction import LookBackScreen

        self.app.push_screen(LookBackScreen(self.view))

    def action_map(self) -> None:
        """The map over the whole screen."""
        from tabletop.tui.screens.large import MapScreen

        self.app.push_screen(MapScreen(self.view))

    def action_wire(self) -> None:
        """The wire over the whole screen."""
        from tabletop.tui.screens.large import WireScreen

        self.app.push_screen(WireScreen(self.view))

    def action_gauges(self) -> None:
        """The gauges with all their reasons."""
        from tabletop.tui.screens.large import GaugesScreen

        self.app.push_screen(GaugesScreen(self.view))

    def action_sources(self) -> None:
        """The evidence behind the brief."""
        from tabletop.tui.screens.office import sources_sheet

        self.app.push_screen(sources_sheet(self.view.turn_title, self.view.brief_cites))

    def action_read_on(self) -> None:
        """Scroll the story down."""
        self.query_one(Board).read_on(1)

    def action_read_back(self) -> None:
        """Scroll the story up."""
        self.query_one(Board).read_on(-1)
