"""The words of a review: in this model, beside what was at stake, and never a grade."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tabletop.odds.case import Case
from tabletop.odds.course import Course, Decided, Drawn
from tabletop.odds.exact import Exact
from tabletop.odds.presets import under_presets
from tabletop.odds.prospects import prospects
from tabletop.odds.ranges import LossRange, loss_ranges
from tabletop.odds.review import review
from tabletop.odds.review_words import (
    Heard,
    attention,
    camp_lines,
    decision_lines,
    luck_lines,
    often,
    opening_lines,
    sum_lines,
)
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.odds.courses import random_course
from tests.odds.generated import as_loaded
from tests.odds.small import coin

SCENARIO = load(next(path for path in shipped() if path.stem == "first-game")).scenario
VERDICTS = re.compile(
    r"\b(good|bad|wrong|mistake|blunder|error|score|grade|marks?|points?|best choice|"
    r"should have|excellent|poor|skill)\b",
    re.IGNORECASE,
)


def solved(program: Program) -> Exact:
    exact = Exact(program)
    exact.solve()
    return exact


@pytest.fixture(scope="module")
def exact() -> Exact:
    return solved(compile_program(SCENARIO))


def told(case: Case) -> list[str]:
    """Everything that can be told of a line of play."""
    found, scenario = review(case), case.course.program.scenario
    ahead = {
        each.step: each for each in prospects(case, case.course.program.policies["talk_first"])
    }
    camps = under_presets(case, solved)
    lines = [
        *opening_lines(scenario, found),
        *sum_lines(scenario, found),
        *luck_lines(scenario, found),
    ]
    ranges = loss_ranges(case)
    for number, (account, each) in enumerate(zip(found.decisions, ranges, strict=True)):
        heard = Heard("why not", 30, came=True)
        lines += decision_lines(scenario, account, heard, each, ahead.get(account.step))
        lines += camp_lines(scenario, camps, number)
    return lines


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_a_grade(exact: Exact, seed: int) -> None:
    """No verdict on people; cost never without what hung on it; one clean line each."""
    titles = re.compile("“[^”]*”")
    for line in told(Case(random_course(exact.program, seed), exact)):
        assert not VERDICTS.search(titles.sub("", line)), line
        assert "\n" not in line
        if " it cost " in line and "lies between" not in line:
            assert " of " in line, line
    assert (
        "In this model, for the objective you declared"
        in told(Case(random_course(exact.program, seed), exact))[0]
    )


def coined(*steps: Decided | Drawn) -> Case:
    program = compile_program(as_loaded(coin()).scenario)
    return Case(Course(program, "only", "win", steps), solved(program))


def lines_of(case: Case, heard: Heard, found: LossRange | None = None) -> list[str]:
    account = review(case).decisions[0]
    return list(decision_lines(case.course.program.scenario, account, heard, found))


def test_cost_stands_beside_what_was_at_stake() -> None:
    """With the reason that was given, what was expected, and what was worth most."""
    case = coined(Decided("stay", "nothing"))
    lines = lines_of(case, Heard("it is late", 30, came=False))
    assert lines[0] == "Turn 1: you chose “Response”, because ‘it is late’."
    assert lines[1] == "You said 30 percent, and it did not come."
    assert "it cost 0.35 of the 0.35 that hung on it" in lines[2]


def test_the_sum_is_shown_to_hold() -> None:
    """Start, chance, choices, control and end stand in one sentence."""
    case = coined(Decided("toss", "nothing"), Drawn("decide:us/reaction", "tails"))
    found = review(case)
    lines = list(sum_lines(case.course.program.scenario, found))
    figures = [float(figure) for figure in re.findall(r"[-+]?\d+\.\d{3}\b", lines[0])]
    assert figures == pytest.approx([0.75, -0.75, 0, 0, 0])
    assert lines[1] == "Left over by the sum: 0.000000000."
    assert "below what chance gives" in lines[2]
    (lucky,) = luck_lines(case.course.program.scenario, found)
    assert lucky == "Turn 1: “Tails” after “Response”, to be expected 2 in 10, moved it by -0.750."


def test_what_the_model_cannot_separate_it_says() -> None:
    """Where options come out alike often, a question stands in the place of a claim."""
    case = coined(Decided("stay", "nothing"))
    step = review(case).decisions[0].step
    alike = LossRange(step, 0, 0.5, 0.6, (("stay", "nothing"), ("toss", "nothing")), whole=True)
    lines = lines_of(case, Heard(), alike)
    assert any("cannot separate" in line for line in lines)
    assert any(line.endswith("What would you have needed to know?") for line in lines)
    apart = replace(alike, close=0.4, rivals=(("toss", "nothing"),))
    lines = lines_of(case, Heard(), apart)
    assert not any("cannot separate" in line for line in lines)
    assert any("lies between 0.00 and 0.50" in line for line in lines)


def test_nobodys_choice_is_told_and_not_judged() -> None:
    """The present course that stood by default gets no figures."""
    case = coined(Decided("stay", "nothing", by_default=True))
    assert lines_of(case, Heard()) == ["Turn 1: nobody chose, and “Response” stood."]


def test_a_standing_orders_choice_is_told_as_its_own() -> None:
    """With its doctrine, without figures; the sum says how much of the choices was nobody's."""
    chosen = Decided("stay", "nothing", by_default=True, standing="lots")
    case = coined(chosen)
    assert lines_of(case, Heard()) == [
        "Turn 1: the standing order “lots” chose “Response”. That was not your choice."
    ]
    told = " ".join(sum_lines(case.course.program.scenario, review(case)))
    assert "Of what choices moved, -0.350 was nobody's own choice" in told
    own = coined(replace(chosen, by_default=False, standing=""))
    assert "nobody's" not in " ".join(sum_lines(case.course.program.scenario, review(own)))


def test_what_people_wrote_cannot_drive_a_terminal() -> None:
    """Control characters, lines and lengths of a reason are cleaned away."""
    case = coined(Decided("stay", "nothing"))
    (line, *_) = lines_of(case, Heard("\x1b[31mred\nline " + "x" * 5000))
    assert "\x1b" not in line
    assert len(line) < 300


def test_what_cost_most_comes_first(exact: Exact) -> None:
    """Ordered in coarse steps, as differences within one say nothing; forced moves left out."""
    for seed in range(10):
        found = review(Case(random_course(exact.program, seed), exact))
        order = attention(found)
        assert set(order) == {each for each in found.decisions if each.judged}
        steps = [sum(each.loss >= mark for mark in (0.04, 0.08, 0.16)) for each in order]
        assert steps == sorted(steps, reverse=True)


def test_chances_are_told_as_people_say_them() -> None:
    """So many in ten, in a hundred where it is seldom, and never a false certainty."""
    assert [often(each) for each in (1, 0.96, 0.6, 0.25, 0.04, 0.001)] == [
        "every time", "96 in 100", "6 in 10", "2 in 10", "4 in 100", "less than once in 100",
    ]  # fmt: skip
