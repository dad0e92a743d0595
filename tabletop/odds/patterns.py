"""Which of the guards in a draw's weights hold, as one number a world: all that its chances need.

Worlds by the hundred thousand have few patterns between them, so that weights are added up
once for each pattern and not for each world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tabletop.odds.packing import Columns, Keys, Mask, Numbers, Packing
from tabletop.rules.guards import always
from tabletop.scenario.expression import Constant, Guard, fold, mentions

if TYPE_CHECKING:
    from tabletop.odds.places import Place, Way
    from tabletop.rules.guards import Number, Test

Codes = npt.NDArray[Any]
"""By world: the number of its pattern."""

_FEW = 11
"""Guards of which every pattern gets a number; of more, only the patterns that occur."""
_BYTE = 8
_ALWAYS = -1
_NEVER = -2
"""Instead of a bit: a guard that is constant under an aim."""


class Coded(NamedTuple):
    """Some worlds' patterns."""

    codes: Codes
    patterns: Keys
    """By number: the pattern, a bit a guard."""


class _Counting(NamedTuple):
    """What counts in the weights of a draw under an aim: all are of the same length."""

    numbers: list[Number]
    ways: Keys
    guards: Keys
    """Which must hold; the last one always does."""
    amounts: Numbers
    """By variant too."""


class Bearing(NamedTuple):
    """What the weights of a draw hang on in some patterns."""

    held: Numbers
    """By guard and pattern: whether it holds; the last guard always does."""
    per: Numbers
    """By aim and pattern: 1 by the sum of the weights; 0 where there is nothing to draw."""
    stuck: Mapping[int, Numbers]
    """By way, if what counts in its weight keeps it at 0 in some pattern: by aim and pattern, 0
    there, else 1. What is kept at 0 moves nothing, as little as it would have to be changed by."""


class Patterns:
    """The guards in the weights of a draw, and what is made of them under some aims."""

    def __init__(
        self,
        ways: Sequence[Way],
        trees: Mapping[Test, Guard],
        packing: Packing,
        aims: Sequence[int],
        variants: int = 1,
    ) -> None:
        self.numbers = {way.number: at for at, way in enumerate(ways)}
        """By outcome's number: where among the ways it stands."""
        self._ways = ways
        self._packing = packing
        self._aims = tuple(aims)
        self._variants = variants
        self._trees = trees
        self._bits: dict[Guard, tuple[int, Test, int]] = {}
        self._counting = [self._counted(aim) for aim in self._aims]
        self._amounts = self._summed()
        self._all = np.arange(1 << len(self._bits)) if len(self._bits) <= _FEW else None
        self._known: Numbers | None = None
        self._can: Mask | None = None

    def _counted(self, aim: int) -> _Counting:
        """What counts in the weights of the outcomes under an aim."""
        rows = [
            (addend, at, bit)
            for at, way in enumerate(self._ways)
            for addend in way.addends
            if (bit := self._bit(addend.test, aim)) != _NEVER
        ]
        return _Counting(
            [addend.number for addend, _, _ in rows],
            np.array([at for _, at, _ in rows], dtype=np.int64),
            np.array([bit for _, _, bit in rows], dtype=np.int64),
            np.array([addend.amount for addend, _, _ in rows]).reshape(-1, self._variants),
        )

    def _summed(self) -> Numbers:
        """By aim, way and guard: what it adds to a weight where it holds.

        The aims of one variant come after those of the other.
        """
        shape = (len(self._ways), len(self._bits) + 1)
        amounts = np.zeros((len(self._aims), *shape, self._variants))
        for room, (_, ways, guards, each) in zip(amounts, self._counting, strict=True):
            np.add.at(room, (ways, guards), each)
        return np.moveaxis(amounts, 3, 0).reshape(-1, *shape)

    def _bit(self, test: Test, aim: int) -> int:
        """The bit of a guard under an aim, or that it needs none."""
        if test is always:
            return _ALWAYS
        guard = self._trees[test]
        if not self._packing.aim.ones and "aim" in mentions(guard):
            guard = fold(guard, {"aim": aim})
            if isinstance(guard, Constant):
                return _ALWAYS if guard.value else _NEVER
        return self._bits.setdefault(guard, (len(self._bits), test, aim))[0]

    def of(self, place: Place, keys: Keys) -> Coded:
        """The patterns of some worlds at a place where such a draw is made."""
        by_aim: dict[int, Columns] = {}
        kind: type[np.integer[Any]] = np.int64
        if self._all is not None:
            kind = np.uint8 if len(self._bits) <= _BYTE else np.uint16
        codes = np.zeros(len(keys), dtype=kind)
        for bit, test, aim in self._bits.values():
            if aim not in by_aim:
                by_aim[aim] = Columns(self._packing, keys, place.turn, place.stage, aim)
            held = by_aim[aim].holds(test)
            codes |= held.astype(codes.dtype) << codes.dtype.type(bit)
        if self._all is not None:
            return Coded(codes, self._all)
        patterns, where = np.unique(codes, return_inverse=True)
        few = len(patterns) <= 1 << 16
        return Coded(where.astype(np.uint16 if few else np.uint32), patterns)

    def known(self, coded: Coded) -> Coded:
        """The same patterns, known as those that are always numbered so if they are."""
        if self._all is not None:
            return Coded(coded.codes, self._all)
        return coded

    def possible(self, coded: Coded) -> list[Mask | None]:
        """By way: the worlds in which it can come under some aim; None for all."""
        can = self._can
        if can is None or coded.patterns is not self._all:
            can = np.any(self.chances(coded) > 0, axis=0)
            if coded.patterns is self._all:
                self._can = can
        return [None if each.all() else each[coded.codes] for each in can]

    def weights(self, patterns: Keys) -> Numbers:
        """By aim, way and pattern: what an outcome weighs; what is below 0 counts as 0.

        The aims of one variant come after those of the other.
        """
        return np.maximum(self._amounts @ self._held(patterns), 0)

    def _held(self, patterns: Keys) -> Numbers:
        """By bit and pattern: whether a guard holds; the last row is for what always does."""
        held = np.ones((len(self._bits) + 1, len(patterns)))
        for bit in range(len(self._bits)):
            held[bit] = (patterns >> bit) & 1
        return held

    def bearing(self, patterns: Keys, aims: Sequence[int]) -> Bearing:
        """What a draw's outcomes hang on in some patterns, under aims by their places."""
        held = self._held(patterns)
        weights = np.maximum(self._amounts[aims] @ held, 0)
        total = weights.sum(axis=1)
        # Where worlds know their aim, those of another one may have nothing to draw.
        per = (total > 0) / np.where(total > 0, total, 1.0)
        moves: dict[int, Numbers] = {}
        for way in np.flatnonzero((weights <= 0).any(axis=(0, 2))).tolist():
            counted = np.abs(self._amounts[aims, way]) @ held > 0
            stuck = counted & (weights[:, way] <= 0)
            if stuck.any():
                moves[way] = np.where(stuck, 0.0, 1.0)
        return Bearing(held, per, moves)

    def slopes(self, gains: Numbers, prior: Numbers) -> Iterator[tuple[Number, Numbers]]:
        """Each number of a weight, and what it moves under all aims, each as likely as it is.

        `gains` is by way, aim, guard and column. See `tabletop.odds.adjoint`.
        """
        for aim, (numbers, ways, guards, amounts) in enumerate(self._counting):
            slopes = gains[ways, aim, guards] * (prior[aim] * amounts)
            yield from zip(numbers, slopes, strict=True)

    def chances(self, coded: Coded) -> Numbers:
        """By aim, way and pattern: the chance of an outcome; 0 in patterns that cannot occur."""
        plain = coded.patterns is self._all
        if plain and self._known is not None:
            return self._known
        weights = self.weights(coded.patterns)
        total = weights.sum(axis=1, keepdims=True)
        found: Numbers = weights / np.where(total > 0, total, 1.0)
        if plain:
            self._known = found
        return found
