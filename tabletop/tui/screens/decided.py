"""A decision that was made: its reason, who disagreed, what was expected, what else was open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.debrief.chapters import Part
from tabletop.debrief.model import DecisionStory
from tabletop.debrief.report import sentences as say
from tabletop.debrief.report.blocks import Paragraph
from tabletop.debrief.report.run_layout import decision_blocks
from tabletop.debrief.said import Words
from tabletop.exercise.playhead import Playhead
from tabletop.exercise.table import Moment
from tabletop.exercise.view import View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.screens.card import sources
from tabletop.tui.screens.office import sources_sheet
from tabletop.tui.widgets.card import ResponseCard
from tabletop.tui.widgets.parts import Parts


class DecidedScreen(TabletopSheet[None]):
    """The words said at a decision, as far as the viewer may hear them, above the card itself."""

    SCREEN = "decided"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("decided")]

    def __init__(self, head: Playhead) -> None:
        """Tell of the decision of the turn in which `head` stands."""
        super().__init__()
        self.turn = head.stop.turn
        self.onlooker = head.onlooker
        words = Words(head.table, head.viewer, head.table.record.lines[head.line], head.newest())
        self.made = words.decision(self.turn)
        self.parts = tuple(_parts(words, self.turn, self.made))
        self.then = _menu(head, self.turn)

    @property
    def response_id(self) -> str:
        """The response that was chosen."""
        return self.made.response if self.made is not None else ""

    def compose(self) -> ComposeResult:
        """What was said, then the card as it lay on the table."""
        with Vertical(classes="page"):
            yield Static(f"The decision of turn {self.turn}", classes="title", markup=False)
            yield Static(
                clean_line(f"as known to: {self.onlooker}", 80), classes="under", markup=False
            )
            with VerticalScroll(id="card-page"):
                yield Parts(self.parts)
                if self._response is not None:
                    yield Static("The card", classes="label", markup=False)
                    card = ResponseCard(classes="after")
                    card.show(self.then, self.response_id)
                    yield card
        yield KeyBar()

    def on_mount(self) -> None:
        """Let it scroll with the arrows at once."""
        self.query_one("#card-page").focus()

    @property
    def _response(self) -> object | None:
        return next((each for each in self.then.responses if each.id == self.response_id), None)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Sources only where the card has some."""
        if act.id == "sources" and not self._cited:
            return "this card cites nothing"
        return None

    @property
    def _cited(self) -> bool:
        found = [each for each in self.then.responses if each.id == self.response_id]
        return bool(found and sources(found[0]))

    def action_sources(self) -> None:
        """The evidence behind the card."""
        found = next(each for each in self.then.responses if each.id == self.response_id)
        self.app.push_screen(sources_sheet(found.title, sources(found)))


def _parts(words: Words, turn: int, made: DecisionStory | None) -> Iterator[Part]:
    for given in words.answers(turn):
        yield Paragraph(say.answered(given), "Answered at once")
    if made is not None:
        yield from decision_blocks(made, words.scenario.forecast.question)
        if not words.heard:
            yield Paragraph("what they said among themselves is for them and for control", "Sealed")
    for ruling in words.rulings(turn):
        yield Paragraph(say.ruling(ruling), "Control")


def _menu(head: Playhead, turn: int) -> View:
    """The view when the decision was waited for, with the cards that lay on the table then."""
    place = head.opening_of(turn)
    stop = head.stops[head.place if place is None else place]
    return head.table.view(head.viewer, Moment(stop.line or head.line, stop.event))
