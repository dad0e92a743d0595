"""Find a moment of a replay: by words, by a turn, by the number of an event, or in the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.exercise.playhead import Playhead
from tabletop.exercise.replay_stops import Stop
from tabletop.tui.actions import bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import plural
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.timeline import SIGNS

_TURN = re.compile(r"(?:turn|t)\s*([0-9]{1,3})", re.IGNORECASE)
_EVENT = re.compile(r"#?([0-9]{1,9})")
_MOST = 300
"""Moments in the list: nobody reads more."""
_PAUSE = 0.12
"""Seconds without a key after which the words are looked for."""


class FindScreen(TabletopSheet[int]):
    """Gives back the event of the moment that was chosen; the arrows move in the list."""

    SCREEN = "find"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("find")]

    def __init__(self, head: Playhead) -> None:
        """Look through the line of `head`, as its viewer."""
        super().__init__()
        self.head = head
        self.found: list[Stop] = []

    def compose(self) -> ComposeResult:
        """A field, and below it what it finds."""
        with Vertical(classes="page broad"):
            yield Static("Find a moment", classes="title", markup=False)
            field = Input(placeholder="words, turn 3, or the number of an event", id="wanted")
            field.cursor_blink = False
            yield field
            yield Static(id="found-count", classes="quiet")
            menu = Menu(id="found")
            menu.can_focus = False
            yield menu
        yield KeyBar()

    def on_mount(self) -> None:
        """Everything of note, before anything is asked for."""
        self.call_after_refresh(self._look, "")

    def _of_note(self) -> list[Stop]:
        return [stop for stop in self.head.stops if set(stop.marks) - {"inject"}]

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        text = message.value.strip()
        if len(self.head.stops) < _MOST:
            self._look(text)
        else:
            self.set_timer(_PAUSE, lambda: self._look_if_still(text))

    def _look_if_still(self, text: str) -> None:
        if self.is_mounted and self.query_one(Input).value.strip() == text:
            self._look(text)

    def _look(self, text: str) -> None:
        turn, event = _TURN.fullmatch(text), _EVENT.fullmatch(text)
        if not text:
            self._put(self._of_note(), "of note in this line")
        elif turn is not None:
            wanted = int(turn[1])
            self._put([s for s in self.head.stops if s.turn == wanted], f"in turn {wanted}")
        elif event is not None:
            self._put(nearest(self.head.stops, int(event[1])), f"at event {event[1]} or beside it")
        else:
            self._put(self.head.find(text), "with these words")

    def _put(self, stops: list[Stop], words: str) -> None:
        self.found = stops[:_MOST]
        count = plural(len(stops), "moment", "moments")
        self.query_one("#found-count", Static).update(Content(clean_line(f"{count} {words}")))
        menu = self.query_one("#found", Menu)
        room = max(20, menu.size.width - 4)
        menu.put([Option(_prompt(stop).truncate(room, ellipsis=True)) for stop in self.found])
        menu.highlighted = 0 if self.found else None

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._take(self.query_one("#found", Menu).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        self._take(message.option_index)

    def _take(self, place: int | None) -> None:
        if place is None or not self.found:
            self.program.say("nothing is found by these words", "warning")
        else:
            self.dismiss(self.found[place].event)

    def action_down(self) -> None:
        """The next line of the list."""
        self.query_one("#found", Menu).action_cursor_down()

    def action_up(self) -> None:
        """The line before."""
        self.query_one("#found", Menu).action_cursor_up()


def nearest(stops: Sequence[Stop], event: int, most: int = 7) -> list[Stop]:
    """The moments around an event, the nearest first."""
    return sorted(stops, key=lambda stop: (abs(stop.event - event), stop.event))[:most]


def _prompt(stop: Stop) -> Content:
    """A moment on one line: its turn, its number, its signs, what it is called."""
    found = [sign for mark, sign in SIGNS.items() if mark in stop.marks][:3]
    signs = Content(" ").join(Content.styled(sign.glyph, sign.ink) for sign in found)
    return Content.assemble(
        (f"turn {stop.turn:<3}#{stop.event:<5}", Ink.MUTED),
        signs.truncate(6, pad=True),
        clean_line(stop.label, 160),
    )
