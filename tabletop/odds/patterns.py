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
    from tabletop.odds.places import Place
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


class Patterns:
    """The guards in the weights of one draw, and what is made of them under some aims."""

    def __init__(
        self,
        place: Place,
        trees: Mapping[Test, Guard],
        packing: Packing,
        aims: Sequence[int],
        variants: int = 1,
    ) -> None:
        self.place = place
        self.numbers = {way.number: at for at, way in enumerate(place.ways)}
        """By outcome's number: where among the place's ways it stands."""
        self._packing = packing
        self._aims = tuple(aims)
        self._variants = variants
        self._trees = trees
        self._bits: dict[Guard, tuple[int, Test, int]] = {}
        self._asked = [
            [[self._bit(addend.test, aim) for addend in way.addends] for way in place.ways]
            for aim in self._aims
        ]
        self._all = np.arange(1 << len(self._bits)) if len(self._bits) <= _FEW else None
        self._known: Numbers | None = None
        self._can: Mask | None = None

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

    def of(self, keys: Keys) -> Coded:
        """The patterns of some worlds at the place."""
        by_aim: dict[int, Columns] = {}
        kind: type[np.integer[Any]] = np.int64
        if self._all is not None:
            kind = np.uint8 if len(self._bits) <= _BYTE else np.uint16
        codes = np.zeros(len(keys), dtype=kind)
        for bit, test, aim in self._bits.values():
            if aim not in by_aim:
                by_aim[aim] = Columns(
                    self._packing, keys, self.place.turn, self.place.stage, aim
                )  # fmt: skip
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
            can = np.any(self.weights(coded.patterns) > 0, axis=0)
            if coded.patterns is self._all:
                self._can = can
        return [None if each.all() else each[coded.codes] for each in can]

    def weights(self, patterns: Keys) -> Numbers:
        """By aim, way and pattern: what an outcome weighs; what is below 0 counts as 0.

        The aims of one variant come after those of the other.
        """
        shape = (len(self._aims), len(self.place.ways), len(self._bits) + 1)
        amounts = np.zeros((self._variants, *shape))
        for aim, asked in enumerate(self._asked):
            for at, (way, bits) in enumerate(zip(self.place.ways, asked, strict=True)):
                for addend, bit in zip(way.addends, bits, strict=True):
                    if bit != _NEVER:
                        amounts[:, aim, at, bit] += addend.amount
        return np.maximum(amounts.reshape(-1, *shape[1:]) @ self._held(patterns), 0)

    def _held(self, patterns: Keys) -> Numbers:
        """By bit and pattern: whether a guard holds; the last row is for what always does."""
        held = np.ones((len(self._bits) + 1, len(patterns)))
        for bit in range(len(self._bits)):
            held[bit] = (patterns >> bit) & 1
        return held

    def slopes(
        self, patterns: Keys, aims: Sequence[int], sums: Numbers
    ) -> Iterator[tuple[Number, int, Numbers]]:
        """Each number of a weight, an aim by its place in `aims`, and what the number moves there.

        `sums` is by way, pattern, aim and column: what follows an outcome, summed up over the
        worlds of a pattern by how likely they are. See `tabletop.odds.adjoint`.
        """
        weights = self.weights(patterns)[aims]
        total = weights.sum(axis=1, keepdims=True)
        # Where worlds know their aim, those of another one may have nothing to draw.
        chances = weights / np.where(total > 0, total, 1.0)
        gains = sums - np.einsum("awp,wpac->pac", chances, sums)
        # What keeps a weight at 0 moves nothing, as little as it would have to be changed by.
        counted = (weights > 0) / np.where(total > 0, total, 1.0)
        held = self._held(patterns)
        for number, aim in enumerate(aims):
            for at, (way, bits) in enumerate(zip(self.place.ways, self._asked[aim], strict=True)):
                if not way.addends:
                    continue
                by_bit = (held * counted[number, at]) @ gains[at, :, number]
                for addend, bit in zip(way.addends, bits, strict=True):
                    if bit != _NEVER:
                        yield addend.number, number, addend.amount * by_bit[bit]

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
