"""Who looks at a save and at which of its lines: the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from tabletop.debrief.comparison import Place
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import Viewer

Command = TypeVar("Command", bound=Callable[..., Any])

_EVERYWHERE = ("control", "public", "projector")
"""Onlookers that every save has."""

as_whom = click.option(
    "--as",
    "onlooker",
    metavar="WHO",
    help="Tell what WHO could know: control, public, projector, a team or a seat.",
)
"""The option that says for whom a save is told."""

_LINE = "A line of play, such as red.2; a team's first line bears its name."
_TEAM = "A team: what it played last, also where control went back."
_EACH = " May be repeated, and is looked for in every save."


def of_line(command: Command) -> Command:
    """The options that say which line of play is told; the command gets it as `line`."""

    @click.option("--line", metavar="NAME", help=_LINE)
    @click.option("--team", metavar="NAME", help=_TEAM)
    @wraps(command)
    def asked(*args: Any, line: str | None, team: str | None, **given: Any) -> Any:
        if line is not None and team is not None:
            raise click.UsageError("--line and --team cannot be used together")
        return command(*args, line=line if team is None else f"team:{team}", **given)

    return cast("Command", asked)


def of_lines(command: Command) -> Command:
    """The same where there may be several; the command gets them as `lines`."""

    @click.option("--line", "lines", multiple=True, metavar="NAME", help=_LINE + _EACH)
    @click.option("--team", "teams", multiple=True, metavar="NAME", help=_TEAM + _EACH)
    @wraps(command)
    def asked(*args: Any, lines: tuple[str, ...], teams: tuple[str, ...], **given: Any) -> Any:
        names = (*lines, *(f"team:{team}" for team in teams))
        return command(*args, lines=names, **given)

    return cast("Command", asked)


def viewer_of(table: ReplayTable, onlooker: str | None) -> Viewer:
    """The viewer of that name; without one the only player, else the public.

    Raises `UsageError` where the save has nobody of that name.
    """
    from tabletop.exercise.viewers import viewer_named

    return table.viewer if onlooker is None else viewer_named(table.record, onlooker)


def places_of(saves: Sequence[Path], names: tuple[str, ...], onlooker: str | None) -> list[Place]:
    """The named lines of saves, without names the newest one of each team.

    Where one team alone played, it stands for names that another of the saves has, and is told
    as it usually is. Raises `UsageError`, with a line for each save that cannot be read or that
    has no such line, team or onlooker.
    """
    from tabletop.errors import UsageError

    told = [_places_of(save, names, onlooker) for save in saves]
    known = any(places for places, _, _ in told)
    found: list[Place] = []
    faults: list[str] = []
    for places, fault, instead in told:
        found += places or (instead if known else [])
        if fault is not None and not (known and instead):
            faults.append(fault)
    if faults:
        # The same save named twice is wrong once.
        raise UsageError("\n".join(dict.fromkeys(faults)))
    return found


def _places_of(
    save: Path, names: tuple[str, ...], onlooker: str | None
) -> tuple[list[Place], str | None, list[Place]]:
    """What was asked for of a save, or what is wrong and what may stand for it."""
    from tabletop.debrief.comparison import places_in
    from tabletop.errors import TabletopError, UsageError
    from tabletop.exercise.replay import ReplayTable

    try:
        table = ReplayTable(save)
    except TabletopError as fault:
        return [], str(fault), []
    try:
        return places_in(table, viewer_of(table, onlooker), names), None, []
    except UsageError as fault:
        one = len({line.team for line in table.record.lines.values()}) == 1
        who = viewer_of(table, onlooker if onlooker in _EVERYWHERE else None)
        return [], f"{save}: {fault}", places_in(table, who) if one else []
