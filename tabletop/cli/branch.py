"""`tabletop branch`: a new save that shares another one's past up to a decision."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.names import SAVE, Among, WholeNumber
from tabletop.cli.onlookers import of_line


@click.command("branch")
@click.argument("save", type=SAVE)
@click.option(
    "--turn",
    type=WholeNumber(1, 99),
    metavar="N",
    required=True,
    help="The turn whose decision is made anew.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="NEW",
    help="The new save; without it one in the folder of saves.",
)
@of_line
@click.option(
    "--luck",
    type=Among("luck", ("same", "new")),
    default="same",
    show_default=True,
    help="Whether the same draws lie ahead, or others.",
)
@click.option(
    "--whole", is_flag=True, help="Keep every team of an exercise, for: tabletop host --resume."
)
@click.pass_context
def command(
    ctx: click.Context,
    save: Path,
    turn: int,
    output: Path | None,
    line: str | None,
    luck: str,
    whole: bool,
) -> int:
    """Go back to a turn of a save and play on from there, in a new save.

    The old save stays as it is. With the same luck the same roll meets whatever is chosen now,
    and forecasts are not scored. Of an exercise of several people one goes on alone with a
    team's line: the first team's unless --team or --line names another. Prints the new save.
    """
    import asyncio

    from tabletop.cli.surroundings import desk_of
    from tabletop.cli.writing import point_out, say
    from tabletop.exercise.replay import ReplayTable

    same = luck == "same"
    table = desk_of(ctx).branch(save, turn, same_luck=same, save=output, line=line, whole=whole)
    warning = table.warning
    asyncio.run(table.close())
    if warning is not None:
        from tabletop.errors import SaveError

        # The rest of it is for somebody who sits at the table.
        raise SaveError(warning.rpartition(": the game goes on")[0] or warning)
    say(str(table.path))
    point_out(save, ReplayTable(save).fault)
    return 0
