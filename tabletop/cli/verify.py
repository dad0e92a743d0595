"""`tabletop verify`: whether a save is whole and follows by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.names import SAVE

if TYPE_CHECKING:
    from tabletop.exercise.verify import Report

WELL, FAILED, NOT_READ = 0, 1, 2
_ORIGINS = {
    "shipped": "the scenario inside is the shipped one",
    "changed": "the scenario inside differs from the shipped one of this id",
    "other": "the scenario inside is not a shipped one",
}


@click.command("verify")
@click.argument("saves", type=SAVE, nargs=-1, required=True, metavar="SAVE...")
@click.option(
    "--seal", metavar="CODE", help="Compare with the seal that was shown when the game ended."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, saves: tuple[Path, ...], seal: str | None, as_json: bool) -> int:
    """Check that a save is whole and replays to the letter.

    Checks every seal, works the game out again from its inputs, draw for draw, and lists
    what control changed. SAVE is a file, the name of one in the folder of saves, or
    a sample. Exits with 1 where something does not hold, with 2 where a save cannot be read
    at all.
    """
    from tabletop.cli.writing import json_text, say, write_out
    from tabletop.errors import SaveError
    from tabletop.exercise.verify import verify

    if seal is not None and len(saves) > 1:
        raise click.UsageError("--seal belongs to one save, and several were named", ctx)
    code, data = WELL, []
    for path in saves:
        try:
            report = verify(path, seal=seal)
        except SaveError as error:
            code = NOT_READ
            data.append({"path": str(path), "ok": False, "unreadable": str(error)})
            click.echo(_cleaned(str(error)), err=True)
            continue
        code = max(code, WELL if report.ok else FAILED)
        data.append(report.as_data())
        for depth, line in () if as_json else _lines(report):
            say(line, depth)
    if as_json:
        write_out(json_text(data), None)
    return code


def _cleaned(text: str) -> str:
    from tabletop.clean import clean_line

    return clean_line(text, 500)


def _lines(report: Report) -> Iterator[tuple[int, str]]:
    """The verdict first, then what it rests on, each with its depth."""
    verdict = "holds" if report.ok else "does not hold"
    yield 0, f"{report.path}: {verdict}"
    for finding in report.findings:
        yield 1, finding
    yield 1, f"{report.replayed} of {report.events} events follow by the rules, draw for draw"
    yield 1, _ORIGINS[report.origin]
    if report.parent is not None:
        yield 1, f"branched in turn {report.parent.turn} of the save {report.parent.id}"
    if report.texts_removed:
        yield 1, f"texts of people removed: {report.texts_removed}"
    for each in report.interventions:
        reason = f": {each.reason}" if each.reason else ", no reason left"
        yield 1, f"control, event {each.event}, line {each.line}: {each.what} {each.done}{reason}"
    if not report.closed:
        yield 1, "not closed: the game has not ended, so no seal was shown"
    elif report.seal_matches:
        yield 1, f"the seal {report.seal} is the one given"
    else:
        yield 1, f"seal {report.seal}"
