"""A save as a table: any moment of it can be looked at, and nothing can be changed.

The save is folded once; every event's record is kept. Records share what did not
change, so that a jump costs a look-up and one view.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from tabletop.errors import ActionError, SaveError, ScenarioError
from tabletop.exercise.board import Board
from tabletop.exercise.header import Header
from tabletop.exercise.record import MismatchError, Record
from tabletop.exercise.save import CLOSED, Event, Save, read_save
from tabletop.exercise.seals import short_seal
from tabletop.exercise.table import Action, Moment, Receipt, Viewer
from tabletop.exercise.view import View
from tabletop.rules import RULES_VERSION
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.cache import read_cached
from tabletop.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment worth stopping at when a save is stepped through."""

    line: str
    event: int
    turn: int
    label: str


@dataclass(frozen=True)
class Replayed:
    """A save worked out again from its inputs, as far as it follows by the rules."""

    save: Save
    program: Program
    records: tuple[Record, ...]
    """By event number, from 0: the record after it."""
    fault: str | None
    """Where and how the save first differs from what the rules give; None where it never does."""

    @property
    def last(self) -> Record:
        """The newest record."""
        return self.records[-1]


def program_of(header: Header) -> Program:
    """The program that a save was played with, from the scenario that it holds.

    Raises `SaveError` where the save needs newer rules or its scenario cannot be used.
    """
    if header.rules > RULES_VERSION:
        raise SaveError(
            f"played by rules version {header.rules}, and this tabletop knows up to "
            f"{RULES_VERSION}: a newer tabletop can replay it"
        )
    try:
        scenario = scenario_of(header.files)
    except ScenarioError as error:
        raise SaveError(f"the scenario inside cannot be used: {error.faults[0]}") from None
    return compile_program(scenario, header.assumptions, header.plan)


def scenario_of(files: Mapping[str, str]) -> Scenario:
    """The scenario of a save's files; raises `ScenarioError`.

    A translation has its scenario's name with a language in it, so the shortest name is
    the scenario and the others are laid over it.
    """
    by_length = sorted(files.items(), key=lambda file: len(file[0]))
    (name, text), *others = by_length or [("", "")]
    loaded = read_cached(text, name)
    for other, translation in others:
        from tabletop.scenario.translation import translate_text

        loaded = translate_text(loaded, translation, other)
    return loaded.scenario


def replay_save(save: Save) -> Replayed:
    """Fold a save's events; stops, and says where, at the first that does not follow."""
    program = program_of(save.header)
    records = [Record(program, save.header.seed, save.header.luck)]
    fault = None
    for event in save.events:
        try:
            records.append(_after(records[-1], event))
        except MismatchError as error:
            fault = f"line {event.number + 1}: {error}"
            break
    return Replayed(save, program, tuple(records), fault)


def _after(record: Record, event: Event) -> Record:
    after = record.after(event)
    return replace(after, seal=short_seal(event.seal)) if event.what == CLOSED else after


class ReplayTable:
    """A save laid out for looking at; its `Table` refuses every action."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._replayed = replay_save(read_save(path))
        self.fault = self._replayed.fault or next(iter(self._replayed.save.faults), None)
        """One line about what of the save cannot be used; None where all can."""
        self.moments = tuple(_stops(self._replayed))
        """The moments worth stopping at, in order."""
        if not self.moments:
            raise SaveError(f"{path}: play had not begun in this save: there is nothing to replay")

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """What `viewer` could know at a moment; at the end of the save where none is given."""
        number = len(self._replayed.records) - 1 if moment is None else moment.event
        if not 0 <= number < len(self._replayed.records):
            raise ActionError(f"this save has no event {number}")
        line = moment.line if moment else None
        return Board(self._replayed.records[number], viewer, line).view()

    async def send(self, action: Action, op_id: str) -> Receipt:  # noqa: ARG002
        """Refuse: a replay cannot be played. Raises `ActionError`."""
        raise ActionError("this is a replay: branch from it to play on")

    async def changes(self) -> AsyncIterator[int]:
        """Nothing ever changes here."""
        nothing: Iterable[int] = ()
        for number in nothing:
            yield number

    async def close(self) -> None:
        """Nothing is held open."""


def _stops(replayed: Replayed) -> Iterator[Stop]:
    """StartEx and every decision of each line, then its end."""
    last = replayed.last
    calendar = replayed.program.scenario.calendar
    for line in last.lines.values():
        for opening in line.openings:
            title = calendar[opening.turn - 1].title
            yield Stop(line.name, opening.event, opening.turn, f"Turn {opening.turn}: {title}")
        if line.over:
            number = next(
                index
                for index, record in enumerate(replayed.records)
                if line.name in record.lines and record.lines[line.name].over
            )
            yield Stop(line.name, _closed_after(replayed, number), line.world.turn, "EndEx")
        elif line.openings and last.number > line.openings[-1].event:
            yield Stop(line.name, last.number, line.world.turn, "Where the save ends")


def _closed_after(replayed: Replayed, number: int) -> int:
    """The closing record, where it follows the end at once: it carries the seal."""
    later = islice(enumerate(replayed.records), number, number + 2)
    return next((index for index, record in later if record.closed), number)
