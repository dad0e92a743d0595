"""Lays a report out as blocks: what runs make together, each run, and what stands behind all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tabletop.debrief.model import Debrief, ForecastScore, WashQuestion
from tabletop.debrief.report import sentences as say
from tabletop.debrief.report.blocks import (
    Block,
    Contents,
    Grid,
    Heading,
    Items,
    Paragraph,
)
from tabletop.debrief.report.model import Report, Run, Together
from tabletop.debrief.report.run_layout import charts, run_blocks

SEALED = "Not over for everybody: what is sealed until EndEx is left out."


def blocks(report: Report) -> list[Block]:
    """The whole report, from its title down."""
    stories = [run.story for run in report.runs]
    body = [
        *(_together(report, report.together) if report.together else ()),
        *(block for number, run in enumerate(report.runs, 1) for block in run_blocks(run, number)),
        *_chapter("Forecasts, pooled", "forecasts", score_blocks(report.score)),
        *_questions(report),
        *_histories(stories),
        *_chapter("What the model assumed", "assumptions", assumption_blocks(report.runs)),
        *_about(report),
    ]
    chapters = [
        (each.text, each.anchor) for each in body if isinstance(each, Heading) and each.level == 2
    ]
    return [Heading(1, report.title), *_opening(report), Contents(tuple(chapters)), *body]


def _opening(report: Report) -> Iterator[Block]:
    runs = report.runs
    scenarios = dict.fromkeys(f"{run.story.title}, version {run.story.version}" for run in runs)
    yield Paragraph("; ".join(scenarios), "Scenario")
    days = sorted({run.played for run in runs if run.played})
    if days:
        yield Paragraph(days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}", "Played")
    whom = dict.fromkeys(say.viewer(run.story.viewer) for run in runs)
    yield Paragraph(", ".join(whom), "Told for")
    if not all(run.story.unsealed for run in runs):
        yield Paragraph(SEALED, "Sealed")
    if report.pseudonyms:
        yield Paragraph(
            "names of people were exchanged. Nicknames and misspelt names in what people wrote"
            " cannot be known: read it before you hand it on.",
            "Pseudonyms",
        )


def _together(report: Report, found: Together) -> Iterator[Block]:
    labels = [run.label for run in report.runs]
    yield Heading(2, "Side by side", "side-by-side")
    for warning in found.warnings:
        yield Paragraph(warning, "Beware")
    if found.first is not None:
        yield Paragraph(f"{found.first.text}.", "Where they part first")
        counted = Counter(did or "nothing any more" for did in found.first.did)
        yield Items(tuple((f"{did}: {_counted(number)}", ()) for did, number in counted.items()))
    elif not found.warnings:
        yield Paragraph("Nothing in these runs differs.")
    ends = [ending or "not over" for ending in found.endings]
    yield Grid(
        "How the runs ended",
        ("Run", "Ending", "Last stage"),
        tuple(
            (label, end, run.story.turns[-1].stage_after if run.story.turns else "-")
            for label, end, run in zip(labels, ends, report.runs, strict=True)
        ),
    )
    yield Grid(
        "What each run decided, by turn",
        ("Run", *(f"Turn {row.turn}" for row in found.turns)),
        tuple(
            (label, *(row.decisions[place] or "-" for row in found.turns))
            for place, label in enumerate(labels)
        ),
    )
    if len({run.story.scenario for run in report.runs}) == 1:
        yield charts([run.story for run in report.runs])
    yield from _listed_questions("Where ways parted", found.questions, 3)


def _counted(number: int) -> str:
    return f"{number} run{'' if number == 1 else 's'}"


def _chapter(title: str, anchor: str, parts: Iterator[Block]) -> Iterator[Block]:
    """Blocks as a chapter, where there are any."""
    found = list(parts)
    if found:
        yield Heading(2, title, anchor)
        yield from found


def score_blocks(found: ForecastScore | None) -> Iterator[Block]:
    """Forecasts of several people, pooled; one person's are listed with their run."""
    if found is None:
        return
    yield Paragraph(found.question, "The question")
    if found.brier is None or found.base_rate is None:
        yield Paragraph("No forecast can be scored.")
    else:
        yield Paragraph(
            f"{found.brier:.2f} over {found.scored} forecasts, where 0 is best and 1 worst."
            f" Saying 50 percent every time scores {found.always_even:.2f}. The thing came in"
            f" {100 * found.base_rate:.0f} percent of those turns; saying that every time, with"
            f" hindsight, scores {found.always_base_rate or 0:.2f}.",
            "Brier score",
        )
        yield Grid(
            "How often the thing came after each answer",
            ("Answer", "Percent", "Times given", "Times it came"),
            tuple(
                (row.words, str(row.percent), str(row.given), str(row.came)) for row in found.table
            ),
        )
    if found.luck_seen or found.unanswered:
        yield Paragraph(
            f"{found.luck_seen} under luck already seen, {found.unanswered} of turns that are not"
            " over.",
            "Not scored",
        )


def _questions(report: Report) -> Iterator[Block]:
    """The author's questions, once; those made from a run stand with it."""
    asked = dict.fromkeys(
        question
        for run in report.runs
        for question in run.story.questions
        if question.asked_by == "scenario"
    )
    yield from _listed_questions("Questions to talk over", tuple(asked), 2, "questions")


def _listed_questions(
    title: str, asked: Sequence[WashQuestion], level: int, anchor: str = ""
) -> Iterator[Block]:
    items = question_items(asked)
    if items is not None:
        yield Heading(level, title, anchor)
        yield items


def question_items(asked: Sequence[WashQuestion]) -> Items | None:
    """Questions with what they rest on; None for none."""
    if not asked:
        return None
    return Items(tuple((each.text, each.evidence) for each in asked), ordered=True)


def _histories(stories: Sequence[Debrief]) -> Iterator[Block]:
    """What really happened, once for each scenario."""
    for scenario in dict.fromkeys(story.scenario for story in stories):
        own = [story for story in stories if story.scenario == scenario and story.unsealed]
        if own:
            title = f"What really happened: {own[0].title}"
            yield from _chapter(title, f"history-{scenario}", history_blocks(own))


def history_blocks(stories: Sequence[Debrief]) -> Iterator[Block]:
    """What really happened beside what runs of one scenario decided; nothing while it is sealed."""
    own = [story for story in stories if story.unsealed]
    longest = max(own, key=lambda story: len(story.turns), default=None)
    if longest is None:
        return
    rows = [
        (
            f"Turn {turn.turn}, {turn.date}",
            _decided(own, turn.turn),
            "\n".join(map(say.entry, turn.history)) or "-",
        )
        for turn in longest.turns
    ]
    if longest.afterwards:
        rows.append(("Afterwards", "-", "\n".join(map(say.entry, longest.afterwards))))
    if any(row[2] != "-" for row in rows):
        columns = ("When", "Decided in play", "What really happened")
        yield Grid("History beside the play, by turn", columns, tuple(rows))


def _decided(stories: Sequence[Debrief], number: int) -> str:
    """What was decided in a turn; over several runs how often."""
    titles = Counter(
        turn.decision.title if turn.decision else "no decision"
        for story in stories
        for turn in story.turns
        if turn.turn == number
    )
    if len(stories) == 1:
        return next(iter(titles))
    return "\n".join(f"{title}: {_counted(times)}" for title, times in titles.most_common())


def assumption_blocks(runs: Sequence[Run]) -> Iterator[Block]:
    """The dials in force, once where runs share them."""
    groups: dict[tuple[tuple[str, str, bool], ...], list[str]] = {}
    for run in runs:
        groups.setdefault(run.story.assumptions, []).append(run.label)
    for dials, labels in groups.items():
        if dials:
            whose = "of all runs" if len(groups) == 1 else f"of {', '.join(labels)}"
            yield Grid(
                f"Assumptions in force {whose}",
                ("Assumption", "Value", "Default"),
                tuple((title, value, "yes" if same else "changed") for title, value, same in dials),
            )


def _about(report: Report) -> Iterator[Block]:
    yield Heading(2, "About this report", "about")
    for disclaimer in dict.fromkeys(run.story.disclaimer for run in report.runs):
        if disclaimer:
            yield Paragraph(disclaimer)
    yield Paragraph(
        "A report tells what was decided, why, and what came of it. Nobody is graded: chance"
        " makes good decisions end badly and bad ones well, and a model is not the world."
    )
