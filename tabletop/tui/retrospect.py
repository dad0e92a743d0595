"""The app's way to look back on saves: debriefs, and games laid side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from textual import on, work
from textual.message import Message
from textual.screen import Screen

from tabletop.errors import TabletopError
from tabletop.tui.seat import SeatedApp

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.debrief.comparison import Place

LookBack = Literal["debrief", "review", "compare"]
"""Ways to look back on saves."""


class RetrospectiveApp(SeatedApp):
    """An app that opens saves beside the table, and changes nothing in them."""

    class LaidOut(Message):
        """Lines of saves were opened and wait to be looked back on; None where there is one."""

        def __init__(self, make: Callable[[], Screen[Any]] | None) -> None:
            """Carry what makes the screen."""
            super().__init__()
            self.make = make

    def look_back(self, kind: LookBack, paths: Sequence[Path]) -> None:
        """Open saves in the background, and show them over this screen."""
        self._look_back(kind, paths)

    @work(group="open", exclusive=True)
    async def _look_back(self, kind: LookBack, paths: Sequence[Path]) -> None:
        try:
            make = await asyncio.to_thread(_opened, kind, paths)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.post_message(self.LaidOut(make))

    @on(LaidOut)
    def _show_laid_out(self, message: LaidOut) -> None:
        if message.make is None:
            self.say("comparing takes two games, or a game of several teams", "warning")
        else:
            self.push_screen(message.make())

    @staticmethod
    def looking_back(kind: LookBack, places: Sequence[Place]) -> Screen[Any]:
        """The screen that looks back on these lines of play; two at least to be compared."""
        return _laid_out(kind, places)()


def _opened(kind: LookBack, paths: Sequence[Path]) -> Callable[[], Screen[Any]] | None:
    """What makes the screen; None where it takes more than one line of play.

    Raises `SaveError` where a save cannot be read.
    """
    from tabletop.debrief.comparison import newest_places

    places = newest_places(paths)
    return None if kind == "compare" and len(places) < 2 else _laid_out(kind, places)


def _laid_out(kind: LookBack, places: Sequence[Place]) -> Callable[[], Screen[Any]]:
    """Work out and load all that a screen needs, and leave only the screen to be made."""
    if kind == "compare":
        from tabletop.debrief.comparison import compare
        from tabletop.tui.screens.compare import CompareScreen

        return partial(CompareScreen, compare(places))
    from tabletop.debrief.report.gather import run_of

    if kind == "review":
        from tabletop.tui.screens.review import ReviewScreen

        return partial(ReviewScreen, places[0], run=run_of(places[0]))
    from tabletop.tui.screens.debrief import DebriefScreen

    return partial(DebriefScreen, places[0], run=run_of(places[0]))
