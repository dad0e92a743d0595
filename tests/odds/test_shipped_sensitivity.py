"""What the shipped crisis hangs on: its declared assumptions before any other number."""

from __future__ import annotations

import pytest

from tabletop.odds.sensitivity import Player, sensitivity
from tabletop.rules.compiler import compile_program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load


@pytest.mark.slow
@pytest.mark.parametrize("doctrine", ["talks_first", "pressure_first"])
def test_the_three_numbers_that_move_the_odds_most_are_declared_assumptions(doctrine: str) -> None:
    """So that whoever doubts the model can turn what matters; by games that end otherwise."""
    path = next(path for path in shipped() if path.stem == "north-korea-2017")
    found = sensitivity(compile_program(load(path).scenario), Player(doctrine))
    foremost = sorted(found.bars, key=found.moved, reverse=True)[:3]
    assert [bar.kind for bar in foremost] == ["assumption"] * 3
    assert all(found.moved(bar) > 0.05 for bar in foremost)
