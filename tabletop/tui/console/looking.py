"""The board as somebody else sees it: a seat, a team, the public, the projector, control."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.errors import ActionError
from tabletop.exercise.console.wording import seat_name
from tabletop.exercise.table import CONTROL, Moment, Viewer
from tabletop.exercise.view import View
from tabletop.exercise.viewers import PROJECTOR, PUBLIC
from tabletop.tui.actions import Act, bindings
from tabletop.tui.board import Board
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.screens.look import LookScreen
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.responses import ResponseMenu

_NO_OFFICE = "nobody in particular is looking: there is no office"


class LookAsScreen(ConsoleScreenBase[None], LookScreen, TabletopSheet[None]):
    """What each viewer may know, and only that; nothing can be chosen here."""

    SCREEN = "look_as"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("look_as")]
    AUTO_FOCUS = ""

    def __init__(self, team: str, seat: str = "") -> None:
        """Look as `seat`, or as its team where there is none in particular."""
        super().__init__()
        self._team = team
        self._as = Viewer("seat", seat) if seat else Viewer("team", team)
        self._shown: tuple[Viewer, View, str] | None = None

    @property
    def team(self) -> str:
        """The team whose line is looked at."""
        return self._team

    def compose(self) -> ComposeResult:
        """Who looks, then the board of the situation."""
        yield Static(id="look-as")
        yield Header()
        yield Board(ResponseMenu(id="responses"))
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw what this viewer sees."""
        self.look_again()

    def viewers(self) -> list[tuple[Viewer, str]]:
        """Everybody as whom this team's line can be looked at, with what they are called."""
        seats = [
            (Viewer("seat", mate.id), f"{seat_name(mate)}, {mate.role_title}")
            for mate in self.hour.mates
            if mate.team == self._team and mate.role and not mate.empty
        ]
        return [
            *seats,
            (Viewer("team", self._team), f"Team {self._team}"),
            (PUBLIC, "The public"),
            (PROJECTOR, "The projector"),
            (CONTROL, "Control, who sees everything"),
        ]

    def look_again(self) -> None:
        """Draw it anew where it has changed."""
        known = dict(self.viewers())
        if self._as not in known:
            self._as = Viewer("team", self._team)
        view, said = self._seen(), self._said()
        if self._shown == (self._as, view, said):
            return
        self._shown = (self._as, view, said)
        self.view = view
        place = list(known).index(self._as) + 1
        self.query_one("#look-as", Static).update(
            Content.assemble(
                ("As ", Ink.MUTED),
                (clean_line(known[self._as]), Ink.HERE),
                (f"   {place} of {len(known)}", Ink.MUTED),
                (f"   {clean_line(said)}" if said else "", Ink.MUTED),
            )
        )
        # A warning about the save is control's, and nothing that a seat sees.
        self.query_one(Header).show(replace(view, warning=None))
        self.query_one(Board).show(view, still=True)
        self.query_one(ResponseMenu).show(view)
        self.refresh_keys()

    def _seen(self) -> View:
        table = self.control.led
        line = table.record.newest(self._team)
        moment = Moment(line.name, table.record.number) if line is not None else None
        try:
            return table.view(self._as, moment)
        except ActionError:
            return table.view(self._as)

    def _said(self) -> str:
        """What the seat itself has said in this round."""
        if self._as.kind != "seat":
            return ""
        preference = self.control.led.hour_view(self._as).preference
        titles = self.control.led.record.program.scenario.responses
        return f"prefers {titles[preference].title}" if preference else ""

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """What this viewer has not got cannot be looked at."""
        view: View | None = getattr(self, "view", None)
        if view is None:
            return None
        if act.id == "office" and view.role is None:
            return _NO_OFFICE
        return LookScreen.why_not(self, act, digit)

    def offers(self, act: Act) -> bool:
        """Reading on is on the key line where there is more to read."""
        return act.id != "read_on" or self.query_one(Board).has_more

    def _turn_to(self, step: int) -> None:
        known = [viewer for viewer, _ in self.viewers()]
        self._as = known[(known.index(self._as) + step) % len(known)]
        self.look_again()

    def action_next_viewer(self) -> None:
        """The next who may look."""
        self._turn_to(1)

    def action_previous_viewer(self) -> None:
        """The one before."""
        self._turn_to(-1)

    action_office = LookScreen.action_office
