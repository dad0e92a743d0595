"""Who looks at a save and at which of its lines: the options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tabletop.debrief.comparison import Place
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import Viewer

as_whom = click.option(
    "--as",
    "onlooker",
    metavar="WHO",
    help="Tell what WHO could know: control, public, projector, a team or a seat.",
)
"""The option that says for whom a save is told."""

of_line = click.option(
    "--line", "--team", "line", metavar="NAME", help="The line of play, or the team."
)
"""The option that says which line of play is told."""


of_lines = click.option(
    "--line",
    "--team",
    "lines",
    multiple=True,
    metavar="NAME",
    help="A line of play or a team; may be repeated, and is looked for in every save.",
)
"""The option that says which lines of play are told, where there may be several."""


def viewer_of(table: ReplayTable, onlooker: str | None) -> Viewer:
    """The viewer of that name; without one the only player, else the public.

    Raises `UsageError` where the save has nobody of that name.
    """
    from tabletop.exercise.viewers import viewer_named

    return table.viewer if onlooker is None else viewer_named(table.record, onlooker)


def places_of(save: Path, lines: tuple[str, ...], onlooker: str | None) -> list[Place]:
    """The named lines of a save; without names the newest one of each team.

    Raises `SaveError` where it cannot be read, and `UsageError` for names that it lacks.
    """
    from tabletop.debrief.comparison import places_in
    from tabletop.exercise.replay import ReplayTable

    table = ReplayTable(save)
    return places_in(table, viewer_of(table, onlooker), lines)
