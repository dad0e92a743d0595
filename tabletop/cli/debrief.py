"""`tabletop debrief`: the story of a run, and what to talk over."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.names import SAVE
from tabletop.cli.onlookers import as_whom, of_line, viewer_of
from tabletop.cli.surroundings import wants_plain

if TYPE_CHECKING:
    from tabletop.debrief.comparison import Place
    from tabletop.odds.tornado import Sensitivity


@click.command("debrief")
@click.argument("save", type=SAVE)
@as_whom
@of_line
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option("--no-odds", is_flag=True, help="Line by line, leave out what the model says.")
@click.pass_context
def command(
    ctx: click.Context,
    save: Path,
    onlooker: str | None,
    line: str | None,
    as_json: bool,
    plain: bool,
    no_odds: bool,
) -> int:
    """Tell what was decided in a save, why, what was expected, and what came.

    On a terminal a screen tells it chapter by chapter. Told for the player of a solo save, and
    for the public where there are teams. Before the exercise has ended for everybody, nothing
    that is sealed is told.
    """
    from tabletop.debrief.comparison import Place
    from tabletop.exercise.replay import ReplayTable

    table = ReplayTable(save)
    viewer = viewer_of(table, onlooker)
    place = Place(table, viewer, table.line(viewer, line))
    if not as_json and not wants_plain(ctx, plain):
        from tabletop.cli.screen import open_screen
        from tabletop.tui.start import Debrief

        return open_screen(ctx, Debrief(place))
    from tabletop.debrief.sheet import debrief_of

    sheet = debrief_of(*place)
    if as_json:
        from tabletop.cli.writing import json_text, write_out
        from tabletop.debrief.data import as_data

        write_out(json_text(as_data(sheet)), None)
        return 0
    from tabletop.plain.console import Console
    from tabletop.plain.debrief import debrief

    Console.of_process().say(*debrief(sheet))
    if sheet.unsealed and not no_odds:
        Console.of_process().say(*_in_the_model(place))
    return 0


def _in_the_model(place: Place) -> list[str]:
    """What the model says of the decisions, and what its odds hang on."""
    from tabletop.cli.progress import progress
    from tabletop.debrief.chapters import Odds, debrief_chapters
    from tabletop.debrief.report.gather import report_of
    from tabletop.odds import store
    from tabletop.odds.refusal import TooLargeError
    from tabletop.plain.parts import part_lines
    from tabletop.plain.review import review_lines

    with progress("Solving the game") as heard:
        run = report_of([place], lambda game: store.solved(game, heard)).runs[0]
        told = review_lines(run, place.table.program, heard)
    odds = Odds()
    with suppress(TooLargeError):
        odds = Odds(_hanging_on(place))
    lines = ["", *told] if told else []
    for chapter in debrief_chapters(run, None, odds):
        if chapter.id == "hangs":
            lines += ["", f"{chapter.title}.", *part_lines(chapter.parts)]
    return lines


def _hanging_on(place: Place) -> Sensitivity | None:
    from tabletop.cli.progress import progress
    from tabletop.odds.sensitivity import first_player, sensitivity

    player = first_player(place.table.program)
    if player is None:
        return None
    with progress("Changing the author's numbers") as heard:
        return sensitivity(place.table.program, player, progress=heard)
