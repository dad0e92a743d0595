"""`tabletop print`: what is handed out in class, as one page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.names import SCENARIO, Among

if TYPE_CHECKING:
    from tabletop.scenario.schema import Scenario

DEFAULT = "north-korea-2017"


@click.command("print")
@click.argument("scenario", type=SCENARIO, default=DEFAULT, metavar="[SCENARIO]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where it goes: a file that ends in .html.",
)
@click.option(
    "--only",
    metavar="PART,...",
    help="Some parts: reading, roles, cards, evidence, facilitator, rubric.",
)
@click.option(
    "--paper",
    type=Among("paper", ("a4", "letter")),
    help="The size of paper; without it the printer's own, and both will do.",
)
@click.option("--plan", metavar="NAME", help="The timing plan of the hour; all of them without it.")
@click.pass_context
def command(
    ctx: click.Context,
    scenario: str,
    output: Path,
    only: str | None,
    paper: str | None,
    plan: str | None,
) -> int:
    """Make hand-outs to print: a reading, role sheets, cards, a plan, a rubric.

    One HTML file that needs no network and prints to A4 and Letter, each sheet on paper of its
    own: a reading of two pages, a sheet for every role with its private goals, cards of all
    responses to cut out, the evidence behind them, the facilitator's page, and a blank rubric.
    The facilitator's sheets hold what is sealed until EndEx and say so; whoever gives the file
    itself to students leaves them out: --only reading,roles,cards,evidence,rubric.
    """
    from tabletop.cli.writing import write_out
    from tabletop.handouts.booklet import booklet

    if output.suffix.casefold() not in (".html", ".htm"):
        raise click.UsageError(f"hand-outs are written to .html, not to {output.name!r}", ctx)
    sections = _sections(ctx, only)
    found = _scenario(ctx, scenario)
    _check_plan(found, plan)
    write_out(booklet(found, sections, paper, plan), output)
    return 0


def _scenario(ctx: click.Context, name: str) -> Scenario:
    """The scenario, in the language that the settings wish where it has been translated."""
    from dataclasses import replace

    from tabletop.cli.surroundings import scenario_folders, settings_of
    from tabletop.scenario.cache import load_cached
    from tabletop.scenario.catalogue import find
    from tabletop.scenario.translation import translate, translations_of

    path = find(name, scenario_folders(ctx))
    loaded, language = load_cached(path), settings_of(ctx).language
    translation = translations_of(path).get(language) if language is not None else None
    if language is None or translation is None:
        return loaded.scenario
    return replace(translate(loaded, translation).scenario, language=language)


def _sections(ctx: click.Context, only: str | None) -> tuple[str, ...]:
    from tabletop.cli.faults import unknown
    from tabletop.handouts.booklet import SECTIONS

    if only is None:
        return SECTIONS
    asked = [name.strip().casefold() for name in only.split(",")]
    strange = [name for name in asked if name not in SECTIONS]
    if strange:
        raise click.UsageError(f"--only: {unknown('part', strange[0], SECTIONS)}", ctx)
    return tuple(name for name in SECTIONS if name in asked)


def _check_plan(scenario: Scenario, plan: str | None) -> None:
    from tabletop.cli.faults import unknown
    from tabletop.errors import UsageError

    if plan is not None and plan not in scenario.timings:
        raise UsageError(f"--plan: {unknown('plan', plan, scenario.timings)}")
