"""`tabletop check`: everything that is wrong with a scenario, and what an author should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tabletop.cli.names import SCENARIO

if TYPE_CHECKING:
    from tabletop.errors import Fault
    from tabletop.scenario.findings import Finding
    from tabletop.scenario.schema import Scenario
    from tabletop.scenario.source import Loaded

WELL, FINDINGS, NOT_VALID = 0, 1, 2


@dataclass
class Report:
    """What is wrong with one scenario and its translations.

    `scenario` is None where it cannot be played.
    """

    asked: str
    missing: str | None = None
    faults: Sequence[Fault] = ()
    findings: Sequence[Finding] = ()
    accepted: Sequence[tuple[Finding, str]] = ()
    """What the scenario accepts, with its reasons."""
    decisions: dict[int, int] = field(default_factory=dict)
    """By turn: different situations to decide in; empty where nothing was played out."""
    scenario: Scenario | None = None
    size: dict[str, int] = field(default_factory=dict)


@click.command("check")
@click.argument("scenarios", type=SCENARIO, nargs=-1, required=True, metavar="SCENARIO...")
@click.option("--quick", is_flag=True, help="Only read it; leave out what takes playing it out.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, scenarios: tuple[str, ...], quick: bool, as_json: bool) -> int:
    """Find the faults of a scenario.

    All of them at once, each with its file, line and column. SCENARIO is an id or the path
    of a file. Exits with 2 where a scenario cannot be played, with 1 where it can and
    something in it wants a look (a track that nothing reads, a card too long to read), else
    with 0. Translations that stand beside it are checked too.

    A scenario without faults is also played out in every way it can go: what never comes, what
    is never or always the best thing to do, tracks that hardly move, briefs too long for the
    plans, the situations in each turn. For a large one that takes a minute; --quick leaves it
    out. What a scenario accepts is told with its reason and is no finding.
    """
    from tabletop.cli.surroundings import scenario_folders
    from tabletop.cli.writing import json_text, write_out

    folders = scenario_folders(ctx)
    reports = [_report(name, folders, quick=quick) for name in scenarios]
    if as_json:
        write_out(json_text([_data(report) for report in reports]), None)
    else:
        for report in reports:
            _tell(report)
    if any(report.scenario is None or report.faults for report in reports):
        return NOT_VALID
    return FINDINGS if any(report.findings for report in reports) else WELL


def _report(name: str, folders: Sequence[Path], *, quick: bool) -> Report:
    from tabletop.errors import ScenarioError, UsageError
    from tabletop.scenario.catalogue import find
    from tabletop.scenario.check import check
    from tabletop.scenario.findings import PLAYED, READ, settled
    from tabletop.scenario.source import load

    try:
        loaded = load(find(name, folders))
    except UsageError as error:
        return Report(name, missing=str(error))
    except ScenarioError as error:
        return Report(name, faults=error.faults)
    scenario = loaded.scenario
    faults = _faults_of_translations(loaded)
    parts = ("calendar", "stages", "responses", "injects", "endings", "doctrines")
    size = {part: len(getattr(scenario, part)) for part in parts}
    report = Report(name, faults=faults, scenario=scenario, size=size)
    findings, looked_for = check(loaded), READ
    if not quick and not faults:
        findings += _played_out(loaded, report)
        looked_for += PLAYED
    found = settled(loaded, findings, looked_for)
    report.findings, report.accepted = found.left, found.accepted
    return report


def _played_out(loaded: Loaded, report: Report) -> list[Finding]:
    """What playing a scenario out finds; the report learns how large the game is."""
    from tabletop.cli.progress import progress
    from tabletop.odds.author_checks import author_checks

    with progress(f"Playing out {loaded.scenario.id}") as heard:
        checked = author_checks(loaded.scenario, heard)
    report.decisions = dict(checked.decisions)
    return [noticed.placed(loaded) for noticed in checked.noticed]


def _faults_of_translations(loaded: Loaded) -> list[Fault]:
    """What is wrong with the translations that stand beside a scenario."""
    from tabletop.errors import ScenarioError
    from tabletop.scenario.translation import translate, translations_of

    faults: list[Fault] = []
    for path in translations_of(loaded.path).values() if loaded.path is not None else ():
        try:
            translate(loaded, path)
        except ScenarioError as error:
            faults.extend(error.faults)
    return faults


def _tell(report: Report) -> None:
    """Faults go to stderr, one a line; what wants a look and the summary to stdout."""
    from tabletop.clean import clean_line
    from tabletop.cli.writing import say

    for fault in (report.missing, *report.faults):
        if fault is not None:
            click.echo(clean_line(str(fault), 500), err=True)
    if report.scenario is None:
        return
    for finding in report.findings:
        say(f"{finding} [{finding.kind}: {finding.of}]")
    for finding, because in report.accepted:
        say(f"{finding.fault} [{finding.kind}: {finding.of}] accepted: {because}")
    if report.decisions:
        counts = ", ".join(str(count) for count in report.decisions.values())
        say(f"{report.scenario.id}: situations to decide in, turn by turn: {counts}")
    size = ", ".join(f"{part} {count}" for part, count in report.size.items())
    if report.faults:
        return
    found = f"{len(report.findings)} to look at" if report.findings else "nothing to mend"
    found += f", {len(report.accepted)} accepted" if report.accepted else ""
    say(f"{report.scenario.id} {report.scenario.version}: {found} ({size})")


def _data(report: Report) -> dict[str, Any]:
    scenario = report.scenario
    return {
        "asked": report.asked,
        "valid": scenario is not None and not report.faults,
        "id": scenario.id if scenario is not None else None,
        "version": scenario.version if scenario is not None else None,
        "size": report.size,
        "missing": report.missing,
        "faults": [_place(fault) for fault in report.faults],
        "findings": [_found(each) for each in report.findings],
        "accepted": [{**_found(each), "because": because} for each, because in report.accepted],
        "decisions": list(report.decisions.values()),
    }


def _found(finding: Finding) -> dict[str, Any]:
    place = _place(finding.fault)
    return {"kind": finding.kind, "of": finding.of, "todo": finding.todo, **place}


def _place(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "where": fault.where,
        "what": fault.what,
    }
