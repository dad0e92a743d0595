"""`tabletop odds`: how likely every ending is, under whom, and what that is worth."""

from __future__ import annotations

import click

from tabletop.cli.names import SCENARIO_OR_SAVE, WholeNumber
from tabletop.cli.onlookers import of_line

MOST_GAMES = 1_000_000_000


@click.command("odds")
@click.argument("subject", type=SCENARIO_OR_SAVE, metavar="SCENARIO|SAVE")
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
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
@click.pass_context
def command(
    ctx: click.Context,
    subject: str,
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
    as_json: bool,
) -> int:
    """Tell how likely every ending is, exactly, in the model of a scenario.

    Under each doctrine, under random play, and between the best and the worst that play can
    do for each objective. Of a scenario, of the whole game behind a save that has ended, or
    with --turn from one of its decisions on. A game that is too large to be solved is sampled,
    and that is said. Odds of a game that is still played are sealed until EndEx.
    """
    from tabletop.cli import odds_asked
    from tabletop.cli.names import save_meant

    if seed is not None and sample is None:
        raise click.UsageError("--seed belongs to --sample", ctx)
    asked = odds_asked.Asked(doctrines, objective, sample, seed or 0)
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


def _refuse(ctx: click.Context, whose: str, **options: object) -> None:
    given = ", ".join(f"--{name}" for name, value in options.items() if value is not None)
    if given:
        raise click.UsageError(f"{given} belongs to {whose}", ctx)
