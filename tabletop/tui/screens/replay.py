"""The replay: a save stepped through turn by turn, forward and back, with the same pictures."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import SOLO, Moment
from tabletop.exercise.view import View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.board import Board
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import blocks, line
from tabletop.tui.screens.look import LookScreen
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.header import Header


class ReplayScreen(LookScreen):
    """Moves over the moments of a save; nothing can be changed here."""

    SCREEN = "replay"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("replay")]
    AUTO_FOCUS = ""

    def __init__(self, table: ReplayTable) -> None:
        """Begin at the first moment of `table`."""
        super().__init__()
        self.table = table
        self.place = 0
        self.view = self._view()

    def _view(self) -> View:
        stop = self.table.moments[self.place]
        return self.table.view(SOLO, Moment(stop.line, stop.event))

    def compose(self) -> ComposeResult:
        """The situation as it stood, with the line of moments above the keys."""
        yield Header()
        yield Board(VerticalScroll(Static(id="decided-text"), id="decided"))
        yield Static(id="scrubber")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the first moment."""
        fault = getattr(self.table, "fault", None)
        if fault is not None:
            self.program.say(fault, "warning")
        self._go_to(0)

    def _go_to(self, place: int) -> None:
        self.place = place
        self.view = view = self._view()
        self.query_one(Header).show(view)
        self.query_one(Board).show(view, still=True)
        self.query_one("#decided-text", Static).update(self._decided())
        self.query_one("#scrubber", Static).update(self._scrubber())
        self.refresh_keys()

    def _decided(self) -> Content:
        """What was decided at this moment, as far as the save tells."""
        if self.view.ending is not None:
            return blocks(
                (line("How it ended", Ink.MUTED), line(self.view.ending.title, Ink.STRONG))
            )
        later = self.table.view(SOLO)
        made = next((d for d in later.decisions if d.turn == self.view.turn), None)
        if made is None:
            return line("The save ends before this decision.", Ink.MUTED)
        return blocks(
            (
                line("Then it was decided", Ink.MUTED),
                Content.assemble(
                    (clean_line(made.response_title), Ink.STRONG),
                    (f", {clean_line(made.support_title)}", Ink.MUTED),
                ),
                line(f"“{made.rationale}”", "italic") if made.rationale else None,
            )
        )

    def _scrubber(self) -> Content:
        marks = [
            ("●" if place == self.place else "○", Ink.HERE if place == self.place else Ink.MUTED)
            for place in range(len(self.table.moments))
        ]
        dots: list[str | tuple[str, str]] = []
        for mark in marks:
            dots.extend((mark, (" ─ ", Ink.FAINT)))
        label = clean_line(self.table.moments[self.place].label, 60)
        return Content.assemble(*dots[:-1], (f"   {label}", Ink.TEXT))

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Only moments that the save has."""
        last = len(self.table.moments) - 1
        if act.id in {"forth", "end"} and self.place == last:
            return "this is the last moment"
        if act.id in {"back", "start"} and self.place == 0:
            return "this is the first moment"
        if act.id == "turn" and digit is not None and self._opening(digit) is None:
            return f"this save has no turn {digit}"
        if act.id == "aftermath" and self.view.aftermath is None:
            return "this is the first turn: nothing has happened yet"
        if act.id == "sources" and not self.view.brief_cites:
            return "this brief cites nothing"
        if act.id == "map" and self.view.theatre is None:
            return "this scenario has no map"
        return None

    def offers(self, act: Act) -> bool:
        """Reading on is on the key line where the brief is longer than its window."""
        if act.id == "read_on":
            return self.query_one(Board).has_more
        return True

    def _opening(self, turn: int) -> int | None:
        moments = enumerate(self.table.moments)
        return next((place for place, stop in moments if stop.turn == turn), None)

    def action_forth(self) -> None:
        """One step forward."""
        self._go_to(self.place + 1)

    def action_back(self) -> None:
        """One step back."""
        self._go_to(self.place - 1)

    def action_start(self) -> None:
        """To the first moment."""
        self._go_to(0)

    def action_end(self) -> None:
        """To the last moment."""
        self._go_to(len(self.table.moments) - 1)

    def action_turn(self, digit: int) -> None:
        """To the opening of a turn."""
        place = self._opening(digit)
        if place is not None:
            self._go_to(place)

    def action_leave(self) -> None:
        """Leave the replay for the home screen."""
        self.program.go_home()
