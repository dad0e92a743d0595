"""`tabletop compare`: two or more runs side by side."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.names import SAVE
from tabletop.cli.onlookers import as_whom, of_lines, places_of
from tabletop.cli.surroundings import wants_plain

MOST_RUNS = 40


@click.command("compare")
@click.argument("saves", type=SAVE, nargs=-1, required=True, metavar="SAVE [SAVE...]")
@of_lines
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
    plain: bool,
) -> int:
    """Lay runs side by side, turn by turn, and name where they part.

    Several saves, or the teams of one; on a terminal a screen shows them. A team named with
    --team is laid beside the only one of a save in which one team played. What runs of
    different scenarios or versions do not share is said in one line, and the rest is shown.
    """
    places = places_of(saves, lines, onlooker)
    if len(places) < 2:
        raise click.UsageError("comparing takes two saves, or a save with two lines of play", ctx)
    if len(places) > MOST_RUNS:
        raise click.UsageError(f"{len(places)} runs; at most {MOST_RUNS} stand side by side", ctx)
    if not as_json and not wants_plain(ctx, plain):
        from tabletop.cli.screen import open_screen
        from tabletop.tui.start import Compare

        return open_screen(ctx, Compare(tuple(places)))
    from tabletop.debrief.comparison import compare

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
