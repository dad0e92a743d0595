"""A save as a table: any moment of it can be looked at, and nothing can be changed.

The save is folded once, and a record of every so many events is kept: a step costs a
fold or a look-up, and one view.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from tabletop.clean import clean_line
from tabletop.errors import ActionError, SaveError, ScenarioError, TabletopError, UsageError
from tabletop.exercise.board import Board, Memory
from tabletop.exercise.header import Header
from tabletop.exercise.record import REWOUND, Record
from tabletop.exercise.replay_cursor import Cursor
from tabletop.exercise.replay_stops import Mark, Stop, marked, steps, turn_stops
from tabletop.exercise.save import read_save
from tabletop.exercise.table import Action, Moment, Receipt, Viewer
from tabletop.exercise.view import View
from tabletop.exercise.viewers import (
    Perspective,
    may_look,
    perspectives,
    seated,
    usual_viewer,
)
from tabletop.rules import RULES_VERSION
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.cache import read_cached
from tabletop.scenario.schema import Scenario


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
        files, dials = tuple(header.files.items()), tuple(header.assumptions.items())
        return _compiled(files, dials, header.plan)
    except ScenarioError as error:
        raise SaveError(f"the scenario inside cannot be used: {error.faults[0]}") from None


@lru_cache(maxsize=2)
def _compiled(
    files: tuple[tuple[str, str], ...], assumptions: tuple[tuple[str, str], ...], plan: str | None
) -> Program:
    """A program, kept for the next save of the same class."""
    return compile_program(scenario_of(dict(files)), dict(assumptions), plan)


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


@dataclass(frozen=True, slots=True)
class LineCard:
    """A line of play, as a list of them shows it."""

    name: str
    team: str
    first: int
    """The event with which it came to be."""
    last: int
    """The newest event that did something in it."""
    turn: int
    """The turn that it has come to."""
    over: bool
    came_from: str | None = None
    """The line that control went back in, where this one was opened by that."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place that holds what was searched for."""

    stop: Stop
    excerpt: str
    """The words around it, on one line."""


class ReplayTable:
    """A save laid out for looking at; its `Table` refuses every action.

    Opening reads the file once and lets go of it; whatever is written to it later is not
    seen. Raises `SaveError` with one line where nothing of it can be replayed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.save = read_save(path)
        """What could be read of it."""
        try:
            self.program = program_of(self.save.header)
        except TabletopError as error:
            raise SaveError(f"{path}: {error}") from None
        self.cursor = Cursor.of(self.save, self.program)
        """The records behind the views: they hold what no player may know."""
        self.fault = self.cursor.fault or next(iter(self.save.faults), None)
        """One line about what of the save cannot be used; None where all can."""
        if not self.cursor.last.lines:
            why = f": {self.fault}" if self.fault else ""
            raise SaveError(
                f"{path}: play had not begun in this save: there is nothing to replay{why}"
            )
        self._steps: dict[tuple[Viewer, str], tuple[Stop, ...]] = {}
        self._turns: dict[tuple[Viewer, str], tuple[Stop, ...]] = {}
        self._memory: Memory = {}

    @property
    def record(self) -> Record:
        """The newest record; it holds what no player may know."""
        return self.cursor.last

    @cached_property
    def moments(self) -> tuple[Stop, ...]:
        """The decisions and the end of every line, in order, without marks."""
        lines = self.cursor.last.lines
        return tuple(stop for name in lines for stop in turn_stops(self.cursor, name))

    @property
    def viewers(self) -> tuple[Perspective, ...]:
        """Everybody who may look, seats first and control last."""
        return perspectives(self.record)

    @property
    def viewer(self) -> Viewer:
        """Who looks where nobody says: the one player of a solo save, else the public."""
        return usual_viewer(self.record)

    def lines(self, viewer: Viewer) -> tuple[LineCard, ...]:
        """The lines of play that a viewer may look at, in the order in which they came to be."""
        lines = self.record.lines
        return tuple(
            self._card(name)
            for name, line in lines.items()
            if may_look(self.record, viewer, line.team)
        )

    def line(self, viewer: Viewer, name: str | None = None) -> str:
        """The line of that name, or the first team's newest that the viewer may look at.

        `team:NAME` is that team's newest line, and so is its name alone where no line bears
        it: a team's first line does. Raises `UsageError`.
        """
        cards = self.lines(viewer)
        if not cards:
            raise UsageError("there is no line of play to look at from here")
        asked = f"{TEAM}{cards[0].team}" if name is None else name
        exact = [card.name for card in cards if card.name == asked]
        own = [card.name for card in cards if card.team == asked.removeprefix(TEAM)]
        if exact or own:
            return exact[-1] if exact else own[-1]
        raise UsageError(_no_line(asked, cards))

    def steps(self, viewer: Viewer, line: str) -> tuple[Stop, ...]:
        """Every event of a line by which the viewer learned something; control gets them all.

        Raises `ActionError` where the viewer may not look at the line.
        """
        self._check(viewer, line)
        if (viewer, line) not in self._steps:
            self._steps[viewer, line] = tuple(steps(self.cursor, viewer, line))
        return self._steps[viewer, line]

    def turns(self, viewer: Viewer, line: str) -> tuple[Stop, ...]:
        """Every decision of a line and its end, marked with what happened from each on.

        Raises `ActionError` where the viewer may not look at the line.
        """
        self._check(viewer, line)
        if (viewer, line) not in self._turns:
            found = marked(turn_stops(self.cursor, line), self.steps(viewer, line))
            self._turns[viewer, line] = tuple(found)
        return self._turns[viewer, line]

    def search(self, text: str, viewer: Viewer, line: str | None = None) -> tuple[Found, ...]:
        """Where the words stand in what was told and said, as far as the viewer may know it.

        Case does not matter. Looks through one line of play or all that the viewer may see.
        """
        wanted = clean_line(text).casefold()
        names = [line] if line is not None else [card.name for card in self.lines(viewer)]
        if not wanted:
            return ()
        stops = (stop for name in names for stop in self.steps(viewer, name))
        return tuple(
            Found(stop, _excerpt(stop.text, wanted))
            for stop in stops
            if wanted in " ".join(stop.text.split()).casefold()
        )

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """What `viewer` could know at a moment; at the end of the save where none is given.

        A seat that was taken later looks as its team does. Raises `ActionError` for a moment
        that the save does not have.
        """
        number = self.cursor.last.number if moment is None else moment.event
        if not 0 <= number <= self.cursor.last.number:
            raise ActionError(f"this save has no event {number}")
        record = self.cursor.at(number)
        if viewer.kind == "seat" and viewer.name in self.record.seats:
            viewer = seated(record, viewer, self.record.seats[viewer.name].team)
        return Board(record, viewer, moment.line if moment else None, self._memory).view()

    def aim(self, viewer: Viewer, line: str) -> str | None:
        """What the adversary of a line wants: for control, and for all once the exercise is over.

        Raises `ActionError` where the viewer may not look at the line.
        """
        self._check(viewer, line)
        if viewer.kind != "control" and not self.record.over:
            return None
        aims = list(self.program.scenario.aims.values())
        return aims[self.record.lines[line].world.aim].title if aims else None

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

    def _check(self, viewer: Viewer, line: str) -> None:
        found = self.record.lines.get(line)
        if found is None or not may_look(self.record, viewer, found.team):
            raise ActionError(f"there is no line {line!r} to look at from here")

    def _card(self, name: str) -> LineCard:
        line, traces = self.record.lines[name], self.cursor.traces[name]
        first, last = traces[0].event, traces[-1].event
        opened = self.save.events[first - 1]
        came_from = str(opened.data["from"]) if opened.what == REWOUND else None
        return LineCard(name, line.team, first, last, line.world.turn, line.over, came_from)


TEAM = "team:"
"""What stands before a team's name where its newest line is meant, and none that bears it."""


def _no_line(asked: str, cards: Sequence[LineCard]) -> str:
    """That there is no line or team of that name here, and what there is."""
    if asked.startswith(TEAM):
        there = ", ".join(list(dict.fromkeys(card.team for card in cards))[:12])
        name = asked.removeprefix(TEAM)
        return f"there is no team {name!r:.60} to look at from here: there is {there}"
    there = ", ".join(card.name for card in cards[:12])
    return f"there is no line {asked!r:.60} to look at from here: there is {there}"


_LONGEST = 20_000
_AROUND = 60


def _excerpt(text: str, wanted: str) -> str:
    """The words around the first place where `wanted` stands in `text`."""
    line = clean_line(text, _LONGEST)
    place = line.casefold().find(wanted)
    start, end = max(0, place - _AROUND), place + len(wanted) + _AROUND
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


__all__ = [
    "TEAM",
    "Found",
    "LineCard",
    "Mark",
    "ReplayTable",
    "Stop",
    "program_of",
    "scenario_of",
]
