"""Kept answers: the same as asking anew, in every game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

import pytest

from tabletop.rules import kept
from tabletop.rules.kept import Kept
from tabletop.rules.pieces import Pieces
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.rules.turn import EventStep
from tabletop.rules.world import World

GAMES = 60


def _world(turn: int, tension: int) -> World:
    return World(turn, 0, 0, 0, 0, (tension,))


def test_what_reads_alike_is_asked_once() -> None:
    """The turn is not read here, so that only another gauge makes another question."""
    asked: Counter[int] = Counter()

    def ask(world: World) -> tuple[int, ...]:
        asked[world.tracks[0]] += 1
        return world.tracks

    doubled = Kept(lambda world: world.tracks, ask)
    answers = [doubled(_world(turn, tension)) for turn in range(1, 5) for tension in (3, 5)]
    assert answers == [(3,), (5,)] * 4
    assert asked == {3: 1, 5: 1}


def test_no_more_answers_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was forgotten is asked again and answered as before."""
    monkeypatch.setattr(kept, "MOST", 3)
    asked = []

    def ask(world: World) -> int:
        asked.append(world.turn)
        assert len(known._answers) <= 3
        return world.turn * 10

    known = Kept(lambda world: world.turn, ask)
    assert [known(_world(turn, 0)) for turn in (1, 2, 3, 4, 4, 1)] == [10, 20, 30, 40, 40, 10]
    assert asked == [1, 2, 3, 4, 1]


def test_a_question_that_fails_is_not_taken_for_answered() -> None:
    """The error comes again with the same world."""

    def refuse(world: World) -> int:
        raise ValueError(world.turn)

    known = Kept(lambda world: world.turn, refuse)
    for _ in range(2):
        with pytest.raises(ValueError, match="1"):
            known(_world(1, 0))


def _played(program: Program) -> Iterator[Play]:
    """Games in which every choice and answer comes up, held at each draw and each prompt."""
    for seed in range(GAMES):
        play = begin(program, seed)
        while play.ending is None:
            play.walk()
            yield play
            if play.chance is not None:
                play.draw()
            elif play.prompt is not None and play.prompt.kind == "flash":
                answers = program.injects[play.prompt.id].answers
                play.answer(answers[seed % len(answers)].id)
            elif play.prompt is not None:
                supports = range(len(program.supports))
                choices = [(r, s) for r in play.offered() for s in supports if play.is_open(r, s)]
                play.carry_out(*choices[(seed * 7 + play.world.turn) % len(choices)])


def test_draws_are_made_from_the_weights_of_their_own_world(program: Program) -> None:
    """Whatever worlds were weighed before, the running sums are those of this one."""
    draws = 0
    for play in _played(program):
        if play.chance is not None:
            weights = play.chance.weigh(play.world)
            assert list(play.chance.sums(play.world)) == list(accumulate(weights))
            draws += 1
    assert draws > GAMES


def test_openings_are_what_can_be_chosen_in_their_own_world(program: Program) -> None:
    """Each response on offer, with the supports under which it can be carried out."""
    decisions = 0
    for play in _played(program):
        if play.prompt is not None and play.prompt.kind == "decide":
            supports = range(len(program.supports))
            assert play.openings() == {
                response: tuple(each for each in supports if play.is_open(response, each))
                for response in play.offered()
            }
            decisions += 1
    assert decisions > GAMES


def test_the_ladder_answers_for_its_own_world(program: Program) -> None:
    """In every world of many games: the first rung of the stage whose guard holds."""
    climbs = 0
    for play in _played(program):
        world = play.world
        fitting = (
            rung
            for rung in program.ladder.rungs
            if rung.origin == world.stage
            and rung.returns_to in (None, world.came_from)
            and rung.test(world)
        )
        expected = next(fitting, None)
        assert program.ladder.climb(world) is expected
        climbs += expected is not None
    assert climbs > 0


def test_a_clock_without_a_step_in_a_turn_never_runs_in_it(program: Program) -> None:
    """Steps are left out only where the guard of the scenario's text can never hold."""
    guards = Pieces(program.scenario, dict(program.assumptions)).guards
    texts = {name: guards.test(event.when) for name, event in program.scenario.events.items()}
    for play in _played(program):
        world = play.world
        stepped = {
            step.event.id: step.event.test
            for step in program.steps[world.turn - 1]
            if isinstance(step, EventStep)
        }
        for name, test in texts.items():
            assert bool(name in stepped and stepped[name](world)) == bool(test(world))
