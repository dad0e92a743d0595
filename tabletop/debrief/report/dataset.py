"""A report as tidy data: one row a decision or one row an event, each with its codebook.

Every cell of text is made harmless for spreadsheets; numbers are plain, truth is `true` or
`false`, and what is not known or sealed is an empty cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tabletop.debrief.escaping import csv_cell
from tabletop.debrief.model import AnswerStory, DecisionStory, TurnStory
from tabletop.debrief.report.model import Cost, Report, Run

Value = str | int | float | bool | None
NO_MARK = "-"
"""How Moodle writes that there is no mark; by itself it is no formula."""


class Column(NamedTuple):
    """A column of a dataset, as its codebook tells it."""

    name: str
    kind: str
    """text, integer, number, boolean, date or time."""
    meaning: str


RUN_COLUMNS = (
    Column("run", "text", "the run's name in this report; a run is one line of play"),
    Column("save", "text", "the name of the save's file, or its pseudonym"),
    Column("scenario", "text", "the id of the scenario"),
    Column("version", "text", "the version of the scenario"),
    Column("team", "text", "the team"),
    Column("line", "text", "the line of play: the team's name, and after a rewind name.2"),
    Column("played", "date", "the day on which the save was begun, in UTC"),
    Column("told_for", "text", "whose knowledge the row keeps to: control, public, a team, a seat"),
)
DECISION_COLUMNS = (
    *RUN_COLUMNS,
    Column("turn", "integer", "the turn, from 1"),
    Column("event", "integer", "the number of the event in the save"),
    Column("kind", "text", "decision, or flash for one that had to be answered at once"),
    Column("asked", "text", "what a flash decision was about; empty for a decision"),
    Column("response_id", "text", "the id of the response; empty for a flash decision"),
    Column("response", "text", "the title of what was chosen"),
    Column("support", "text", "the title of the support that went with it; empty for none"),
    Column("office", "text", "the office that decided"),
    Column("seat", "text", "the seat that decided; empty where it is not told"),
    Column("person", "text", "their name or pseudonym; empty where unknown, removed or not told"),
    Column("by_default", "boolean", "true where nobody chose and this stood by default"),
    Column("rationale", "text", "the reason that was given"),
    Column("dissents", "integer", "how many preferences lost"),
    Column("dissent", "text", "who preferred what and why, one a line"),
    Column("forecast_percent", "integer", "the answer to the forecast question: 10 to 90"),
    Column("forecast_came", "boolean", "whether the thing that was forecast came"),
    Column("forecast_scored", "boolean", "false where it was given under luck already seen"),
    Column("seconds", "number", "from the moment when it was asked for until it was made"),
    Column("offered", "integer", "how many responses or answers were open, this one included"),
    Column("stage_before", "text", "the stage at the opening of the turn"),
    Column("stage_after", "text", "the stage at the end of the turn, or as it stands"),
    Column("overrides", "integer", "how often control ruled otherwise in the turn"),
    Column("ending", "text", "the title of the run's ending; empty where it is not over"),
    Column("model_cost", "number", "0 to 1: what it cost in the model by the declared objective"),
    Column("model_cost_low", "number", "where nine in ten draws of the author's numbers begin"),
    Column("model_cost_high", "number", "where nine in ten draws of the author's numbers end"),
    Column("model_stakes", "number", "0 to 1: what hung on it, from the worst to the best"),
    Column("model_separates", "boolean", "whether the model can tell it from the best response"),
)
EVENT_COLUMNS = (
    *RUN_COLUMNS,
    Column("turn", "integer", "the turn, from 1"),
    Column("event", "integer", "the number of the event in the save"),
    Column("at", "time", "when, in UTC; empty for those who do not hear the team"),
    Column("what", "text", "the kind of event, as docs/save-format.md names it"),
    Column("label", "text", "the event in words"),
    Column("marks", "text", "what it is on a timeline, separated by blanks"),
)
CODEBOOK_COLUMNS = ("column", "type", "meaning")


def decisions(report: Report) -> str:
    """One row a decision, flash decisions included."""
    rows = (row for run in report.runs for row in _decisions(run))
    return table([column.name for column in DECISION_COLUMNS], rows)


def events(report: Report) -> str:
    """One row an event, as far as the run's viewer learned something by it."""
    rows = (row for run in report.runs for row in _events(run))
    return table([column.name for column in EVENT_COLUMNS], rows)


def codebook(columns: Iterable[Column]) -> str:
    """What each column of a dataset holds, one row a column."""
    return table(CODEBOOK_COLUMNS, columns)


def _decisions(run: Run) -> Iterator[Sequence[Value]]:
    costs = {cost.event: cost for cost in run.review.costs} if run.review else {}
    for turn in run.story.turns:
        for given in turn.answers:
            yield _row(run, turn, _answer(given), costs.get(given.event))
        if turn.decision is not None:
            yield _row(run, turn, _decision(turn.decision), costs.get(turn.decision.event))


def _row(run: Run, turn: TurnStory, own: Sequence[Value], cost: Cost | None) -> Sequence[Value]:
    end = run.story.ending.title if run.story.ending else None
    model: Sequence[Value] = (None,) * 5
    if cost is not None:
        model = (cost.loss, cost.low, cost.high, cost.stakes, cost.separable)
    overrides = sum(ruling.what == "override" for ruling in turn.rulings)
    stages = (turn.stage_before, turn.stage_after)
    return (*_run(run), turn.turn, *own, *stages, overrides, end, *model)


def _run(run: Run) -> Sequence[Value]:
    story, who = run.story, run.story.viewer
    told_for = f"{who.kind} {who.name}".strip()
    about = (story.save, story.scenario, story.version, story.team, story.line)
    return (run.label, *about, run.played, told_for)


def _decision(made: DecisionStory) -> Sequence[Value]:
    told = made.expected
    expected: Sequence[Value] = (None,) * 3
    if told is not None:
        expected = (told.percent, told.came, not told.luck_seen)
    lost = "\n".join(
        f"{dissent.person.role}: {dissent.preferred}: {dissent.reason or ''}"
        for dissent in made.dissents
    )
    return (
        made.event,
        "decision",
        None,
        made.response,
        made.title,
        made.support,
        made.by.role,
        made.by.seat,
        made.by.name,
        made.by_default,
        made.rationale,
        len(made.dissents),
        lost,
        *expected,
        made.seconds,
        len(made.offered) + 1,
    )


def _answer(given: AnswerStory) -> Sequence[Value]:
    by = given.by
    who = (by.role, by.seat, by.name)
    what = (given.event, "flash", given.asked, None, given.answer, None)
    # Flash decisions have no preferences, no forecast and no clock of their own.
    return (*what, *who, False, given.rationale, *(None,) * 6, len(given.offered) + 1)


def _events(run: Run) -> Iterator[Sequence[Value]]:
    for step in run.steps:
        own = (step.turn, step.event, step.at, step.what, step.label, " ".join(step.marks))
        yield (*_run(run), *own)


def table(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """CSV as RFC 4180 has it, every text harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value) if isinstance(value, int) or value == NO_MARK else csv_cell(value)
