"""The decision review: choice, chance and control apart, with a sum that holds."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.errors import ActionError, UsageError
from tabletop.odds.accounts import Review
from tabletop.odds.case import Case
from tabletop.odds.course import Answered, Course, Decided, Drawn, Fired, Overruled, Ruled, follow
from tabletop.odds.exact import Exact
from tabletop.odds.review import review
from tabletop.odds.side_by_side import compare
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.odds.courses import random_course
from tests.odds.generated import Data, as_loaded, programs, scenario_data
from tests.odds.oracle import Oracle
from tests.odds.small import coin

FIRST_GAME = next(path for path in shipped() if path.stem == "first-game")


def solved(program: Program) -> Exact:
    exact = Exact(program)
    exact.solve()
    return exact


@pytest.fixture(scope="module")
def first_game() -> Exact:
    return solved(compile_program(load(FIRST_GAME).scenario))


def holds(found: Review) -> None:
    """The identity, and what every account of a decision must satisfy."""
    terms = sum(each.luck for each in found.draws) - sum(each.loss for each in found.decisions)
    terms += sum(each.change for each in found.control)
    assert found.end - found.start == pytest.approx(terms, abs=1e-9)
    assert abs(found.residual) < 1e-9
    for each in found.decisions:
        assert 0 <= each.loss <= each.stakes + 1e-12
        assert 0 <= each.expected_loss <= each.expected_stakes + 1e-12
        assert each.chosen in each.options
        assert each.options[-1].value - 1e-12 <= each.average <= each.best.value + 1e-12
        if each.forced:
            assert (each.loss, each.stakes, each.judged) == (0, 0, False)


@pytest.mark.parametrize("seed", range(12))
def test_the_sum_holds_in_games_as_they_are_played(first_game: Exact, seed: int) -> None:
    """Luck, losses and control make up the whole way from the start to the end."""
    plain = review(Case(random_course(first_game.program, seed), first_game))
    assert not plain.control
    assert plain.ending is not None
    holds(plain)
    ruled = review(Case(random_course(first_game.program, seed, control=0.4), first_game))
    holds(ruled)


@settings(max_examples=20)
@given(program=programs(), seed=st.integers(0, 10_000), control=st.sampled_from([0.0, 0.3]))
def test_the_sum_holds_whatever_the_scenario(program: Program, seed: int, control: float) -> None:
    """Flash decisions, timing plans that draw lots, and control's hand included."""
    holds(review(Case(random_course(program, seed, control=control), solved(program))))


@settings(max_examples=15)
@given(program=programs(planned=False), seed=st.integers(0, 10_000))
def test_options_are_worth_what_plain_recursion_says(program: Program, seed: int) -> None:
    """V* and Q* at each decision of a game, held against the oracle of the tests."""
    course = random_course(program, seed)
    case = Case(course, solved(program))
    found = review(case)
    values = program.scenario.objectives[course.objective].values
    oracle = Oracle(program, exact=False)
    for account, moment in zip(found.decisions, case.followed.decisions(), strict=True):
        best = oracle.best_from(moment.before, values)
        chosen = oracle.best_from(moment.after, values)
        assert account.best.value == pytest.approx(best, abs=1e-9)
        if moment.after.chance is not None or moment.after.turn_over:
            assert account.chosen.value == pytest.approx(chosen, abs=1e-9)


def test_an_unlikely_thing_that_changes_nothing_has_no_luck() -> None:
    """Luck is what a draw was worth, never how rare it was."""
    program = compile_program(as_loaded(coin(idle=99)).scenario)
    course = Course(
        program,
        "only",
        "win",
        (Decided("stay", "nothing"), Drawn("event:weather/weather", "hail")),
    )
    found = review(Case(course, solved(program)))
    drawn = found.draws[-1]
    assert drawn.chance == pytest.approx(1 / 100)
    assert drawn.luck == pytest.approx(0, abs=1e-12)


def test_a_game_that_can_be_worked_out_by_hand() -> None:
    """To stay is worth 0.4; to toss wins 3 times in 4; the toss is lost."""
    program = compile_program(as_loaded(coin()).scenario)
    steps = (Decided("toss", "nothing"), Drawn("decide:us/reaction", "tails"))
    found = review(Case(Course(program, "only", "win", steps), solved(program)))
    assert found.start == pytest.approx(0.75)
    (decision,) = found.decisions
    assert decision.loss == 0
    assert decision.stakes == pytest.approx(0.75 - 0.4)
    assert decision.average == pytest.approx((0.75 + 0.4) / 2)
    aim, toss = found.draws
    assert (aim.luck, aim.variance) == (0, 0)
    assert toss.chance == pytest.approx(1 / 4)
    assert toss.luck == pytest.approx(-0.75)
    assert toss.variance == pytest.approx(0.75 * 0.25**2 + 0.25 * 0.75**2)
    assert found.luck_z == pytest.approx(-0.75 / (3 / 16) ** 0.5)
    assert (found.end, found.ending) == (0, "lost")
    assert found.pivot == decision

    stayed = review(
        Case(Course(program, "only", "win", (Decided("stay", "nothing"),)), solved(program))
    )
    assert stayed.loss == pytest.approx(0.35)
    assert stayed.end == pytest.approx(0.4)
    assert stayed.luck == pytest.approx(0)
    assert stayed.luck_z is None


def test_what_control_overrules_is_booked_as_control() -> None:
    """The draw keeps its luck, and the ruling takes the difference."""
    program = compile_program(as_loaded(coin()).scenario)
    steps = (
        Decided("toss", "nothing"),
        Drawn("decide:us/reaction", "tails"),
        Overruled("decide:us/reaction", "heads"),
    )
    found = review(Case(Course(program, "only", "win", steps), solved(program)))
    assert found.luck == pytest.approx(-0.75)
    assert [each.change for each in found.control] == pytest.approx([1.0])
    assert found.end == pytest.approx(1.0)
    holds(found)


def test_nobodys_choice_is_in_the_sum_and_no_decision_of_people() -> None:
    """A present course that stood by default costs what it costs, and is not judged."""
    program = compile_program(as_loaded(coin()).scenario)
    steps = (Decided("stay", "nothing", by_default=True),)
    found = review(Case(Course(program, "only", "win", steps), solved(program)))
    assert found.loss == pytest.approx(0.35)
    assert not found.decisions[0].judged
    assert found.pivot is None
    holds(found)


def test_a_standing_orders_answer_is_no_decision_of_people(first_game: Exact) -> None:
    """A flash decision that a standing order answered counts in the sum and is not judged."""
    whole = random_course(first_game.program, 3)
    steps = tuple(
        replace(step, by_default=True, standing="patience") if isinstance(step, Answered) else step
        for step in whole.steps
    )
    found = review(Case(replace(whole, steps=steps), first_game))
    (flash,) = [each for each in found.decisions if each.kind == "flash"]
    assert (flash.judged, flash.standing) == (False, "patience")
    assert found.unchosen >= flash.loss
    holds(found)


def test_a_forced_move_does_not_count() -> None:
    """With one thing open nothing is at stake, and no turn hangs on it."""
    data = coin()
    del data["responses"]["toss"]
    program = compile_program(as_loaded(data).scenario)
    steps = (Decided("stay", "nothing"),)
    found = review(Case(Course(program, "only", "win", steps), solved(program)))
    (decision,) = found.decisions
    assert decision.forced
    assert (decision.loss, decision.stakes) == (0, 0)
    assert not decision.judged
    assert found.pivot is None


def test_a_line_that_has_not_ended_ends_where_it_stands(first_game: Exact) -> None:
    """Its last value is what best play could still make of it."""
    whole = random_course(first_game.program, 5)
    for upto in range(len(whole.steps)):
        part = Course(whole.program, whole.aim, whole.objective, whole.steps[:upto], whole.luck)
        found = review(Case(part, first_game))
        assert found.ending is None
        holds(found)


def test_the_draw_of_the_aim_is_luck(first_game: Exact) -> None:
    """Which adversary one meets is chance: its luck averages to nothing over the prior."""
    moved = 0.0
    for number, aim in enumerate(first_game.program.scenario.aims):
        course = Course(first_game.program, aim, "good_neighbours", ())
        case = Case(course, first_game)
        moved += float(case.prior[number]) * review(case).draws[0].luck
    assert moved == pytest.approx(0, abs=1e-12)


def test_a_flash_decision_is_a_decision(first_game: Exact) -> None:
    """Its answers are options with stakes of their own, beside a doctrine's answer."""
    found = review(Case(random_course(first_game.program, 3), first_game))
    (flash,) = [each for each in found.decisions if each.kind == "flash"]
    assert {option.response for option in flash.options} == {"give_it_back", "keep_it"}
    assert flash.stakes > 0
    assert {each.option.response for each in flash.doctrines} <= {"give_it_back", "keep_it"}


def test_a_flash_decision_that_control_fires_is_worked_out_too(first_game: Exact) -> None:
    """No turn of the program has it, so it is followed by play from where it came."""
    program = first_game.program
    steps = (Fired("the_buoy"), Answered("the_buoy", "keep_it"))
    drawn = follow(Course(program, "honour", "good_neighbours", steps)).last.chance
    assert drawn is not None
    for outcome in drawn.outcomes:
        course = Course(
            program, "honour", "good_neighbours", (*steps, Drawn(drawn.site, outcome.id))
        )
        found = review(Case(course, first_game))
        assert [each.kind for each in found.decisions] == ["flash"]
        assert len(found.control) == 1
        holds(found)


def test_worlds_that_rules_do_not_reach_are_solved_from_there() -> None:
    """Control may set what no rule sets; best play is then worked out anew."""
    program = compile_program(as_loaded(coin(turns=2)).scenario)
    steps = (Ruled((("luck", 2),)), Decided("toss", "nothing"))
    case = Case(Course(program, "only", "win", steps), solved(program))
    found = review(case)
    assert found.control[0].change > 0
    holds(found)


@settings(max_examples=20)
@given(data=scenario_data(), seed=st.integers(0, 1000))
def test_names_of_responses_change_nothing(data: Data, seed: int) -> None:
    """A response by another name costs the same and is worth the same."""
    renamed = json.loads(re.sub(r'"response(\d)"', r'"zeal\1"', json.dumps(data)))
    found = []
    for each in (data, renamed):
        program = compile_program(as_loaded(each).scenario)
        found.append((program, solved(program)))
    (program, exact), (other, other_exact) = found
    course = random_course(program, seed)
    names = dict(zip(program.scenario.responses, other.scenario.responses, strict=True))
    steps = tuple(
        Decided(names[step.response], step.support, step.by_default)
        if isinstance(step, Decided)
        else step
        for step in course.steps
    )
    again = Course(other, course.aim, course.objective, steps, course.luck)
    one, two = review(Case(course, exact)), review(Case(again, other_exact))
    assert [each.loss for each in one.decisions] == pytest.approx(
        [each.loss for each in two.decisions], abs=1e-12
    )
    assert [each.stakes for each in one.decisions] == pytest.approx(
        [each.stakes for each in two.decisions], abs=1e-12
    )
    assert one.luck == pytest.approx(two.luck, abs=1e-12)


def test_what_does_not_follow_is_refused(first_game: Exact) -> None:
    """A course is played by the rules or not at all."""
    program = first_game.program
    for steps in (
        (Drawn("decide:orland/reaction", "waits"),),
        (Decided("pour_coffee", "nothing"),),
        (Answered("the_buoy", "keep_it"),),
        (Overruled("decide:orland/reaction", "waits"),),
    ):
        with pytest.raises(ActionError):
            review(Case(Course(program, "honour", "good_neighbours", steps), first_game))
    with pytest.raises(UsageError, match="objective"):
        review(Case(Course(program, "honour", "nothing", ()), first_game))


def test_teams_stand_side_by_side_under_the_same_luck(first_game: Exact) -> None:
    """Each draw and decision has a row, and a team that did not come to one has a gap there."""
    program = first_game.program
    short = Course(program, "honour", "good_neighbours", (Decided("keep_off", "nothing"),))
    longer = random_course(program, 3, objective="good_neighbours")
    found = compare(
        {
            "short": review(Case(short, first_game)),
            "longer": review(Case(longer, first_game)),
            "again": review(Case(longer, first_game)),
        }
    )
    assert found.labels == ("short", "longer", "again")
    first = found.decisions[0]
    assert first.turn == 1
    assert all(account is not None for account in first.accounts)
    assert not first.same
    assert all(row.accounts[0] is None for row in found.decisions[1:])
    assert all(row.accounts[1] == row.accounts[2] for row in found.decisions)
    assert found.comparable == (longer.aim == "honour")
    for terms in found.terms:
        total = terms.start + terms.luck - terms.loss + terms.control
        assert total == pytest.approx(terms.end, abs=1e-9)
