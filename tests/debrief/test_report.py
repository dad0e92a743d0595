"""The report: what runs make together, each run, and what stays sealed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.debrief.comparison import compare
from tabletop.debrief.forecasts import brier
from tabletop.debrief.report import dataset
from tabletop.debrief.report.blocks import Grid, Heading, Items, Paragraph
from tabletop.debrief.report.data import report_data
from tabletop.debrief.report.gather import SEALED, report_of
from tabletop.debrief.report.layout import blocks
from tabletop.debrief.report.markdown_page import markdown_page
from tabletop.debrief.report.model import Report
from tabletop.debrief.report.page import page
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.exercise.viewers import PUBLIC
from tabletop.odds.exact import Exact
from tabletop.odds.refusal import Refusal, TooLargeError
from tabletop.rules.program import Program
from tests.debrief.report_cases import group, places
from tests.exercise.games import REASON, play

RED = Viewer("team", "red")


def solve(program: Program) -> Exact:
    """The solution of the smallest scenario, which takes no time."""
    exact = Exact(program)
    exact.solve()
    return exact


@pytest.fixture
def over(tmp_path: Path) -> Path:
    """Both teams have come to their end."""
    return group(tmp_path / "over.jsonl", "red", "blue")


def _everything(report: Report) -> str:
    """All that a report says in any form."""
    laid = blocks(report)
    data = json.dumps(report_data(report), ensure_ascii=False)
    sheets = dataset.decisions(report) + dataset.events(report)
    return "\n".join([page(report.title, laid), markdown_page(laid), data, sheets])


def _grid(report: Report, caption: str) -> Grid:
    return next(b for b in blocks(report) if isinstance(b, Grid) and caption in b.caption)


def _headings(report: Report) -> list[str]:
    return [block.text for block in blocks(report) if isinstance(block, Heading)]


def test_a_class_stands_side_by_side_and_each_run_by_itself(over: Path) -> None:
    """Where they part, how they ended, who decided what."""
    lines = places(over)
    report, beside = report_of(lines), compare(lines)
    assert [run.label for run in report.runs] == ["red", "blue"]
    assert report.together is not None
    assert report.together.first == beside.first
    assert _grid(report, "ended").rows[0][:2] == ("red", beside.endings[0])
    first = [row[1] for row in _grid(report, "decided").rows]
    assert first == list(beside.turns[0].decisions)
    (question,) = report.together.questions
    assert question.evidence[1:] == (
        "Decided: Send a patrol: red",
        "Decided: Telephone them: blue",
    )


def test_forecasts_of_several_people_are_pooled_and_one_s_are_listed(
    over: Path, tmp_path: Path
) -> None:
    """By Brier's score over the class; nobody is scored alone."""
    report = report_of(places(over))
    given = [
        (told.percent, told.came)
        for run in report.runs
        for turn in run.story.turns
        if turn.decision and (told := turn.decision.expected)
    ]
    known = [(percent, came) for percent, came in given if percent is not None and came is not None]
    assert len(known) == 2
    assert report.score is not None
    assert report.score.brier == brier(known)
    alone = report_of(places(play(tmp_path / "solo.jsonl"), Viewer("seat", "solo")))
    assert alone.score is None
    assert "Forecasts beside what came" in _headings(alone)
    assert "Forecasts, pooled" not in _headings(alone)


def test_a_run_tells_what_was_decided_why_what_was_expected_and_what_came(over: Path) -> None:
    """With the dissent, the override and its reason."""
    told = {
        (block.label, block.text)
        for block in blocks(report_of(places(over)))
        if isinstance(block, Paragraph)
    }
    assert ("Decided", "Send a patrol. Decided by Ann of red premier (Premier).") in told
    assert ("Because", "“be seen”") in told
    assert ("Dissent", "Ann Lee (Harbour master) preferred “Wait and watch”: “be seen”") in told
    assert [
        text for label, text in told if label == "Expected" and "Very likely (90 percent)" in text
    ]
    assert ("Control", "Control ruled otherwise: Tension +1. Reason: “be seen”") in told


def test_history_stands_beside_the_play_and_assumptions_are_told_once(repository: Path) -> None:
    """Each turn of the shipped crisis with what was decided and what happened."""
    path = repository / "saves" / "samples" / "north-korea-2017-history.jsonl"
    report = report_of(places(path))
    grid = _grid(report, "History beside")
    story = report.runs[0].story
    for row, turn in zip(grid.rows, story.turns, strict=False):
        assert row[1] == (turn.decision.title if turn.decision else "no decision")
        assert all(entry.text in row[2] for entry in turn.history)
    assert grid.rows[-1][0] == "Afterwards"
    dials = _grid(report, "Assumptions in force")
    assert [row[:2] for row in dials.rows] == [each[:2] for each in story.assumptions]


def test_questions_of_the_author_stand_once_and_those_of_a_run_with_it(over: Path) -> None:
    """However many runs there are."""
    report = report_of(places(over))
    lists = [block for block in blocks(report) if isinstance(block, Items) and block.ordered]
    texts = [text for block in lists for text, _ in block.items]
    authors = {
        q.text for run in report.runs for q in run.story.questions if q.asked_by == "scenario"
    }
    assert authors
    assert [texts.count(text) for text in authors] == [1] * len(authors)
    assert any("most contested" in text for text in texts)


def test_before_endex_no_form_tells_what_is_sealed(tmp_path: Path) -> None:
    """Red has ended and blue has not: no aim, no history, no question of the author."""
    path = group(tmp_path / "running.jsonl", "red")
    scenario = places(path)[0].table.program.scenario
    sealed = [aim.text for aim in scenario.aims.values()]
    sealed += [entry.text for entry in scenario.history]
    sealed += [question.text for question in scenario.hot_wash]
    for viewer in (PUBLIC, RED, Viewer("seat", "red-harbour"), Viewer("projector")):
        report = report_of(places(path, viewer), solve)
        told = _everything(report)
        assert not [text for text in sealed if text in told]
        assert {run.no_review for run in report.runs} == {SEALED}
        assert report.score is None
        assert "sealed until EndEx" in told


def test_a_report_keeps_to_what_its_viewer_heard(over: Path) -> None:
    """The public reads no reasons and no names, a team its own alone."""
    public, red, control = (
        _everything(report_of(places(over, who))) for who in (PUBLIC, RED, CONTROL)
    )
    assert "Ann of" not in public
    assert "be seen”" not in public.replace("Reason: “be seen”", "")
    assert "Ann of red" in red
    assert "Ann of blue" not in red
    assert "Ann of blue" in control


def test_the_review_stands_beside_the_decisions_and_games_are_solved_once(over: Path) -> None:
    """With its cost, its range and what hung on it; teams of one class share the solution."""
    asked: list[str] = []

    def solved(program: Program) -> Exact:
        asked.append(program.hash)
        return solve(program)

    report = report_of(places(over), solved)
    assert len(asked) == len(set(asked))
    for run in report.runs:
        assert run.review is not None
        made = {turn.decision.event for turn in run.story.turns if turn.decision}
        made |= {answer.event for turn in run.story.turns for answer in turn.answers}
        assert {cost.event for cost in run.review.costs} <= made
        assert all(0 <= cost.loss <= cost.stakes <= 1 for cost in run.review.costs)
    assert _headings(report).count("The decision review") == 2
    assert "The decision review" not in _headings(report_of(places(over)))


def test_a_game_too_large_to_be_solved_is_reported_without_its_review(over: Path) -> None:
    """And it is said why."""

    def refuse(program: Program) -> Exact:
        raise TooLargeError(Refusal("too much of everything", 2))

    report = report_of(places(over)[:1], refuse)
    why = report.runs[0].no_review
    assert why is not None
    assert "too much of everything" in why
    # There it is a sentence of its own, with a capital.
    assert any(isinstance(b, Paragraph) and why[1:] in b.text for b in blocks(report))


def test_progress_rises_to_the_whole(over: Path) -> None:
    """While the decisions are reviewed, which is what takes long."""
    heard: list[float] = []
    report_of(places(over), solve, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 3


def test_an_unfinished_run_is_reported_as_far_as_it_went(tmp_path: Path) -> None:
    """No ending, no table of history, and the last turn open."""
    report = report_of(places(play(tmp_path / "half.jsonl", turns=1), Viewer("seat", "solo")))
    told = [b.text for b in blocks(report) if isinstance(b, Paragraph) and b.label == "Decided"]
    assert told[-1] == "nothing yet."
    assert not [
        text for text in _headings(report) if text.startswith(("The ending", "What really"))
    ]
    assert REASON in _everything(report)
