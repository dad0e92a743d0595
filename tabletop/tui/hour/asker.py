"""Puts the questions of an act on the screen, one sheet after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, TypeVar

from textual.app import App

from tabletop.exercise.asking import Blank, LeftError, Option
from tabletop.tui.hour.choosing import PickScreen, SeveralScreen
from tabletop.tui.hour.filling import FillScreen, SureScreen
from tabletop.tui.screens.base import TabletopSheet

Answer = TypeVar("Answer")


class ScreenAsker:
    """An `Asker` whose questions are sheets over whatever is on the screen."""

    def __init__(self, app: App[Any]) -> None:
        """Ask on the screen of `app`."""
        self._app = app
        self.waits = False
        """Whether a question is on the screen."""

    async def pick(self, question: str, options: Sequence[Option], start: str = "") -> str:
        """The id of the option that is chosen."""
        return await self._asked(PickScreen(question, options, start))

    async def several(
        self, question: str, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The ids of all that are chosen."""
        return await self._asked(SeveralScreen(question, options, chosen))

    async def fill(self, title: str, blanks: Sequence[Blank]) -> tuple[str, ...]:
        """What is filled in."""
        return await self._asked(FillScreen(title, blanks))

    async def sure(self, question: str, warning: str) -> None:
        """Return where control means it."""
        await self._asked(SureScreen(question, warning))

    async def _asked(self, sheet: TabletopSheet[Answer]) -> Answer:
        answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

        def take(answer: Answer | None) -> None:
            if not answered.done():
                answered.set_result(answer)

        self.waits = True
        self._app.push_screen(sheet, take)
        try:
            answer = await answered
        finally:
            self.waits = False
        if answer is None:
            raise LeftError
        return answer
