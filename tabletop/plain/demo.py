"""A doctrine at the table, watched turn by turn: what it chooses and what comes of it."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from tabletop.errors import SaveError
from tabletop.exercise.autoplay import policy_of, step
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO, Declare
from tabletop.exercise.view import View
from tabletop.plain.aftermath import aftermath
from tabletop.plain.console import Console, EndOfInputError
from tabletop.plain.ending import ending
from tabletop.plain.games import parting
from tabletop.plain.prompt import Prompts, QuitError
from tabletop.plain.session import briefing
from tabletop.plain.situation import news, opening
from tabletop.plain.wording import joined


def watch(console: Console, table: LocalTable, doctrine: str, objective: str | None = None) -> None:
    """Let a doctrine play a game to its end before the eyes of somebody.

    A person is asked to go on before every turn and may leave; the save keeps what was
    played. Raises `UsageError` for an unknown doctrine and `SaveError` where the game is not
    saved.
    """
    with asyncio.Runner() as runner:
        try:
            policy_of(table, doctrine)
            if objective is not None and not table.record.begun:
                runner.run(table.send(Declare(SOLO.name, objective), uuid4().hex))
            _Demo(console, table, doctrine, runner).play()
        except (QuitError, EndOfInputError):
            pass
        except KeyboardInterrupt:
            console.point_out(["Interrupted.", *parting(table, table.view(SOLO))])
            raise
        finally:
            runner.run(table.close())
    if table.warning:
        raise SaveError(f"this game is not saved: {table.warning}")
    console.point_out(parting(table, table.view(SOLO)))


class _Demo:
    def __init__(
        self, console: Console, table: LocalTable, doctrine: str, runner: asyncio.Runner
    ) -> None:
        self._console = console
        self._table = table
        self._doctrine = doctrine
        self._runner = runner
        self._prompts = Prompts(console, self._view)
        self._opened = 0

    def _view(self) -> View:
        return self._table.view(SOLO)

    def play(self) -> None:
        """Tell and play until the end."""
        part = self._table.record.program.scenario.doctrines[self._doctrine]
        view = self._view()
        if view.phase == "briefing":
            self._console.tell(briefing(view))
        self._console.tell([joined(f"This seat is played by a doctrine: {part.title}", part.text)])
        while (view := self._view()).phase != "ended":
            if view.phase != "briefing":
                self._open(view)
            self._runner.run(step(self._table, self._doctrine))
            if view.phase != "briefing":
                self._tell(view, self._view())
        self._console.tell(ending(self._view()))

    def _open(self, view: View) -> None:
        if view.turn == self._opened:
            return
        self._opened = view.turn
        if self._console.answered_by_person:
            self._prompts.words("Press Enter for the next turn, or type quit or help:")
        self._console.tell(opening(view))

    def _tell(self, before: View, after: View) -> None:
        if before.phase == "deciding":
            self._console.tell(aftermath(after))
            return
        fresh = [item for item in after.wire if item not in before.wire]
        self._console.tell(["After the answer.", *map(news, fresh)])
