"""The compiled loops: the same numbers as the plain ones, to the last bit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds.kernels import PLAIN, compiled, kernels
from tabletop.odds.packing import Numbers, Rows
from tabletop.odds.patterns import Codes

pytest.importorskip("numba")


class Case(NamedTuple):
    """Some worlds that go to others."""

    found: Numbers
    rows: Rows | None
    codes: Codes
    chance: Numbers
    after: Numbers
    to: Rows


def _sample(seed: int) -> Case:
    lots = np.random.default_rng(seed)
    worlds, others, aims, columns, patterns = lots.integers(1, [60, 60, 4, 5, 9])
    rows = np.flatnonzero(lots.random(worlds) < 0.7).astype(np.int32)
    everyone = bool(lots.random() < 0.5)
    return Case(
        lots.random((worlds, aims, 2 * columns)),
        None if everyone else rows,
        lots.integers(0, patterns, worlds).astype(np.uint8),
        np.repeat(lots.random((patterns, aims, 1)), 2 * columns, axis=2),
        lots.random((others, aims, 2 * columns)),
        lots.integers(0, others, worlds if everyone else len(rows)).astype(np.int32),
    )


@given(st.integers(0, 10**6))
def test_sums_are_the_same_to_the_last_bit(seed: int) -> None:
    """Of any shape, for all of the worlds or some."""
    case = _sample(seed)
    other, before = case.found.copy(), case.found.copy()
    PLAIN.add(*case)
    compiled().add(other, *case[1:])
    assert (case.found == other).all()
    rows = np.arange(len(before)) if case.rows is None else case.rows
    for row, to in zip(rows, case.to, strict=True):
        before[row] += case.chance[case.codes[row]] * case.after[to]
    assert np.allclose(case.found, before, atol=1e-12)


@given(st.integers(0, 10**6))
def test_the_better_is_the_same(seed: int) -> None:
    """The greater in the first half of the columns, the smaller in the second."""
    case = _sample(seed)
    found = case.found
    other, before = found.copy(), found.copy()
    PLAIN.better(found, case.rows, case.after, case.to)
    compiled().better(other, case.rows, case.after, case.to)
    assert (found == other).all()
    half = found.shape[2] // 2
    assert (found[:, :, :half] >= before[:, :, :half]).all()
    assert (found[:, :, half:] <= before[:, :, half:]).all()


@given(st.integers(0, 10**6))
def test_what_is_poured_together_is_the_same_to_the_last_bit(seed: int) -> None:
    """Also where many worlds go to one."""
    lots = np.random.default_rng(seed)
    aims, worlds, others = lots.integers(1, [4, 200, 20])
    to = lots.integers(0, others, worlds).astype(np.int32)
    mass = lots.random((aims, worlds))
    rooms = [np.zeros((aims, others)) for _ in range(2)]
    PLAIN.pour(rooms[0], to, mass)
    compiled().pour(rooms[1], to, mass)
    assert (rooms[0] == rooms[1]).all()
    assert np.isclose(rooms[0].sum(), mass.sum())


def test_compiled_loops_are_for_large_games_and_can_be_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To load them costs more than a small game takes."""
    assert kernels(10) is PLAIN
    assert kernels(10_000_000) is compiled()
    monkeypatch.setenv("TABLETOP_FAST", "0")
    assert kernels(10_000_000) is PLAIN


@given(st.integers(0, 10**6))
def test_what_is_summed_up_by_pattern_is_the_same(seed: int) -> None:
    """Up to the order of the additions."""
    case = _sample(seed)
    lots = np.random.default_rng(seed)
    mass = lots.random((case.found.shape[1], len(case.found)))
    sums = [np.zeros_like(case.chance) for _ in range(3)]
    PLAIN.tally(sums[0], case.rows, case.codes, mass, case.after, case.to)
    compiled().tally(sums[1], case.rows, case.codes, mass, case.after, case.to)
    rows = np.arange(len(case.found)) if case.rows is None else case.rows
    for row, to in zip(rows, case.to, strict=True):
        sums[2][case.codes[row]] += mass[:, row, None] * case.after[to]
    assert np.allclose(sums[0], sums[2], atol=1e-12)
    assert np.allclose(sums[1], sums[2], atol=1e-12)


@given(st.integers(0, 10**6))
def test_what_is_drawn_on_is_the_same_to_the_last_bit(seed: int) -> None:
    """Also where many worlds go to one."""
    case = _sample(seed)
    lots = np.random.default_rng(seed)
    aims, others = case.found.shape[1], len(case.after)
    mass = lots.random((aims, len(case.found)))
    chance = np.ascontiguousarray(case.chance[:, :, 0].T)
    rooms = [np.zeros((aims, others)) for _ in range(3)]
    PLAIN.spread(rooms[0], case.rows, case.codes, chance, mass, case.to)
    compiled().spread(rooms[1], case.rows, case.codes, chance, mass, case.to)
    assert (rooms[0] == rooms[1]).all()
    rows = np.arange(len(case.found)) if case.rows is None else case.rows
    for row, to in zip(rows, case.to, strict=True):
        rooms[2][:, to] += chance[:, case.codes[row]] * mass[:, row]
    assert np.allclose(rooms[0], rooms[2], atol=1e-12)
