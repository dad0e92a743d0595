"""The app's seat at a table: it opens tables, sends actions and hears what came of them.

Work in the background only posts messages; the handlers here own the state.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from textual import on, work
from textual.app import App
from textual.message import Message

from tabletop.clean import clean_line
from tabletop.errors import TabletopError
from tabletop.tui import start as begin
from tabletop.tui.screens.base import TabletopScreen

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.exercise.desk import Desk
    from tabletop.exercise.exercise import LocalTable
    from tabletop.exercise.introduction import Introduction
    from tabletop.exercise.table import Action, Table
    from tabletop.exercise.view import View


class SeatedApp(App[int]):
    """An app with a desk to find games at and, while one is played, a table."""

    class Opened(Message):
        """A table was opened and waits to be shown."""

        def __init__(self, table: Table) -> None:
            """Carry the table."""
            super().__init__()
            self.table = table

    class Played(Message):
        """An action was carried out and is durable."""

        def __init__(self, action: Action) -> None:
            """Carry the action."""
            super().__init__()
            self.action = action

    class Refused(Message):
        """Something could not be done; `reason` is one clear line."""

        def __init__(self, reason: str, action: Action | None = None) -> None:
            """Carry the reason, and the action if it was one."""
            super().__init__()
            self.reason = reason
            self.action = action

    def __init__(
        self, desk: Desk | Callable[[], Desk], table: Table | None, beginning: begin.Start
    ) -> None:
        """Sit at `table`, opened as `beginning` says; None means at home.

        A desk that is still to be made is made when it is first asked for.
        """
        super().__init__()
        self._desk = desk
        self.table = table
        self.beginning = beginning
        self.introduction: Introduction | None = None
        """What is shown before the first table has been opened, where there is such a thing."""
        self.advised = False
        """Whether an adviser speaks at the table: only where the player turned it on."""
        self.fault: str | None = None
        """Why the first table could not be opened."""

    @property
    def desk(self) -> Desk:
        """Where games are found and begun. Raises `TabletopError` where it cannot be made."""
        if callable(self._desk):
            self._desk = self._desk()
        return self._desk

    # --- opening and closing

    def open(self, start: begin.Start) -> None:
        """Open a table in the background and show it; a fault is told in one line."""
        self.beginning = start
        self._open(lambda: open_table(self.desk, start))

    @work(group="open", exclusive=True)
    async def _open(self, opener: Callable[[], Table | None]) -> None:
        try:
            table = await asyncio.to_thread(opener)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            if table is not None:
                self.post_message(self.Opened(table))

    @work(group="open", exclusive=True)
    async def open_first(self) -> None:
        """Open the table that is waited for behind its introduction; a fault ends the program."""
        try:
            table = await asyncio.to_thread(open_table, self.desk, self.beginning)
        except TabletopError as error:
            self.fault = str(error)
            self.exit(return_code=2)
        else:
            if table is not None:
                self.post_message(self.Opened(table))

    @on(Opened)
    async def _sit_down(self, message: Opened) -> None:
        if self.introduction is not None and isinstance(self.beginning, begin.Home):
            # Who left before the table stood is not called back to it.
            await close_table(message.table)
            self.introduction = None
            return
        await close_table(self.table)
        self.table = message.table
        seated = getattr(self.screen_stack[0], "seated", None)
        if self.introduction is not None and seated is not None:
            self.introduction = None
            await seated(self.view_of(message.table))
        else:
            self.go_on()

    def leave_table(self) -> None:
        """Let go of the table; its save is kept."""
        table, self.table = self.table, None
        self.beginning = begin.Home()
        self._let_go(table)

    @work(group="close")
    async def _let_go(self, table: Table | None) -> None:
        await close_table(table)

    async def on_unmount(self) -> None:
        """Close the save with the program."""
        await close_table(self.table)

    # --- starting again

    def branch_from(self, turn: int) -> None:
        """Play the game at the table again from a turn on, with the same luck."""
        path = self.local.path
        self._open(lambda: self.desk.branch(path, turn, same_luck=True))

    @work(group="open", exclusive=True)
    async def branch_off(self, path: Path, turn: int, line: str, *, same_luck: bool) -> None:
        """Play on alone from a turn of a line of any save, in a new one."""
        try:
            table = await asyncio.to_thread(
                lambda: self.desk.branch(path, turn, same_luck=same_luck, line=line)
            )
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.beginning = begin.Resume(table.path)
            self.post_message(self.Opened(table))

    def begin_anew(self) -> None:
        """A new game of the same crisis by the same objective, at once and without a briefing."""
        if self.table is not None:
            self._begin_anew(self.local, self.view_of(self.local))

    @work(group="open", exclusive=True)
    async def _begin_anew(self, past: LocalTable, view: View) -> None:
        from tabletop.exercise.table import SOLO, Begin, Declare

        try:
            table = await asyncio.to_thread(self.desk.again, past, view.player or "")
            if view.objective is not None:
                await table.send(Declare(SOLO.name, view.objective), uuid4().hex)
            await table.send(Begin(), uuid4().hex)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.post_message(self.Opened(table))

    def replay_this(self) -> None:
        """Step through the save of the game at the table."""
        self.open(begin.Replay(self.local.path))

    # --- playing

    def send(self, action: Action) -> None:
        """Carry `action` to the table; the screens hear of it when it is durable."""
        if self.table is not None:
            self._send(self.table, action)

    @work(group="send")
    async def _send(self, table: Table, action: Action) -> None:
        try:
            await table.send(action, uuid4().hex)
        except TabletopError as error:
            self.post_message(self.Refused(str(error), action))
        else:
            self.post_message(self.Played(action))

    @work(group="send")
    async def leave_to(self, doctrine: str) -> None:
        """Let a doctrine play the rest of the player's turns, as a standing order."""
        from tabletop.exercise.autoplay import hand_over
        from tabletop.exercise.table import SOLO, HandOver

        try:
            await hand_over(self.local, doctrine)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.post_message(self.Played(HandOver(SOLO.name, doctrine)))

    @on(Played)
    def _tell_played(self, message: Played) -> None:
        if self.table is None:
            return
        view = self.view_of(self.table)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TabletopScreen):
                screen.played(message.action, view)

    @on(Refused)
    def _tell_refused(self, message: Refused) -> None:
        self.say(message.reason, severity="error")
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TabletopScreen):
                screen.refused(message.action)

    @staticmethod
    def view_of(table: Table) -> View:
        """What the player may know now."""
        from tabletop.exercise.table import SOLO

        return table.view(SOLO)

    @property
    def local(self) -> LocalTable:
        """The table as one that is played on this machine and has a save."""
        return cast("LocalTable", self.table)

    @property
    def warning(self) -> str | None:
        """One line about the save, where it cannot be written."""
        return getattr(self.table, "warning", None)

    def show_again(self) -> None:
        """Show the table as it stands now, on the screen that is on top."""
        if self.table is not None and isinstance(self.screen, TabletopScreen):
            self.screen.show(self.view_of(self.table))

    def go_on(self) -> None:
        """Show the table at the phase that it has reached."""
        raise NotImplementedError

    def say(self, text: str, severity: Any = "information") -> None:
        """Tell the player something in one line."""
        self.notify(clean_line(text, 300), severity=severity, markup=False)


async def close_table(table: Table | None) -> None:
    """Close a table that has a save; what could not be written was told before."""
    close = getattr(table, "close", None)
    if close is not None:
        with suppress(TabletopError):
            await close()


def open_table(desk: Desk, start: begin.Start) -> Table | None:
    """The table at which `start` begins; None for the home screen.

    Raises `TabletopError` where the scenario or the save cannot be read.
    """
    if isinstance(start, begin.NewGame):
        return desk.new(
            start.scenario,
            seed=start.seed,
            assumptions=start.assumptions,
            plan=start.plan,
            save=start.save,
            name=start.name,
        )
    if isinstance(start, begin.Resume):
        return desk.resume(start.path)
    if isinstance(start, begin.Replay):
        return desk.replay(start.path)
    return None
