"""The deck: injects that control holds, and those of the scenario, to fire, change or write."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.exercise.console import story_acts
from tabletop.exercise.console.deck import InjectCard, injects
from tabletop.exercise.console.story_acts import card_note
from tabletop.exercise.hour.view import MessageView
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import line, paragraph, stack
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.gauges import signed
from tabletop.tui.widgets.lines import fitted, padded

_TITLE = 38
_WIDTH, _MARGIN = 130, 10


class DeckScreen(ConsoleScreenBase[None], TabletopSheet[None]):
    """What can be brought into play, with the text of the one under the cursor."""

    SCREEN = "deck"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("deck")]

    def __init__(self, team: str) -> None:
        """Offer `team` first where an inject is fired."""
        super().__init__()
        self._team = team
        self.cards: tuple[MessageView | InjectCard, ...] = ()

    @property
    def team(self) -> str:
        """The team that is offered first."""
        return self._team

    @property
    def card(self) -> MessageView | InjectCard | None:
        """The inject under the cursor."""
        at = self.query_one(Menu).highlighted if self.is_mounted else None
        return self.cards[at] if at is not None and at < len(self.cards) else None

    def compose(self) -> ComposeResult:
        """The list, and the text below it."""
        with Vertical(classes="page broad", id="deck"):
            yield Static("The deck", classes="title", markup=False)
            yield Menu(id="deck-list")
            with VerticalScroll(id="deck-page", can_focus=False):
                yield Static(id="deck-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the deck as it is."""
        self.look_again()
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus()

    def look_again(self) -> None:
        """Draw it anew where it has changed."""
        cards: tuple[MessageView | InjectCard, ...] = (
            *self.hour.deck,
            *injects(self.control.led.record, [row.team for row in self.hour.teams]),
        )
        if cards != self.cards:
            self.cards = cards
            teams, width = len(self.hour.teams), min(_WIDTH, self.app.size.width - _MARGIN)
            self.query_one(Menu).put([Option(_prompt(each, teams, width)) for each in cards])
            self._tell()
        self.refresh_keys()

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        card = self.card
        text = self.query_one("#deck-text", Static)
        text.update(_held(card) if isinstance(card, MessageView) else _told(card))
        self.refresh_keys()

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Injects of the scenario need play; only held ones can be taken out."""
        held = isinstance(self.card, MessageView)
        if act.id == "fire" and not held and not self.hour.begun:
            return "injects of the scenario come once play has begun"
        if act.id == "discard" and not held:
            return "only what you hold can be taken out of the deck"
        if act.id == "withhold" and held:
            return "it waits in your deck: it comes when you send it"
        return super().why_not(act, digit)

    def label(self, act: Act) -> str:
        """What Enter does with the card under the cursor."""
        if act.id == "fire" and isinstance(self.card, MessageView):
            return "Send it"
        if act.id == "withhold" and self._is_held:
            return "Let it come"
        return super().label(act)

    @on(OptionList.OptionSelected)
    async def _selected(self) -> None:
        await self.program.attempt("fire")

    def action_fire(self) -> None:
        """Bring the inject under the cursor into play."""
        card, at = self.card, self.control.leading(self._team)
        if isinstance(card, MessageView):
            self.control.lead(story_acts.send_written, at, card.title, card.text, card.number)
        elif card is not None:
            self.control.lead(story_acts.fire_card, at, card)

    @property
    def _is_held(self) -> bool:
        """Whether the inject under the cursor is held back from a team."""
        return isinstance(self.card, InjectCard) and bool(self.card.held)

    def action_withhold(self) -> None:
        """Hold the inject under the cursor back, or let it come in its time again."""
        card = self.card
        if isinstance(card, InjectCard):
            at, held = self.control.leading(self._team), not card.held
            self.control.lead(partial(story_acts.withhold_card, held=held), at, card)

    def action_edit(self) -> None:
        """Take the inject under the cursor as a draft of one's own."""
        card, at = self.card, self.control.leading(self._team)
        if isinstance(card, MessageView):
            self.control.lead(story_acts.rewritten, at, card)
        elif card is not None:
            self.control.lead(story_acts.written, at, card.title, card.text)

    def action_discard(self) -> None:
        """Take a held inject out of the deck."""
        card = self.card
        if isinstance(card, MessageView):
            self.control.lead(story_acts.taken_out, self.control.leading(self._team), card)


def _prompt(card: MessageView | InjectCard, teams: int, width: int) -> Content:
    if isinstance(card, MessageView):
        mark, note = ("●", Ink.HERE), "held by you, words alone"
    else:
        mark = ("○", Ink.MUTED) if card.came else ("·", Ink.MUTED)
        mark = ("‖", Ink.HERE) if card.held else mark
        note = card_note(card, teams)
    return Content.assemble(
        (f"{mark[0]} ", mark[1]),
        padded(card.title, _TITLE),
        "  ",
        (fitted(note, width - _TITLE - 4), Ink.MUTED),
    )


def _held(card: MessageView) -> Content:
    return stack((line(card.title, Ink.STRONG), paragraph(card.text)))


def _told(card: InjectCard | None) -> Content:
    if card is None:
        return Content("")
    moved = ", ".join(f"{clean_line(title)} {signed(delta)}" for title, delta in card.moves)
    alone = f"Only for: {', '.join(card.to)}" if card.to else ""
    return stack(
        (
            line(card.title, Ink.STRONG),
            paragraph(card.text),
            line(f"It moves {moved}", Ink.MUTED) if moved else None,
            line(alone, Ink.MUTED) if alone else None,
            line("It asks for an answer there and then.", Ink.HERE) if card.flash else None,
        )
    )
