"""Doctrines: they choose only what is open, and their dice are not the game's."""

from __future__ import annotations

from collections import Counter

from tabletop.rules.compiler import compile_program
from tabletop.rules.doctrine import choose
from tabletop.rules.play import Play
from tabletop.rules.playout import finish, sample
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin
from tabletop.scenario.schema import Scenario


def _decisions(program: Program, policy: Policy, seed: int) -> list[tuple[Play, tuple[int, int]]]:
    play, found = begin(program, seed), []
    while play.ending is None:
        if play.prompt is None:
            play.advance()
        elif play.prompt.kind == "flash":
            play.answer(program.injects[play.prompt.id].answers[0].id)
        else:
            choice = choose(play, policy)
            found.append((play.copy(), choice))
            play.carry_out(*choice)
    return found


def test_every_doctrine_chooses_only_what_is_open(program: Program) -> None:
    """In sixty games of each."""
    for policy in program.policies.values():
        for seed in range(60):
            for play, (response, support) in _decisions(program, policy, seed):
                assert response in play.offered()
                assert play.is_open(response, support)


def test_a_doctrine_without_a_fitting_rule_keeps_the_course(minimal: Scenario) -> None:
    """An empty doctrine plays the course of each stage, with the first support."""
    program = compile_program(minimal)
    idle = Policy("idle", uniform=False, rules=(), answers={})
    for play, (response, support) in _decisions(program, idle, 7):
        assert (response, support) == (program.course[play.world.stage], 0)


def test_the_uniform_doctrine_takes_each_open_response_about_as_often(minimal: Scenario) -> None:
    """Over 3,000 first decisions, each share within four standard errors of an equal one."""
    program = compile_program(minimal)
    uniform = next(policy for policy in program.policies.values() if policy.uniform)
    counts: Counter[int] = Counter()
    for seed in range(3000):
        play = begin(program, seed)
        while play.prompt is None:
            play.advance()
        counts[choose(play, uniform)[0]] += 1
    share = 1 / len(counts)
    error = (share * (1 - share) / 3000) ** 0.5
    for count in counts.values():
        assert abs(count / 3000 - share) < 4 * error


def test_a_doctrines_dice_do_not_steer_the_games(minimal: Scenario) -> None:
    """Which response the uniform doctrine takes says nothing about the reaction it meets.

    For the first decision: the share of each reaction to `wait`, over games in which the
    doctrine took it, is its weight's share (within four standard errors).
    """
    program = compile_program(minimal)
    uniform = next(policy for policy in program.policies.values() if policy.uniform)
    wait = next(n for n, response in enumerate(program.responses) if response.id == "wait")
    counts: Counter[str] = Counter()
    for seed in range(6000):
        play = begin(program, seed, aim=1)
        while play.prompt is None:
            play.advance()
        choice = choose(play, uniform)
        if choice[0] == wait:
            play.carry_out(*choice)
            drawn = play.advance()
            assert drawn is not None
            counts[drawn.outcome] += 1
    total = sum(counts.values())
    weights = {"engages": 1, "holds": 4, "provokes": 2}
    for outcome, weight in weights.items():
        share = weight / sum(weights.values())
        assert abs(counts[outcome] / total - share) < 4 * (share * (1 - share) / total) ** 0.5


def test_sampling_counts_every_game_once_and_the_same_way_twice(program: Program) -> None:
    """Same seeds, same counts; the shares of the endings add up."""
    doctrine = next(iter(program.policies))
    first, second = (sample(program, doctrine, 60) for _ in range(2))
    assert first == second
    assert sum(first.endings.values()) == first.games == 60


def test_finishing_leaves_a_game_at_its_ending(program: Program) -> None:
    """The last world is the play's own."""
    play = begin(program, 5)
    world = finish(play, next(iter(program.policies.values())))
    assert play.ending is not None
    assert play.world == world
