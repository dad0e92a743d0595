"""Storm, on a model written apart from the compiler, gives the same odds to the last fraction."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.rules.compiler import compile_program
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load
from tests.odds.generated import patient, scenarios
from tests.odds.oracle import UNIFORM, best_and_worst, ending_odds
from tests.odds.prism import UNIFORM as BY_LOT
from tests.odds.prism import export
from tests.odds.prism_storm import storm_best_and_worst, storm_odds

HERE = Path(__file__).parent
FILES = {
    "bare": HERE.parent / "fixtures" / "scenarios" / "bare.yaml",
    "minimal": HERE.parent / "fixtures" / "scenarios" / "minimal.yaml",
    "crossing": HERE / "crossing.yaml",
    "first-game": HERE.parent.parent / "scenarios" / "first-game.yaml",
}


@pytest.fixture(scope="module")
def _storm() -> None:
    pytest.importorskip("stormpy", reason="Storm is not installed")


def scenario(name: str) -> Scenario:
    return load(FILES[name]).scenario


def test_a_model_is_a_chain_under_a_doctrine_and_a_process_without() -> None:
    """And the same text every time, with a command for every step of the turn."""
    crossing = scenario("crossing")
    chain, process = export(crossing, "busy"), export(crossing, None)
    assert chain.startswith("dtmc\n")
    assert process.startswith("mdp\n")
    assert chain == export(crossing, "busy")
    for place in ("inject_letter", "news", "decide", "event_rain", "climb", "close", "flash_thief"):
        assert f"[] at = at_{place} " in chain


@pytest.mark.usefixtures("_storm")
@pytest.mark.parametrize(
    "name, doctrine",
    [
        ("bare", "shut"),
        ("bare", BY_LOT),
        ("minimal", "talks_first"),
        ("minimal", BY_LOT),
        ("first-game", "talk_first"),
        ("first-game", "stand_firm"),
        ("first-game", BY_LOT),
        ("crossing", "busy"),
        ("crossing", "idle"),
    ],
)
def test_storm_and_the_oracle_agree_on_every_ending(name: str, doctrine: str) -> None:
    """In fractions: not nearly the same but the same."""
    played = scenario(name)
    policy = UNIFORM if doctrine == BY_LOT else doctrine
    assert storm_odds(played, doctrine) == ending_odds(compile_program(played), policy)


@pytest.mark.usefixtures("_storm")
@pytest.mark.parametrize("name", ["minimal", "first-game"])
def test_storm_and_the_oracle_agree_on_the_best_and_the_worst(name: str) -> None:
    """For every objective, and for the chance of the first ending (Pmax and Pmin)."""
    played = scenario(name)
    program = compile_program(played)
    first, *others = played.endings
    wanted = [objective.values for objective in played.objectives.values()]
    for values in [*wanted, {first: 1.0} | dict.fromkeys(others, 0.0)]:
        found = storm_best_and_worst(played, values)
        expected = best_and_worst(program, values)
        assert [float(each) for each in found] == pytest.approx(
            [float(each) for each in expected], abs=1e-12
        )


@pytest.mark.usefixtures("_storm")
@pytest.mark.parametrize("plan", ["short", "half"])
def test_storm_and_the_oracle_agree_under_a_plan_and_other_assumptions(plan: str) -> None:
    """Preset turns, standing orders by rule and by lot, and one aim at a time."""
    crossing = scenario("crossing")
    chosen = {"pride": "much"}
    program = compile_program(crossing, chosen, plan)
    for number, aim in enumerate(crossing.aims):
        found = storm_odds(crossing, "busy", aim=aim, assumptions=chosen, plan=plan)
        assert found == ending_odds(program, "busy", number)


@pytest.mark.usefixtures("_storm")
def test_floats_do_as_well_where_fractions_take_too_long() -> None:
    """To a thousandth of a millionth."""
    played = scenario("minimal")
    exact = storm_odds(played, "talks_first")
    assert storm_odds(played, "talks_first", exact=False) == pytest.approx(exact, abs=1e-9)


@pytest.mark.usefixtures("_storm")
@patient(15)
@given(st.data())
def test_storm_and_the_oracle_agree_on_generated_scenarios(data: st.DataObject) -> None:
    """On scenarios that nobody thought of, with and without their plan."""
    made = data.draw(scenarios()).scenario
    plan = data.draw(st.sampled_from([None, "plan"]))
    program = compile_program(made, plan=plan)
    doctrine = data.draw(st.sampled_from(["ruled", "idle"]))
    assert storm_odds(made, doctrine, plan=plan) == ending_odds(program, doctrine)
    values = dict.fromkeys(made.endings, 0.0) | {next(iter(made.endings)): 1.0}
    best, worst = storm_best_and_worst(made, values, plan=plan)
    expected = best_and_worst(program, {name: Fraction(value) for name, value in values.items()})
    assert (best, worst) == expected
