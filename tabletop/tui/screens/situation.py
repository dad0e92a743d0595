"""The situation: what just happened, where that leaves us, what we can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.exercise.table import Action, Decide, HandOver
from tabletop.exercise.view import View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.board import Board
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.look import ChoiceScreen
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.responses import ResponseMenu

if TYPE_CHECKING:
    from tabletop.tui.adviser import Counsel
    from tabletop.tui.screens.card import CardScreen

_MUST_ANSWER = "first the flash must be answered"


class SituationScreen(ChoiceScreen):
    """The heart: one screen for the whole of a turn, shown anew when the next one opens."""

    SCREEN = "situation"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("situation")]

    def __init__(self, view: View) -> None:
        """Show `view`."""
        super().__init__()
        self.view = view
        self._counsel: Counsel | None = None

    def compose(self) -> ComposeResult:
        """Ladder, story and map above; gauges, responses and wire below."""
        yield Header()
        yield Static(id="warning", markup=False)
        yield Board(ResponseMenu(id="responses"))
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the view and, if something must be answered at once, ask."""
        self.show(self.view)
        self.query_one(ResponseMenu).focus()
        if self.program.advised:
            from tabletop.odds.advice_words import ON

            self.program.say(ON)
        if self.view.phase == "flash":
            self.call_after_refresh(self.action_flash)

    def show(self, view: View) -> None:
        """Show a newer view of the same game."""
        self.draw(view)
        warning = self.query_one("#warning", Static)
        warning.display = view.warning is not None
        warning.update(self._warning(view.warning or ""))
        self.refresh_keys()
        self._seek_counsel()

    @staticmethod
    def _warning(text: str) -> Content:
        return Content.assemble(
            ("! ", Ink.DANGER), clean_line(text), ("   ^s saves elsewhere", Ink.MUTED)
        )

    # --- what can be done

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Reasons, in the order in which a player would wonder."""
        view = self.view
        if act.id in {"respond", "open"} and view.phase == "flash":
            return _MUST_ANSWER
        if act.id == "elsewhere" and view.warning is None:
            return "the save is written and whole"
        return super().why_not(act, digit)

    def offers(self, act: Act) -> bool:
        """The flash and the rescue of a save are on the key line only while they are needed."""
        if act.id == "elsewhere":
            return self.view.warning is not None
        if act.id == "read_on":
            return self.query_one(Board).has_more
        waiting = self.view.phase == "flash"
        return waiting if act.id == "flash" else not (waiting and act.id == "respond")

    def action_adviser(self) -> None:
        """Turn the adviser on, or off."""
        from tabletop.odds.advice_words import OFF, ON, THINKING

        self.program.advised = not self.program.advised
        if self.program.advised:
            self.program.say(ON)
            self.program.say(THINKING)
        else:
            self.program.say(OFF)
        self._seek_counsel()

    def _seek_counsel(self) -> None:
        """Ask the adviser about this moment; nothing of it is loaded while it is off."""
        if self._counsel is None and self.program.advised:
            from tabletop.tui.adviser import Counsel

            self._counsel = Counsel(self.program, self._advise)
        if self._counsel is not None:
            self._counsel.look(self.view)

    @property
    def _advice(self) -> Mapping[str, str]:
        return {} if self._counsel is None else self._counsel.words

    def _advise(self, words: Mapping[str, str]) -> None:
        self.query_one(ResponseMenu).advise(words)
        from tabletop.tui.screens.flash import FlashScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, FlashScreen):
                screen.advise(words)

    def action_standing(self) -> None:
        """Ask to which doctrine the rest of the game is left."""
        from tabletop.exercise.autoplay import doctrines_of
        from tabletop.tui.screens.pick import PickScreen, Row

        cards = doctrines_of(self.program.local)
        rows = [Row(each.title, each.text) for each in cards]
        under = "It plays every turn that is left, at once. The save says so, and the review too."

        def given(place: int | None) -> None:
            if place is not None:
                self.program.say(f"The standing order plays on: {cards[place].title}")
                self.program.leave_to(cards[place].id)

        self.app.push_screen(PickScreen("Leave the rest to a standing order", under, rows), given)

    def card(self, place: int) -> CardScreen:
        """A card beside which the adviser speaks, where one was turned on."""
        from tabletop.tui.screens.card import CardScreen

        return CardScreen(self.view, place, self._advice)

    def decided(self, decision: Decide) -> None:
        """The decision was made on a sheet: send it, and wait for what comes of it."""
        from tabletop.tui.screens.reaction import ReactionScreen

        self.app.push_screen(ReactionScreen(self.view, decision), self._next_turn)
        self.program.send(decision)

    def _next_turn(self, view: View | None) -> None:
        if view is None:
            return
        if view.phase == "ended":
            self.program.go_on()
            return
        self.show(view)
        if view.phase == "flash":
            self.action_flash()

    def action_flash(self) -> None:
        """Ask for the answer that cannot wait."""
        from tabletop.tui.screens.flash import FlashScreen

        asked = any(isinstance(screen, FlashScreen) for screen in self.app.screen_stack)
        if self.view.flash is not None and not asked:
            sheet = FlashScreen(self.view.flash, self.view.date, self._advice)
            self.app.push_screen(sheet, self._answered)

    def _answered(self, view: View | None) -> None:
        if view is not None:
            self._next_turn(view)

    def action_elsewhere(self) -> None:
        """Write the save to another file."""
        from tabletop.tui.screens.elsewhere import ElsewhereScreen

        self.app.push_screen(ElsewhereScreen(), self._saved)

    def _saved(self, written: bool | None) -> None:  # noqa: FBT001
        if written:
            self.program.show_again()

    def action_home(self) -> None:
        """Leave; the save is kept."""
        self.program.say("The game is kept in its save.")
        self.program.go_home()

    def played(self, action: Action, view: View) -> None:
        """Decisions and answers are told by the sheets above; the rest is shown at once."""
        if isinstance(action, HandOver):
            self.program.go_on()
        elif self.app.screen is self:
            self.show(view)
