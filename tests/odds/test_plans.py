"""A timing plan decides for best and worst play too: what it fixes is nobody's choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.odds.exact import Exact
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.source import load

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios"


def bounds(program: Program) -> tuple[list[float], list[float]]:
    """Best and worst, over objectives and aims."""
    exact = Exact(program)
    exact.solve()
    play = begin(program, 0, aim=0)
    values = exact.around(play).value(play)
    half = len(exact.objectives)
    return values[:, :half].ravel().tolist(), values[:, half:].ravel().tolist()


def test_a_plan_leaves_best_play_less_to_choose() -> None:
    """The bounds under it lie within those without it."""
    scenario = load(FIXTURES / "minimal.yaml").scenario
    free, planned = (bounds(compile_program(scenario, {}, plan)) for plan in (None, "short"))
    for best, less in zip(free[0], planned[0], strict=True):
        assert less <= best + 1e-12
    for worst, more in zip(free[1], planned[1], strict=True):
        assert more >= worst - 1e-12
    assert planned != free


@pytest.mark.parametrize("doctrine", ["history", "random"])
def test_a_plan_that_delegates_everything_leaves_no_choice(doctrine: str) -> None:
    """Best and worst are the same then."""
    from dataclasses import replace

    from tabletop.odds.doctrines import ending_odds

    scenario = load(FIXTURES / "minimal.yaml").scenario
    short = scenario.timings["short"]
    standing = [
        replace(turn, mode="standing", doctrine=doctrine, response=None, support=None)
        for turn in short.turns
    ]
    timing = replace(short, turns=tuple(standing))
    program = compile_program(
        replace(scenario, timings={**scenario.timings, "short": timing}), {}, "short"
    )
    best, worst = bounds(program)
    assert best == pytest.approx(worst)
    odds = ending_odds(program, program.policies["talks_first"])
    values = [
        [
            sum(odds[name][aim] * objective.values[name] for name in odds)
            for objective in scenario.objectives.values()
        ]
        for aim in range(len(scenario.aims))
    ]
    assert best == pytest.approx([value for row in values for value in row])
