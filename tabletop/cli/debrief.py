"""`tabletop debrief`: the story of a run, and what to talk over."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.names import SAVE
from tabletop.cli.onlookers import as_whom, of_line, viewer_of


@click.command("debrief")
@click.argument("save", type=SAVE)
@as_whom
@of_line
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.pass_context
def command(
    ctx: click.Context,  # noqa: ARG001 - every command is handed it
    save: Path,
    onlooker: str | None,
    line: str | None,
    as_json: bool,
    plain: bool,  # noqa: ARG001 - it is always told so
) -> int:
    """Tell what was decided in a save, why, what was expected, and what came.

    Told for the player of a solo save, and for the public where there are teams. Before the
    exercise has ended for everybody, nothing that is sealed is told.
    """
    from tabletop.debrief.sheet import debrief_of
    from tabletop.exercise.replay import ReplayTable

    table = ReplayTable(save)
    sheet = debrief_of(table, viewer_of(table, onlooker), line)
    if as_json:
        from tabletop.cli.writing import json_text, write_out
        from tabletop.debrief.data import as_data

        write_out(json_text(as_data(sheet)), None)
        return 0
    from tabletop.plain.console import Console
    from tabletop.plain.debrief import debrief

    Console.of_process().say(*debrief(sheet))
    return 0
