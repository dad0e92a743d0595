"""A live exercise on this machine: the table that people play at, and its journal behind it.

What a viewer is shown is always on the disk already: the newest record is kept ahead
and becomes visible when its events are durable.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path

from tabletop.errors import ActionError
from tabletop.exercise.board import Board
from tabletop.exercise.conduct import carry_out, catch_up
from tabletop.exercise.events import CLOSED, Draft, Event
from tabletop.exercise.header import Header
from tabletop.exercise.journal import Journal
from tabletop.exercise.record import Record
from tabletop.exercise.seals import short_seal
from tabletop.exercise.table import Action, Moment, Receipt, Viewer
from tabletop.exercise.view import View


class LocalTable:
    """An exercise run by this process; its `Table` for the front ends of this machine."""

    def __init__(self, record: Record, journal: Journal, past: Iterable[Event] = ()) -> None:
        """Go on from `record`; `past` are the events that led to it."""
        self._operations = {str(event.data["op"]) for event in past if "op" in event.data}
        record, drafts = catch_up(record)
        self._journal = journal
        events = journal.append(drafts) if drafts else ()
        self._ahead = _sealed(record, events)
        self._shown = self._ahead
        self._pivot = self._turn_to_go_back_to(record) if record.over else None
        self._waiting: set[asyncio.Event] = set()
        self._publishing: set[asyncio.Future[None]] = set()
        self._closed = False
        self._kept(events)
        journal.flush()

    @property
    def path(self) -> Path:
        """The save."""
        return self._journal.path

    @property
    def header(self) -> Header:
        """The first line of the save: all that the exercise started from."""
        return self._journal.header

    @property
    def warning(self) -> str | None:
        """One line where the save cannot be written and the game goes on in memory."""
        return self._journal.warning

    @property
    def record(self) -> Record:
        """The exercise as it is shown: every event in it is durable."""
        return self._shown

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """What `viewer` may know now, in the line of `moment` where one is given.

        A live table looks at no other moment than now: raises `ActionError` for another.
        """
        if moment is not None and moment.event != self._shown.number:
            raise ActionError("a live exercise shows the present alone: replay its save")
        view = Board(self._shown, viewer, moment.line if moment else None).view()
        ending = view.ending and replace(view.ending, pivot=self._pivot)
        return replace(view, ending=ending, warning=self.warning)

    def carried_out(self, op_id: str) -> bool:
        """Whether an operation has been carried out, by this process or before it."""
        return op_id in self._operations

    async def send(self, action: Action, op_id: str) -> Receipt:
        """Carry out an action; returns when its events are durable. Raises `ActionError`.

        What was accepted is carried through and shown even if the caller gives up waiting.
        """
        repeated = op_id in self._operations
        if not repeated:
            self._append(*carry_out(self._ahead, action, op_id))
            self._operations.add(op_id)
        ahead = self._ahead
        await self._published()
        return Receipt(op_id, ahead.number, repeated)

    async def _published(self) -> None:
        """Return when all that is ahead now is durable and shown."""
        publishing = asyncio.ensure_future(self._publish(self._ahead))
        self._publishing.add(publishing)
        publishing.add_done_callback(self._publishing.discard)
        await asyncio.shield(publishing)

    def _append(self, record: Record, drafts: list[Draft]) -> None:
        try:
            events = self._journal.append(drafts)
        except ValueError as error:
            raise ActionError(f"this cannot be kept in a save: {error}") from None
        self._ahead = _sealed(record, events)
        self._kept(events)

    def _kept(self, events: tuple[Event, ...]) -> None:
        """Told of every event that is on its way to the disk, for those who fold more of it."""

    def _showing(self, number: int) -> None:
        """Told which event is the newest one that is shown."""

    async def _publish(self, record: Record) -> None:
        await self._journal.durable(record.number)
        if record.over and not self._shown.over:
            self._pivot = await asyncio.to_thread(self._turn_to_go_back_to, record)
        if record.number > self._shown.number:
            self._shown = record
            self._showing(record.number)
            self._tell()

    def _turn_to_go_back_to(self, record: Record) -> int | None:
        # Not before the end: it plays games on, and a game begins without all that this takes.
        from tabletop.exercise.pivot import pivot

        return pivot(record)

    async def changes(self) -> AsyncIterator[int]:
        """The number of the newest event shown, each time there is one, until it is closed."""
        signal = asyncio.Event()
        self._waiting.add(signal)
        try:
            while not self._closed:
                await signal.wait()
                signal.clear()
                if not self._closed:
                    yield self._shown.number
        finally:
            self._waiting.discard(signal)

    def _tell(self) -> None:
        for signal in self._waiting:
            signal.set()

    async def save_elsewhere(self, path: Path) -> None:
        """Write everything so far to another file and go on there; raises `SaveError`."""
        await asyncio.to_thread(self._journal.save_elsewhere, path)

    async def close(self) -> None:
        """Write what is queued and let go of the save."""
        self._closed = True
        self._tell()
        await asyncio.to_thread(self._journal.close)


def _sealed(record: Record, events: tuple[Event, ...]) -> Record:
    """The record with the short seal of its closing event, if that is among `events`."""
    for event in events:
        if event.what == CLOSED:
            return replace(record, seal=short_seal(event.seal))
    return record
