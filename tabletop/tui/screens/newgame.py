"""Choosing a crisis to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.tui import start
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import plural
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.desk import ScenarioCard


_SUMMARY = 340
"""Characters of a summary in the list; the briefing has all of it."""


class NewGameScreen(TabletopSheet[None]):
    """Every scenario that was found, each with what it is about."""

    SCREEN = "newgame"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("newgame")]

    def __init__(self, cards: Sequence[ScenarioCard]) -> None:
        """Offer `cards`."""
        super().__init__()
        self.cards = tuple(cards)

    def compose(self) -> ComposeResult:
        """A list of crises."""
        with Vertical(classes="page"):
            yield Static("New game", classes="title", markup=False)
            yield Static(
                "Each game draws its adversary anew, with an aim you learn at the end.",
                classes="under",
                markup=False,
            )
            yield Menu(
                *(Option(self._prompt(card), id=str(n)) for n, card in enumerate(self.cards))
            )
        yield KeyBar()

    @staticmethod
    def _prompt(card: ScenarioCard) -> Content:
        length = plural(card.turns, "turn", "turns")
        note = f"{length} · a first game" if card.lesson else length
        return Content.assemble(
            (clean_line(card.title, 60), Ink.STRONG),
            (f"   {note}\n", Ink.MUTED),
            (clean_line(card.summary, _SUMMARY), ""),
            "\n",
        )

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Nothing can begin where no scenario was found."""
        if act.id in {"start", "dials"} and not self.cards:
            return "no scenario was found"
        if act.id == "dials" and self.is_mounted and not self._card().dials:
            return "this scenario has no assumptions to set"
        return None

    def _card(self) -> ScenarioCard:
        return self.cards[self.query_one(Menu).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_keys()

    @on(OptionList.OptionSelected)
    def _begin(self, message: OptionList.OptionSelected) -> None:
        self.program.open(start.NewGame(self.cards[message.option_index].id))

    def action_start(self) -> None:
        """Begin the crisis under the cursor."""
        self.query_one(Menu).action_select()

    def action_dials(self) -> None:
        """Set the assumptions of the crisis under the cursor."""
        from tabletop.tui.screens.dials import DialsScreen

        self.app.push_screen(DialsScreen(self._card()))
