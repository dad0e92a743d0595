"""Ranges: how far an account hangs on the author's numbers, and what they cannot tell apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tabletop.odds.case import Case
from tabletop.odds.course import Course, Decided
from tabletop.odds.doubt import DRAWS, SIGMA, Doubt
from tabletop.odds.exact import Exact
from tabletop.odds.packing import Numbers
from tabletop.odds.ranges import OFTEN, TOLERANCE, loss_ranges, varied
from tabletop.odds.review import named, review
from tabletop.odds.reweighed import reweighed
from tabletop.rules.compiler import compile_program
from tabletop.rules.guards import Number
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.odds.courses import random_course
from tests.odds.generated import as_loaded
from tests.odds.small import coin

FIRST_GAME = next(path for path in shipped() if path.stem == "first-game")


def solved(program: Program) -> Exact:
    exact = Exact(program)
    exact.solve()
    return exact


@pytest.fixture(scope="module")
def first_game() -> Exact:
    return solved(compile_program(load(FIRST_GAME).scenario))


def numbers_of(exact: Exact) -> set[Number]:
    """Every number that a draw of the program can be weighed by."""
    return {
        addend.number for place in exact.road.places for way in place.ways for addend in way.addends
    }


def solved_again(exact: Exact, play: Play, factors: dict[Number, float]) -> Numbers:
    """What a play is worth under changed numbers, by aim and column: the whole game solved."""
    other = Exact(reweighed(exact.program, factors))
    other.solve(play)
    return other.around(play).value(play)


def test_factors_are_lognormal_and_the_same_for_the_same_program() -> None:
    """A save gives the same ranges wherever and in whatever order it is looked at."""
    numbers = [Number("responses.a.reaction.b.weight", term) for term in range(400)]
    forward, backward = Doubt("one"), Doubt("one")
    there = [forward.factors(number) for number in numbers]
    back = [backward.factors(number) for number in reversed(numbers)][::-1]
    assert np.array_equal(there, back)
    logs = np.log(there)
    assert logs.shape == (400, DRAWS)
    assert logs.std() == pytest.approx(SIGMA, rel=0.02)
    assert logs.mean() == pytest.approx(0, abs=0.01)
    assert not np.array_equal(there[0], Doubt("another").factors(numbers[0]))


def test_a_range_that_can_be_worked_out_by_hand() -> None:
    """A toss won 3 times in 4 stays a toss: its two numbers alone decide what it is worth."""
    program = compile_program(as_loaded(coin()).scenario)
    case = Case(Course(program, "only", "win", (Decided("stay", "nothing"),)), solved(program))
    doubt = Doubt(program.hash)
    heads, tails = (
        amount * doubt.factors(Number(f"responses.toss.reaction.{name}.weight", 0))
        for name, amount in (("heads", 3), ("tails", 1))
    )
    worth = heads / (heads + tails)
    (found,) = loss_ranges(case)
    assert found is not None
    losses = np.maximum(worth, 0.4) - 0.4
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(losses, [0.05, 0.95])))
    assert found.close == pytest.approx((losses < TOLERANCE).mean())
    assert found.rivals == (("toss", "nothing"),)
    assert not found.close_to_best
    assert found.whole


@pytest.mark.parametrize("seed", range(4))
def test_all_turns_varied_are_the_full_solution_of_each_draw(first_game: Exact, seed: int) -> None:
    """Draw by draw what the solver of the odds finds with the same numbers changed."""
    case = Case(random_course(first_game.program, seed), first_game)
    doubt = Doubt(first_game.program.hash, 5)
    for moment in case.followed.decisions():
        found = varied(case, moment.before, 99, doubt)
        assert found is not None
        options, whole = found
        assert whole
        for draw in range(5):
            numbers = numbers_of(first_game)
            factors = {number: float(doubt.factors(number)[draw]) for number in numbers}
            expected = solved_again(first_game, moment.before, factors)[case.aim, case.column]
            assert max(value[draw] for value in options.values()) == pytest.approx(expected)


def test_two_turns_cover_what_the_whole_game_gives(first_game: Exact) -> None:
    """In the first of three turns the third is left out: losses agree within the tolerance.

    And the range of two turns holds most of the losses that full solutions give.
    """
    differences, held = [], []
    for seed in range(30):
        case = Case(random_course(first_game.program, seed), first_game)
        doubt = Doubt(first_game.program.hash)
        first = next(case.followed.decisions())
        short, whole = varied(case, first.before, 2, doubt) or ({}, True)
        full, entire = varied(case, first.before, 3, doubt) or ({}, False)
        assert (whole, entire) == (False, True)
        losses = [
            np.max(list(each.values()), axis=0) - each[named(first.what)] for each in (short, full)
        ]
        differences.append(np.abs(losses[0] - losses[1]).mean())
        low, high = np.quantile(losses[0], [0.05, 0.95])
        held.append(((losses[1] >= low - TOLERANCE) & (losses[1] <= high + TOLERANCE)).mean())
    assert np.mean(differences) < TOLERANCE
    assert np.mean(held) > 0.8


def test_without_doubt_a_range_is_the_loss_itself(first_game: Exact) -> None:
    """With every factor at 1 the pass gives Q* as the review has it, flash decisions included."""
    for seed in range(8):
        case = Case(random_course(first_game.program, seed), first_game)
        found = review(case)
        plain = Doubt("", 1, 0.0)
        for account, moment in zip(found.decisions, case.followed.decisions(), strict=True):
            options, _ = varied(case, moment.before, 2, plain) or ({}, True)
            assert {key: float(value[0]) for key, value in options.items()} == pytest.approx(
                {option.key: option.value for option in account.options}, abs=1e-9
            )


def test_twins_cannot_be_told_apart() -> None:
    """Two responses that do the same are rivals, whichever was chosen."""
    data = coin()
    data["responses"]["again"] = data["responses"]["toss"]
    program = compile_program(as_loaded(data).scenario)
    steps = (Decided("again", "nothing"),)
    case = Case(Course(program, "only", "win", steps), solved(program))
    (found,) = loss_ranges(case, doubt=Doubt(program.hash, sigma=0.05))
    assert found is not None
    assert found.close_to_best
    assert {key[0] for key in found.rivals} == {"again", "toss"}
    (wide,) = loss_ranges(case, doubt=Doubt(program.hash))
    assert wide is not None
    assert wide.close < 1, "each twin has numbers of its own"


def test_ranges_are_the_same_for_the_same_save(first_game: Exact) -> None:
    """Nothing but the program and the course decides them."""
    course = random_course(first_game.program, 2)
    one = list(loss_ranges(Case(course, first_game)))
    two = list(loss_ranges(Case(replace(course), solved(first_game.program))))
    assert one == two
    for each in one:
        assert each is not None
        assert 0 <= each.low <= each.high
        assert each.close_to_best == (each.close >= OFTEN)


def test_what_the_author_made_impossible_stays_so() -> None:
    """A weight below 0 that a draw would lift above it takes no chance away from the others."""
    data = coin(turns=3)
    edge = {
        "id": "edge",
        "title": "Edge",
        "by": "them",
        "weight": "-3 + 2 * (luck >= 1) + 2 * (luck >= 2)",
    }
    data["responses"]["toss"]["reaction"].append(edge)
    program = compile_program(as_loaded(data).scenario)
    exact = solved(program)
    turns, starts = [], {exact.road.start: np.array([exact.key(begin(program, 0, aim=0))[1]])}
    while starts:
        turns.append(exact.expander.turn(starts))
        starts = turns[-1].next
    doubt = Doubt(program.hash, sigma=2.0)
    for turn in turns:
        for layer in turn.layers.values():
            if layer.place.kind == "chance":
                chances, codes = doubt.chances(turn, layer)
                total = np.zeros((len(layer.keys), DRAWS))
                for edges in layer.edges:
                    rows = slice(None) if edges.rows is None else edges.rows
                    total[rows] += chances[edges.way.number][codes[rows]]
                assert total == pytest.approx(np.ones_like(total))
