"""`tabletop odds --sweep`: samples over a grid of scenarios, dials, plans and doctrines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.progress import progress
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.odds.jobs import Runner


def sweep(ctx: click.Context, file: Path, address: str | None, output: Path | None) -> None:
    """Sample every point of a sweep file and write the results: to a file, or as CSV to stdout.

    Raises `UsageError` for anything wrong with the file, the cluster or the output.
    """
    from tabletop.cli.surroundings import scenario_of
    from tabletop.cli.writing import write_out
    from tabletop.odds.sweep import as_csv, points, read, refuse_unwritable, run, write

    grid = read(file)
    try:
        asked = points(grid, lambda name: scenario_of(ctx, name))
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from error
    if output is not None:
        refuse_unwritable(output)
    games = len(asked) * grid.games
    with progress(f"Sampling {games} games") as heard:
        rows = run(grid, asked, runner_at(address), lambda done: heard(done / games))
    if output is not None:
        write(rows, output)
    else:
        write_out(as_csv(rows).replace("\r\n", "\n"), None)


def runner_at(address: str | None) -> Runner:
    """What runs samples: the scheduler at an address, or the cores of this machine."""
    if address is not None:
        from tabletop.odds.cluster import Cluster

        return Cluster(address)
    from tabletop.odds.pool import Pool

    return Pool()
