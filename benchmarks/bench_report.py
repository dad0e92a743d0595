"""The report of a class of 40 teams: how long it takes, and what its decision review adds.

Every team plays the shipped scenario to its end, at random. With the review it is timed after
the game was solved, which is done once for all saves of one program and kept; what several
lines ask of the model is worked out together, and stands here beside one line at a time.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.bench_replay import play_class
from benchmarks.figures import Figure, best_of, cpu_seconds, show
from benchmarks.shipped import own_folders
from tabletop.debrief.comparison import Place, places_in
from tabletop.debrief.decisions import Solved, line_review, review_lines
from tabletop.debrief.report.gather import report_of
from tabletop.debrief.report.layout import blocks
from tabletop.debrief.report.page import page
from tabletop.debrief.sheet import debrief_of
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL
from tabletop.odds import store
from tabletop.odds.exact import Exact
from tabletop.rules.program import Program

TEAMS = 40
ALONE = 4
"""Teams that are reviewed one at a time, for comparison."""
SECONDS = 3


def main() -> None:
    """Play the class, and report it without the odds and with them."""
    with own_folders() as folder:
        path = folder / "class.jsonl"
        play_class(path, TEAMS)
        show(f"Report: a class of {TEAMS} teams, processor time", _figures(path))


def _figures(path: Path) -> list[Figure]:
    games: dict[str, Exact] = {}

    def solved(program: Program) -> Exact:
        if program.hash not in games:
            games[program.hash] = store.solved(program)
        return games[program.hash]

    places = places_in(ReplayTable(path), CONTROL)
    report_of(places[:1], solved)
    plain = best_of(3, lambda: cpu_seconds(partial(_written, path, None)))
    reviewed = best_of(3, lambda: cpu_seconds(partial(_written, path, solved)))
    alone = cpu_seconds(lambda: [_alone(place, solved) for place in places[:ALONE]]) / ALONE
    together = (reviewed - plain) / TEAMS
    return [
        Figure("opened, told and written as HTML", plain, " s", SECONDS),
        Figure("the same with the decision review", reviewed, " s", SECONDS),
        Figure("the review of a team among the others", 1000 * together, " ms"),
        Figure("the review of a team alone", 1000 * alone, " ms"),
        Figure("ratio", alone / together, "x"),
    ]


def _written(path: Path, solved: Solved | None) -> str:
    report = report_of(places_in(ReplayTable(path), CONTROL), solved)
    return page(report.title, blocks(report))


def _alone(place: Place, solved: Solved) -> tuple[str, ...]:
    found = line_review(*place, solved)
    assert found is not None
    onward = next(name for name, each in place.table.program.policies.items() if not each.uniform)
    return review_lines(found, debrief_of(*place), onward)
