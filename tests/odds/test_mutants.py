"""Every mutant is told from the right program: by a step, or by the odds of whole games."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.scenario.source import load
from tests.odds.generated import sampled_places
from tests.odds.mutants import (
    MUTATIONS,
    Mutant,
    mutants,
    told_by_odds,
    told_by_steps,
    transplanted,
)
from tests.odds.mutants_parts import exchanged, parts
from tests.odds.oracle import ending_odds, step_of

SCENARIO = Path(__file__).with_name("crossing.yaml")
SEEDS = (0, 1, 2)
RULED = ("busy", "idle")


@cache
def right() -> Program:
    return compile_program(load(SCENARIO).scenario)


@cache
def places() -> list[Play]:
    return sampled_places(right(), 12)


@cache
def oracle_odds(program: Program, doctrine: str) -> Mapping[str, float]:
    odds = ending_odds(program, doctrine, exact=False)
    return {ending: float(share) for ending, share in odds.items()}


def oracle_step_equal(first: Program, second: Program, place: Play) -> bool:
    assert place.program is first
    twin = transplanted(place, second)
    return twin is None or step_of(place) == step_of(twin)


@cache
def made(seed: int) -> dict[str, Mutant]:
    return {mutant.name: mutant for mutant in mutants(right(), seed)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutant_is_caught(name: str, seed: int) -> None:
    """By a step from some place; what is no step, a doctrine's rules or the prior, by the odds."""
    wrong = made(seed)[name].program
    assert told_by_steps(right(), wrong, oracle_step_equal, places()) or told_by_odds(
        right(), wrong, oracle_odds, oracle_odds, doctrines=RULED
    )


def test_whole_games_alone_would_miss_some() -> None:
    """So that the comparison of steps is not there for nothing: games never get to such places."""
    wrong = made(2)["way back forgotten"].program
    assert not told_by_odds(right(), wrong, oracle_odds, oracle_odds, doctrines=RULED)


def test_the_right_program_is_not_caught() -> None:
    """Neither itself nor compiled again: the harness sees only what is wrong."""
    again = compile_program(load(SCENARIO).scenario)
    assert not told_by_steps(right(), again, oracle_step_equal, places())
    assert not told_by_odds(right(), again, oracle_odds, oracle_odds, doctrines=RULED)


def test_an_exchange_leaves_everything_else_the_very_same() -> None:
    """One inject in another's stead: everything that does not hold it is not even copied."""
    program = right()
    old = program.injects["swan"]
    new = made(0)["once only forgotten"].program
    assert new.responses is program.responses
    assert new.supports is program.supports
    assert exchanged(program, object(), old).steps is program.steps


def test_parts_are_found_once_each() -> None:
    """However often they are drawn from."""
    found = parts(right(), type(right().responses[0]))
    assert sorted(each.id for each in found) == sorted(right().scenario.responses)
