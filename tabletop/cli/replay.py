"""`tabletop replay`: a save told again, turn by turn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.export import Wish, export, to_export
from tabletop.cli.names import SAVE, Among, WholeNumber
from tabletop.cli.onlookers import as_whom, of_line
from tabletop.cli.surroundings import wants_plain
from tabletop.cli.writing import to_file, write_out

if TYPE_CHECKING:
    from tabletop.tui.start import Replay


@click.command("replay")
@click.argument("save", type=SAVE)
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option("--turn", type=WholeNumber(1, 99), metavar="N", help="Begin at this turn.")
@click.option(
    "--notes",
    type=Among("format", ("markdown", "csv")),
    help="Write the bookmarks and notes kept beside the save, and nothing else.",
)
@to_export
@to_file
@as_whom
@of_line
@click.pass_context
def command(
    ctx: click.Context,
    save: Path,
    plain: bool,
    turn: int | None,
    notes: str | None,
    output: Path | None,
    onlooker: str | None,
    line: str | None,
    form: str | None,
    event: int | None,
    speed: str | None,
    size: tuple[int, int] | None,
    theme: str | None,
) -> int:
    """Step through a save, turn by turn.

    The screen steps forward and back and plays by itself. SAVE is a file, the name of one in
    the folder of saves, or a sample, such as: history. Line by line, a terminal is asked
    between the turns; into a pipe all is printed. An export draws the same screens into a file.
    """
    if form is not None:
        if notes is not None:
            raise click.UsageError("--notes and --export cannot be used together", ctx)
        export(ctx, save, Wish(form, output, turn, event, onlooker, line, speed, size, theme))
        return 0
    if (event, speed, size, theme) != (None, None, None, None):
        raise click.UsageError("--event, --speed, --size and --theme belong to --export", ctx)
    if notes is not None:
        _write_notes(save, notes, output)
        return 0
    if output is not None:
        raise click.UsageError("-o belongs to --export and --notes", ctx)
    if not wants_plain(ctx, plain):
        from tabletop.cli.screen import open_screen

        return open_screen(ctx, _beginning(save, onlooker, line, turn))
    from tabletop.cli.line_by_line import replay_save

    replay_save(ctx, save, turn, onlooker, line)
    return 0


def _beginning(save: Path, onlooker: str | None, line: str | None, turn: int | None) -> Replay:
    """Where the screen begins. Raises `UsageError` for somebody, a line or a turn not there."""
    from tabletop.tui.start import Replay

    if (onlooker, line, turn) == (None, None, None):
        return Replay(save)
    from tabletop.cli.onlookers import viewer_of
    from tabletop.errors import UsageError
    from tabletop.exercise.replay import ReplayTable

    table = ReplayTable(save)
    viewer = viewer_of(table, onlooker)
    line = table.line(viewer, line)
    turns = [stop.turn for stop in table.turns(viewer, line)]
    if turn is not None and turn not in turns:
        had = f"it has turns {min(turns)} to {max(turns)}"
        raise UsageError(f"no turn {turn} in line {line} of this save: {had}")
    return Replay(save, viewer, line, turn)


def _write_notes(save: Path, form: str, output: Path | None) -> None:
    """Write the notes beside a save. Raises `SaveError` where they cannot be read."""
    from tabletop.debrief.bookmark_export import as_csv, as_markdown
    from tabletop.errors import SaveError
    from tabletop.exercise.bookmarks import read_notes
    from tabletop.exercise.save import read_save

    notes = read_notes(save, read_save(save).header.id)
    if notes.fault is not None:
        raise SaveError(notes.fault)
    title = f"Notes on {save.name}"
    write_out(as_csv(notes.marks) if form == "csv" else as_markdown(title, notes.marks), output)
