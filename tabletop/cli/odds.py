"""`tabletop odds`: how likely every ending is, under whom, and what that is worth."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from tabletop.cli.names import SCENARIO_OR_SAVE, WholeNumber
from tabletop.cli.onlookers import of_line

MOST_GAMES = 1_000_000_000


@click.command("odds")
@click.argument("subject", type=SCENARIO_OR_SAVE, metavar="SCENARIO|SAVE", required=False)
@click.option(
    "--turn", type=WholeNumber(1, 99), metavar="N", help="From the decision of this turn of a save."
)
@of_line
@click.option(
    "--control", is_flag=True, help="Open the odds of a save that has not ended: for control."
)
@click.option(
    "--doctrine",
    "doctrines",
    multiple=True,
    metavar="NAME",
    help="Show this doctrine; may be repeated. All without it.",
)
@click.option("--objective", metavar="NAME", help="Show what it is worth by this objective alone.")
@click.option(
    "--assume",
    multiple=True,
    metavar="DIAL=VALUE",
    help="Set a dial of the model; may be repeated. What a preset sets gives way.",
)
@click.option("--preset", metavar="NAME", help="Set the dials as one camp sees the world.")
@click.option("--plan", metavar="NAME", help="A timing plan: which turns are preset or delegated.")
@click.option(
    "--sample",
    type=WholeNumber(1, MOST_GAMES),
    metavar="N",
    help="Sample N games by each who plays, instead of solving the game.",
)
@click.option(
    "--seed",
    type=WholeNumber(0, 2**62),
    metavar="N",
    help="The seed of the first game that is sampled; 0 unless given.",
)
@click.option(
    "--sensitivity",
    is_flag=True,
    help="Tell which of the author's numbers and assumptions the odds hang on.",
)
@click.option("--ending", metavar="NAME", help="Draw what this ending hangs on.")
@click.option(
    "--sweep",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Sample every point of the grid that this TOML file describes.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the results of a sweep go: .csv or .parquet.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let the workers of the Dask scheduler at this address sample.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
@click.pass_context
def command(
    ctx: click.Context,
    subject: str | None,
    turn: int | None,
    line: str | None,
    control: bool,
    doctrines: tuple[str, ...],
    objective: str | None,
    assume: tuple[str, ...],
    preset: str | None,
    plan: str | None,
    sample: int | None,
    seed: int | None,
    sensitivity: bool,
    ending: str | None,
    sweep: Path | None,
    output: Path | None,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Tell how likely every ending is, exactly, in the model of a scenario.

    Under each doctrine, under random play, and between the best and the worst that play can
    do for each objective. Of a scenario, of the whole game behind a save that has ended, or
    with --turn from one of its decisions on. A game that is too large to be solved is sampled,
    and that is said. Of a save that has ended the decisions are reviewed too: what each cost
    beside what hung on it, apart from luck and from what control did. Odds of a game that is
    still played are sealed until EndEx. --sensitivity goes by the doctrines named, by best play
    for the objective named, or by the first doctrine.
    """
    from tabletop.cli import odds_asked
    from tabletop.cli.names import save_meant

    if sweep is not None:
        _refuse_beside_sweep(ctx)
        from tabletop.cli.odds_sweep import sweep as run_sweep

        run_sweep(ctx, sweep, cluster, output)
        return 0
    if subject is None:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    _refuse(ctx, "--sweep", output=output)
    if sample is None:
        _refuse(ctx, "--sample", seed=seed, cluster=cluster)
    if sensitivity:
        _refuse(ctx, "the odds themselves, not to --sensitivity", sample=sample, turn=turn)
    else:
        _refuse(ctx, "--sensitivity", ending=ending)
    asked = odds_asked.Asked(doctrines, objective, sample, seed or 0, cluster, sensitivity, ending)
    save = save_meant(ctx, subject)
    if save is None:
        _refuse(ctx, "a save", turn=turn, line=line, control=control or None)
        answer = odds_asked.of_scenario(ctx, subject, asked, assume, preset, plan)
    else:
        _refuse(ctx, "a scenario", assume=assume or None, preset=preset, plan=plan)
        answer = odds_asked.of_save(save, asked, turn, line, control=control)
    if as_json:
        from tabletop.cli.writing import json_text, write_out

        write_out(json_text(answer.data()), None)
    else:
        odds_asked.tell(ctx, answer)
    return 0


def _refuse_beside_sweep(ctx: click.Context) -> None:
    allowed = {"sweep", "output", "cluster"}
    given = [
        parameter.opts[0]
        for parameter in ctx.command.params
        if parameter.name not in allowed
        and ctx.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"a sweep file says all but -o and --cluster: not {given[0]}", ctx)


def _refuse(ctx: click.Context, whose: str, **options: object) -> None:
    given = ", ".join(f"--{name}" for name, value in options.items() if value is not None)
    if given:
        raise click.UsageError(f"{given} belongs to {whose}", ctx)
