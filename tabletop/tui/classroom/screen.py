"""The seat's screen: what is asked now, on the board of the situation or on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.exercise.hour.view import HourView
from tabletop.exercise.view import View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.board import Board
from tabletop.tui.classroom.acts import ALLOWED
from tabletop.tui.classroom.app import SeatApp
from tabletop.tui.classroom.head import SeatHead
from tabletop.tui.classroom.telling import REVEALED, asked, mates, messages, page
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.look import ChoiceScreen
from tabletop.tui.screens.sheet import SheetScreen
from tabletop.tui.widgets.aftermath import Aftermath
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.responses import ResponseMenu

if TYPE_CHECKING:
    from tabletop.tui.classroom.card import SeatCardScreen

_NOT_BEGUN = "play has not begun"


class SeatScreen(ChoiceScreen):
    """One screen for the whole hour; it changes with the phase."""

    SCREEN = "seat"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("seat")]

    def __init__(self) -> None:
        """Nothing is drawn yet."""
        super().__init__()
        self._shown: tuple[View, HourView] | None = None

    @property
    def seat(self) -> SeatApp:
        """The app, as its own type."""
        return cast("SeatApp", self.app)

    def compose(self) -> ComposeResult:
        """Where and when above, what is asked, then the board or a page."""
        yield Header()
        yield Static(id="seat-alarm", markup=False)
        yield SeatHead(self.seat.now, id="seat-head")
        yield Static(id="seat-asked", markup=False)
        yield Board(ResponseMenu(id="responses"))
        with VerticalScroll(id="seat-page", can_focus=False):
            yield Static(id="seat-words", markup=False)
            yield Aftermath()
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the hour as it stands."""
        self.look_again()
        self.query_one(ResponseMenu).focus()

    # --- drawing

    def look_again(self) -> None:
        """Draw what has changed."""
        view, hour, warning = self.seat.seen, self.seat.hour, self.seat.warning
        alarm = self.query_one("#seat-alarm", Static)
        alarm.display = warning is not None
        alarm.update(Content(f"! {warning}" if warning else ""))
        if self._shown == (view, hour):
            return
        before = self._shown
        self._shown = (view, hour)
        self.query_one(SeatHead).put(hour, 0)
        self.query_one("#seat-asked", Static).update(asked(view, hour))
        if before is None or before[0] != view:
            self.draw(view)
        self._turn_page(view, hour)
        self.refresh_keys()

    def _turn_page(self, view: View, hour: HourView) -> None:
        text = page(view, hour)
        sheet = self.query_one("#seat-page", VerticalScroll)
        self.query_one(Board).display = text is None
        sheet.display = text is not None
        if text is None:
            return
        words = self.query_one("#seat-words", Static)
        if words.content != text:
            words.update(text)
            sheet.scroll_home(animate=False)
        told = self.query_one(Aftermath)
        told.display = hour.phase in REVEALED and view.aftermath is not None
        told.show(view)

    # --- what can be done

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """What the hour does not allow, or what is not there."""
        shown = self._shown
        if shown is None:
            return None
        _, hour = shown
        if act.id in ALLOWED and ALLOWED[act.id][0] not in hour.can:
            return ALLOWED[act.id][1]
        if act.id in {"respond", "open"} and not hour.begun:
            return _NOT_BEGUN
        return super().why_not(act, digit)

    def offers(self, act: Act) -> bool:
        """On the key line is what the hour asks for."""
        if self._shown is None:
            return True
        view, hour = self._shown
        if act.id == "why":
            return hour.preference is not None and "prefer" in hour.can
        if act.id == "flash":
            return view.flash is not None and "answer" in hour.can
        if act.id in ALLOWED:
            return ALLOWED[act.id][0] in hour.can
        if act.id == "keepsake":
            return view.ending is not None
        if act.id in {"respond", "map", "wire", "gauges", "aftermath"}:
            return page(view, hour) is None
        return True

    # --- doing it

    def card(self, place: int) -> SeatCardScreen:
        """A card that can be preferred, and locked where that is the seat's."""
        from tabletop.tui.classroom.card import SeatCardScreen

        return SeatCardScreen(self.view, place)

    def action_open(self) -> None:
        """Open the card of the response under the cursor, while the menu is in sight."""
        if self.query_one(Board).display:
            super().action_open()

    def action_flash(self) -> None:
        """Ask for the answer that cannot wait."""
        from tabletop.tui.screens.flash import FlashScreen

        if self.view.flash is not None:
            self.app.push_screen(FlashScreen(self.view.flash, self.view.date))

    def action_mates(self) -> None:
        """Who sits in the team."""
        self.app.push_screen(SheetScreen("Your team", mates(self.seat.hour)))

    def action_messages(self) -> None:
        """What came from whoever leads the exercise."""
        self.app.push_screen(SheetScreen("Messages", messages(self.seat.hour.messages)))

    def action_keepsake(self) -> None:
        """Write what may be taken home to a file."""
        self.seat.take_home()

    def action_why(self) -> None:
        """Say why."""
        self.seat.carry_out("why")

    def action_dissent(self) -> None:
        """Put a dissent on record."""
        self.seat.carry_out("dissent")

    def action_objective(self) -> None:
        """Declare the objective."""
        self.seat.carry_out("objective")

    def action_guess(self) -> None:
        """Forecast another team's turn."""
        self.seat.carry_out("guess")

    def action_standing(self) -> None:
        """Give the standing order."""
        self.seat.carry_out("standing")

    def action_ticket(self) -> None:
        """Hand in the exit ticket."""
        self.seat.carry_out("ticket")

    def action_read_on(self) -> None:
        """Scroll what stands here down."""
        self._scroll(1)

    def action_read_back(self) -> None:
        """Scroll what stands here up."""
        self._scroll(-1)

    def _scroll(self, pages: int) -> None:
        sheet = self.query_one("#seat-page", VerticalScroll)
        if not sheet.display:
            self.query_one(Board).read_on(pages)
        elif pages > 0:
            sheet.scroll_page_down(animate=False)
        else:
            sheet.scroll_page_up(animate=False)

    async def action_quit(self) -> None:
        """Leave the terminal."""
        await self.app.action_quit()
