"""Lays one run of a report out as blocks: its story, gauges, forecasts, interventions, review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.debrief.model import Debrief, DecisionStory, TurnStory
from tabletop.debrief.report import sentences as say
from tabletop.debrief.report.blocks import Block, Chart, Charts, Grid, Heading, Items, Paragraph
from tabletop.debrief.report.model import Run
from tabletop.exercise.view import EndingView

_TOLD_ELSEWHERE = ("inject", "support", "decision", "override")


def run_blocks(run: Run, number: int) -> Iterator[Block]:
    """A run, as a chapter of its own; `number` counts from 1."""
    story = run.story
    yield Heading(2, f"Run: {run.label}", f"run-{number}")
    yield Paragraph(f"{story.save}, line {story.line}, team {story.team}", "Save")
    if story.plan:
        yield Paragraph(story.plan, "Plan")
    if story.objective:
        yield Paragraph(story.objective, "Declared objective")
    if story.fault:
        yield Paragraph(story.fault, "What of the save cannot be used")
    yield Heading(3, "The story by turn")
    for turn in story.turns:
        yield from _turn(turn, story.forecast_question)
    if story.ending is not None:
        yield from _ending(story.ending)
    if story.gauges:
        yield Heading(3, "Gauges by turn")
        yield charts([story])
    yield from _forecasts(story)
    yield from _rulings(story)
    made = [question for question in story.questions if question.asked_by == "run"]
    if made:
        yield Heading(3, "Questions made from this run")
        yield Items(tuple((each.text, each.evidence) for each in made), ordered=True)
    yield from _review(run)


def charts(stories: Sequence[Debrief]) -> Charts:
    """A chart for each gauge that all of these runs have."""
    found = []
    for gauge in stories[0].gauges:
        own = [each for story in stories for each in story.gauges if each.id == gauge.id]
        if len(own) < len(stories):
            continue
        series = tuple(each.values for each in own)
        low, high = min(each.low for each in own), max(each.high for each in own)
        words = say.courses(gauge.title, low, list(series), gauge.levels)
        ends = f"{low} means {gauge.low_means}, {high} means {gauge.high_means}"
        found.append(Chart(gauge.title, f"{words}. {ends}.", low, high, series))
    return Charts("Gauges at the opening of each turn, and last as they stand", tuple(found))


def _turn(turn: TurnStory, question: str) -> Iterator[Block]:
    yield Heading(4, f"Turn {turn.turn}: {turn.title}, {turn.date}")
    for each in turn.came:
        if each.kind == "inject":
            yield Paragraph(say.came(each), "News")
    for given in turn.answers:
        yield Paragraph(say.answered(given), "Answered at once")
    if turn.decision is not None:
        yield from _decision(turn.decision, question)
    elif not turn.over:
        yield Paragraph("nothing yet.", "Decided")
    after = [say.came(each) for each in turn.came if each.kind not in _TOLD_ELSEWHERE]
    if after:
        yield Paragraph("", "What came")
        yield Items(tuple((text, ()) for text in after))
    for ruling in turn.rulings:
        yield Paragraph(say.ruling(ruling), "Control")
    if turn.moved:
        yield Paragraph(f"{'; '.join(map(say.move, turn.moved))}.", "Gauges")
    if turn.stage_after != turn.stage_before:
        yield Paragraph(f"from {turn.stage_before} to {turn.stage_after}.", "Stage")


def _decision(made: DecisionStory, question: str) -> Iterator[Block]:
    yield Paragraph(say.decided(made), "Decided")
    if made.rationale:
        yield Paragraph(f"“{made.rationale}”", "Because")
    for lost in made.dissents:
        yield Paragraph(say.dissent(lost), "Dissent")
    if made.expected is not None:
        told = f"{question} {say.forecast(made.expected)}; {say.outcome(made.expected)}."
        yield Paragraph(told, "Expected")
    if made.offered:
        yield Paragraph(f"{'; '.join(made.offered)}.", "Also open")


def _ending(end: EndingView) -> Iterator[Block]:
    yield Heading(4, f"The ending: {end.title}")
    yield Paragraph(end.epilogue)
    if end.value is not None:
        yield Paragraph(f"{100 * end.value:.0f} of 100.", "Worth by the declared objective")
    for camp in end.camps:
        verdict = "could live with it" if camp.accepts else "would not accept it"
        yield Paragraph(f"{verdict}. {camp.comment}", camp.title)
    if end.aim_title:
        yield Paragraph(f"{end.aim_title}. {end.aim_text}", "What they wanted")
    for tell in end.tells:
        yield Paragraph(tell, "What could be noticed")
    if end.seal:
        yield Paragraph(end.seal, "Seal of this save")


def _forecasts(story: Debrief) -> Iterator[Block]:
    rows = tuple(
        (f"Turn {made.turn}", say.forecast(made.expected), say.outcome(made.expected))
        for turn in story.turns
        if (made := turn.decision) is not None and made.expected is not None
    )
    if rows:
        yield Heading(3, "Forecasts beside what came")
        yield Grid(story.forecast_question, ("Turn", "Said", "What came"), rows)


def _rulings(story: Debrief) -> Iterator[Block]:
    rulings = [ruling for turn in story.turns for ruling in turn.rulings]
    if rulings:
        yield Heading(3, "What control did")
        yield Items(tuple((f"Turn {each.turn}. {say.ruling(each)}", ()) for each in rulings))


def _review(run: Run) -> Iterator[Block]:
    if run.review is None and run.no_review is None:
        return
    yield Heading(3, "The decision review")
    if run.no_review is not None:
        yield Paragraph(f"{run.no_review}.")
    if run.review is None:
        return
    rows = tuple(say.costs(run))
    if rows:
        columns = ("Turn", "Decided", "Cost", "Nine in ten", "At stake", "Beside the best")
        yield Grid("What each decision cost in this model, beside what hung on it", columns, rows)
    for words in run.review.words:
        yield Paragraph(words)
