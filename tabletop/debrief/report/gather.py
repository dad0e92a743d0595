"""Gathers a report from lines of play: their stories, their reviews, and what sets them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tabletop.debrief.comparison import Comparison, Divergence, Place, compare
from tabletop.debrief.decisions import (
    LineReview,
    Solved,
    account_lines,
    decision_words,
    line_review,
    work_out,
)
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


def unheard(share: float) -> None:
    """The progress that nobody hears."""


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
    reviewed = _reviewed(places, stories, solved, progress or unheard)
    runs = []
    for place, label, story, (review, why) in zip(places, labels, stories, reviewed, strict=True):
        played = place.table.save.header.created[:10]
        runs.append(Run(label, played, story, review, why, tuple(_steps(place))))
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
    return report_of([place]).runs[0]


_Reviewed = tuple[Review | None, str | None]
"""The review of a run, or why there is none."""


def _reviewed(
    places: Sequence[Place], stories: Sequence[Debrief], solved: Solved | None, progress: Progress
) -> list[_Reviewed]:
    """The reviews of all runs; those of one program are worked out together."""
    found: list[_Reviewed] = [(None, None)] * len(places)
    if solved is None:
        return found
    solver = _once(solved)
    programs: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        programs.setdefault(place.table.program.hash, []).append(number)
    done = 0
    for numbers in programs.values():
        lines: dict[int, LineReview] = {}
        try:
            for number in numbers:
                line = line_review(*places[number], solver)
                if line is None:
                    found[number] = (None, SEALED)
                else:
                    lines[number] = line
            policies = places[numbers[0]].table.program.policies
            onward = next((name for name, each in policies.items() if not each.uniform), None)
            for share in work_out([*lines.values()], onward):
                progress((done + share * len(numbers)) / len(places))
            for number, line in lines.items():
                found[number] = (_review(line, stories[number], onward), None)
        except TooLargeError as error:
            for number in numbers:
                found[number] = (None, f"there is no decision review: {error}")
        done += len(numbers)
    progress(1.0)
    return found


def _review(found: LineReview, story: Debrief, onward: str | None) -> Review:
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
