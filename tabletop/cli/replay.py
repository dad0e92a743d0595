"""`tabletop replay`: a save told again, turn by turn."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.names import SAVE, WholeNumber
from tabletop.cli.surroundings import wants_plain


@click.command("replay")
@click.argument("save", type=SAVE)
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option(
    "--turn", type=WholeNumber(1, 99), metavar="N", help="Begin at this turn (line by line)."
)
@click.pass_context
def command(ctx: click.Context, save: Path, plain: bool, turn: int | None) -> int:
    """Step through a save, turn by turn.

    The screen steps forward and back. SAVE is a file, the name of one in the folder of saves,
    or a sample, such as: history. Line by line, a terminal is asked between the turns; into
    a pipe all is printed.
    """
    if turn is None and not wants_plain(ctx, plain):
        from tabletop.cli.screen import open_screen
        from tabletop.tui.start import Replay

        return open_screen(ctx, Replay(save))
    from tabletop.cli.line_by_line import replay_save

    replay_save(ctx, save, turn)
    return 0
