"""A doctrine's game as a table of draws: the very games that it plays step by step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds import chain as chains
from tabletop.odds import sampling
from tabletop.odds.chain import by_rules, chain, compiled_follower, follow, follower
from tabletop.odds.rolls import dealt, streams
from tabletop.odds.sampling import Sampler, sample, table_of
from tabletop.rules import playout
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load
from tests.odds.generated import patient, programs

SHIPPED = {path.stem: compile_program(load(path).scenario) for path in shipped()}
SEEDS = np.arange(2_000, 4_000, dtype=np.uint64)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_table_plays_the_games_of_a_shipped_crisis(name: str) -> None:
    """Every doctrine that decides by rules, with another stream of luck too."""
    program = SHIPPED[name]
    aims = dealt(program, SEEDS)
    for policy in program.policies.values():
        if policy.uniform:
            continue
        table, sampler = chain(program, policy), Sampler(program, policy)
        for luck in (0, 3):
            crowd = sampler.play(SEEDS, luck)
            assert (crowd.aims == aims).all()
            assert (follow(table, streams(SEEDS, luck), aims) == crowd.endings).all()


@patient(40)
@given(program=programs(), first=st.integers(0, 2**63))
def test_the_table_plays_the_games_of_any_crisis(program: Program, first: int) -> None:
    """Also where the aim decides more than weights, and where a plan fixes turns."""
    seeds = np.arange(first, first + 60, dtype=np.uint64)
    for policy in program.policies.values():
        if by_rules(program, policy):
            endings = Sampler(program, policy).play(seeds).endings
            found = follow(chain(program, policy), streams(seeds, 0), dealt(program, seeds))
            assert (found == endings).all()


def test_the_compiled_loop_plays_the_same_games() -> None:
    """One after another, however many are left over at the end."""
    pytest.importorskip("numba")
    program = SHIPPED["north-korea-2017"]
    compiled = compiled_follower()
    for doctrine in ("history", "reckless"):
        table = chain(program, program.policies[doctrine])
        for count in (0, 1, 15, 16, 17, 1_999):
            base, aims = streams(SEEDS[:count], 0), dealt(program, SEEDS[:count])
            assert (compiled(table, base, aims) == follow(table, base, aims)).all()


def test_a_large_sample_is_played_from_the_table_and_counts_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a small one, or one that watches flags, which the table does not know."""
    program = SHIPPED["first-game"]
    flag = next(iter(program.layout.flags))
    for doctrine in program.policies:
        slow = playout.sample(program, doctrine, 300, first_seed=7)
        monkeypatch.setattr(sampling, "MANY", 300)
        large = sample(program, doctrine, 300, first_seed=7)
        watched = sample(program, doctrine, 300, first_seed=7, watch=(flag,))
        monkeypatch.setattr(sampling, "MANY", 301)
        small = sample(program, doctrine, 300, first_seed=7)
        for found in (large, watched, small):
            assert (+found.endings, found.games) == (+slow.endings, 300)


def test_what_chooses_at_random_or_is_too_large_has_no_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is walked step by step."""
    program = SHIPPED["first-game"]
    ruled = next(each for each in program.policies.values() if not each.uniform)
    assert table_of(program, ruled) is not None
    for policy in program.policies.values():
        assert (table_of(program, policy) is None) is policy.uniform
    monkeypatch.setattr(chains, "MOST", 1)
    assert table_of(program, ruled) is None


def test_the_compiled_loop_is_loaded_for_many_games_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """And never where it is not wanted."""
    assert follower(chains.WORTH_LOADING - 1) is follow
    monkeypatch.setenv("TABLETOP_FAST", "0")
    assert follower(chains.WORTH_LOADING) is follow
