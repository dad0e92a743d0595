"""What the console knows of each team at this moment, from the hour and from who is here."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise.console.deck import gauges
from tabletop.exercise.console.leading import ControlTable
from tabletop.exercise.console.wording import seat_name
from tabletop.exercise.hour.deciding import tally
from tabletop.exercise.hour.people import deciding
from tabletop.exercise.hour.view import HourView, SeatRow, TallyRow, TeamRow
from tabletop.exercise.table import Viewer
from tabletop.tui.console.detail import Detail
from tabletop.tui.console.teams import TeamLine

Present = Callable[[str], bool]
_ASKED = frozenset({"read", "preference", "talk", "lock"})


def team_lines(hour: HourView, present: Present) -> tuple[TeamLine, ...]:
    """One line a team, in the order of the exercise."""
    here: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    for mate in hour.mates:
        if not mate.empty:
            here[mate.team] = here.get(mate.team, 0) + (bool(mate.role) and present(mate.id))
            names.setdefault(mate.team, []).append(seat_name(mate))
    asked = hour.phase in _ASKED
    return tuple(
        TeamLine(
            row,
            here.get(row.team, 0),
            tuple(names.get(row.team, ())),
            asked and row.waiting not in ("nothing", ""),
        )
        for row in hour.teams
    )


def everybody_here(hour: HourView, present: Present) -> int:
    """How many people's pages are open."""
    return sum(present(mate.id) for mate in hour.mates if mate.role and not mate.empty)


def seats_of(hour: HourView, team: str) -> tuple[SeatRow, ...]:
    """Who sits in a team, recorders last."""
    return tuple(mate for mate in hour.mates if mate.team == team)


def detail(table: ControlTable, hour: HourView, row: TeamRow, present: Present) -> Detail:
    """A team, in as much of its life as the console shows."""
    own = seats_of(hour, row.team)
    locked = table.hour_view(Viewer("team", row.team)).locked
    supports = table.record.program.scenario.supports
    support = supports[locked.support].title if locked and locked.support in supports else ""
    line = table.record.newest(row.team)
    stages = [stage.title for stage in table.record.program.scenario.stages.values()]
    titles = table.record.program.scenario.responses
    return Detail(
        row=row,
        seats=own,
        here=frozenset(seat.id for seat in own if present(seat.id)),
        locked=locked,
        support=support,
        standing=dict(hour.doctrines).get(row.standing, ""),
        plays=deciding(line),
        gauges=gauges(line) if line is not None else (),
        story=tuple(
            (made.turn, titles[made.response].title, stages[made.stage])
            for made in (line.decisions if line is not None else ())
        ),
    )


def tally_of(table: ControlTable, team: str) -> tuple[TallyRow, ...]:
    """How many of a team prefer what, before it has locked as well: for control alone."""
    titles = table.record.program.scenario.responses
    return tuple(
        TallyRow(name, titles[name].title, count)
        for name, count in tally(table.record, table.hour, team)
        if name in titles
    )
