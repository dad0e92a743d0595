"""Lays one run of a report out as blocks: its story, gauges, forecasts, interventions, review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten

from tabletop.debrief.model import Debrief, DecisionStory, TurnStory
from tabletop.debrief.report import sentences as say
from tabletop.debrief.report.blocks import Block, Chart, Charts, Grid, Heading, Items, Paragraph
from tabletop.debrief.report.model import Run
from tabletop.exercise.table import SOLO
from tabletop.exercise.view import EndingView

_TOLD_ELSEWHERE = ("inject", "support", "decision", "override")


def run_blocks(run: Run, number: int) -> Iterator[Block]:
    """A run, as a chapter of its own; `number` counts from 1."""
    story = run.story
    yield Heading(2, f"Run: {run.label}", f"run-{number}")
    yield from about_run(story)
    yield Heading(3, "The story in one page")
    yield glance(story)
    yield Heading(3, "The story by turn")
    yield from turn_blocks(run)
    if story.ending is not None:
        yield Heading(4, f"The ending: {story.ending.title}")
        yield from ending_blocks(story.ending)
    if story.gauges:
        yield Heading(3, "Gauges by turn")
        yield charts([story])
    yield from _headed("Forecasts beside what came", forecast_blocks(story))
    yield from _headed("What control did", ruling_blocks(story))
    made = [question for question in story.questions if question.asked_by == "run"]
    if made:
        yield Heading(3, "Questions made from this run")
        yield Items(tuple((each.text, each.evidence) for each in made), ordered=True)
    yield from _headed("The decision review", review_blocks(run))


def _headed(title: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks under a heading, where there are any."""
    found = list(blocks)
    if found:
        yield Heading(3, title)
        yield from found


def about_run(story: Debrief) -> Iterator[Block]:
    """What a run is: its save, its plan, what the team went for, and what cannot be used."""
    alone = story.line == SOLO.name
    whose = "" if alone else f", line {story.line}, team {story.team}"
    yield Paragraph(f"{story.save}{whose}", "Save")
    if story.plan:
        yield Paragraph(story.plan, "Plan")
    if story.objective:
        yield Paragraph(story.objective, "Declared objective")
    if story.fault:
        yield Paragraph(story.fault, "What of the save cannot be used")


def glance(story: Debrief) -> Grid:
    """The whole run in one table: decided, why, expected, came."""
    rows = []
    for turn in story.turns:
        made = turn.decision
        told = made.expected if made else None
        rows.append(
            (
                str(turn.turn),
                say.choice(made) if made else "-" if turn.over else "nothing yet",
                shorten((made.rationale if made else None) or "-", _REASON, placeholder="…"),
                f"{say.forecast(told)}; {say.outcome(told)}" if told else "-",
                say.in_short(turn) or "-",
            )
        )
    columns = ("Turn", "Decided", "Because", "Expected", "What came")
    # A column in which nobody ever said anything would only take room.
    kept = [n for n in range(len(columns)) if n not in _SAID or _any(rows, n)]
    caption = f"Expected: {story.forecast_question}" if _SAID[1] in kept else "Turn by turn"
    return Grid(
        caption,
        tuple(columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
    )


_REASON = 90
"""Characters of a reason in the table; it stands in full with its turn."""
_SAID = (2, 3)
"""The columns of a run's table that hold what people said."""


def _any(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    return any(row[column] != "-" for row in rows)


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


def turn_blocks(run: Run) -> Iterator[Block]:
    """The story turn by turn, with what the model says beside each decision."""
    review = run.review
    beside = {each.event: each.words for each in review.beside} if review else {}
    for turn in run.story.turns:
        yield from _turn(turn, run.story.forecast_question, beside)


def _turn(turn: TurnStory, question: str, beside: Mapping[int, tuple[str, ...]]) -> Iterator[Block]:
    yield Heading(4, f"Turn {turn.turn}: {turn.title}, {turn.date}")
    for each in turn.came:
        if each.kind == "inject":
            yield Paragraph(say.came(each), "News")
    for given in turn.answers:
        yield Paragraph(say.answered(given), "Answered at once")
        yield from _in_the_model(beside.get(given.event, ()))
    if turn.decision is not None:
        yield from decision_blocks(turn.decision, question)
        yield from _in_the_model(beside.get(turn.decision.event, ()))
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


def _in_the_model(words: Sequence[str]) -> Iterator[Block]:
    """What the review says of one decision; its first sentence tells the decision again."""
    if words[1:]:
        yield Paragraph("", "In the model")
        yield Items(tuple((each, ()) for each in words[1:]))


def decision_blocks(made: DecisionStory, question: str) -> Iterator[Block]:
    """A decision with its reason, its dissents, what was expected, and what else was open."""
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


def ending_blocks(end: EndingView) -> Iterator[Block]:
    """How a run ended, and what that unseals."""
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


def forecast_blocks(story: Debrief) -> Iterator[Block]:
    """The forecasts of one run, listed beside what came; nothing where none was given."""
    rows = tuple(
        (f"Turn {made.turn}", say.forecast(made.expected), say.outcome(made.expected))
        for turn in story.turns
        if (made := turn.decision) is not None and made.expected is not None
    )
    if rows:
        yield Grid(story.forecast_question, ("Turn", "Said", "What came"), rows)


def ruling_blocks(story: Debrief) -> Iterator[Block]:
    """What control did, with its reasons; nothing where it did nothing."""
    rulings = [ruling for turn in story.turns for ruling in turn.rulings]
    if rulings:
        yield Items(tuple((f"Turn {each.turn}. {say.ruling(each)}", ()) for each in rulings))


def review_blocks(run: Run) -> Iterator[Block]:
    """What the decisions cost in the model, or why that is not told."""
    if run.no_review is not None:
        yield Paragraph(f"{run.no_review[:1].upper()}{run.no_review[1:]}.")
    if run.review is None:
        return
    rows = tuple(say.costs(run))
    if rows:
        columns = ("Turn", "Decided", "Cost", "Nine in ten", "At stake", "Beside the best")
        yield Grid("What each decision cost in this model, beside what hung on it", columns, rows)
    for words in run.review.words:
        yield Paragraph(words)
