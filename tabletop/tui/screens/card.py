"""The card of a response: what is done, who argues for and against it, what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tabletop.exercise.view import EvidenceView, ResponseView, View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.adviser import advised
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.widgets.card import ResponseCard


class CardScreen(TabletopSheet[None]):
    """One card at a time; the digits and the arrows turn to the others."""

    SCREEN = "card"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("card")]

    def __init__(self, view: View, place: int, advice: Mapping[str, str] | None = None) -> None:
        """Show the response at `place` of the menu, counted from 0, with an adviser's words."""
        super().__init__()
        self.advice = advice or {}
        self.view = view
        self.place = place

    @property
    def response(self) -> ResponseView:
        """The response on the card."""
        return self.view.responses[self.place]

    def compose(self) -> ComposeResult:
        """The card, which scrolls where it is longer than the screen."""
        with Vertical(classes="page"), VerticalScroll(id="card-page"):
            card = ResponseCard()
            card.show(self.view, self.response.id)
            yield card
            yield Static(id="card-advice", classes="after", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The adviser speaks below the card."""
        self._advise()

    def _advise(self) -> None:
        said = self.query_one("#card-advice", Static)
        words = self.advice.get(self.response.id)
        said.display = words is not None
        said.update(advised(words or ""))

    def _turn_to(self, place: int) -> None:
        self.place = place % len(self.view.responses)
        self.query_one(ResponseCard).show(self.view, self.response.id)
        self._advise()
        self.query_one("#card-page", VerticalScroll).scroll_home(animate=False)
        self.refresh_keys()

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """A closed response says why; digits go as far as the menu."""
        if act.id == "choose" and not self.response.supports:
            return self.response.closed or self.response.consent or "it is closed now"
        if act.id == "card" and digit is not None and digit > len(self.view.responses):
            return f"there are {len(self.view.responses)} responses now"
        if act.id == "sources" and not sources(self.response):
            return "this card cites nothing"
        return None

    def action_choose(self) -> None:
        """Go on to the decision."""
        from tabletop.tui.screens.decision import DecisionScreen

        self.app.push_screen(DecisionScreen(self.view, self.response))

    def action_previous(self) -> None:
        """The card before."""
        self._turn_to(self.place - 1)

    def action_next(self) -> None:
        """The next card."""
        self._turn_to(self.place + 1)

    def action_card(self, digit: int) -> None:
        """Another card by its digit."""
        self._turn_to(digit - 1)

    def action_sources(self) -> None:
        """The evidence behind the card."""
        from tabletop.tui.screens.office import sources_sheet

        self.app.push_screen(sources_sheet(self.response.title, sources(self.response)))


def sources(response: ResponseView) -> tuple[EvidenceView, ...]:
    """All evidence that a card rests on, each piece once."""
    cards = (*response.favour.cites, *response.against.cites, *response.cites)
    return tuple({card.id: card for card in cards}.values())
