"""`tabletop report`: the after-action report of one save or of many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.names import SAVE, Among
from tabletop.cli.onlookers import as_whom, of_lines, places_of

if TYPE_CHECKING:
    from tabletop.debrief.comparison import Place
    from tabletop.debrief.report.model import Report
    from tabletop.odds.exact import Exact
    from tabletop.rules.program import Program


@click.command("report")
@click.argument("saves", type=SAVE, nargs=-1, required=True, metavar="SAVE [SAVE...]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where it goes; the ending says how: .html, .md, .json or .csv.",
)
@of_lines
@as_whom
@click.option(
    "--pseudonyms", is_flag=True, help="Exchange names of people, the same in every report."
)
@click.option("--no-odds", is_flag=True, help="Leave out what the decisions cost in the model.")
@click.option("--events", is_flag=True, help="As .csv: one row an event, not one a decision.")
@click.option(
    "--evidence",
    is_flag=True,
    help="As .csv: one row a student and decision, with a blank rubric; needs --as control.",
)
@click.option(
    "--gradebook",
    type=Among("gradebook", ("canvas", "moodle")),
    help="As .csv: the evidence as this gradebook imports it, one row a student, without marks.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="With --gradebook: its own export, which lends the ids of students.",
)
@click.pass_context
def command(
    ctx: click.Context,
    saves: tuple[Path, ...],
    output: Path,
    lines: tuple[str, ...],
    onlooker: str | None,
    pseudonyms: bool,
    no_odds: bool,
    events: bool,
    evidence: bool,
    gradebook: str | None,
    roster: Path | None,
) -> int:
    """Write the after-action report of one save or of many.

    As HTML in one file that needs no network and prints well, as Markdown, as JSON
    (docs/report.schema.json), or as CSV with a codebook beside it. Told for the player of a
    solo save and for the public where there are teams; whoever led the exercise asks with
    --as control. Before an exercise has ended for everybody, nothing that is sealed is told.
    Instead of the report, --evidence and --gradebook write what each student left behind.
    Pseudonyms hang on a key in the folder of saves: keep it to yourself.
    """
    writers = {".html": _html, ".md": _markdown, ".json": _json, ".csv": _csv}
    ending = output.suffix.casefold()
    if ending not in writers:
        known = ", ".join(writers)
        raise click.UsageError(f"a report is written to {known}, not to {output.name!r}", ctx)
    wanted = {"--events": events, "--evidence": evidence, "--gradebook": gradebook}
    asked = [option for option, value in wanted.items() if value]
    if asked and ending != ".csv":
        raise click.UsageError(f"{asked[0]} belongs to a report as .csv", ctx)
    if len(asked) > 1:
        raise click.UsageError(f"{asked[0]} and {asked[1]} are different tables", ctx)
    if roster is not None and gradebook is None:
        raise click.UsageError("--roster belongs to --gradebook", ctx)
    if gradebook is not None and pseudonyms:
        raise click.UsageError("a gradebook finds nobody by a pseudonym", ctx)
    places = places_of(tuple(dict.fromkeys(saves)), lines, onlooker)
    if evidence or gradebook:
        texts = _evidence(ctx, places, output, pseudonyms, gradebook, roster)
    else:
        texts = writers[ending](_report(ctx, places, pseudonyms, no_odds), output, events)
    read = {path.resolve() for path in (*saves, *([roster] if roster else []))}
    if {path.resolve() for path in texts} & read:
        raise click.UsageError(f"{output} would be written over what it is made from", ctx)
    from tabletop.cli.writing import point_out, write_out

    for path, text in texts.items():
        write_out(text, path)
    for table in dict.fromkeys(place.table for place in places):
        point_out(table.path, table.fault)
    return 0


def _report(ctx: click.Context, places: list[Place], pseudonyms: bool, no_odds: bool) -> Report:
    from tabletop.cli.progress import progress
    from tabletop.debrief.report.gather import report_of

    with progress("Reviewing the runs") as heard:
        report = report_of(places, None if no_odds else _solver(), heard)
    if pseudonyms:
        from tabletop.cli.pseudonym_key import pseudonym_key
        from tabletop.cli.surroundings import saves_folder
        from tabletop.debrief.report.pseudonyms import with_pseudonyms

        report = with_pseudonyms(report, places, pseudonym_key(saves_folder(ctx)))
    return report


def _solver() -> Callable[[Program], Exact]:
    from tabletop.cli.progress import progress
    from tabletop.odds import store

    def solve(program: Program) -> Exact:
        with progress("Solving the game") as heard:
            return store.solved(program, heard)

    return solve


def _html(report: Report, output: Path, _events: bool) -> dict[Path, str]:
    from tabletop.debrief.report.layout import blocks
    from tabletop.debrief.report.page import page

    return {output: page(report.title, blocks(report))}


def _markdown(report: Report, output: Path, _events: bool) -> dict[Path, str]:
    from tabletop.debrief.report.layout import blocks
    from tabletop.debrief.report.markdown_page import markdown_page

    return {output: markdown_page(blocks(report))}


def _json(report: Report, output: Path, _events: bool) -> dict[Path, str]:
    from tabletop.cli.writing import json_text
    from tabletop.debrief.report.data import report_data

    return {output: json_text(report_data(report))}


def _csv(report: Report, output: Path, events: bool) -> dict[Path, str]:
    """The dataset, and beside it the codebook that tells its columns."""
    from tabletop.debrief.report import dataset

    rows = dataset.events(report) if events else dataset.decisions(report)
    columns = dataset.EVENT_COLUMNS if events else dataset.DECISION_COLUMNS
    return {output: rows, output.with_suffix(".codebook.csv"): dataset.codebook(columns)}


def _evidence(
    ctx: click.Context,
    places: list[Place],
    output: Path,
    pseudonyms: bool,
    form: str | None,
    roster: Path | None,
) -> dict[Path, str]:
    """What each student left behind, as a table or as a gradebook imports it."""
    from tabletop.cli.pseudonym_key import pseudonym_key
    from tabletop.cli.surroundings import saves_folder
    from tabletop.cli.writing import say
    from tabletop.debrief.report import evidence, gradebook
    from tabletop.debrief.report.dataset import codebook
    from tabletop.debrief.report.roster import read_roster

    rows = evidence.evidence_of(places, pseudonym_key(saves_folder(ctx)) if pseudonyms else None)
    columns = evidence.COLUMNS if form is None else gradebook.columns(form)
    if form is None:
        text = evidence.evidence_table(rows)
    else:
        known = None if roster is None else read_roster(roster)
        text = gradebook.gradebook(form, rows, known)
        for name in [] if known is None else gradebook.strangers(rows, known):
            say(f"not in the roster, or more than once, and so without ids: {name}")
    return {output: text, output.with_suffix(".codebook.csv"): codebook(columns)}
