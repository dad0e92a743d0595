"""The record after any event of a save, worked out from the nearest checkpoint before it."""

from __future__ import annotations

import gc
from collections import OrderedDict
from dataclasses import dataclass

from tabletop.exercise.events import Event
from tabletop.exercise.record import BEGUN, REWOUND, MismatchError, Record
from tabletop.exercise.save import Save
from tabletop.rules.program import Program

EVERY = 64
"""Events from one checkpoint to the next: folding so many costs a few milliseconds."""
KEPT = 8
"""Stretches between checkpoints that are kept worked out: those that were looked at last."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one event did to one line of play, as far as finding moments needs it."""

    event: int
    line: str
    what: str
    turn: int
    """The turn that it belongs to."""
    told_from: int
    """How much of the line's log stood before what this event added."""
    told_to: int
    """The length of the line's log after it."""
    waits: str
    """What the line waits for after it: `flash`, `decide`, `ended`, or nothing."""
    over: bool
    """Whether the line has come to its end."""


class Cursor:
    """Finds the record after each event of a save, as far as it follows by the rules.

    Opening folds every event once and keeps a record of each `EVERY`; a jump folds from
    the one before it, and a step beside the last place looks up what was folded for that.
    """

    def __init__(self, save: Save, program: Program) -> None:
        self.events = save.events
        self.traces: dict[str, list[Trace]] = {}
        """What happened in each line of play, in order."""
        self.fault: str | None = None
        """Where and how the first event that does not follow differs; None where all do."""
        self._checkpoints = [Record(program, save.header.seed, save.header.luck)]
        self._stretches: OrderedDict[int, list[Record]] = OrderedDict()
        self.last = self._fold()
        """The newest record."""

    @classmethod
    def of(cls, save: Save, program: Program) -> Cursor:
        """A cursor made at a stretch: nothing that opening leaves behind is worth collecting."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            return cls(save, program)
        finally:
            if collecting:
                gc.enable()

    def at(self, number: int) -> Record:
        """The record after event `number`, from 0 to that of the last record."""
        stretch, place = divmod(number, EVERY)
        if stretch not in self._stretches:
            self._stretches[stretch] = self._stretch(stretch)
            if len(self._stretches) > KEPT:
                self._stretches.popitem(last=False)
        self._stretches.move_to_end(stretch)
        return self._stretches[stretch][place]

    def _fold(self) -> Record:
        record = self._checkpoints[0]
        for event in self.events:
            try:
                after = record.after(event)
            except MismatchError as error:
                self.fault = f"line {event.number + 1}: {error}"
                break
            self._trace(record, after, event)
            record = after
            if record.number % EVERY == 0:
                self._checkpoints.append(record)
        return record

    def _stretch(self, number: int) -> list[Record]:
        """The records from a checkpoint up to the one before the next."""
        records = [self._checkpoints[number]]
        end = min(records[0].number + EVERY - 1, self.last.number)
        for event in self.events[records[0].number : end]:
            records.append(records[-1].after(event))
        return records

    def _trace(self, before: Record, after: Record, event: Event) -> None:
        names = list(after.lines) if event.what == BEGUN else [event.line]
        for name in names:
            line = after.lines.get(name)
            if line is None:
                continue
            earlier = before.lines.get(name)
            # A line that was opened at an earlier turn brings its past along.
            known = event.what == REWOUND or (earlier is not None and earlier.log is line.log)
            length = line.log.length
            prompt = line.play.prompt
            self.traces.setdefault(name, []).append(
                Trace(
                    event.number,
                    name,
                    event.what,
                    line.world.turn - line.play.turn_over,
                    length if known else length - len(line.log.added),
                    length,
                    "ended" if line.play.ending else prompt.kind if prompt else "",
                    line.over,
                )
            )
