"""The screen before a seat: name, team and office are asked, then the room is entered."""

from __future__ import annotations

from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from tabletop.clean import clean_line
from tabletop.errors import TabletopError
from tabletop.exercise.asking import LeftError
from tabletop.exercise.hour.door import Door, Enter, Wish, take_a_seat
from tabletop.tui import start as begin
from tabletop.tui.app import Remember, TabletopApp
from tabletop.tui.classroom.app import no_desk
from tabletop.tui.classroom.styles import SHEETS
from tabletop.tui.hour.asker import ScreenAsker
from tabletop.tui.screens.base import TabletopScreen


class DoorScreen(TabletopScreen[None]):
    """What stands below the questions."""

    def __init__(self, door: Door) -> None:
        """The door of a room."""
        super().__init__()
        self._door = door

    def compose(self) -> ComposeResult:
        """Which room it is."""
        with Vertical(classes="page"):
            yield Static(clean_line(self._door.scenario), classes="title", markup=False)


class DoorApp(TabletopApp):
    """The one application, opened at the door of a class; it closes once there is a seat."""

    CSS_PATH = [*SHEETS]  # noqa: RUF012

    def __init__(self, door: Door, wish: Wish, enter: Enter, **settings: Any) -> None:
        """Ask for what `wish` leaves open, and `enter`."""
        super().__init__(no_desk, None, start=begin.Home(), **settings)
        self._door, self._wish, self._enter = door, wish, enter
        self.asker = ScreenAsker(self)
        self.seated = False
        """Whether a seat was taken."""
        self.broken: TabletopError | None = None
        """Why the room could not be entered at all."""

    def get_default_screen(self) -> Screen[Any]:
        """The door."""
        return DoorScreen(self._door)

    def on_ready(self) -> None:
        """Ask."""
        super().on_ready()
        self._go_in()

    @work
    async def _go_in(self) -> None:
        try:
            await take_a_seat(self._door, self.asker, self._wish, self._enter, self._tell)
            self.seated = True
        except LeftError:
            pass
        except TabletopError as fault:
            self.broken = fault
        self.exit(0)

    def _tell(self, text: str) -> None:
        self.say(text, "warning")


async def go_in(
    door: Door,
    wish: Wish,
    enter: Enter,
    *,
    theme: str | None = None,
    reduced_motion: bool = False,
    remember: Remember | None = None,
) -> bool:
    """Run the door in the loop of the caller; whether a seat was taken.

    Raises `TabletopError` where the room cannot be entered. `theme` and `remember` are as in
    `tabletop.tui.app.run`.
    """
    app = DoorApp(
        door, wish, enter,
        theme=theme, reduced_motion=reduced_motion, remember=remember,
    )  # fmt: skip
    await app.run_async()
    if app.broken is not None:
        raise app.broken
    return app.seated
