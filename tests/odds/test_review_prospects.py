"""Same choice, other seeds; and the same choice in the worlds of the camps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.odds.case import Case
from tabletop.odds.course import act
from tabletop.odds.exact import Exact
from tabletop.odds.presets import moved, under_presets, with_preset
from tabletop.odds.prospects import prospects
from tabletop.odds.review import review
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.odds.courses import random_course
from tests.odds.generated import programs
from tests.odds.oracle import Oracle

SCENARIO = load(next(path for path in shipped() if path.stem == "first-game")).scenario


def solved(program: Program) -> Exact:
    exact = Exact(program)
    exact.solve()
    return exact


@settings(max_examples=20)
@given(program=programs(planned=False), seed=st.integers(0, 10_000), data=st.data())
def test_prospects_are_what_plain_recursion_gives(
    program: Program, seed: int, data: st.DataObject
) -> None:
    """Endings and the forecast thing, from the very world of the decision, by any doctrine."""
    policy = program.policies[data.draw(st.sampled_from(sorted(program.policies)))]
    case = Case(random_course(program, seed), Exact(program))
    oracle = Oracle(program, exact=False)
    moments = [each for each in case.followed.decisions() if each.kind == "decide"]
    for found, moment in zip(prospects(case, policy), moments, strict=True):
        after = moment.before.copy()
        act(after, moment.what)  # type: ignore[arg-type]
        odds = oracle.odds_from(after, policy)
        assert dict(found.endings) == pytest.approx(odds, abs=1e-9)
        assert found.comes == pytest.approx(oracle.forecast_from(after, policy), abs=1e-9)
        assert sum(chance for _, chance in found.expected_endings) == pytest.approx(1)
        assert 0 <= found.expected_comes <= 1 + 1e-12


def test_a_camp_with_the_same_dials_says_the_same() -> None:
    """A preset that changes nothing judges every decision as the review does."""
    program = compile_program(SCENARIO, SCENARIO.presets["radio_world"].set)
    case = Case(random_course(program, 3), solved(program))
    camps = {each.camp: each for each in under_presets(case, solved)}
    assert camps["old_hands"].program == program.hash
    assert camps["old_hands"].decisions == review(case).decisions
    other = camps["firm_hands"]
    assert other.program == with_preset(program, "pride_world").hash != program.hash
    assert [each.chosen.key for each in other.decisions if each] == [
        each.chosen.key for each in review(case).decisions
    ]
    assert other.decisions != review(case).decisions


def test_a_decision_in_another_program_is_the_same_world_waiting() -> None:
    """Nothing of the world changes, and the same things are open."""
    program = compile_program(SCENARIO)
    case = Case(random_course(program, 3), Exact(program))
    there = with_preset(program, "radio_world")
    for moment in case.followed.decisions():
        twin = moved(moment.before, there)
        assert twin is not None
        assert (twin.world, twin.prompt) == (moment.before.world, moment.before.prompt)
        act(twin, moment.what)  # type: ignore[arg-type]
