"""The compiled loops: the same numbers as the plain ones, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds.kernels import PLAIN, compiled, kernels
from tabletop.odds.packing import Numbers, Rows

pytest.importorskip("numba")


def _sample(seed: int) -> tuple[Numbers, Rows, Numbers, Numbers, Rows]:
    lots = np.random.default_rng(seed)
    worlds, others, aims, columns = lots.integers(1, [60, 60, 4, 5])
    rows = np.flatnonzero(lots.random(worlds) < 0.7).astype(np.int32)
    return (
        lots.random((worlds, aims, 2 * columns)),
        rows,
        lots.random((worlds, aims)),
        lots.random((others, aims, 2 * columns)),
        lots.integers(0, others, len(rows)).astype(np.int32),
    )


@given(st.integers(0, 10**6))
def test_sums_are_the_same_to_the_last_bit(seed: int) -> None:
    """Of any shape, for any of the worlds."""
    found, rows, chance, after, to = _sample(seed)
    other = found.copy()
    PLAIN.add(found, rows, chance, after, to)
    compiled().add(other, rows, chance, after, to)
    assert (found == other).all()


@given(st.integers(0, 10**6))
def test_the_better_is_the_same(seed: int) -> None:
    """The greater in the first half of the columns, the smaller in the second."""
    found, rows, _, after, to = _sample(seed)
    other, before = found.copy(), found.copy()
    PLAIN.better(found, rows, after, to)
    compiled().better(other, rows, after, to)
    assert (found == other).all()
    half = found.shape[2] // 2
    assert (found[:, :, :half] >= before[:, :, :half]).all()
    assert (found[:, :, half:] <= before[:, :, half:]).all()


def test_compiled_loops_are_for_large_games_and_can_be_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To load them costs more than a small game takes."""
    assert kernels(10) is PLAIN
    assert kernels(10_000_000) is compiled()
    monkeypatch.setenv("TABLETOP_FAST", "0")
    assert kernels(10_000_000) is PLAIN
