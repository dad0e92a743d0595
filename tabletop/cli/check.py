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
    from tabletop.scenario.check import Finding
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
    scenario: Scenario | None = None
    size: dict[str, int] = field(default_factory=dict)


@click.command("check")
@click.argument("scenarios", type=SCENARIO, nargs=-1, required=True, metavar="SCENARIO...")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, scenarios: tuple[str, ...], as_json: bool) -> int:
    """Find the faults of a scenario.

    All of them at once, each with its file, line and column. SCENARIO is an id or the path
    of a file. Exits with 2 where a scenario cannot be played, with 1 where it can and
    something in it wants a look (a track that nothing reads, a card too long to read), else
    with 0. Translations that stand beside it are checked too.
    """
    from tabletop.cli.surroundings import scenario_folders
    from tabletop.cli.writing import json_text, write_out

    folders = scenario_folders(ctx)
    reports = [_report(name, folders) for name in scenarios]
    if as_json:
        write_out(json_text([_data(report) for report in reports]), None)
    else:
        for report in reports:
            _tell(report)
    if any(report.scenario is None or report.faults for report in reports):
        return NOT_VALID
    return FINDINGS if any(report.findings for report in reports) else WELL


def _report(name: str, folders: Sequence[Path]) -> Report:
    from tabletop.errors import ScenarioError, UsageError
    from tabletop.scenario.catalogue import find
    from tabletop.scenario.check import check
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
    return Report(name, faults=faults, findings=check(loaded), scenario=scenario, size=size)


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
        say(f"{finding} [{finding.kind}]")
    size = ", ".join(f"{part} {count}" for part, count in report.size.items())
    if report.faults:
        return
    found = f"{len(report.findings)} to look at" if report.findings else "nothing to mend"
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
        "findings": [{"kind": each.kind, **_place(each.fault)} for each in report.findings],
    }


def _place(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "where": fault.where,
        "what": fault.what,
    }
