"""Stakes by sampled continuations: nothing at stake is nothing, and a fork is seen."""

from __future__ import annotations

from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.stakes import stakes
from tabletop.rules.start import begin
from tabletop.scenario.schema import Scenario


def _first_decision(scenario: Scenario) -> Play:
    play = begin(compile_program(scenario), 2)
    while play.prompt is None:
        play.advance()
    return play


def test_where_every_ending_is_worth_the_same_nothing_is_at_stake(minimal: Scenario) -> None:
    """The spread of equal means is nought."""
    play = _first_decision(minimal)
    assert stakes(play, dict.fromkeys(minimal.endings, 0.5)) == 0


def test_stakes_lie_between_nought_and_one_and_repeat(minimal: Scenario) -> None:
    """Measured twice, the same; and the play stands where it stood."""
    play = _first_decision(minimal)
    before = play.world
    values = next(iter(minimal.objectives.values())).values
    first = stakes(play, values)
    assert 0 < first <= 1
    assert stakes(play, values) == first
    assert play.world == before
