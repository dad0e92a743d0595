"""The application that follows an hour which others move on too, and draws it as it stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Final

from textual import work

from tabletop.tui import start as begin
from tabletop.tui.app import TabletopApp
from tabletop.tui.hour.asker import ScreenAsker
from tabletop.tui.screens.base import TabletopScreen

if TYPE_CHECKING:
    from tabletop.exercise.desk import Desk

PACE: Final = 0.25
"""Seconds between two looks at the hour: what happens within is seen at once."""


class FollowingApp(TabletopApp):
    """What the console and a seat share: the look at the hour, again whenever it changes."""

    def __init__(self, desk: Desk | Callable[[], Desk], **settings: Any) -> None:
        """Follow a table that its owner opens and closes."""
        super().__init__(desk, None, start=begin.Home(), **settings)
        self.asker = ScreenAsker(self)
        self._stirred = asyncio.Event()

    def changes(self) -> AsyncIterator[int]:
        """The newest event of what is followed, each time there is one."""
        raise NotImplementedError

    def look(self) -> None:
        """See what is followed as it stands now."""
        raise NotImplementedError

    def on_ready(self) -> None:
        """Follow it."""
        super().on_ready()
        self._listen()
        self._follow()

    def stir(self, seat: str = "") -> None:  # noqa: ARG002
        """Something changed that is not in the hour, as who is there: look again soon."""
        self._stirred.set()

    @work(group="listen")
    async def _listen(self) -> None:
        async for _ in self.changes():
            self._stirred.set()
        self._stirred.set()

    @work(group="follow")
    async def _follow(self) -> None:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            self.look_again()
            await asyncio.sleep(PACE)

    def look_again(self) -> None:
        """See everything as it stands now, on every screen that shows it."""
        if not self.is_running:
            # On the way out the parts of a screen are gone before the screen is.
            return
        self.look()
        for screen in list(self.screen_stack):
            if isinstance(screen, TabletopScreen) and screen.is_mounted:
                screen.look_again()
