"""`tabletop host`: leads a class through an exercise, its phones and the projector."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from tabletop.cli.names import OWN_SAVE, SCENARIO, Among, WholeNumber
from tabletop.cli.play import DEFAULT, LARGEST_SEED
from tabletop.cli.surroundings import wants_plain

TEAMS = 6


@click.command("host")
@click.argument("scenario", type=SCENARIO, required=False)
@click.option(
    "--teams",
    metavar="N|NAMES",
    help="How many teams, or their names with commas between; 6 unless a roster names them.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="The list of the class, with the columns name, team and role; --resume keeps it.",
)
@click.option("--plan", metavar="NAME", help="The timing plan; `lesson` where there is one.")
@click.option(
    "--rule",
    type=Among("rule", ("head", "majority", "consensus", "control")),
    default="head",
    help="Who settles a team's choice.",
)
@click.option(
    "--luck",
    type=Among("luck", ("same", "own")),
    default="same",
    help="The same luck and hidden aim for all teams, or each its own.",
)
@click.option("--seed", type=WholeNumber(0, LARGEST_SEED), metavar="N", help="Settles all chance.")
@click.option("--preset", metavar="NAME", help="Set the dials as one camp sees the world.")
@click.option(
    "--untimed", is_flag=True, help="Go from phase to phase by hand; the clock can be started."
)
@click.option("--bind", metavar="ADDR", help="The address to listen on; all of them unless given.")
@click.option(
    "--port", type=WholeNumber(0, 65535), metavar="P", help="The port; 8000 unless given."
)
@click.option(
    "--url", metavar="URL", help="What students type, where a proxy or another name leads here."
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; without it a new one in the folder of saves.",
)
@click.option(
    "--resume",
    type=OWN_SAVE,
    metavar="FILE",
    help="Go on with the exercise of this save: same code, same address, same seats.",
)
@click.option(
    "--rehearse",
    is_flag=True,
    help="Let a scripted class of 24 play the hour at high speed, and tell what went wrong.",
)
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.pass_context
def command(
    ctx: click.Context,
    scenario: str | None,
    teams: str | None,
    roster: Path | None,
    plan: str | None,
    rule: str,
    luck: str,
    seed: int | None,
    preset: str | None,
    untimed: bool,
    bind: str | None,
    port: int | None,
    url: str | None,
    save: Path | None,
    resume: Path | None,
    rehearse: bool,
    plain: bool,
) -> int:
    """Lead a class through a crisis: its teams on their phones, the wall, the clock.

    SCENARIO is the id of a scenario (north-korea-2017 unless given) or the path of a file.
    Shows the address, the code and a QR code by which phones join. Plain HTTP on a shared
    network can be read by others on it: use pseudonyms, or a network of your own. A host that
    was stopped goes on with --resume, and every phone finds its seat again.
    """
    from tabletop.cli.hosting import Opening, Place, opened, resumed, run

    if rehearse:
        from tabletop.cli.rehearsing import rehearsed

        _refuse_beside_rehearse(ctx)
        return rehearsed(ctx, scenario or DEFAULT, plan, seed)
    place = Place(bind, port, (url or "").strip())
    if resume is not None:
        _refuse_beside_resume(ctx)
        make = resumed(resume, place, roster)
    else:
        wishes = Opening(
            scenario or DEFAULT, teams, roster, plan, rule, luck == "own", not untimed, seed,
            preset, save,
        )  # fmt: skip
        make = opened(ctx, wishes, place)
    return run(ctx, make, plain=wants_plain(ctx, plain))


def _refuse_beside_resume(ctx: click.Context) -> None:
    words = _given(ctx, "scenario", "teams", "plan", "seed", "preset", "save")
    if words:
        raise click.UsageError(f"--resume goes on with a class as it was begun: not with {words}")


def _refuse_beside_rehearse(ctx: click.Context) -> None:
    own = ("scenario", "plan", "seed", "rehearse", "plain")
    words = _given(ctx, *(name for name in ctx.params if name not in own))
    if words:
        raise click.UsageError(f"--rehearse brings a class and a room of its own: not with {words}")


def _given(ctx: click.Context, *names: str) -> str:
    """Which of some options were given, as they are typed."""
    given = [
        name for name in names if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    return ", ".join(name.upper() if name == "scenario" else f"--{name}" for name in given)
