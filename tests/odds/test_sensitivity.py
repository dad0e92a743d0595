"""What odds hang on: derivatives against solving anew, and the tornado that is told of them."""

from __future__ import annotations

import json
from dataclasses import replace
from math import exp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import UsageError
from tabletop.odds import adjoint
from tabletop.odds.adjoint import followed_odds, influence
from tabletop.odds.choosing import ANYTHING
from tabletop.odds.conduct import ByBest, ByDoctrine
from tabletop.odds.doctrines import ending_odds, prior
from tabletop.odds.exact import Exact
from tabletop.odds.kernels import PLAIN, compiled, is_fast
from tabletop.odds.numbers import author_numbers, chances_of
from tabletop.odds.packing import Numbers
from tabletop.odds.reweighed import reweighed
from tabletop.odds.sensitivity import Player, sensitivity
from tabletop.odds.tornado import Sensitivity, hangs_on
from tabletop.plain.tornado import tornado_lines
from tabletop.rules.compiler import compile_program
from tabletop.rules.guards import Number
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.cli.terminal import MINIMAL
from tests.odds.generated import patient, programs
from tests.odds.oracle import Oracle

FIRST_GAME = next(path for path in shipped() if path.stem == "first-game")
CROSSING = Path(__file__).parent / "crossing.yaml"
STEP = 1e-4
"""Of a logarithm, for differences whose error falls with its square."""

PROGRAMS = {path.stem: compile_program(load(path).scenario) for path in (FIRST_GAME, MINIMAL)}
PLAYED = {
    f"{name}-{policy.id}": (program, policy)
    for name, program in PROGRAMS.items()
    for policy in (next(iter(program.policies.values())), ANYTHING)
}


def odds_anew(program: Program, policy: Policy, factors: dict[Number, float]) -> Numbers:
    """The odds of every ending, solved from nothing with some numbers changed."""
    other = reweighed(program, factors)
    odds, shares = ending_odds(other, policy), prior(other)
    return np.array([shares @ odds[ending.id] for ending in program.endings])


def slope_to(program: Program, policy: Policy, number: Number, step: float) -> Numbers:
    """The slope to one side by solving anew, exact to the second order."""
    here, near, far = (
        odds_anew(program, policy, {number: exp(times * step)}) for times in (0, 1, 2)
    )
    slope: Numbers = (4 * near - far - 3 * here) / (2 * step)
    return slope


@pytest.mark.parametrize("played", PLAYED)
def test_derivatives_are_those_of_solving_anew(played: str) -> None:
    """Central differences of exact solutions, for every number and every ending."""
    program, policy = PLAYED[played]
    found = influence(ByDoctrine(program, policy))
    assert found.odds == pytest.approx(odds_anew(program, policy, {}), abs=1e-12)
    nothing = np.zeros(len(found.endings))
    for number in author_numbers(program):
        more = odds_anew(program, policy, {number: exp(STEP)})
        less = odds_anew(program, policy, {number: exp(-STEP)})
        slope = found.slopes.get(number, nothing)
        assert slope == pytest.approx((more - less) / (2 * STEP), abs=1e-6), number
    assert any(slope.any() for slope in found.slopes.values())


def test_a_weight_that_is_just_nil_moves_nothing() -> None:
    """Where the odds have a kink the slope is the one of the side on which it stays nil."""
    program = compile_program(load(CROSSING).scenario)
    policy = program.policies["busy"]
    found = influence(ByDoctrine(program, policy))
    kinks = 0
    for number, slope in found.slopes.items():
        if "shouts" not in number.path:
            continue  # the other weights are always above nil
        sides = [slope_to(program, policy, number, step) for step in (STEP, -STEP)]
        misses = [float(np.abs(side - slope).max()) for side in sides]
        assert min(misses) < 1e-6, number
        kinks += max(misses) > 1e-6
    assert kinks


def test_numbers_move_nothing_where_there_is_but_one_ending() -> None:
    """It gains what all others lose, and there are none."""
    scenario = load(MINIMAL).scenario
    endings = {"drift": scenario.endings["drift"]}
    objectives = {
        name: replace(each, values={"drift": each.values["drift"]})
        for name, each in scenario.objectives.items()
    }
    program = compile_program(replace(scenario, endings=endings, objectives=objectives))
    found = influence(ByDoctrine(program, ANYTHING))
    assert found.odds == pytest.approx([1.0])
    assert found.slopes
    for slope in found.slopes.values():
        assert slope == pytest.approx([0.0], abs=1e-12)


@pytest.mark.parametrize("played", PLAYED)
def test_to_scale_all_numbers_of_a_draw_changes_nothing(played: str) -> None:
    """The derivatives of one draw that shares no number with another add up to nothing."""
    program, policy = PLAYED[played]
    slopes = influence(ByDoctrine(program, policy)).slopes
    used: dict[Number, int] = {}
    draws = [
        {each.number for part in chance.addends for each in part} for chance in chances_of(program)
    ]
    for numbers in draws:
        for number in numbers:
            used[number] = used.get(number, 0) + 1
    own = [numbers for numbers in draws if all(used[number] == 1 for number in numbers)]
    moving = 0
    for numbers in own:
        found = [slopes[number] for number in numbers if number in slopes]
        moving += any(slope.any() for slope in found)
        assert sum(found) == pytest.approx(0.0, abs=1e-12)
    assert moving
    assert sum(slopes.values()) == pytest.approx(0.0, abs=1e-12)


@patient(10)
@given(program=programs(), data=st.data())
def test_odds_and_slopes_hold_on_games_that_nobody_thought_of(
    program: Program, data: st.DataObject
) -> None:
    """Odds are those of plain recursion; slopes add up to 0, and are those of solving anew."""
    policy = data.draw(st.sampled_from([*program.policies.values(), ANYTHING]), "doctrine")
    found = influence(ByDoctrine(program, policy))
    oracle = Oracle(program, exact=False)
    odds = [
        oracle.odds_from(begin(program, 0, aim=aim), policy) for aim in range(len(prior(program)))
    ]
    for place, ending in enumerate(found.endings):
        expected = [float(each[ending]) for each in odds]
        assert found.by_aim[:, place] == pytest.approx(expected, abs=1e-9)
    assert followed_odds(ByDoctrine(program, policy)).odds == pytest.approx(found.odds, abs=1e-12)
    numbers = list(author_numbers(program))
    assert set(found.slopes) <= set(numbers)
    for slope in found.slopes.values():
        assert slope.sum() == pytest.approx(0.0, abs=1e-9)
    number = data.draw(st.sampled_from(numbers), "number")
    slope = found.slopes.get(number, np.zeros(len(found.endings)))
    sides = [slope_to(program, policy, number, step) for step in (STEP, -STEP)]
    assert min(np.abs(side - slope).max() for side in sides) < 1e-5


@patient(10)
@given(program=programs(), data=st.data())
def test_a_game_that_is_worked_out_in_pieces_has_the_same_slopes(
    program: Program, data: st.DataObject
) -> None:
    """Some aims and some worlds at a time, with masses held or not, compiled or not."""
    policy = data.draw(st.sampled_from([*program.policies.values(), ANYTHING]), "doctrine")
    whole = influence(ByDoctrine(program, policy))
    loops = data.draw(st.sampled_from([PLAIN, compiled()] if is_fast() else [PLAIN]), "loops")
    pieces = loops._replace(block=data.draw(st.sampled_from([1, 500, 10**6]), "block"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(adjoint, "_MOST_HELD", data.draw(st.sampled_from([1, 10**6]), "held"))
        patched.setattr(adjoint, "_AT_ONCE", data.draw(st.sampled_from([1, 10**6]), "at once"))
        patched.setattr(adjoint, "kernels", lambda worlds: pieces)
        found = influence(ByDoctrine(program, policy))
    assert found.by_aim == pytest.approx(whole.by_aim, abs=1e-12)
    assert found.slopes.keys() == whole.slopes.keys()
    for number, slope in found.slopes.items():
        assert slope == pytest.approx(whole.slopes[number], abs=1e-9), number


def test_best_play_moves_with_a_number_as_if_it_chose_the_same() -> None:
    """The envelope theorem: against the value of best play, solved anew for each change."""
    program = PROGRAMS["first-game"]
    name, objective = next(iter(program.scenario.objectives.items()))
    worth = np.array([objective.values[ending.id] for ending in program.endings])
    found = influence(Player(name, best=True).conduct(program))
    assert found.odds @ worth == pytest.approx(_best(program, name, {}), abs=1e-12)
    for number in author_numbers(program):
        more, less = (_best(program, name, {number: exp(step)}) for step in (STEP, -STEP))
        slope = found.slopes.get(number, np.zeros(len(worth))) @ worth
        assert slope == pytest.approx((more - less) / (2 * STEP), abs=1e-6), number


def test_worst_play_is_followed_too() -> None:
    """Its odds are worth the least that play can do."""
    program = PROGRAMS["first-game"]
    exact = Exact(program)
    exact.solve()
    place = exact.road.start
    least = exact.openings[place].values[:, :, 0]
    for column, name in enumerate(exact.objectives, len(exact.objectives)):
        worth = np.array([exact.endings[ending.id][column] for ending in program.endings])
        found = influence(ByBest(exact, name, worst=True))
        assert found.by_aim @ worth == pytest.approx(least[:, column], abs=1e-12)


def _best(program: Program, objective: str, factors: dict[Number, float]) -> float:
    other = reweighed(program, factors)
    exact = Exact(other, objectives={objective: program.scenario.objectives[objective].values})
    exact.solve()
    return float(prior(other) @ exact.openings[exact.road.start].values[:, 0, 0])


@pytest.fixture(scope="module")
def told() -> Sensitivity:
    """What the odds of a small game hang on at random play."""
    return sensitivity(PROGRAMS["minimal"], Player(ANYTHING.id), top=4)


def test_bars_are_solved_anew(told: Sensitivity) -> None:
    """Numbers times and divided by the factor, assumptions over all their values."""
    program = PROGRAMS["minimal"]
    assert [bar.kind for bar in told.bars].count("number") == 4
    for bar in told.bars:
        assert len(bar.readings) >= 2
        for reading in bar.readings:
            if bar.kind == "number":
                factor = 1.5 if reading.setting == "x 1.5" else 1 / 1.5
                odds = odds_anew(program, ANYTHING, {Number(bar.path, bar.term): factor})
            else:
                dial = bar.path.removeprefix("assumptions.")
                odds = odds_anew(
                    compile_program(program.scenario, {dial: reading.setting}), ANYTHING, {}
                )
            assert list(reading.odds.values()) == pytest.approx(odds.tolist(), abs=1e-12)
    dials = {bar.path for bar in told.bars if bar.kind == "assumption"}
    assert dials == {f"assumptions.{name}" for name in program.scenario.assumptions}


def test_the_fastest_numbers_are_the_ones_solved_anew(told: Sensitivity) -> None:
    """By their slopes, over all endings together."""
    pace = [sum(map(abs, slope.slopes.values())) for slope in told.slopes]
    assert pace == sorted(pace, reverse=True)
    solved = {(bar.path, bar.term) for bar in told.bars if bar.kind == "number"}
    assert solved == {(slope.path, slope.term) for slope in told.slopes[:4]}


def test_numbers_that_are_changed_make_another_program() -> None:
    """So that nothing that is kept by its hash is taken for the other."""
    program = PROGRAMS["minimal"]
    first, second, *_ = author_numbers(program)
    others = [{first: 1.5}, {first: 2.0}, {second: 1.5}, {first: 1.5, second: 1.5}]
    hashes = {reweighed(program, factors).hash for factors in others}
    assert len(hashes | {program.hash}) == len(others) + 1
    same = dict.fromkeys(author_numbers(program), 1.0)
    assert odds_anew(program, ANYTHING, same).tolist() == odds_anew(program, ANYTHING, {}).tolist()


def test_progress_is_heard_from_nothing_to_all() -> None:
    """And never goes back."""
    heard: list[float] = []
    sensitivity(PROGRAMS["minimal"], Player("random"), top=1, progress=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("player", [Player("nobody"), Player("nothing", best=True)])
def test_a_player_that_is_unknown_is_one_clear_line(player: Player) -> None:
    """With those that there are."""
    with pytest.raises(UsageError, match=r"unknown .*: this scenario has ") as caught:
        sensitivity(PROGRAMS["minimal"], player)
    assert "\n" not in str(caught.value)


def test_data_is_plain(told: Sensitivity) -> None:
    """It goes through JSON unchanged, with its sentences."""
    data = told.as_data()
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data, allow_nan=False))
    assert data["words"] == list(hangs_on(told))
    assert data["player"] == ANYTHING.id
    assert {"form", "endings", "odds", "slopes", "bars"} <= set(data)


@pytest.mark.parametrize("width", [10, 40, 80, 132])
def test_a_tornado_fits_its_width(told: Sensitivity, width: int) -> None:
    """Down to 40 columns, and whatever ending is asked for."""
    for ending in [None, *told.endings]:
        lines = tornado_lines(told, width, ending)
        assert max(map(len, lines)) <= max(width, 40)
        if ending is not None:
            assert told.endings[ending] in " ".join(lines)


def test_the_widest_bar_of_a_tornado_comes_first(told: Sensitivity) -> None:
    """By the swing of the ending that is shown."""
    for ending in told.endings:
        swings = [
            high - low for low, high in (told.swing(bar, ending) for bar in told.widest(ending))
        ]
        assert swings == sorted(swings, reverse=True)


def test_best_play_is_told_by_what_it_is_worth() -> None:
    """The bars measure the value that it goes for, unless an ending is asked for."""
    program = PROGRAMS["first-game"]
    name = next(iter(program.scenario.objectives))
    found = sensitivity(program, Player(name, best=True), top=2)
    value = _best(program, name, {})
    assert found.measured(found.odds, None) == pytest.approx(value, abs=1e-12)
    assert tornado_lines(found, 80)[0].startswith("What the value of ")
