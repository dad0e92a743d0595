"""Counting reachable decisions: checked against every game that is really played."""

from __future__ import annotations

import pytest

from tabletop.rules.compiler import compile_program
from tabletop.rules.doctrine import choose
from tabletop.rules.reach import TooManyError, decision_states
from tabletop.rules.start import begin
from tabletop.scenario.schema import Scenario


def test_every_decision_of_played_games_is_among_the_counted(minimal: Scenario) -> None:
    """Random play meets no more worlds than were counted, and in the first turn all of them."""
    program = compile_program(minimal)
    counts = decision_states(program, 0)
    met: list[set[object]] = [set() for _ in counts]
    uniform = next(policy for policy in program.policies.values() if policy.uniform)
    for seed in range(2000):
        play = begin(program, seed, aim=0)
        while play.ending is None:
            if play.prompt is None:
                play.advance()
            elif play.prompt.kind == "flash":
                answers = program.injects[play.prompt.id].answers
                play.answer(answers[seed % len(answers)].id)
            else:
                met[play.world.turn - 1].add(play.world)
                play.carry_out(*choose(play, uniform))
    for worlds, count in zip(met, counts, strict=True):
        assert len(worlds) <= count
    assert len(met[0]) == counts[0]
    assert len(met[1]) == counts[1]


def test_counting_stops_at_its_cap_and_says_where(minimal: Scenario) -> None:
    """The turn at which it grew too large is named."""
    with pytest.raises(TooManyError, match="more than 5 decision states by turn 2"):
        decision_states(compile_program(minimal), 0, cap=5)


def test_progress_hears_of_every_turn(minimal: Scenario) -> None:
    """One call a turn, with the count that the result has."""
    heard: list[tuple[int, int]] = []
    counts = decision_states(
        compile_program(minimal), 0, progress=lambda turn, states: heard.append((turn, states))
    )
    assert heard == list(enumerate(counts, start=1))
