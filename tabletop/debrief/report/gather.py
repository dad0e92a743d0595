"""Gathers a report from lines of play: their stories, their reviews, and what sets them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tabletop.debrief.comparison import Comparison, Divergence, Place, compare
from tabletop.debrief.decisions import Solved, account_lines, decision_words, line_review
from tabletop.debrief.hot_wash import parted
from tabletop.debrief.model import Debrief, WashQuestion
from tabletop.debrief.report.model import (
    FORM,
    Beside,
    Cost,
    Report,
    Review,
    Run,
    Step,
    Together,
)
from tabletop.debrief.sheet import debrief_of
from tabletop.exercise.viewers import hears
from tabletop.odds.exact import Exact
from tabletop.odds.refusal import TooLargeError
from tabletop.rules.program import Program

SEALED = "the decision review is sealed until the exercise has ended for everybody"

Progress = Callable[[float], None]


def report_of(
    places: Sequence[Place], solved: Solved | None = None, progress: Progress | None = None
) -> Report:
    """The report of these lines of play, each as its viewer may see it.

    Without `solved` there is no decision review. `progress` hears how much is done, from 0
    to 1. Needs at least one place.
    """
    found = compare(places) if len(places) > 1 else None
    stories = _stories(places, found)
    labels = [side.label for side in found.sides] if found else [stories[0].line]
    solver = None if solved is None else _once(solved)
    runs = []
    for number, (place, label, story) in enumerate(zip(places, labels, stories, strict=True)):
        runs.append(_run(place, label, story, solver))
        if progress is not None:
            progress((number + 1) / len(places))
    return Report(
        form=FORM,
        title=_title(stories),
        pseudonyms=False,
        runs=tuple(runs),
        together=_together(found) if found else None,
        score=found.score if found else stories[0].score,
    )


def _stories(places: Sequence[Place], found: Comparison | None) -> list[Debrief]:
    return [side.story for side in found.sides] if found else [debrief_of(*places[0])]


def _title(stories: Sequence[Debrief]) -> str:
    titles = dict.fromkeys(story.title for story in stories)
    return f"After-action report: {', '.join(titles)}"


def _once(solved: Solved) -> Solved:
    """The same, asked once for each program: teams of one class share theirs."""
    known: dict[str, Exact] = {}

    def solve(program: Program) -> Exact:
        if program.hash not in known:
            known[program.hash] = solved(program)
        return known[program.hash]

    return solve


def run_of(place: Place) -> Run:
    """One line of play by itself, without its decision review."""
    return _run(place, place.line, debrief_of(*place), None)


def _run(place: Place, label: str, story: Debrief, solved: Solved | None) -> Run:
    review, why = None, None
    if solved is not None:
        try:
            review = review_of(place, story, solved)
            why = SEALED if review is None else None
        except TooLargeError as error:
            why = f"there is no decision review: {error}"
    played = place.table.save.header.created[:10]
    return Run(label, played, story, review, why, tuple(_steps(place)))


def review_of(place: Place, story: Debrief, solved: Solved) -> Review | None:
    """The decision review of a run; None while it is sealed for its viewer.

    Raises `TooLargeError` where the game cannot be solved.
    """
    found = line_review(*place, solved)
    if found is None:
        return None
    policies = place.table.program.policies
    onward = next((name for name, each in policies.items() if not each.uniform), None)
    costs = [
        Cost(
            event=found.events[account.step],
            turn=account.turn,
            loss=account.loss,
            stakes=account.stakes,
            low=None if doubt is None else doubt.low,
            high=None if doubt is None else doubt.high,
            separable=None if doubt is None else not doubt.close_to_best,
        )
        for account, doubt in zip(found.review.decisions, found.ranges, strict=True)
        if account.judged
    ]
    told = decision_words(found, story, onward)
    beside = tuple(Beside(event, words) for event, words in told.items())
    return Review(account_lines(found), beside, tuple(costs))


def _steps(place: Place) -> Iterator[Step]:
    """Every event by which the viewer learned something."""
    table, viewer, line = place
    heard = hears(table.record, viewer, table.record.lines[line].team)
    for stop in table.steps(viewer, line):
        event = table.save.events[stop.event - 1]
        at = event.at if heard else ""
        yield Step(stop.event, stop.turn, at, event.what, stop.label, stop.marks)


def _together(found: Comparison) -> Together:
    labels = [side.label for side in found.sides]
    return Together(
        warnings=found.warnings,
        first=found.first,
        turns=found.turns,
        endings=found.endings,
        questions=tuple(asked_where_parted(found.first, labels)),
    )


def asked_where_parted(first: Divergence | None, labels: Sequence[str]) -> Iterator[WashQuestion]:
    """The question about the turn in which runs of these names took different decisions."""
    if first is None or first.kind != "decision":
        return
    groups: dict[str, list[str]] = {}
    for label, did in zip(labels, first.did, strict=True):
        groups.setdefault(did or "nothing yet", []).append(label)
    sides = [f"{did}: {', '.join(who)}" for did, who in groups.items()]
    yield parted(first.turn, first.text, sides)
