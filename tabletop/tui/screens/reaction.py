"""After your choice: a short beat, then what happened and what it moved."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.exercise.table import Action, Decide
from tabletop.exercise.view import Instrument, View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import MARKS, Ink
from tabletop.tui.widgets.aftermath import Aftermath

BEAT: Final = 0.45
"""Seconds between two marks of the beat; there are three."""
_GOES_OUT: Final[dict[Instrument, str]] = {
    "diplomatic": "The message goes out",
    "informational": "The words are out",
    "military": "The order goes out",
    "economic": "The papers are signed",
}


class ReactionScreen(TabletopSheet[View]):
    """Waits for the answer of the world; any press of Enter skips the waiting."""

    SCREEN = "reaction"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reaction")]

    def __init__(self, before: View, decision: Decide) -> None:
        """Wait for what comes of `decision`, made in the view `before`."""
        super().__init__()
        self.before = before
        self.decision = decision
        self.after: View | None = None
        self.marks = 0
        self.told = False

    def compose(self) -> ComposeResult:
        """The choice, the beat, and room for the answer."""
        with Vertical(classes="page long"):
            yield Static("After your choice", classes="title", markup=False)
            yield Static(self._choice(), id="choice")
            yield Static(id="beat", markup=False)
            with VerticalScroll(id="aftermath-page"):
                yield Aftermath()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin the beat, or none where nothing may move."""
        self.query_one("#aftermath-page").display = False
        if self.program.still:
            self.marks = 3
        else:
            self.set_interval(BEAT, self._mark, repeat=3)
        self._draw_beat()

    def _instrument(self) -> Instrument:
        chosen = (r for r in self.before.responses if r.id == self.decision.response)
        return next((r.instrument for r in chosen), "diplomatic")

    def _choice(self) -> Content:
        mark = MARKS[self._instrument()]
        response = next(
            (r.title for r in self.before.responses if r.id == self.decision.response), ""
        )
        supports = [s for s in self.before.supports if s.id == self.decision.support]
        first = self.before.supports[0].id if self.before.supports else None
        with_it = supports[0].title if supports and supports[0].id != first else ""
        return Content.assemble(
            (f"{mark.glyph} ", mark.style),
            (clean_line(response), Ink.STRONG),
            (f"   with it: {clean_line(with_it)}" if with_it else "", Ink.MUTED),
        )

    # --- the beat

    def _mark(self) -> None:
        self.marks += 1
        self._draw_beat()
        self._tell_if_ready()

    def _draw_beat(self) -> None:
        words = _GOES_OUT[self._instrument()]
        dots = "" if self.program.still else " ." * self.marks
        self.query_one("#beat", Static).update(Content.styled(words + dots, Ink.MUTED))

    def played(self, action: Action, view: View) -> None:
        """The world has answered."""
        if isinstance(action, Decide):
            self.after = view
            self._tell_if_ready()

    def refused(self, action: Action | None) -> None:
        """The decision could not be made: back to the situation."""
        if isinstance(action, Decide):
            self.dismiss(None)

    def _tell_if_ready(self) -> None:
        if self.after is None or self.marks < 3 or self.told:
            return
        self.told = True
        for waiting in ("#choice", "#beat"):
            self.query_one(waiting).display = False
        self.query_one(Aftermath).show(self.after)
        page = self.query_one("#aftermath-page")
        page.display = True
        page.focus()
        self.refresh_keys()

    def label(self, act: Act) -> str:
        """During the beat the key skips it."""
        return "Skip" if act.id == "onward" and not self.told else super().label(act)

    def action_onward(self) -> None:
        """Skip the beat, or go on to the next turn."""
        if self.told:
            self.dismiss(self.after)
        else:
            self.marks = 3
            self._tell_if_ready()


class LookBackScreen(TabletopSheet[None]):
    """What the last turn brought, once more and at once."""

    SCREEN = "sheet"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sheet")]

    def __init__(self, view: View) -> None:
        """Look back from `view`."""
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        """The aftermath alone."""
        with Vertical(classes="page long"):
            yield Static("The last turn", classes="title", markup=False)
            with VerticalScroll():
                told = Aftermath()
                told.show(self.view)
                yield told
        yield KeyBar()
