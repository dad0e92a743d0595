"""`tabletop play`: a solo game, from its briefing to an ending."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.names import OWN_SAVE, SCENARIO, WholeNumber
from tabletop.cli.surroundings import wants_plain

DEFAULT = "north-korea-2017"
LARGEST_SEED = 2**64 - 1


@click.command("play")
@click.argument("scenario", type=SCENARIO, required=False)
@click.option(
    "--seed",
    type=WholeNumber(0, LARGEST_SEED),
    metavar="N",
    help="Settles all chance: the same seed and choices give the same game.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; without it a new one in the folder of saves.",
)
@click.option("--resume", type=OWN_SAVE, metavar="FILE", help="Go on with the game of this save.")
@click.option("--objective", metavar="NAME", help="Declare this objective without being asked.")
@click.option(
    "--assume",
    multiple=True,
    metavar="DIAL=VALUE",
    help="Set a dial of the model; may be repeated. What a preset sets gives way.",
)
@click.option("--preset", metavar="NAME", help="Set the dials as one camp sees the world.")
@click.option("--plan", metavar="NAME", help="A timing plan: which turns are preset or delegated.")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option(
    "--doctrine",
    metavar="NAME",
    help="Let a doctrine play it through without a screen, and print the story.",
)
@click.option("--demo", is_flag=True, help="Watch a doctrine play, line by line, turn by turn.")
@click.pass_context
def command(
    ctx: click.Context,
    scenario: str | None,
    seed: int | None,
    save: Path | None,
    resume: Path | None,
    objective: str | None,
    assume: tuple[str, ...],
    preset: str | None,
    plan: str | None,
    plain: bool,
    doctrine: str | None,
    demo: bool,
) -> int:
    """Play a crisis alone, from its briefing to an ending.

    SCENARIO is the id of a scenario (north-korea-2017 unless given) or the path of a file.
    Every step is in the save before it is shown; end of input and Ctrl-C keep it.
    """
    line_by_line = demo or doctrine is not None or wants_plain(ctx, plain)
    if resume is not None:
        _refuse_beside_resume(ctx)
        return _go_on(ctx, resume, doctrine, line_by_line=line_by_line, demo=demo)
    name = scenario or DEFAULT
    assumptions = {}
    if any((objective, assume, preset, plan, doctrine)):
        from tabletop.cli.wishes import checked

        assumptions = checked(ctx, name, objective, assume, preset, plan, doctrine)
    if line_by_line:
        from tabletop.cli.line_by_line import play_new

        play_new(
            ctx,
            name,
            seed=seed,
            save=save,
            assumptions=assumptions,
            plan=plan,
            objective=objective,
            doctrine=doctrine,
            demo=demo,
        )
        return 0
    from tabletop.cli.screen import open_screen
    from tabletop.cli.surroundings import settings_of
    from tabletop.tui.start import NewGame

    player = settings_of(ctx).name
    return open_screen(ctx, NewGame(name, seed, assumptions, objective, save, player, plan))


def _go_on(
    ctx: click.Context, save: Path, doctrine: str | None, *, line_by_line: bool, demo: bool
) -> int:
    if line_by_line:
        from tabletop.cli.line_by_line import play_on

        play_on(ctx, save, doctrine, demo=demo)
        return 0
    from tabletop.cli.screen import open_screen
    from tabletop.tui.start import Resume

    return open_screen(ctx, Resume(save))


def _refuse_beside_resume(ctx: click.Context) -> None:
    beside = ("scenario", "seed", "save", "objective", "assume", "preset", "plan")
    given = [name for name in beside if ctx.params.get(name) not in {None, ()}]
    if given:
        words = ", ".join(name.upper() if name == "scenario" else f"--{name}" for name in given)
        raise click.UsageError(f"--resume goes on with a game as it was begun: not with {words}")
