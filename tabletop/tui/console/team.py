"""One team, seat by seat: who is here, what each prefers so far, and what control can do there."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.exercise.console.wording import plural, seat_name, stands
from tabletop.exercise.hour.view import HourView, SaidView, SeatRow, TallyRow
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.console.detail import Detail, choice_lines, seat_lines
from tabletop.tui.console.sight import detail, seats_of, tally_of
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import blocks, line, paragraph, stack, under
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

_SEATED = frozenset({"message_seat", "rename", "move", "office", "remove", "pin", "look_as"})
_WIDTH = 84
_MARGIN = 10
_KINDS = {"reason": "reason", "dissent": "dissent", "preference": "said silently"}


class TeamScreen(ConsoleScreenBase[str], TabletopSheet[str]):
    """The seats of a team with a cursor; left and right go to the teams beside it."""

    SCREEN = "team"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("team")]

    def __init__(self, team: str) -> None:
        """Show `team`."""
        super().__init__()
        self._team = team
        self._shown: tuple[object, ...] = ()

    @property
    def team(self) -> str:
        """The team on the screen."""
        return self._team

    @property
    def seats(self) -> tuple[SeatRow, ...]:
        """Who sits there."""
        return seats_of(self.hour, self._team)

    @property
    def seat(self) -> str:
        """The seat under the cursor."""
        menu = self.query_one(Menu) if self.is_mounted else None
        seats = self.seats
        at = menu.highlighted if menu is not None else None
        return seats[at].id if at is not None and at < len(seats) else ""

    @property
    def _width(self) -> int:
        """The cells that a line may take."""
        return min(_WIDTH, self.app.size.width - _MARGIN)

    def compose(self) -> ComposeResult:
        """The team in a line, its seats, then its choice, its tally and its words."""
        with Vertical(classes="page broad", id="team"):
            yield Static(id="team-title", classes="title")
            yield Menu(id="team-seats")
            with VerticalScroll(id="team-page", can_focus=False):
                yield Static(id="team-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the team as it stands."""
        self.look_again()
        self.query_one(Menu).focus()

    def look_again(self) -> None:
        """Draw it anew where it has changed."""
        row = self.row
        if row is None:
            return
        led, present = self.control.led, self.control.facts.present
        now = detail(led, self.hour, row, present)
        tally = tally_of(led, self._team)
        said = tuple(each for each in self.hour.said if each.team == self._team)
        if self._shown == (now, tally, said):
            return
        self._shown = (now, tally, said)
        self.query_one("#team-title", Static).update(_title(now))
        lines = seat_lines(now, self._width)
        self.query_one(Menu).put(
            [Option(line, id=seat.id) for seat, line in zip(now.seats, lines, strict=False)]
        )
        self.query_one("#team-text", Static).update(
            blocks(
                (
                    _choice(now, self._width),
                    _tally(tally, row.locked),
                    _said(said, self.hour),
                )
            )
        )
        self.refresh_keys()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_keys()

    @on(OptionList.OptionSelected)
    async def _opened(self) -> None:
        await self.program.attempt("look_as")

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """What needs a seat needs one under the cursor."""
        if act.id in _SEATED and self.is_mounted:
            if not self.seat:
                return "nobody sits here"
            seat = next(each for each in self.seats if each.id == self.seat)
            if seat.empty and act.id != "look_as":
                return "this is an empty chair: its standing order plays it"
        return super().why_not(act, digit)

    def _beside(self, step: int) -> None:
        teams = [row.team for row in self.hour.teams]
        at = teams.index(self._team) if self._team in teams else 0
        self._team = teams[(at + step) % len(teams)]
        self.query_one(Menu).highlighted = None
        self.look_again()
        menu = self.query_one(Menu)
        menu.highlighted = 0 if menu.option_count else None
        self.query_one("#team-page", VerticalScroll).scroll_home(animate=False)

    def action_next_team(self) -> None:
        """The next team."""
        self._beside(1)

    def action_previous_team(self) -> None:
        """The team before."""
        self._beside(-1)

    def action_look_as(self) -> None:
        """The board, as the seat under the cursor sees it."""
        from tabletop.tui.console.looking import LookAsScreen

        self.app.push_screen(LookAsScreen(self._team, self.seat))

    def action_message_team(self) -> None:
        """A message to the whole team."""
        self.control.carry_out("message", self._team, "")

    def action_message_seat(self) -> None:
        """A message to the seat under the cursor."""
        self.control.carry_out("message", self._team, self.seat)

    def action_close(self) -> None:
        """Back to the console, at this team."""
        self.dismiss(self._team)


def _title(now: Detail) -> Content:
    row = now.row
    words = [
        f"{plural(row.seats, 'person')}, {len(now.here)} here",
        f"turn {row.turn}, {clean_line(row.stage_title)}",
        stands(row),
    ]
    if row.line not in ("", row.team):
        words.insert(0, f"line {row.line}")
    order = f"\nStanding order: {clean_line(now.standing)}" if now.standing else ""
    return Content.assemble(
        (f"Team {clean_line(row.team)}", Ink.STRONG),
        (f"   {clean_line(' · '.join(words))}{order}", Ink.MUTED),
    )


def _choice(now: Detail, width: int) -> Content | None:
    lines = choice_lines(now, width)
    return stack(lines) if lines else None


def _tally(tally: tuple[TallyRow, ...], locked: bool) -> Content | None:  # noqa: FBT001
    if not tally:
        return None
    about = "" if locked else ", hidden from the team until it locks"
    rows = [
        Content.assemble((f"{each.preferences} ", Ink.HERE), clean_line(each.title))
        for each in tally
    ]
    return under(f"Preferences{about}", stack(rows))


def _said(said: tuple[SaidView, ...], hour: HourView) -> Content | None:
    names = {mate.id: seat_name(mate) for mate in hour.mates}
    parts = [
        stack(
            (
                line(
                    f"Turn {each.turn}, {_KINDS[each.kind]}, {names.get(each.seat, 'control')}: "
                    f"{each.response_title}",
                    Ink.MUTED,
                ),
                paragraph(f"“{each.text}”"),
            )
        )
        for each in reversed(said)
    ]
    return under("In their own words, newest first", stack(parts)) if parts else None
