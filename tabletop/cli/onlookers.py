"""Who looks at a save and at which of its lines: the options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
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


def viewer_of(table: ReplayTable, onlooker: str | None) -> Viewer:
    """The viewer of that name; without one the only player, else the public.

    Raises `UsageError` where the save has nobody of that name.
    """
    from tabletop.exercise.viewers import viewer_named

    return table.viewer if onlooker is None else viewer_named(table.record, onlooker)
