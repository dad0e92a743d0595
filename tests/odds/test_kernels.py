"""The compiled loops: the same numbers as the plain ones, to the last bit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds.kernels import PLAIN, Step, compiled, draw, kernels
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
def test_shares_are_added_the_same_to_the_last_bit(seed: int) -> None:
    """Of any shape, for all of the worlds or some, and for all aims alike or each its own."""
    case = _sample(seed)
    share = case.chance[case.codes, :, 0]
    share = share[:, :1] if seed % 2 else share
    found = [case.found.copy() for _ in range(3)]
    rows = np.arange(len(case.found)) if case.rows is None else case.rows
    PLAIN.add(found[0], case.rows, share[rows], case.after, case.to)
    compiled().add(found[1], case.rows, share[rows], case.after, case.to)
    assert (found[0] == found[1]).all()
    for row, to in zip(rows, case.to, strict=True):
        found[2][row] += share[row][:, None] * case.after[to]
    assert np.allclose(found[0], found[2], atol=1e-12)


class Draw(NamedTuple):
    """Worlds that a draw may lead on by several ways, of which some are closed to some."""

    codes: Codes
    chances: Numbers
    ways: list[list[Step]]
    worlds: int
    after: list[Numbers]
    """By way and world: what it comes to; 0 where the way is closed."""


def _draw(seed: int) -> Draw:
    lots = np.random.default_rng(seed)
    worlds, aims, columns, patterns, count = lots.integers(1, [60, 4, 6, 9, 5]).tolist()
    ways, after = [], []
    for _ in range(count):
        # Which step a world takes; none if there is no such step.
        steps = int(lots.integers(0, 4))
        taken = lots.integers(0, steps + 1, worlds) if lots.random() < 0.7 else np.zeros(worlds)
        known = np.zeros((worlds, aims, columns))
        way = []
        for step in range(steps):
            rows = np.flatnonzero(taken == step).astype(np.int32)
            values = lots.random((int(lots.integers(1, 60)), aims, columns))
            to = lots.integers(0, len(values), len(rows)).astype(np.int32)
            if len(rows):
                known[rows] = values[to]
                way.append(Step(None if len(rows) == worlds else rows, values, to))
        ways.append(way)
        after.append(known)
    chances = np.repeat(lots.random((count, patterns, aims, 1)), columns, axis=3)
    return Draw(lots.integers(0, patterns, worlds), chances, ways, worlds, after)


@given(st.integers(0, 10**6))
def test_draws_are_summed_up_the_same_to_the_last_bit(seed: int) -> None:
    """Whatever steps a way has, also where it is closed to some worlds or to all."""
    case = _draw(seed)
    shape = (case.worlds, *case.chances.shape[2:])
    found = [np.zeros(shape) for _ in range(3)]
    PLAIN.draw(found[0], case.codes, case.chances, case.ways)
    compiled().draw(found[1], case.codes, case.chances, case.ways)
    assert (found[0] == found[1]).all()
    for chance, after in zip(case.chances, case.after, strict=True):
        found[2] += chance[case.codes] * after
    assert (found[0] == found[2]).all()


@given(st.integers(0, 10**6))
def test_what_worlds_come_to_is_told_by_way(seed: int) -> None:
    """Also of a way that is closed to some: they come to nothing."""
    case = _draw(seed)
    told: dict[int, Numbers] = {}
    found = np.zeros((case.worlds, *case.chances.shape[2:]))
    draw(found, case.codes, case.chances, case.ways,
         lambda way, after: told.update({way: after.copy()}))  # fmt: skip
    assert sorted(told) == [number for number, way in enumerate(case.ways) if way]
    assert all((told[number] == case.after[number]).all() for number in told)


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
