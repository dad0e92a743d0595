"""A debrief and a comparison in chapters of blocks, for screens that lead from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tabletop.debrief.comparison import Comparison, TurnRow
from tabletop.debrief.model import Debrief, ForecastScore, GaugeCourse
from tabletop.debrief.report import sentences as say
from tabletop.debrief.report.blocks import Block, Grid, Heading, Items, Paragraph
from tabletop.debrief.report.layout import (
    SEALED,
    assumption_blocks,
    history_blocks,
    question_items,
    score_blocks,
)
from tabletop.debrief.report.model import Run
from tabletop.debrief.report.run_layout import (
    about_run,
    ending_blocks,
    forecast_blocks,
    glance,
    review_blocks,
    ruling_blocks,
    turn_blocks,
)
from tabletop.odds.tornado import Bar, Sensitivity, hangs_on

ABREAST = 4
"""Runs that stand side by side in columns; more are grouped by what they did."""
_MOST_BARS = 12
_SEEN = 0.001
"""A bar that swings less is left out."""


class Course(NamedTuple):
    """One gauge over the turns, for each run beside the others."""

    title: str
    low: int
    high: int
    ends: str
    """What its ends mean."""
    values: tuple[tuple[int, ...], ...]


class Courses(NamedTuple):
    """Gauges by turn as small charts, a column for each run."""

    caption: str
    labels: tuple[str, ...]
    """Of the runs; none where there is one."""
    courses: tuple[Course, ...]


class Swing(NamedTuple):
    """How far one odds moves with one thing, from 0 to 1."""

    label: str
    low: float
    high: float


class Tornado(NamedTuple):
    """What odds hang on, the widest swing first."""

    caption: str
    now: float
    swings: tuple[Swing, ...]


Part = Block | Courses | Tornado


class Chapter(NamedTuple):
    """A part of a page that one goes to by its own key."""

    id: str
    title: str
    parts: tuple[Part, ...]


class Odds(NamedTuple):
    """What the odds layer says beside a run, as far as it has been worked out."""

    hangs_on: Sensitivity | None = None
    waits: str | None = None
    """What is still to come, or why nothing comes, in one line."""
    instead: tuple[str, ...] = ()
    """What is told in the place of a decision review."""


def debrief_chapters(
    run: Run, score: ForecastScore | None = None, odds: Odds | None = None
) -> tuple[Chapter, ...]:
    """One run, told for its viewer; chapters with nothing in them are left out.

    `score` pools the forecasts of a class.
    """
    story = run.story
    odds = odds or Odds()
    own = [each for each in story.questions if each.asked_by == "run"]
    asked = [each for each in story.questions if each.asked_by != "run"]
    waits = [Paragraph(odds.waits)] if odds.waits else []
    forecasts = [*forecast_blocks(story), *score_blocks(score)]
    chapters = (
        Chapter("story", "The story in one page", tuple(_story(story))),
        Chapter("turns", "Turn by turn", tuple(turn_blocks(run))),
        Chapter(
            "forecasts",
            "Forecasts and what came",
            tuple(forecasts) or (Paragraph("No forecast was given."),),
        ),
        Chapter("control", "What control did", tuple(ruling_blocks(story))),
        Chapter("review", "The decision review", tuple(_review(run, odds)) or tuple(waits)),
        Chapter("hangs", "What the odds hang on", tuple(_hangs(odds.hangs_on)) or tuple(waits)),
        Chapter(
            "questions",
            "To talk over",
            (
                *_asked("Made from this run", question_items(own)),
                *_asked("Asked by the scenario", question_items(asked)),
            ),
        ),
        Chapter("history", "What really happened", tuple(history_blocks([story]))),
        Chapter("model", "What the model assumed", tuple(_model(run))),
    )
    return tuple(chapter for chapter in chapters if chapter.parts)


def _story(story: Debrief) -> Iterator[Part]:
    yield from about_run(story)
    if not story.unsealed:
        yield Paragraph(SEALED, "Sealed")
    yield glance(story)
    if story.ending is not None:
        yield Heading(3, story.ending.title)
        yield from ending_blocks(story.ending)
    if story.gauges:
        yield Heading(3, "The gauges")
        found = [
            Course(each.title, each.low, each.high, _ends(each), (each.values,))
            for each in story.gauges
        ]
        yield Courses("At the opening of each turn, and last as they stand", (), tuple(found))


def _ends(gauge: GaugeCourse) -> str:
    """What its ends mean, and the names of its values where they have names."""
    return ", ".join(gauge.levels) or f"{gauge.low_means} to {gauge.high_means}"


def _asked(title: str, items: Items | None) -> Iterator[Part]:
    if items is not None:
        yield Heading(3, title)
        yield items


def _model(run: Run) -> Iterator[Part]:
    yield from assumption_blocks([run])
    if run.story.disclaimer:
        yield Paragraph(run.story.disclaimer)


def _review(run: Run, odds: Odds) -> Iterator[Part]:
    yield from review_blocks(run)
    yield from map(Paragraph, odds.instead)


def _hangs(found: Sensitivity | None) -> Iterator[Part]:
    """The tornado of the ending whose odds swing most, and the sentences of all of them."""
    if found is None:
        return
    swings = {
        ending: max((high - low for low, high in _swings(found, ending)), default=0.0)
        for ending in found.endings
    }
    ending = max(swings, key=lambda name: swings[name], default=None)
    if ending is not None and swings[ending] >= _SEEN:
        bars = [Swing(_name(bar), *found.swing(bar, ending)) for bar in found.widest(ending)]
        yield Tornado(
            f"{found.endings[ending]}, when “{found.player_title}” plays: each number times and"
            f" divided by {found.factor:g}, each assumption over its values",
            found.odds[ending],
            tuple(bar for bar in bars if bar.high - bar.low >= _SEEN)[:_MOST_BARS],
        )
    yield Items(tuple((sentence, ()) for sentence in hangs_on(found)))


def _name(bar: Bar) -> str:
    """What was changed; a term that counts sometimes is told with its guard."""
    whole = bar.kind == "assumption" or bar.written.lstrip("-").isdigit()
    return bar.title if whole else f"{bar.title} [{bar.written}]"


def _swings(found: Sensitivity, ending: str) -> Iterator[tuple[float, float]]:
    return (found.swing(bar, ending) for bar in found.bars)


def compare_chapters(found: Comparison) -> tuple[Chapter, ...]:
    """Runs side by side; chapters with nothing in them are left out."""
    labels = tuple(side.label for side in found.sides)
    score = found.score if found.score is not None and found.score.scored else None
    chapters = (
        Chapter("apart", "Where they part", tuple(_apart(found, labels))),
        Chapter("turns", "Turn by turn", tuple(_turns(found.turns, labels))),
        Chapter("gauges", "The gauges", tuple(_gauges(found, labels))),
        Chapter("forecasts", "Forecasts, pooled", tuple(score_blocks(score))),
    )
    return tuple(chapter for chapter in chapters if chapter.parts)


def _apart(found: Comparison, labels: Sequence[str]) -> Iterator[Part]:
    for warning in found.warnings:
        yield Paragraph(f"{warning}.", "Take care")
    first = found.first
    if first is None:
        if found.gauges:
            yield Paragraph("Nothing in these runs differs, as far as can be told from here.")
    else:
        yield Paragraph(f"{first.text[:1].upper()}{first.text[1:]}.", "They part first")
        told = [did or "had ended or stopped before" for did in first.did]
        yield Items(tuple(_grouped(told, labels)))
    for side in found.sides:
        if side.story.fault:
            yield Paragraph(f"{side.label}: {side.story.fault}", "Not whole")
    yield Heading(3, "How they ended")
    yield _endings(found, labels)


def _grouped(told: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was done, each once, with the runs that did it below."""
    for what in dict.fromkeys(told):
        who = [name for name, each in zip(labels, told, strict=True) if each == what]
        yield what, (", ".join(who),)


def _turns(rows: Sequence[TurnRow], labels: Sequence[str]) -> Iterator[Part]:
    if len(labels) <= ABREAST:
        cells = [
            (
                str(row.turn),
                *(
                    f"{title or 'no decision'}\nthen: {stage or 'not reached'}"
                    for title, stage in zip(row.decisions, row.stages, strict=True)
                ),
            )
            for row in rows
        ]
        yield Grid("What was decided, and the stage after it", ("Turn", *labels), tuple(cells))
        return
    for row in rows:
        yield Heading(4, f"Turn {row.turn}")
        told = [
            f"{title or 'no decision'}, then: {stage or 'not reached'}"
            for title, stage in zip(row.decisions, row.stages, strict=True)
        ]
        yield Items(tuple(_grouped(told, labels)))


def _gauges(found: Comparison, labels: Sequence[str]) -> Iterator[Part]:
    if found.gauges:
        courses = [Course(row.title, row.low, row.high, "", row.values) for row in found.gauges]
        caption = "At the opening of each turn, and last as they stand"
        yield Courses(caption, tuple(labels), tuple(courses))


def _endings(found: Comparison, labels: Sequence[str]) -> Grid:
    rows = []
    for name, side, ending in zip(labels, found.sides, found.endings, strict=True):
        turns = side.story.turns
        reached = turns[-1].stage_after if turns else "-"
        aim = side.story.ending.aim_title if side.story.ending else ""
        rows.append((name, ending or "not ended", reached, aim or "-"))
    caption = "Each run's ending, and what the adversary wanted in it"
    return Grid(caption, ("Run", "Ending", "Last stage", "They wanted"), tuple(rows))


def for_whom(story: Debrief) -> str:
    """What is told, and for whom, in one line."""
    return f"{story.title} · told for {say.viewer(story.viewer)}"
