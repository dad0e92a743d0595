"""The slow oracle itself: on games that can be worked out by hand, and against sampled ones."""

from __future__ import annotations

import ast
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.playout import finish
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin
from tabletop.scenario.source import load
from tests.odds.generated import Data, as_loaded, ending, frame, patient, programs, response
from tests.odds.generated_terms import Words
from tests.odds.oracle import UNIFORM, Oracle, best_and_worst, ending_odds, prior

HERE = Path(__file__).parent
IDLE = Policy("idle", uniform=False, rules=(), answers={})
HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)


def tiny(turns: int = 1, aims: int = 1, **parts: Data) -> Data:
    """One stage, one track `heat` from 0 to 2 that starts at 0, one flag, and what is added."""
    words = Words(
        turns=turns,
        tracks={"heat": (0, 2)},
        starts={"heat": 0},
        levels={},
        flags={"came": {"title": "Came", "lasts": "turn"}},
        stages=["here"],
        aims=[f"aim{number}" for number in range(aims)],
        kinds=[],
        tables=[],
    )
    data = frame(words)
    for name, part in parts.items():
        data[name] = data.get(name, {}) | part
    return data


def ends(**guards: str) -> Data:
    """Endings with their guards, and what is left as `rest`; each worth 1 to its own objective."""
    endings = {name: {**ending(), "when": when} for name, when in guards.items()}
    values = dict.fromkeys(guards, 1) | {"rest": 0}
    only = {"title": "Only", "text": "A value.", "values": values}
    return {"endings": endings | {"rest": ending()}, "objectives": {"only": only}}


def outcome(name: str, weight: int, **more: object) -> Data:
    """An outcome of its own."""
    return {"id": name, "title": name, "by": "them", "weight": weight, **more}


def program_of(data: Data, plan: str | None = None) -> Program:
    """The program of some data."""
    return compile_program(as_loaded(data).scenario, plan=plan)


def heater(turns: int) -> Data:
    """Waiting heats by 1 in a third of the cases, fanning always; two degrees are hot."""
    data = tiny(turns) | ends(hot="heat >= 2")
    reaction = [outcome("nothing", 2), outcome("warms", 1, effects={"heat": 1}, sets=["came"])]
    data["responses"]["course"]["reaction"] = reaction
    data["responses"]["fan"] = response(["here"]) | {"effects": {"heat": 1}}
    data["forecast"]["occurs"] = "came"
    return data


def test_chances_of_independent_turns_multiply() -> None:
    """Two waits heat twice in a ninth of the games; at random each turn heats in two thirds."""
    program = program_of(heater(2))
    assert ending_odds(program, IDLE) == {"hot": Fraction(1, 9), "rest": Fraction(8, 9)}
    assert ending_odds(program, UNIFORM) == {"hot": Fraction(4, 9), "rest": Fraction(5, 9)}


def test_best_play_fans_and_worst_play_waits() -> None:
    """The extremes are what a person would find by looking."""
    program = program_of(heater(2))
    assert best_and_worst(program, {"hot": 1, "rest": 0}) == (1, Fraction(1, 9))
    assert best_and_worst(program, {"hot": 0, "rest": 1}) == (Fraction(8, 9), 0)


def test_random_play_draws_the_response_before_the_support() -> None:
    """A response that is open under one of three supports is still taken half the time."""
    data = tiny() | ends(struck="heat == 1")
    data["supports"]["ask"] = {"title": "Ask", "act": "Asked.", "sets": ["came"]}
    data["supports"]["wave"] = {"title": "Wave", "act": "Waved."}
    consent = {"by": "them", "when": "came", "refusal": "Ask first."}
    data["responses"]["strike"] = response(["here"]) | {"effects": {"heat": 1}, "consent": consent}
    assert ending_odds(program_of(data), UNIFORM)["struck"] == HALF


def test_what_a_step_adds_up_to_is_clamped_once() -> None:
    """Three up and two down from 0 within 0 to 2 is 1: clamped in between it would be 0."""
    data = tiny() | ends(one="heat == 1")
    data["responses"]["course"] |= {
        "effects": {"heat": 3},
        "reaction": [outcome("cools", 1, effects={"heat": -2})],
    }
    assert ending_odds(program_of(data), IDLE)["one"] == 1


def test_a_random_inject_comes_at_most_once() -> None:
    """With even chances in two turns it stays away in a quarter of the games, and never doubles."""
    data = tiny(2) | ends(never="heat == 0", once="heat == 1")
    news = {"title": "News", "turns": [1, 2], "weight": 1, "effects": {"heat": 1}}
    data["injects"] = {"news": news}
    odds = ending_odds(program_of(data), IDLE)
    assert odds == {"never": QUARTER, "once": 3 * QUARTER, "rest": 0}


def test_aims_are_averaged_by_their_prior_and_the_best_play_knows_them() -> None:
    """Each aim, at 1 to 3, wants another answer: blind play gets half, knowing play all."""
    data = tiny(aims=2) | ends(met="(aim == aim0 and heat == 0) or (aim == aim1 and heat == 1)")
    data["aims"]["aim1"]["weight"] = 3
    data["responses"]["fan"] = response(["here"]) | {"effects": {"heat": 1}}
    program = program_of(data)
    assert prior(program) == [(0, QUARTER), (1, 3 * QUARTER)]
    assert ending_odds(program, IDLE)["met"] == QUARTER
    assert ending_odds(program, IDLE, 1)["met"] == 0
    assert ending_odds(program, UNIFORM)["met"] == HALF
    assert best_and_worst(program, {"met": 1, "rest": 0}) == (1, 0)


def test_a_flash_decision_is_answered_by_the_doctrine_or_by_lot() -> None:
    """The second answer heats; its reaction heats once more in a third of the cases."""
    data = tiny() | ends(two="heat == 2", one="heat == 1")
    reaction = [outcome("still", 2), outcome("more", 1, effects={"heat": 1})]
    answers = {
        "no": {"title": "No", "act": "No."},
        "yes": {"title": "Yes", "act": "Yes.", "effects": {"heat": 1}, "reaction": reaction},
    }
    data["injects"] = {"ask": {"title": "Ask", "turn": 1, "answers": answers}}
    program = program_of(data)
    yes = Policy("yes", uniform=False, rules=(), answers={"ask": "yes"})
    assert ending_odds(program, IDLE) == {"two": 0, "one": 0, "rest": 1}
    assert ending_odds(program, yes) == {"two": THIRD, "one": 2 * THIRD, "rest": 0}
    assert ending_odds(program, UNIFORM) == {"two": THIRD / 2, "one": THIRD, "rest": HALF}
    assert best_and_worst(program, {"two": 1, "one": 0, "rest": HALF}) == (HALF, THIRD)


def test_the_forecast_is_judged_in_the_turn_of_the_decision() -> None:
    """Waiting brings the forecast thing in a third of the cases, fanning never."""
    program = program_of(heater(2))
    oracle, play = Oracle(program), begin(program, 0, aim=0)
    assert oracle.forecast_from(play, IDLE) == THIRD
    assert oracle.forecast_from(play) == THIRD / 2
    play.walk()
    given_each = {("course", "nothing"): THIRD, ("fan", "nothing"): 0}
    assert oracle.forecast_given(play) == given_each


def test_the_value_of_a_position_counts_what_has_happened_already() -> None:
    """After a first degree, one more is wanted; values weigh the endings."""
    program = program_of(heater(2))
    play = begin(program, 0, aim=0)
    play.walk()
    play.decide("nothing", "fan")
    oracle, values = Oracle(program), {"hot": 1.0, "rest": 0.25}
    assert oracle.value_of(play, IDLE, values) == THIRD + 2 * THIRD * QUARTER
    assert oracle.best_from(play, values) == 1
    assert oracle.best_from(play, values, worst=True) == THIRD + 2 * THIRD * QUARTER


def test_a_uniform_standing_order_draws_lots_whoever_plays() -> None:
    """The first turn of the plan heats in two thirds; then even the best can only fan once."""
    data = heater(2)
    data["doctrines"]["lots"] = {"title": "Lots", "text": "Lots.", "uniform": True}
    turns = [{"mode": "standing", "doctrine": "lots"}, {"mode": "decided"}]
    plan = {"title": "Plan", "minutes": 9, "before": 1, "turn": {}, "after": {}, "turns": turns}
    data["timings"] = {"plan": plan}
    program = program_of(data, "plan")
    assert ending_odds(program, IDLE)["hot"] == Fraction(2, 9)
    assert best_and_worst(program, {"hot": 1, "rest": 0}) == (2 * THIRD, Fraction(2, 9))
    games = 900
    hot = 0
    for seed in range(games):
        play = begin(program, seed)
        finish(play, IDLE)
        hot += play.ending == "hot"
    assert within(hot, games, Fraction(2, 9))


def within(count: int, games: int, odds: float | Fraction) -> bool:
    """Whether a count lies within six standard errors of what the odds lead to expect."""
    expected = float(odds)
    error: float = (expected * (1 - expected) * games) ** 0.5
    return abs(count - expected * games) <= 6 * error


@pytest.fixture(scope="module")
def crossing() -> Program:
    return compile_program(load(HERE / "crossing.yaml").scenario)


@pytest.mark.parametrize(
    "path, plan",
    [
        (HERE.parent / "fixtures" / "scenarios" / "minimal.yaml", None),
        (HERE / "crossing.yaml", "short"),
        (HERE / "crossing.yaml", "half"),
    ],
    ids=["minimal", "crossing short", "crossing half"],
)
def test_sampled_games_come_out_as_the_oracle_says(path: Path, plan: str | None) -> None:
    """For every doctrine and ending, within six standard errors; what cannot come never does."""
    program = compile_program(load(path).scenario, plan=plan)
    games = 300
    for name, policy in program.policies.items():
        counts: Counter[str | None] = Counter()
        for seed in range(games):
            play = begin(program, seed)
            finish(play, policy)
            counts[play.ending] += 1
        odds = ending_odds(program, name, exact=False)
        assert sum(odds.values()) == pytest.approx(1)
        for each, expected in odds.items():
            assert within(counts[each], games, expected), (name, each, counts[each], expected)


def test_games_sampled_from_the_middle_come_out_as_the_oracle_says(crossing: Program) -> None:
    """From the first reaction on, with other luck for each game."""
    play = begin(crossing, 1, aim=1)
    while play.prompt is None or play.prompt.kind != "decide":
        if play.prompt is not None:
            play.answer("shout")
        play.advance()
    play.decide("lantern", "haul")
    policy, games = crossing.policies["busy"], 400
    odds = Oracle(crossing, exact=False).odds_from(play, policy)
    counts: Counter[str | None] = Counter()
    for seed in range(games):
        twin: Play = play.copy()
        twin.base = begin(crossing, seed).base
        finish(twin, policy)
        counts[twin.ending] += 1
    for each, expected in odds.items():
        assert within(counts[each], games, expected)


@patient(12)
@given(programs(), st.data())
def test_every_doctrine_stands_between_the_worst_and_the_best(
    program: Program, data: st.DataObject
) -> None:
    """In fractions, for any objective; and floats say the same."""
    values = {each.id: Fraction(data.draw(st.integers(0, 4)), 4) for each in program.endings}
    best, worst = best_and_worst(program, values)
    for policy in (*program.policies.values(), UNIFORM):
        odds = ending_odds(program, policy)
        assert sum(odds.values()) == 1
        assert worst <= sum(odds[name] * values[name] for name in odds) <= best
    assert best_and_worst(program, values, exact=False) == pytest.approx((best, worst))


def test_nothing_of_the_independent_side_imports_the_odds() -> None:
    """The PRISM export not even the rules: whatever they share could be wrong alike."""
    for name in ("oracle", "mutants", "generated", "generated_terms", "generated_places",
                 "mutants_parts", "prism", "prism_decisions", "prism_model", "prism_terms", "prism_storm"):  # fmt: skip
        tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
        imported = {
            node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        }
        assert not any(module.startswith("tabletop.odds") for module in imported)
        if name.startswith("prism"):
            assert not any(module.startswith("tabletop.rules") for module in imported)
