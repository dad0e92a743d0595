"""The app's way to look back on saves: debriefs, and games laid side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from textual import on, work
from textual.message import Message
from textual.screen import Screen

from tabletop.errors import TabletopError
from tabletop.tui.seat import SeatedApp

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.debrief.comparison import Place

LookBack = Literal["debrief", "compare"]
"""Ways to look back on saves."""


class RetrospectiveApp(SeatedApp):
    """An app that opens saves beside the table, and changes nothing in them."""

    class LaidOut(Message):
        """Lines of saves were opened, to be looked back on."""

        def __init__(self, kind: LookBack, places: Sequence[Place]) -> None:
            """Carry what is to be shown of them."""
            super().__init__()
            self.kind = kind
            self.places = places

    def look_back(self, kind: LookBack, paths: Sequence[Path]) -> None:
        """Open saves in the background, and show them over this screen."""
        self._look_back(kind, paths)

    @work(group="open", exclusive=True)
    async def _look_back(self, kind: LookBack, paths: Sequence[Path]) -> None:
        from tabletop.debrief.comparison import newest_places

        try:
            places = await asyncio.to_thread(newest_places, paths)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.post_message(self.LaidOut(kind, places))

    @on(LaidOut)
    def _show_laid_out(self, message: LaidOut) -> None:
        if message.kind == "compare" and len(message.places) < 2:
            self.say("comparing takes two games, or a game of several teams", "warning")
        else:
            self.push_screen(self.looking_back(message.kind, message.places))

    @staticmethod
    def looking_back(kind: LookBack, places: Sequence[Place]) -> Screen[Any]:
        """The screen that looks back on these lines of play."""
        if kind == "compare":
            from tabletop.debrief.comparison import compare
            from tabletop.tui.screens.compare import CompareScreen

            return CompareScreen(compare(places))
        from tabletop.tui.screens.debrief import DebriefScreen

        return DebriefScreen(places[0])
