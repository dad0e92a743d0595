"""A scripted class: a whole hour on a fast clock, over the network, with what goes wrong in rooms.

Six teams of four: two people who do not come, a phone that dies in the middle of a vote, a team
that never locks, one that control ends early, and a host that is stopped without a word.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Event
from tabletop.exercise.hour.actions import Advance, HourAction, Rewind, Start, Stretch
from tabletop.exercise.hour.actions import Resume as RunOn
from tabletop.exercise.hour.folds import moment_of
from tabletop.exercise.hour.opening import open_class, team_names
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import Override
from tabletop.room.opening import new_room, resume_room
from tabletop.room.pupils import Pupil
from tabletop.room.room import Room

TEAMS, PEOPLE = 6, 4
ABSENT = ("teal-2", "teal-3")
DYING = "blue-1"
SLOW = "green"
REWOUND = "amber"
EARLY = "violet"
PACE = 60.0
"""Seconds of the class in one of the machine."""
_LOOPBACK = "127.0.0.1"


@dataclass
class Outcome:
    """What became of a rehearsal."""

    save: Path
    seats: int = 0
    endings: dict[str, str] = field(default_factory=dict)
    """By team."""
    hot_wash_after: float = 0.0
    """Seconds by the plan's clock from StartEx to the hot wash.

    Pauses and stretches are left out, and preferences count as planned that were over as soon
    as everybody had one.
    """
    planned: float = 0.0
    """What the plan says of that, in seconds."""
    back_after: float = 0.0
    """Seconds of the machine from the host's new start until every page was whole again."""
    doubled: int = 0
    """Preferences of one seat and round that are in the save twice though said once."""
    lost: int = 0
    """Preferences that a page was told of and that the save does not hold."""
    ended_early: bool = False
    """Whether the team that control ended came to its end before the last round."""
    slow_by_default: int = 0
    """Decisions of the slow team that stood by default."""


class Rehearsal:
    """Runs the class; `tell` is given a line whenever something worth seeing happens."""

    def __init__(
        self,
        folder: Path,
        scenario: str,
        *,
        plan: str = "lesson",
        seed: int | None = None,
        pace: float = PACE,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._folder, self._scenario, self._plan, self._seed = folder, scenario, plan, seed
        self._pace, self._tell = pace, tell
        self._begun = time.time()
        self._room: Room | None = None
        self._pupils: list[Pupil] = []

    def now(self) -> float:
        """The time of the class, in seconds since 1970."""
        return self._begun + (time.time() - self._begun) * self._pace

    @property
    def room(self) -> Room:
        """The room, once it is open."""
        assert self._room is not None
        return self._room

    async def run(self) -> Outcome:
        """From the open door to the end of the hot wash."""
        table = open_class(
            Desk(self._folder),
            self._scenario,
            teams=team_names(TEAMS),
            plan=self._plan,
            seed=self._seed,
            name="rehearsal",
            clock=self.now,
        )
        table.pace = self._pace
        self._room = new_room(table, bind=_LOOPBACK, port=0)
        outcome = Outcome(table.path)
        await self.room.open()
        try:
            await self._fill()
            outcome.seats = len(self._pupils)
            await self._control(Start())
            self._tell("StartEx: everybody reads")
            await self._through(outcome)
        finally:
            await self._leave()
        _look_back(outcome, read_save(outcome.save).events, self.room.table, self._pupils)
        return outcome

    async def _fill(self) -> None:
        roles = list(self.room.roles())
        for team in team_names(TEAMS):
            for place in range(PEOPLE):
                name = f"{team}-{place}"
                if name in ABSENT:
                    self._tell(f"{name} has not come")
                    continue
                pupil = Pupil(name, team, roles[place], slow=team == SLOW)
                await pupil.join(self.room.kept.port, self.room.code)
                self._pupils.append(pupil)
        self._tell(f"{len(self._pupils)} people sit in {TEAMS} teams")

    async def _through(self, outcome: Outcome) -> None:
        """Follow the phases; what goes wrong goes wrong in its own phase."""
        seen: tuple[str, int] = ("", 0)
        while self.room.table.hour.phase != "over":
            hour = self.room.table.hour
            at = (hour.phase, hour.round)
            if at != seen:
                seen = at
                self._tell(f"{hour.phase}, round {hour.round}" if hour.round else hour.phase)
                await self._happen(outcome, *at)
            await asyncio.sleep(0.02)

    async def _happen(self, outcome: Outcome, phase: str, number: int) -> None:
        match phase, number:
            case "preference", 1:
                pupil = next(each for each in self._pupils if each.name == DYING)
                pupil.dies_in_the_vote = True
                self._tell(f"the phone of {DYING} dies in the middle of its vote")
            case "changed", 1:
                line = self.room.table.record.lines[REWOUND]
                turn = line.decisions[-1].turn
                await self._control(Rewind(REWOUND, turn, "A wrong card was read out."))
                self._tell(f"control takes {REWOUND} back to turn {turn}")
                await self._end_early()
            case "talk", 2:
                await self._control(Stretch(30))
                self._tell("control stretches the talk by half a minute")
            case "preference", 3:
                await self._kill_host(outcome)
            case "hot_wash", 0:
                self._tell("the talk is yours: the script goes on to the exit tickets")
                await self._control(Advance(phase, number))
            case _:
                return

    async def _end_early(self) -> None:
        """Control brings a team to its end at once, where a flag alone can do that."""
        program = self.room.table.record.program
        guards = (
            program.scenario.endings[ending.id].when for ending in program.endings if ending.at_once
        )
        flag = next((guard for guard in guards if guard in program.layout.flags), None)
        if flag is not None:
            reason = "A case for the other teams to watch."
            await self._control(Override(EARLY, reason, sets=(flag,)))
            self._tell(f"control brings {EARLY} to its end at once")

    async def _kill_host(self, outcome: Outcome) -> None:
        """Stop the host without a word in the middle of a vote, and start it again."""
        old, port = self.room, self.room.kept.port
        self._tell("the host is stopped without a word")
        await old.abandon()
        begun = time.monotonic()
        room = resume_room(old.table.path, bind=_LOOPBACK, port=port, clock=self.now)
        room.table.pace = self._pace
        self._room = room
        await room.open()
        if room.table.hour.paused_at is not None:
            await self._control(RunOn())
        await asyncio.gather(*(pupil.whole_again() for pupil in self._pupils))
        outcome.back_after = time.monotonic() - begun
        self._tell(f"the host is back: every page whole after {outcome.back_after:.1f} s")

    async def _control(self, action: HourAction | Override) -> None:
        await self.room.table.send(action, f"rehearsal:{uuid4().hex}")

    async def _leave(self) -> None:
        for pupil in self._pupils:
            with contextlib.suppress(Exception):
                await pupil.leave()
        await self.room.close()
        await self.room.table.close()


def _look_back(
    outcome: Outcome, events: tuple[Event, ...], table: ClassTable, pupils: list[Pupil]
) -> None:
    """Hold what was seen on the pages against what the save says."""
    lines = table.record.lines
    for line in lines.values():
        if line.play.ending is not None:
            outcome.endings[line.team] = line.play.ending
    said = [
        (event.data["seat"], event.data["turn"], event.data["response"])
        for event in events
        if event.what == "note.preference"
    ]
    kept = {event.data.get("op") for event in events if event.what == "note.preference"}
    outcome.doubled = len(said) - len(kept)
    told = {operation for pupil in pupils for operation in pupil.voted}
    outcome.lost = len(told - kept)
    ended = next((event.number for event in events if event.what == "game.ended"), 0)
    last = max(
        (event.number for event in events if event.what == "note.locked"), default=len(events)
    )
    outcome.ended_early = 0 < ended < last and lines[EARLY].over
    outcome.slow_by_default = sum(made.said.by_default for made in lines[SLOW].decisions)
    _time(outcome, events, table)


def _time(outcome: Outcome, events: tuple[Event, ...], table: ClassTable) -> None:
    """The hot wash by the plan's clock: what was paused or stretched, or won by haste, apart."""
    spans = table.hour.spans
    rounds = [span for span in spans if span.round]
    first, wash = rounds[0], next(span for span in spans if span.phase == "hot_wash")
    outcome.planned = float(
        sum(span.seconds for span in spans[spans.index(first) : spans.index(wash)])
    )
    entered = {
        (event.data["phase"], event.data["round"]): moment_of(event)
        for event in events
        if event.what == "note.phase"
    }
    away = 0.0
    since: float | None = None
    for event in events:
        if event.what == "note.paused":
            since = float(event.data.get("since") or moment_of(event))
        elif event.what == "note.resumed" and since is not None:
            away += moment_of(event) - since
            since = None
        elif event.what == "note.stretched":
            away += event.data["seconds"]
    for span, after in pairwise(spans):
        began, ended = entered.get(span[:2]), entered.get(after[:2])
        if span.phase == "preference" and began is not None and ended is not None:
            away -= max(0.0, span.seconds - (ended - began))
    outcome.hot_wash_after = entered["hot_wash", 0] - entered[first.phase, first.round] - away
