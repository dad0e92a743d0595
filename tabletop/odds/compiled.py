"""The loops of `tabletop.odds.kernels` as numba compiles them; imported only where it is there.

They are kept on disk once they have been compiled.
"""
# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call"
# ruff: noqa: ANN001, ANN201, D103 - numba reads types from its arguments; see `Kernels`

from __future__ import annotations

from numba import njit


@njit(cache=True, nogil=True)
def add_to_all(found, codes, chance, after, to):
    for row in range(len(to)):
        other, code = to[row], codes[row]
        for aim in range(found.shape[1]):
            share = chance[code, aim, 0]
            for column in range(found.shape[2]):
                found[row, aim, column] += share * after[other, aim, column]


@njit(cache=True, nogil=True)
def add_to_some(found, rows, codes, chance, after, to):
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
def tally_all(sums, codes, mass, after, to):
    for row in range(len(to)):
        other, code = to[row], codes[row]
        for aim in range(sums.shape[1]):
            share = mass[aim, row]
            for column in range(sums.shape[2]):
                sums[code, aim, column] += share * after[other, aim, column]


@njit(cache=True, nogil=True)
def tally_some(sums, rows, codes, mass, after, to):
    for number in range(len(to)):
        row, other = rows[number], to[number]
        code = codes[row]
        for aim in range(sums.shape[1]):
            share = mass[aim, row]
            for column in range(sums.shape[2]):
                sums[code, aim, column] += share * after[other, aim, column]


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
