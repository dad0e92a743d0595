"""Where a facilitated exercise is opened, or found again after its host was stopped."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tabletop.errors import SaveError, UsageError
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.going_on import kept, record_of
from tabletop.exercise.header import stamp
from tabletop.exercise.hour import notes
from tabletop.exercise.hour.folds import after, moment_of
from tabletop.exercise.hour.phases import schedule
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.journal import Journal
from tabletop.exercise.record import Record
from tabletop.exercise.save import Save
from tabletop.rules.program import Program

MOST_TEAMS = 100
AWAY = 30.0
"""Seconds that a host may have been gone without the clock being stopped for it."""
_TEAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
COLOURS = (
    "red", "blue", "green", "amber", "violet", "teal", "white", "rose",
    "bronze", "indigo", "lime", "coral",
)  # fmt: skip


def team_names(count: int) -> tuple[str, ...]:
    """Names for so many teams: colours, then numbers; raises `UsageError` beyond the limit."""
    if not 1 <= count <= MOST_TEAMS:
        raise UsageError(f"an exercise has 1 to {MOST_TEAMS} teams, not {count}")
    numbered = (f"team-{number}" for number in range(len(COLOURS) + 1, count + 1))
    return (*COLOURS[:count], *numbered)


def open_class(
    desk: Desk,
    scenario: str,
    *,
    teams: Sequence[str],
    plan: str | None = None,
    rule: str = "head",
    own_luck: bool = False,
    timed: bool = True,
    seed: int | None = None,
    assumptions: Mapping[str, str] | None = None,
    preset: str | None = None,
    save: Path | None = None,
    name: str = "class",
    clock: Callable[[], float] = time.time,
) -> ClassTable:
    """A new exercise of several teams; nobody sits in them yet.

    Raises as `Desk.new` does, and `UsageError` for names of teams that cannot be used.
    """
    _check(teams)
    program, header, path = desk.prepared(
        scenario,
        seed=seed,
        assumptions=assumptions,
        preset=preset,
        plan=plan,
        save=save,
        name=name,
    )
    record = Record(program, header.seed, header.luck)
    settings = {
        "plan": plan,
        "teams": list(teams),
        "rule": rule,
        "own_luck": own_luck,
        "timed": timed,
        "standing": next(iter(program.policies), ""),
    }
    with kept(Journal.create(path, header)) as journal:
        journal.clock = lambda: stamp(clock())
        opened = Draft(notes.HOUR, settings, "control", "")
        record = record.folded(opened)
        events = journal.append([opened])
        hour = after(_hour(program, plan), events[0])
        return ClassTable(record, hour, journal, events, clock)


def resume_class(
    path: Path, *, alive: float | None = None, clock: Callable[[], float] = time.time
) -> ClassTable:
    """Go on with the exercise of a save.

    `alive` is when its host is last known to have run, in seconds since 1970; without it
    that is the last event. Where it was gone for long, the clock is found paused as of then.
    Raises `SaveError` where the save cannot be used or holds no facilitated exercise.
    """
    found: list[tuple[Record, Hour]] = []

    def check(save: Save) -> None:
        record = record_of(save)
        hour = _hour(record.program, save.header.plan)
        for event in save.events:
            hour = after(hour, event)
        if not hour.opened:
            raise SaveError(
                f"{path}: a game of one player: `tabletop play --resume` goes on with it"
            )
        found.append((record, hour))

    journal, save = Journal.resume(path, check)
    with kept(journal):
        (record, hour), *_ = found
        last = max(alive or 0.0, hour.since, *(moment_of(each) for each in save.events[-1:]))
        journal.clock = lambda: stamp(clock())
        if hour.running and clock() - last > AWAY:
            draft = Draft(notes.PAUSED, {"since": last, "away": True}, "clock", "")
            record = record.folded(draft)
            for event in journal.append([draft]):
                hour = after(hour, event)
        return ClassTable(record, hour, journal, save.events, clock)


def _hour(program: Program, plan: str | None) -> Hour:
    timing = program.scenario.timings[plan] if plan is not None else None
    return Hour(schedule(timing, program.turns))


def _check(teams: Sequence[str]) -> None:
    if not 1 <= len(teams) <= MOST_TEAMS:
        raise UsageError(f"an exercise has 1 to {MOST_TEAMS} teams, not {len(teams)}")
    for team in teams:
        if not _TEAM.fullmatch(team):
            raise UsageError(f"a team is named by letters, digits, - and _, not {team!r:.60}")
    if len(set(teams)) < len(teams):
        raise UsageError("two teams have the same name")
