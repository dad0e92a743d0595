"""Keeps what goes wrong with a room, for the console to tell and the save to record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tabletop.exercise.console.troubles import SAVE, Trouble, of_the_save
from tabletop.exercise.hour.notes import FAULT
from tabletop.exercise.hour.table import ClassTable

FRESH = 120.0
"""Seconds for which something that happened is shown."""
AGAIN = 30.0
"""Seconds until the same is put on record once more: a disk that comes and goes floods nothing."""


class Troubles:
    """Everything that went wrong since the room was opened."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._known: dict[str, Trouble] = {}
        self._standing: set[str] = set()
        self._noted: dict[tuple[str, bool], float] = {}
        self.told: Callable[[], None] = lambda: None
        """Called when something is to be told."""
        self.noted: Callable[[Trouble, bool], None] = lambda *_: None
        """Called with what is to be put on record, and whether it is over."""

    def happened(self, name: str, what: str, do: str) -> None:
        """Something went wrong and is over by that; it may happen again."""
        self._put(name, Trouble(name, what, do))

    def stands(self, name: str, what: str, do: str, after: str) -> None:
        """Something is wrong from now on, until it is said to be over."""
        known = self._known.get(name)
        if name in self._standing and known is not None and known.what == what:
            return
        self._standing.add(name)
        self._put(name, Trouble(name, what, do, after))

    def remember(self, trouble: Trouble) -> None:
        """Keep what is told and put on record elsewhere, to be looked up afterwards."""
        known = self._known.get(trouble.id)
        times = known.times + 1 if known is not None else 1
        self._known[trouble.id] = trouble._replace(at=self._now(), times=times)

    def over(self, name: str) -> None:
        """It is well again."""
        if name not in self._standing:
            return
        self._standing.discard(name)
        self._note(self._known[name], over=True)
        self.told()

    def stumbled(self, kind: str) -> None:
        """A part of the room ended by a fault of ours, and was begun again."""
        self.happened(
            "stumbled",
            f"A part of the room stumbled and was taken up again ({kind}).",
            "The class goes on. Should it come again and again, close the room and start it with"
            " --resume: nothing is lost by that. It is a fault of ours: tell its makers.",
        )

    def unanswered(self, kind: str) -> None:
        """The answer to a page ended by a fault of ours."""
        self.happened(
            "unanswered",
            f"A page could not be answered ({kind}).",
            "That page asks again by itself, and the class goes on. If it comes to nothing, enter"
            " that choice from paper. It is a fault of ours: tell its makers.",
        )

    def present(self) -> tuple[Trouble, ...]:
        """What stands, and what has happened just now; the newest first."""
        since = self._now() - FRESH
        return tuple(
            each
            for each in self.all()
            if each.id in self._standing or (not each.after and each.at > since)
        )

    def all(self) -> tuple[Trouble, ...]:
        """Everything, the newest first."""
        return tuple(sorted(self._known.values(), key=lambda each: -each.at))

    def _put(self, name: str, trouble: Trouble) -> None:
        known = self._known.get(name)
        times = known.times + 1 if known is not None else 1
        self._known[name] = trouble._replace(at=self._now(), times=times)
        self._note(self._known[name], over=False)
        self.told()

    def _note(self, trouble: Trouble, *, over: bool) -> None:
        now, key = self._now(), (trouble.id, over)
        if now - self._noted.get(key, -AGAIN) >= AGAIN:
            self._noted[key] = now
            self.noted(trouble, over)


class Record:
    """Puts troubles on record in the save, those of the save itself among them."""

    def __init__(self, table: ClassTable, found: Troubles) -> None:
        self._table, self._found = table, found
        self._waiting: asyncio.Queue[dict[str, object]] = asyncio.Queue()

    async def run(self) -> None:
        """Write down what comes, until this is cancelled."""
        self._found.noted = self._note
        watching = asyncio.create_task(self._watch())
        try:
            while True:
                await self._table.note(FAULT, await self._waiting.get(), "room")
        finally:
            watching.cancel()

    def _note(self, trouble: Trouble, over: bool) -> None:  # noqa: FBT001 - two states of one thing
        data: dict[str, object] = {"fault": trouble.id, "told": trouble.what, "over": over}
        if over:
            data["told"] = trouble.after
        self._waiting.put_nowait(data)

    async def _watch(self) -> None:
        """Note when the save cannot be written, and when it can be again."""
        since, noted = False, -AGAIN
        async for _ in self._table.changes():
            now, fails = self._table.now(), bool(self._table.warning)
            if fails == since or (fails and now - noted < AGAIN):
                continue
            since, noted = fails, now
            for trouble in of_the_save(self._table):
                self._found.remember(trouble)
            told = "The save could not be written." if since else "The save is written again."
            self._waiting.put_nowait({"fault": SAVE, "told": told, "over": not since})
