"""The application at a seat in somebody's class: it follows the hour and says what is said."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, NoReturn
from uuid import uuid4

from textual import work
from textual.screen import Screen

from tabletop.clean import clean_line
from tabletop.errors import ActionError, TabletopError
from tabletop.exercise.asking import LeftError
from tabletop.exercise.hour.actions import HourAction, Lock, Prefer
from tabletop.exercise.hour.sitting import Keepsake, SeatTable
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Action, Answer, Decide, Viewer
from tabletop.exercise.view import View
from tabletop.tui.app import Remember
from tabletop.tui.classroom.acts import FLOWS, Sitting
from tabletop.tui.classroom.styles import SHEETS
from tabletop.tui.hour.following import FollowingApp
from tabletop.tui.screens.base import TabletopScreen


def no_desk() -> NoReturn:
    """There is no home screen to open a game from."""
    raise ActionError("the games of this machine are not played from a seat in a class")


class SeatApp(FollowingApp):
    """The one application, opened at a seat of an exercise that somebody else leads."""

    CSS_PATH = [*SHEETS]  # noqa: RUF012

    def __init__(
        self,
        table: SeatTable,
        keepsake: Keepsake,
        *,
        now: Callable[[], float] = time.time,
        **settings: Any,
    ) -> None:
        """Sit at `table`, which stays open for its owner; clocks read the time from `now`."""
        super().__init__(no_desk, **settings)
        self.seated = table
        self.now = now
        self.me = table.seat
        self._viewer = Viewer("seat", self.me)
        self.hour: HourView = table.hour_view(self._viewer)
        """The hour as the seat saw it last."""
        self.seen: View = table.view(self._viewer)
        """The game as the seat saw it last."""
        self._keepsake = keepsake
        self._read = {each.number for each in self.hour.messages}

    def get_default_screen(self) -> Screen[Any]:
        """The seat."""
        from tabletop.tui.classroom.screen import SeatScreen

        return SeatScreen()

    # --- following the hour

    def changes(self) -> AsyncIterator[int]:
        """What the host tells."""
        return self.seated.changes()

    def look(self) -> None:
        """See the hour and the game as they stand now, while the host can be heard."""
        if self.seated.here:
            self.hour = self.seated.hour_view(self._viewer)
            self.seen = self.seated.view(self._viewer)
            self._tell_messages()
        self._put_aside()

    def _tell_messages(self) -> None:
        for message in self.hour.messages:
            if message.number not in self._read:
                self._read.add(message.number)
                title = f"{message.title}: " if message.title else ""
                self.say(f"From the lead of the exercise: {title}{message.text}")

    def _put_aside(self) -> None:
        """Close a question that somebody else has answered."""
        from tabletop.tui.screens.flash import FlashScreen

        if self.seen.flash is None and isinstance(self.screen, FlashScreen):
            self.screen.dismiss(None)

    # --- acting

    def carry_out(self, name: str) -> None:
        """Ask what an act needs, and do it."""
        if self.asker.waits:
            self.say("first the question that is open", "warning")
            return
        self._lead(name)

    @work(group="ask")
    async def _lead(self, name: str) -> None:
        try:
            action, done = await FLOWS[name](Sitting(self.me, self.seen, self.hour, self.asker))
        except LeftError:
            return
        except ActionError as refused:
            self.say(str(refused), "warning")
            return
        self.say_to_host(action, done)

    @work(group="send")
    async def say_to_host(self, action: Action | HourAction, done: str) -> None:
        """Say something until the host has heard it; tell when it has, or why it refused."""
        try:
            await self.seated.send(action, uuid4().hex)
        except TabletopError as refused:
            self._tell_refused(self.Refused(str(refused)))
            return
        self.look_again()
        if done:
            self.say(done)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TabletopScreen) and isinstance(action, Answer):
                screen.played(action, self.seen)

    def send(self, action: Action) -> None:
        """Say what a sheet of the game says, from this seat."""
        if isinstance(action, Answer):
            self.say_to_host(replace(action, seat=self.me), "Answered.")

    def prefer(self, response: str, title: str) -> None:
        """Make a response the silent preference."""
        self.uncover()
        act = Prefer(self.me, response)
        self.say_to_host(act, f"You prefer: {clean_line(title)}")

    def decide(self, decision: Decide) -> None:
        """Lock what was filled in as the team's choice."""
        self.uncover()
        lock = Lock(
            self.me, decision.response, decision.support, decision.rationale, decision.forecast
        )
        self.say_to_host(lock, "Locked.")

    @work(group="keepsake", exclusive=True)
    async def take_home(self) -> None:
        """Write what the seat may take home to a file."""
        try:
            written = await self._keepsake()
        except TabletopError as fault:
            self.say(str(fault), "error")
        else:
            self.say(f"Written: {', '.join(str(path) for path in written)}")

    @property
    def warning(self) -> str | None:
        """One line about the connection, where there is none; empty of all else."""
        if self.seated.over:
            return f"{self.seated.over[:1].upper()}{self.seated.over[1:]}. q leaves."
        if not self.seated.here:
            return "No connection to the host: it is sought. What you said is kept and said again."
        return None

    # --- leaving

    def go_home(self) -> None:
        """Home is the seat here."""
        self.uncover()

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected: people who press it want to leave."""
        self.say("q leaves the terminal; your seat stays yours.")


async def sit(
    table: SeatTable,
    keepsake: Keepsake,
    *,
    theme: str | None = None,
    reduced_motion: bool = False,
    remember: Remember | None = None,
) -> int:
    """Run the seat in the loop of the caller until it is left; gives the exit code.

    The caller opens and closes `table`. `theme` and `remember` are as in `tabletop.tui.app.run`.
    """
    app = SeatApp(table, keepsake, theme=theme, reduced_motion=reduced_motion, remember=remember)
    await app.run_async()
    return app.return_code or 0
