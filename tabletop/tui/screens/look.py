"""What the screens with a board share: larger views of its parts, and the cards of its menu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from tabletop.exercise.view import View
from tabletop.tui.actions import Act
from tabletop.tui.board import Board
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.responses import ResponseMenu

if TYPE_CHECKING:
    from tabletop.tui.screens.card import CardScreen


class LookScreen(TabletopScreen[None]):
    """A screen with a board, whose parts can each be looked at alone."""

    view: View

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """What is not there cannot be looked at."""
        if act.id == "aftermath" and self.view.aftermath is None:
            return "this is the first turn: nothing has happened yet"
        if act.id == "sources" and not self.view.brief_cites:
            return "this brief cites nothing"
        if act.id == "map" and self.view.theatre is None:
            return "this scenario has no map"
        return super().why_not(act, digit)

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

    def action_office(self) -> None:
        """Brief, goals, objective and assumptions."""
        from tabletop.tui.screens.office import office_sheet

        self.app.push_screen(office_sheet(self.view))

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


class ChoiceScreen(LookScreen):
    """A board with a menu of responses, each of which opens a card."""

    def card(self, place: int) -> CardScreen:
        """The card of the response at `place` of the menu, counted from 0."""
        raise NotImplementedError

    def draw(self, view: View) -> None:
        """Show a newer view: above, on the board and in the menu.

        A save that cannot be written is told elsewhere, where there is a key that helps.
        """
        self.view = view
        self.query_one(Header).show(replace(view, warning=None))
        self.query_one(Board).show(view)
        self.query_one(ResponseMenu).show(view)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Digits go as far as the menu; a flash is answered where there is one."""
        if act.id == "respond" and digit is not None and digit > len(self.view.responses):
            return f"there are {len(self.view.responses)} responses now"
        if act.id == "flash" and self.view.flash is None:
            return "nothing has to be answered at once"
        return super().why_not(act, digit)

    def action_respond(self, digit: int) -> None:
        """Open the card of a response by its digit."""
        self._open_card(digit - 1)

    def action_open(self) -> None:
        """Open the card of the response under the cursor."""
        self.query_one(ResponseMenu).action_choose()

    @on(ResponseMenu.Chosen)
    @on(ResponseMenu.Refused)
    def _chosen(self, message: ResponseMenu.Chosen | ResponseMenu.Refused) -> None:
        """A closed card can be read too: it says why it is closed."""
        ids = [response.id for response in self.view.responses]
        self._open_card(ids.index(message.response_id))

    def _open_card(self, place: int) -> None:
        if place < len(self.view.responses):
            self.app.push_screen(self.card(place))
