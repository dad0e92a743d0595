"""`tabletop compare`: two or more runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.names import SAVE
from tabletop.cli.onlookers import as_whom, viewer_of

if TYPE_CHECKING:
    from tabletop.debrief.comparison import Place

MOST_RUNS = 40


@click.command("compare")
@click.argument("saves", type=SAVE, nargs=-1, required=True, metavar="SAVE [SAVE...]")
@click.option(
    "--line",
    "--team",
    "lines",
    multiple=True,
    metavar="NAME",
    help="A line of play or a team; may be repeated, and is looked for in every save.",
)
@as_whom
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.pass_context
def command(
    ctx: click.Context,
    saves: tuple[Path, ...],
    lines: tuple[str, ...],
    onlooker: str | None,
    as_json: bool,
    plain: bool,  # noqa: ARG001 - it is always told so
) -> int:
    """Lay runs side by side, turn by turn, and name where they part.

    Several saves, or the teams of one. What runs of different scenarios or versions do not
    share is said in one line, and the rest is shown.
    """
    from tabletop.debrief.comparison import compare

    places = [place for save in saves for place in _places(save, lines, onlooker)]
    if len(places) < 2:
        raise click.UsageError("comparing takes two saves, or a save with two lines of play", ctx)
    if len(places) > MOST_RUNS:
        raise click.UsageError(f"{len(places)} runs; at most {MOST_RUNS} stand side by side", ctx)
    found = compare(places)
    if as_json:
        from tabletop.cli.writing import json_text, write_out
        from tabletop.debrief.data import as_data

        write_out(json_text(as_data(found)), None)
        return 0
    from tabletop.plain import compare as plainly
    from tabletop.plain.console import Console

    Console.of_process().say(*plainly.compare(found))
    return 0


def _places(save: Path, lines: tuple[str, ...], onlooker: str | None) -> list[Place]:
    """The named lines of a save; without names the newest one of each team."""
    from tabletop.debrief.comparison import Place
    from tabletop.exercise.replay import ReplayTable

    table = ReplayTable(save)
    viewer = viewer_of(table, onlooker)
    newest = {card.team: card.name for card in table.lines(viewer)}
    names = [table.line(viewer, line) for line in lines] or list(newest.values())
    return [Place(table, viewer, name) for name in dict.fromkeys(names)]
