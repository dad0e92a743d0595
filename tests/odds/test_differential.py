"""Engine, tables and sampling are one: step by step on arbitrary worlds, and over whole games."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds import doctrines
from tabletop.odds.doctrines import prior
from tabletop.odds.exact import Exact
from tabletop.odds.sampling import Sampler
from tabletop.rules import playout
from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.odds import oracle
from tests.odds.generated import patient, programs
from tests.odds.generated_places import places, sampled_places
from tests.odds.mutants import MUTATIONS, mutants, told_by_odds, told_by_steps, transplanted
from tests.odds.table_steps import Step, stands, step_in_play, step_in_tables

FILES = {path.stem: path for path in shipped()}
CROSSING = Path(__file__).with_name("crossing.yaml")
RULED = ("busy", "idle")


@cache
def crossing() -> Program:
    return compile_program(load(CROSSING).scenario)


@cache
def crossing_places() -> list[Play]:
    return sampled_places(crossing(), 8)


@cache
def exact_odds(program: Program, doctrine: str) -> Mapping[str, float]:
    """By ending: the odds from the tables, over the aims."""
    found = doctrines.ending_odds(program, program.policies[doctrine])
    return {ending: float(by_aim @ prior(program)) for ending, by_aim in found.items()}


@cache
def oracle_odds(program: Program, doctrine: str) -> Mapping[str, float]:
    """By ending: the odds from plain recursion through play."""
    found = oracle.ending_odds(program, doctrine, exact=False)
    return {ending: float(share) for ending, share in found.items()}


def _same(one: Step, other: Step) -> bool:
    if one.keys() != other.keys():
        return False
    return all(
        where == other[label][1]
        and (chance is None or chance == pytest.approx(other[label][0], abs=1e-12))
        for label, (chance, where) in one.items()
    )


@patient(60)
@given(st.data())
def test_one_step_is_the_same_from_any_world(data: st.DataObject) -> None:
    """Reachable or not, at any step, of scenarios that nobody wrote."""
    program = data.draw(programs(planned=False))
    play = data.draw(places(program))
    assert step_in_tables(play) == {
        label: (chance if chance is None else pytest.approx(chance, abs=1e-12), where)
        for label, (chance, where) in step_in_play(play).items()
    }


@pytest.mark.parametrize("name", sorted(FILES))
def test_one_step_is_the_same_anywhere_in_the_shipped_scenarios(name: str) -> None:
    """Arbitrary worlds at every step of every turn."""
    program = compile_program(load(FILES[name]).scenario)
    seen = 0
    for play in sampled_places(program, 1, seed=3):
        assert _same(step_in_play(play), step_in_tables(play)), play.world
        seen += 1
    assert seen > 30


@patient(15)
@given(programs())
def test_whole_odds_are_those_of_plain_recursion(program: Program) -> None:
    """Every ending, under every doctrine and at random, with and without a timing plan."""
    for doctrine in program.policies:
        assert exact_odds(program, doctrine) == pytest.approx(
            oracle_odds(program, doctrine), abs=1e-9
        )


@patient(10)
@given(programs(), st.integers(0, 2**16))
def test_best_and_worst_are_those_of_plain_recursion(program: Program, lot: int) -> None:
    """For the scenario's objectives, under each aim."""
    exact = Exact(program)
    exact.solve()
    worth = exact.worth()
    count = len(exact.objectives)
    for number, name in enumerate(exact.objectives):
        values = program.scenario.objectives[name].values
        aim = lot % len(program.scenario.aims)
        best, worst = oracle.best_and_worst(program, values, aim, exact=False)
        assert worth[aim, number] == pytest.approx(float(best), abs=1e-9)
        assert worth[aim, number + count] == pytest.approx(float(worst), abs=1e-9)


@patient(10)
@given(programs(), st.integers(0, 2**32))
def test_sampling_plays_the_games_of_the_engine(program: Program, first: int) -> None:
    """Seed by seed, on scenarios that nobody wrote."""
    for policy in program.policies.values():
        sampler = Sampler(program, policy)
        crowd = sampler.play(np.arange(first, first + 6, dtype=np.uint64))
        for at in range(6):
            play = begin(program, first + at)
            world = playout.finish(play, policy)
            assert sampler.names[crowd.endings[at]] == play.ending
            assert crowd.keys[at] == sampler.packing.pack(world)


def _tables_against_play(first: Program, second: Program, place: Play) -> bool:
    """Whether the tables of the second program make the step that play makes in the first."""
    assert place.program is first
    twin = transplanted(place, second)
    if twin is None or not stands(twin):
        return True  # the second program has no such place: nothing to compare
    return _same(step_in_play(place), step_in_tables(twin))


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutant_in_the_tables_is_caught(name: str) -> None:
    """A rule that is wrong in one engine alone shows, in a step or in the odds of whole games."""
    right = crossing()
    wrong = next(each.program for each in mutants(right, 0) if each.name == name)
    assert told_by_steps(right, wrong, _tables_against_play, crossing_places()) or told_by_odds(
        right, wrong, oracle_odds, exact_odds, doctrines=RULED
    )


def test_the_right_program_is_never_taken_for_a_mutant() -> None:
    """So that the test above can fail."""
    right, again = crossing(), compile_program(load(CROSSING).scenario)
    assert not told_by_steps(right, again, _tables_against_play, crossing_places())
    assert not told_by_odds(right, again, oracle_odds, exact_odds, doctrines=RULED)


@pytest.mark.parametrize("name", ["crossing", "first-game"])
def test_odds_are_those_of_an_independent_model_checker(name: str) -> None:
    """Storm, on a model that was written from the scenario's own parts."""
    pytest.importorskip("stormpy")
    from tests.odds.prism_storm import storm_best_and_worst, storm_odds

    scenario = load(CROSSING if name == "crossing" else FILES[name]).scenario
    program = compile_program(scenario)
    for doctrine, policy in program.policies.items():
        found = doctrines.ending_odds(program, policy)
        for aim, aim_id in enumerate(scenario.aims):
            asked = "uniform" if policy.uniform else doctrine
            wanted = storm_odds(scenario, asked, aim=aim_id)
            for ending, by_aim in found.items():
                assert by_aim[aim] == pytest.approx(float(wanted[ending]), abs=1e-9)
    exact = Exact(program)
    exact.solve()
    worth = exact.worth()
    count = len(exact.objectives)
    for number, objective in enumerate(exact.objectives):
        values = scenario.objectives[objective].values
        for aim, aim_id in enumerate(scenario.aims):
            best, worst = storm_best_and_worst(scenario, values, aim=aim_id)
            assert worth[aim, number] == pytest.approx(float(best), abs=1e-9)
            assert worth[aim, number + count] == pytest.approx(float(worst), abs=1e-9)
