"""Sampling: the very games that doctrines play, by the hundred thousand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds.sampling import BATCH, Sampler, sample, wilson
from tabletop.rules import playout
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load

SCENARIOS = {path.stem: load(path).scenario for path in shipped()}


@pytest.fixture(scope="module", params=sorted(SCENARIOS))
def program(request: pytest.FixtureRequest) -> Program:
    """A shipped scenario, ready to be played."""
    return compile_program(SCENARIOS[request.param])


def test_a_sampled_game_is_the_game_that_the_doctrine_plays(program: Program) -> None:
    """Seed by seed, for every doctrine: the same ending and the same last world."""
    for policy in program.policies.values():
        sampler = Sampler(program, policy)
        crowd = sampler.play(np.arange(1000, 1060, dtype=np.uint64))
        for at in range(60):
            play = begin(program, 1000 + at)
            world = playout.finish(play, policy)
            assert sampler.names[crowd.endings[at]] == play.ending
            assert crowd.aims[at] == world.aim
            assert crowd.keys[at] == sampler.packing.pack(world)


def test_another_luck_stream_is_another_game_against_the_same_adversary(program: Program) -> None:
    """As with a branch: the aim is drawn from stream 0."""
    policy = next(iter(program.policies.values()))
    sampler = Sampler(program, policy)
    seeds = np.arange(200, dtype=np.uint64)
    one, other = sampler.play(seeds), sampler.play(seeds, luck=1)
    assert (one.aims == other.aims).all()
    assert (one.keys != other.keys).any()
    play = begin(program, 5, luck=1)
    playout.finish(play, policy)
    assert sampler.names[other.endings[5]] == play.ending


def test_a_tally_counts_what_playing_counts(program: Program) -> None:
    """Endings and watched flags, over seeds that do not start at zero."""
    flag = next(iter(program.layout.flags))
    for doctrine in program.policies:
        slow = playout.sample(program, doctrine, 80, first_seed=31, watch=(flag,))
        fast = sample(program, doctrine, 80, first_seed=31, watch=(flag,))
        assert (+fast.endings, +fast.watched, fast.games) == (+slow.endings, +slow.watched, 80)


def test_batches_leave_no_seam() -> None:
    """More games than a batch holds are the sum of their parts, and progress is heard of each."""
    program = compile_program(SCENARIOS["first-game"])
    doctrine = next(iter(program.policies))
    heard: list[int] = []
    whole = sample(program, doctrine, BATCH + 10, progress=heard.append)
    parts = sample(program, doctrine, BATCH).endings
    parts += sample(program, doctrine, 10, first_seed=BATCH).endings
    assert +whole.endings == +parts
    assert heard == [BATCH, BATCH + 10]


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_a_wilson_interval_holds_its_share_and_stays_a_probability(
    games: int, share: float
) -> None:
    """Also for none and for all."""
    hits = round(share * games)
    low, high = wilson(hits, games)
    assert 0 <= low <= hits / games + 1e-12
    assert hits / games - 1e-12 <= high <= 1
    assert low < high


def test_a_wilson_interval_is_the_one_of_the_textbook() -> None:
    """8 of 10 at 95%: 0.490 to 0.943 (Agresti and Coull, The American Statistician 52, 1998)."""
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=5e-4)
