"""Games from the desk, played line by line to an end, and begun again after it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from tabletop.errors import SaveError
from tabletop.exercise.autoplay import autoplay, hand_over, policy_of
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO, Declare, Table
from tabletop.exercise.view import View
from tabletop.plain.adviser import Voice
from tabletop.plain.console import Console, EndOfInputError
from tabletop.plain.ending import ending, history, questions
from tabletop.plain.prompt import Prompts, QuitError
from tabletop.plain.session import Seat, Session
from tabletop.plain.story import story
from tabletop.plain.wording import joined, quoted, sentence


class SavedTable(Table, Protocol):
    """A table whose game is written to a file."""

    @property
    def path(self) -> Path:
        """The file of the save."""

    @property
    def warning(self) -> str | None:
        """One line about the save, where it cannot be written."""

    async def close(self) -> None:
        """Write what is left and let go of the file."""

    async def save_elsewhere(self, path: Path) -> None:
        """Write the whole game to another file, and go on there."""


@dataclass(frozen=True, slots=True)
class Again:
    """How games are begun after this one: a new one of the same kind, and one from a turn."""

    new: Callable[[], SavedTable]
    branch: Callable[[Path, int], SavedTable]
    """The same luck meets what is chosen from that turn on."""


_REVIEW = "Read the review of your decisions: what they cost, apart from luck, in this model."


@dataclass(frozen=True, slots=True)
class _Next:
    """What a player may do when a game is over."""

    label: str
    reads: Callable[[View], list[str]] | None = None
    table: Callable[[], SavedTable] | None = None


def play(
    console: Console,
    table: SavedTable,
    again: Again,
    objective: str | None = None,
    *,
    adviser: bool = False,
) -> None:
    """Play a game to its end, and those that the player begins after it.

    `objective` is declared without asking where it is given; with `adviser` one speaks from
    the first decision on. Ends where the player leaves or
    the input does. Raises `SaveError` where the game that was left is not saved.
    """
    with asyncio.Runner() as runner:
        following: SavedTable | None = table
        opened = table.view(SOLO)
        if opened.phase != "briefing":
            console.say(joined(opened.title, "Taken up again where it was left"))
        briefed = False
        while following is not None:
            game = _Game(console, runner, following, objective, briefed=briefed, adviser=adviser)
            following = game.play(again)
            objective, briefed = game.view().objective, True


class _Game:
    """One game from its table, played to its end or left."""

    def __init__(
        self,
        console: Console,
        runner: asyncio.Runner,
        table: SavedTable,
        objective: str | None,
        *,
        briefed: bool,
        adviser: bool,
    ) -> None:
        self._console = console
        self._runner = runner
        self._table = table
        self._seat = Seat(table, runner)
        voice = Voice(table, on=adviser, tell=self._at_once)
        self._prompts = Prompts(
            console,
            self._seat.view,
            self._save,
            voice.turn,
            standing=self._seat.standing,
            review=self._review,
        )
        self._session = Session(
            self._seat, console, self._prompts, objective, briefed=briefed, adviser=voice
        )

    def view(self) -> View:
        """What the player may know now."""
        return self._seat.view()

    def _at_once(self, text: str) -> None:
        self._console.say(text)
        self._console.flush()

    def _review(self) -> list[str]:
        from tabletop.plain.review import reviewed

        return reviewed(self._table.path, self._at_once)

    def _save(self, path: Path) -> None:
        self._runner.run(self._table.save_elsewhere(path))

    def play(self, again: Again) -> SavedTable | None:
        """The table of the next game, or None where the player leaves."""
        following = None
        try:
            self._session.play()
            self._console.tell(ending(self.view()))
            following = self._ask_next(again)
        except QuitError:
            pass
        except EndOfInputError:
            self._console.tell(["End of input."])
        except KeyboardInterrupt:
            self._console.point_out(["Interrupted.", *parting(self._table, self.view())])
            raise
        finally:
            self._runner.run(self._table.close())
        if self._table.warning:
            raise SaveError(f"this game is not saved: {self._table.warning}")
        if following is None:
            self._console.point_out(parting(self._table, self.view()))
            return None
        return following()

    def _ask_next(self, again: Again) -> Callable[[], SavedTable] | None:
        end = self.view().ending
        ways: list[_Next] = []
        if end is not None and end.pivot is not None:
            path, turn = self._table.path, end.pivot
            label = f"Back to turn {turn}, where most hung on your decision, with the same luck."
            ways.append(_Next(label, table=lambda: again.branch(path, turn)))
        ways.append(_Next("New game, with a new adversary.", table=again.new))
        if end is not None and end.history:
            ways.append(_Next("Read what really happened.", history))
        if end is not None and end.questions:
            ways.append(_Next("Read the questions to talk over.", questions))
        if end is not None and end.unsealed:
            ways.append(_Next(_REVIEW, lambda _: self._review()))
        leave = _Next("Leave.")
        ways.append(leave)
        while True:
            chosen = ways[self._prompts.choose("What next?", [way.label for way in ways])]
            if chosen is leave:
                return None
            if chosen.table is not None:
                return chosen.table
            if chosen.reads is not None:
                self._console.tell(chosen.reads(self.view()))


def play_through(
    console: Console, table: LocalTable, doctrine: str, objective: str | None = None
) -> None:
    """Let a doctrine play a game to its end, and tell its story compactly.

    Raises `UsageError` for an unknown doctrine and `SaveError` where the game is not saved.
    """

    async def finish() -> None:
        try:
            if objective is not None and not table.record.begun:
                await table.send(Declare(SOLO.name, objective), uuid4().hex)
            policy_of(table, doctrine)
            if table.record.begun and not table.record.over:
                # What came before was decided by others.
                await hand_over(table, doctrine)
            else:
                await autoplay(table, doctrine)
        finally:
            await table.close()

    asyncio.run(finish())
    view = table.view(SOLO)
    console.say(*story(view))
    if table.warning:
        raise SaveError(f"this game is not saved: {table.warning}")
    console.point_out(parting(table, view))


def parting(table: SavedTable, view: View) -> list[str]:
    """Where the game is kept and how to come back to it."""
    if table.warning:
        return [sentence(f"This game is not saved: {table.warning}")]
    ended = view.phase == "ended"
    verb, purpose = ("replay", "Read it again") if ended else ("play --resume", "Go on")
    # No full stop after a path or a command: people copy them.
    return [f"Saved in: {table.path}", f"{purpose} with: tabletop {verb} {quoted(table.path)}"]
