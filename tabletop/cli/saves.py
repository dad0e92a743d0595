"""`tabletop saves`: what has been played, each branch below what it branched from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tabletop.exercise.listing import SaveSummary


@click.command("saves")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON, for programs.")
@click.option("--samples", is_flag=True, help="List the saves that ship with the program.")
@click.pass_context
def command(ctx: click.Context, as_json: bool, samples: bool) -> int:
    """List the saves, with what branched from what.

    The one played last comes first. A branch stands indented below the save that it shares
    its past with. Samples can be replayed and verified by their names.
    """
    from tabletop.cli.surroundings import desk_of
    from tabletop.cli.writing import json_text, say, write_out
    from tabletop.exercise.listing import family

    desk = desk_of(ctx)
    found = desk.samples() if samples else desk.saves()
    if as_json:
        write_out(json_text([_data(save) for save in found]), None)
        return 0
    if not found and samples:
        say("This installation has no samples.")
    elif not found:
        say(
            f"No saves in {desk.folder}. Begin a game with: tabletop play. "
            "Games to look at: tabletop saves --samples"
        )
    for depth, save in family(found):
        say(_line(save), depth)
    return 0


def _line(save: SaveSummary) -> str:
    """The file first: it is what other commands ask for."""
    from tabletop.plain.wording import when

    if save.fault is not None:
        return f"{save.path.name}: cannot be opened: {save.fault}"
    if save.ended:
        state = f"ended: {save.ending}"
    else:
        state = f"turn {save.turn} of {save.turns}, {save.stage}"
    kind = ", several people" if save.several else ""
    branched = ""
    if save.branched is not None:
        line = f", line {save.branched.line}" if save.branched.line not in ("", "solo") else ""
        parent = save.parent or "a save not here"
        luck = f", {save.luck} luck" if save.luck is not None else ""
        branched = f"; branched in turn {save.branched.turn} of {parent}{line}{luck}"
    return f"{save.path.name}: {save.title}{kind}; {state}{branched}; played {when(save.played)}"


def _data(save: SaveSummary) -> dict[str, Any]:
    return {
        "path": str(save.path),
        "id": save.id,
        "scenario": save.scenario,
        "title": save.title,
        "played": save.played,
        "turn": save.turn,
        "turns": save.turns,
        "stage": save.stage,
        "ended": save.ended,
        "ending": save.ending,
        "parent": save.parent,
        "branched_in_turn": save.branched.turn if save.branched is not None else None,
        "branched_line": save.branched.line if save.branched is not None else None,
        "branched_luck": save.luck,
        "several": save.several,
        "fault": save.fault,
    }
