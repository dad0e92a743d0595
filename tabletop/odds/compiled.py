"""The loops of `tabletop.odds.kernels` and `tabletop.odds.chain` as numba compiles them.

Imported only where numba is there. They are kept on disk once they have been compiled.
"""
# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call"
# ruff: noqa: ANN001, ANN201, D103 - numba reads types from its arguments; see `Kernels`

from __future__ import annotations

import numpy as np
from numba import njit

from tabletop.rules import chance

_GAMMA, _FIRST, _SECOND = map(np.uint64, chance.SPLITMIX64)
_LANES = 16
_30, _27, _31, _32 = map(np.uint64, (30, 27, 31, 32))


@njit(cache=True, nogil=True)
def add_to_all(found, share, after, to):
    last = share.shape[1] - 1
    for row in range(len(to)):
        other = to[row]
        for aim in range(found.shape[1]):
            part = share[row, min(aim, last)]
            for column in range(found.shape[2]):
                found[row, aim, column] += part * after[other, aim, column]


@njit(cache=True, nogil=True)
def add_to_some(found, rows, share, after, to):
    last = share.shape[1] - 1
    for number in range(len(to)):
        row, other = rows[number], to[number]
        for aim in range(found.shape[1]):
            part = share[number, min(aim, last)]
            for column in range(found.shape[2]):
                found[row, aim, column] += part * after[other, aim, column]


@njit(cache=True, nogil=True)
def draw_all(found, codes, chance, after, to):
    for row in range(len(to)):
        other, code = to[row], codes[row]
        for aim in range(found.shape[1]):
            share = chance[code, aim, 0]
            for column in range(found.shape[2]):
                found[row, aim, column] += share * after[other, aim, column]


@njit(cache=True, nogil=True)
def draw_some(found, rows, codes, chance, after, to):
    for number in range(len(to)):
        row, other = rows[number], to[number]
        code = codes[row]
        for aim in range(found.shape[1]):
            share = chance[code, aim, 0]
            for column in range(found.shape[2]):
                found[row, aim, column] += share * after[other, aim, column]


@njit(cache=True, nogil=True)
def better_of_all(found, after, to):
    half = found.shape[2] // 2
    for row in range(len(to)):
        other = to[row]
        for aim in range(found.shape[1]):
            for column in range(half):
                value = after[other, aim, column]
                found[row, aim, column] = max(found[row, aim, column], value)
            for column in range(half, found.shape[2]):
                value = after[other, aim, column]
                found[row, aim, column] = min(found[row, aim, column], value)


@njit(cache=True, nogil=True)
def better_of_some(found, rows, after, to):
    half = found.shape[2] // 2
    for number in range(len(to)):
        row, other = rows[number], to[number]
        for aim in range(found.shape[1]):
            for column in range(half):
                value = after[other, aim, column]
                found[row, aim, column] = max(found[row, aim, column], value)
            for column in range(half, found.shape[2]):
                value = after[other, aim, column]
                found[row, aim, column] = min(found[row, aim, column], value)


@njit(cache=True, nogil=True)
def spread_all(room, codes, chance, mass, to):
    for aim in range(len(room)):
        for row in range(len(to)):
            room[aim, to[row]] += chance[aim, codes[row]] * mass[aim, row]


@njit(cache=True, nogil=True)
def spread_some(room, rows, codes, chance, mass, to):
    for aim in range(len(room)):
        for number in range(len(to)):
            row = rows[number]
            room[aim, to[number]] += chance[aim, codes[row]] * mass[aim, row]


@njit(cache=True, nogil=True)
def pour(room, to, mass):
    for aim in range(len(room)):
        for number in range(len(to)):
            room[aim, to[number]] += mass[aim, number]


@njit(cache=True, nogil=True)
def follow_each(base, aims, opening, row, first, target, site, sums, found):
    # Some games side by side: while one waits for memory, the others go on.
    draws = np.empty(_LANES, np.int64)
    last = sums.shape[2] - 1
    for start in range(0, len(base), _LANES):
        lanes = min(_LANES, len(base) - start)
        for lane in range(lanes):
            draws[lane] = opening[aims[start + lane]]
        going = True
        while going:
            going = False
            for lane in range(lanes):
                draw = draws[lane]
                if draw < 0:
                    continue
                going = True
                at, aim = row[draw], aims[start + lane]
                bits = base[start + lane] + site[at] + _GAMMA
                bits = (bits ^ (bits >> _30)) * _FIRST
                bits = (bits ^ (bits >> _27)) * _SECOND
                bits ^= bits >> _31
                picked = np.int64(((bits >> _32) * np.uint64(sums[aim, at, last])) >> _32)
                number = np.int64(first[draw])
                for outcome in range(last):
                    number += picked >= sums[aim, at, outcome]
                draws[lane] = target[number]
        for lane in range(lanes):
            found[start + lane] = -1 - draws[lane]
