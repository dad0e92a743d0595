"""A live facilitated exercise: the table of a class, run by its plan's clock or by hand.

The hour is folded from the same events as the game, so that what a page shows is on the
disk, and a restart finds everything where it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from tabletop.errors import ActionError
from tabletop.exercise.events import Draft, Event
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.header import stamp
from tabletop.exercise.hour import conduct, notes, walk
from tabletop.exercise.hour.actions import Advance, HourAction, Start
from tabletop.exercise.hour.course import Course
from tabletop.exercise.hour.folds import after
from tabletop.exercise.hour.seeing import Seeing
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.hour.view import HourView, SeatRow
from tabletop.exercise.journal import Journal
from tabletop.exercise.record import Record
from tabletop.exercise.table import Action, Join, Moment, Receipt, Viewer
from tabletop.exercise.view import View

LATE = 10.0
"""Seconds that the clock may fall behind before it is taken for a sleep of the machine."""
_IDLE = 3600.0


class ClassTable(LocalTable):
    """An exercise of several teams run by this process, with its phases, clock and control."""

    def __init__(
        self,
        record: Record,
        hour: Hour,
        journal: Journal,
        past: Iterable[Event] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Go on from `record` and `hour`; `past` are the events that led to them."""
        self._hour_ahead = self._hour_shown = hour
        self._hours: deque[tuple[int, Hour]] = deque()
        self._clock = clock
        self.pace = 1.0
        """Seconds of its clock in a second of the machine's: a rehearsal runs faster."""
        self._stirred = asyncio.Event()
        self._rows: dict[str, SeatRow] = {}
        self._rows_of, self._rows_at = hour, record
        journal.clock = lambda: stamp(clock())
        super().__init__(record, journal, past)
        self._hour_shown = self._hour_ahead

    @property
    def hour(self) -> Hour:
        """The hour as it is shown: every event in it is durable."""
        return self._hour_shown

    def now(self) -> float:
        """The time by the table's clock, in seconds since 1970."""
        return self._clock()

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """What `viewer` may know now; a class chooses from its menu, where the scenario has one."""
        view = super().view(viewer, moment)
        if viewer.kind == "control":
            return view
        responses = self.record.program.scenario.responses
        menu = tuple(each for each in view.responses if responses[each.id].class_menu)
        return replace(view, responses=menu) if any(each.supports for each in menu) else view

    def hour_view(self, viewer: Viewer) -> HourView:
        """What `viewer` may know of the hour now."""
        if self._rows_of is not self.hour or self._rows_at is not self.record:
            self._rows_of, self._rows_at, self._rows = self.hour, self.record, {}
        return Seeing(self.record, self.hour, viewer, self.now(), self._rows).view()

    async def send(self, action: Action | HourAction, op_id: str) -> Receipt:
        """Carry out an action; returns when its events are durable. Raises `ActionError`."""
        if not isinstance(action, HourAction | Join):
            return await super().send(action, op_id)
        if op_id in self._operations:
            await self._published()
            return Receipt(op_id, self._ahead.number, repeated=True)
        if isinstance(action, Advance):
            course = self._advance(action, op_id)
        else:
            course = conduct.carry_out(self._ahead, self._hour_ahead, action, op_id)
            if isinstance(action, Start):
                self._enter_first_round(course)
        self._append(course.record, course.drafts)
        self._operations.add(op_id)
        await self._published()
        return Receipt(op_id, self._ahead.number)

    async def note(self, what: str, data: dict[str, Any], actor: str = "control") -> None:
        """Keep a note of whoever runs the room; returns when it is durable."""
        course = Course(self._ahead, self._hour_ahead)
        course.note(what, actor, **data)
        self._append(course.record, course.drafts)
        await self._published()

    def next_tick(self) -> float | None:
        """When the clock wants `tick`, in seconds since 1970; None: not by itself."""
        hour = self._hour_ahead
        if walk.wants_to_go_on(self._ahead, hour):
            return self.now()
        left = hour.remaining(self.now())
        if left is None or hour.paused_at is not None or not self._may_leave():
            return None
        return self.now() + max(0.0, left)

    def _may_leave(self) -> bool:
        """Whether the end of the phase may come by itself."""
        hour = self._hour_ahead
        place = walk.next_place(self._ahead, hour)
        if place is None or (not self._ahead.begun and hour.phase != "join"):
            return False
        return not (hour.held and hour.open and hour.spans[place].phase == "reveal")

    async def tick(self) -> None:
        """Carry out what the clock demands now, if it demands anything."""
        due = self.next_tick()
        if due is None or due > self.now():
            return
        course = Course(self._ahead, self._hour_ahead)
        walk.leave(course)
        self._append(course.record, course.drafts)
        await self._published()

    async def run(self) -> None:
        """Let the clock run until this is cancelled; a machine that slept finds it paused."""
        while True:
            due = self.next_tick()
            wait = _IDLE if due is None else max(0.0, due - self.now())
            self._stirred.clear()
            before = self.now()
            # In small steps: a machine that wakes up must be told from a clock that ran out.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(wait / self.pace, 1.0)):
                    await self._stirred.wait()
            if self.now() - before > LATE * self.pace and self._hour_ahead.running:
                await self.note(notes.PAUSED, {"since": before, "slept": True})
                continue
            await self.tick()

    def _turn_to_go_back_to(self, record: Record) -> int | None:  # noqa: ARG002
        """None: it is one team's, and a class has its reviews in the debrief."""
        return None

    def _advance(self, action: Advance, op_id: str) -> Course:
        hour = self._hour_ahead
        if (action.phase, action.round) != (hour.phase, hour.round):
            raise ActionError("the hour has gone on already")
        course = Course(self._ahead, hour)
        walk.leave(course)
        last = course.drafts[-1]
        course.drafts[-1] = Draft(last.what, {**last.data, "op": op_id}, "control", last.line)
        return course

    def _enter_first_round(self, course: Course) -> None:
        """StartEx leads into the first round, from whatever phase it comes."""
        place = next(at for at, span in enumerate(course.hour.spans) if span.round)
        span = course.hour.spans[place]
        course.note(notes.PHASE, "clock", place=place, phase=span.phase, round=span.round)

    def _kept(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self._hour_ahead = after(self._hour_ahead, event)
        if events:
            self._hours.append((events[-1].number, self._hour_ahead))
            self._stirred.set()

    def _showing(self, number: int) -> None:
        while self._hours and self._hours[0][0] <= number:
            self._hour_shown = self._hours.popleft()[1]
