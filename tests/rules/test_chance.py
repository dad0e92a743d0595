"""Keyed chance: published values, even spread, and keys that keep apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tabletop.rules.chance import MASK, pick, roll, site_key, splitmix64, stream

bits = st.integers(0, MASK)


def test_splitmix64_gives_the_published_sequence_of_seed_1234567() -> None:
    """The first outputs that the reference implementation in C gives for this seed."""
    gamma = 0x9E3779B97F4A7C15
    outputs = [splitmix64((1234567 + n * gamma) & MASK) for n in range(5)]
    assert outputs == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@given(bits, st.integers(1, 10**6))
def test_a_pick_lies_below_its_total(number: int, total: int) -> None:
    """Never the total itself, whatever the bits."""
    assert 0 <= pick(number, total) < total


def test_picks_of_many_seeds_spread_evenly() -> None:
    """Chi-square over ten cells stays below its 99.9th percentile (27.9 at 9 degrees)."""
    site = site_key("decide:us", "chance", "reaction")
    counts = [0] * 10
    for seed in range(20_000):
        counts[pick(roll(stream(seed, 0), site, 1), 10)] += 1
    assert sum((count - 2000) ** 2 / 2000 for count in counts) < 27.9


@given(bits, st.integers(1, 12), st.integers(0, 3))
def test_every_part_of_the_key_changes_the_roll(seed: int, turn: int, occurrence: int) -> None:
    """Another turn, occurrence, site, seed or luck stream gives another roll."""
    site = site_key("event:clock", "programme", "clock")
    base = stream(seed, 0)
    rolls = {
        roll(base, site, turn, occurrence),
        roll(base, site, turn + 1, occurrence),
        roll(base, site, turn, occurrence + 1),
        roll(base, site_key("event:clock", "pyongyang", "clock"), turn, occurrence),
        roll(stream((seed + 1) & MASK, 0), site, turn, occurrence),
        roll(stream(seed, 1), site, turn, occurrence),
    }
    assert len(rolls) == 6


def test_rolls_stay_within_64_bits_at_every_turn() -> None:
    """No term of a key outgrows an unsigned 64-bit column."""
    for turn in range(1, 13):
        for occurrence in range(4):
            assert 0 <= roll(MASK, MASK, turn, occurrence) <= MASK


def test_columns_of_64_bits_roll_as_integers_do() -> None:
    """Bulk engines draw a crowd of games through the same lines."""
    site = site_key("decide:us", "chance", "reaction")
    seeds = [0, 1, 7, MASK - 1, MASK]
    column = stream(np.array(seeds, dtype=np.uint64), 0)  # type: ignore[arg-type]
    for turn in (0, 1, 12):
        rolled = roll(column, site, turn)
        assert rolled.tolist() == [roll(stream(seed, 0), site, turn) for seed in seeds]  # type: ignore[attr-defined]
