"""What several lines ask at once is what each of them is told by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.debrief.decisions import LineReview, line_review, work_out
from tabletop.exercise.table import CONTROL
from tabletop.odds.case import Case
from tabletop.odds.exact import Exact
from tabletop.odds.outlooks import prospects_together
from tabletop.odds.presets import under_presets
from tabletop.odds.prospects import prospects
from tabletop.odds.ranges import loss_ranges
from tabletop.odds.review import review
from tabletop.odds.together import prepare, presets_together, ranges_together
from tabletop.rules.program import Program
from tests.debrief.report_cases import places
from tests.exercise.classes import Exercise

KNOWN: dict[str, Exact] = {}


def solved(program: Program) -> Exact:
    """Each program's game, solved once."""
    if program.hash not in KNOWN:
        exact = Exact(program)
        exact.solve()
        KNOWN[program.hash] = exact
    return KNOWN[program.hash]


def class_of_five(folder: Path) -> list[LineReview]:
    """Five teams on different ways; control overrules one, fires an inject, and goes back."""
    names = ("red", "blue", "green", "gold", "grey")
    exercise = Exercise(
        red=["premier"], blue=["premier"], green=["premier"], gold=["premier"], grey=["premier"]
    )
    for name, response in zip(names, ("patrol", "call", "wait", "patrol", "call"), strict=True):
        exercise.decide(name, response, "so", 30)
    exercise.rule("red", "a storm", tension=2)
    exercise.rule("gold", "a calm", tension=-2)
    exercise.finish("red", "blue", "green", "gold")
    exercise.rewind("blue", 1, "blue.2", None)
    exercise.finish("blue", "grey")
    path = exercise.save(folder / "class.jsonl")
    found = [line_review(*place, solved) for place in places(path, CONTROL)]
    return [each for each in found if each is not None]


@pytest.fixture
def lines(tmp_path: Path) -> list[LineReview]:
    """The newest line of each team."""
    return class_of_five(tmp_path)


def fresh(lines: list[LineReview]) -> list[Case]:
    """Their cases, with nothing worked out yet."""
    return [Case(each.case.course, each.case.exact) for each in lines]


def test_ranges_are_those_of_each_line(lines: list[LineReview]) -> None:
    """Low, high, and what cannot be told apart."""
    together = ranges_together(fresh(lines))
    for case, found in zip(fresh(lines), together, strict=True):
        alone = list(loss_ranges(case))
        assert len(alone) == len(found) > 0
        for one, other in zip(alone, found, strict=True):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                assert (one.step, one.whole, one.close) == (other.step, other.whole, other.close)
                assert set(one.rivals) == set(other.rivals)
                assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-12)


def test_prospects_are_those_of_each_line(lines: list[LineReview]) -> None:
    """Whichever doctrine plays on, one at random too: every ending, and the forecast thing."""
    for policy in lines[0].case.course.program.policies.values():
        together = prospects_together(fresh(lines), policy)
        for case, found in zip(fresh(lines), together, strict=True):
            alone = list(prospects(case, policy))
            assert [each.step for each in alone] == [each.step for each in found]
            for one, other in zip(alone, found, strict=True):
                assert dict(one.endings) == pytest.approx(dict(other.endings), abs=1e-12)
                expected = dict(other.expected_endings)
                assert dict(one.expected_endings) == pytest.approx(expected, abs=1e-12)
                assert (one.comes, one.expected_comes) == (other.comes, other.expected_comes)


def test_reviews_of_prepared_lines_are_those_of_each_line(lines: list[LineReview]) -> None:
    """Every account: what control changed is worked out from where it stands."""
    prepared = fresh(lines)
    prepare(prepared)
    for case, ready in zip(fresh(lines), prepared, strict=True):
        alone, found = review(case), review(ready)
        assert found.residual == pytest.approx(0, abs=1e-9)
        for one, other in zip(alone.decisions, found.decisions, strict=True):
            assert (one.step, one.best.key) == (other.step, other.best.key)
            assert (one.loss, one.stakes) == pytest.approx((other.loss, other.stakes), abs=1e-12)


def test_camps_judge_every_line_as_they_judge_it_alone(lines: list[LineReview]) -> None:
    """In the order of the camps, each under its own preset."""
    together = presets_together(fresh(lines), solved)
    for case, found in zip(fresh(lines), together, strict=True):
        alone = under_presets(case, solved)
        assert [each.camp for each in alone] == [each.camp for each in found]
        for one, other in zip(alone, found, strict=True):
            assert (one.preset, one.program) == (other.preset, other.program)
            for a, b in zip(one.decisions, other.decisions, strict=True):
                assert (a is None) == (b is None)
                if a is not None and b is not None:
                    assert a.loss == pytest.approx(b.loss, abs=1e-12)


def test_nothing_is_made_of_no_lines() -> None:
    """A class whose reviews are all sealed."""
    assert list(work_out([])) == []
    assert ranges_together([]) == []
    assert presets_together([], solved) == []


def test_work_is_told_as_it_is_done(lines: list[LineReview]) -> None:
    """And afterwards nothing has to be asked of a line again."""
    onward = next(iter(lines[0].case.course.program.policies))
    shares = list(work_out(lines, onward))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for each in lines:
        assert {"ranges", "camps"} <= set(vars(each))
        assert each.prospects(onward)
