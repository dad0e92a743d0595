"""`tabletop graph`: a scenario's escalation ladder as a drawing."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.names import SCENARIO, Among
from tabletop.cli.writing import to_file, write_out

FORMS = ("mermaid", "dot", "svg")
DEFAULT = "north-korea-2017"


@click.command("graph")
@click.argument("scenario", type=SCENARIO, default=DEFAULT)
@click.option(
    "--format",
    "form",
    type=Among("format", FORMS),
    help="How to draw it; mermaid unless the name of the output says svg or dot.",
)
@to_file
@click.pass_context
def command(ctx: click.Context, scenario: str, form: str | None, output: Path | None) -> int:
    """Draw a scenario's escalation ladder.

    Its stages, the ways between them, and its endings. SCENARIO is the id of a scenario
    (north-korea-2017 unless given) or the path of a file.
    """
    from tabletop.cli.surroundings import scenario_of
    from tabletop.scenario.graph import draw

    ending = output.suffix.lstrip(".").casefold() if output is not None else ""
    chosen = form or {"gv": "dot", "mmd": "mermaid"}.get(ending, ending)
    drawn = scenario_of(ctx, scenario)
    if chosen == "svg":
        text = draw(drawn, "svg")
    else:
        text = draw(drawn, "dot" if chosen == "dot" else "mermaid")
    write_out(text, output)
    return 0
