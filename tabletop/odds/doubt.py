"""A turn's values many times over, each time with the author's numbers a little different."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import answered, by_world, choices
from tabletop.odds.packing import Mask, Numbers, Rows
from tabletop.rules.guards import always

if TYPE_CHECKING:
    from tabletop.odds.expansion import Edge, Layer, Turn
    from tabletop.odds.places import Place, Way
    from tabletop.rules.guards import Number

DRAWS = 60
SIGMA = 0.4
"""Of the logarithm: two in three numbers come within a factor of 1.5 of what the author wrote."""

Values = Numbers
"""By world and draw: V* under each draw of the author's numbers."""


class Doubt:
    """`DRAWS` sets of factors for the author's numbers: lognormal, median 1, `SIGMA` wide.

    They are the same for the same program, whoever asks: each number has its own, drawn from
    the program's hash and the number's name.
    """

    def __init__(self, seed: str, draws: int = DRAWS, sigma: float = SIGMA) -> None:
        self.seed = seed
        self.draws = draws
        self.sigma = sigma
        self._factors: dict[Number, Numbers] = {}

    def factors(self, number: Number) -> Numbers:
        """By draw: what a number is multiplied by."""
        if number not in self._factors:
            name = f"{self.seed}/{number.path}/{number.term}".encode()
            seed = int.from_bytes(blake2b(name, digest_size=8).digest(), "big")
            lots = np.random.Generator(np.random.PCG64(seed))
            self._factors[number] = np.exp(self.sigma * lots.standard_normal(self.draws))
        return self._factors[number]

    def chances(self, turn: Turn, layer: Layer) -> tuple[dict[int, Numbers], Rows]:
        """By outcome's number: its chance by pattern and draw; and the pattern of each world.

        Worlds of one pattern have the same guards in their weights. What the author's numbers
        make impossible stays so. Where a draw would make everything impossible, the author's
        own chances stand.
        """
        some, codes = _patterns(turn, layer)
        weights = self._weights(turn, layer, some)
        total = sum(weights.values(), start=np.zeros(()))
        void = total <= 0
        if void.any():
            plain = Doubt(self.seed, self.draws, 0.0)._weights(turn, layer, some)  # noqa: SLF001
            weights = {number: np.where(void, plain[number], weights[number]) for number in plain}
            total = sum(weights.values(), start=np.zeros(()))
        return {number: found / total for number, found in weights.items()}, codes

    def _weights(self, turn: Turn, layer: Layer, some: Rows) -> dict[int, Numbers]:
        """By outcome's number: its weight by draw, in some worlds of a layer."""
        columns = turn.expander.columns(layer.place, layer.keys[some])
        found = {}
        for number, (way, mask) in _possible(layer).items():
            weight = np.zeros((len(some), self.draws))
            for addend in way.addends:
                part = addend.amount * self.factors(addend.number)
                if addend.test is not always:
                    part = columns.holds(addend.test)[:, None] * part
                weight += part
            np.maximum(weight, 0, out=weight)
            found[number] = weight if mask is None else weight * mask[some][:, None]
        return found


def _patterns(turn: Turn, layer: Layer) -> tuple[Rows, Rows]:
    """One world for each pattern that occurs at a draw, and by world the number of its pattern."""
    codes = turn.expander.coded(layer).codes
    first = np.zeros(int(codes.max()) + 1, dtype=np.int32)
    first[codes[::-1]] = np.arange(len(codes), dtype=np.int32)[::-1]
    there = np.bincount(codes, minlength=len(first)) > 0
    numbers = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return first[there], numbers[codes]


def _possible(layer: Layer) -> dict[int, tuple[Way, Mask | None]]:
    """By outcome's number: the outcome, and the worlds where it can come; None for all."""
    found: dict[int, tuple[Way, Mask | None]] = {}
    for edge in layer.edges:
        number = edge.way.number
        if edge.rows is None:
            found[number] = (edge.way, None)
            continue
        _, mask = found.get(number, (edge.way, None))
        mask = np.zeros(len(layer.keys), dtype=np.bool_) if mask is None else mask
        mask[edge.rows] = True
        found[number] = (edge.way, mask)
    return found


class Doubted:
    """The values of one turn's worlds for one objective under best play, in every draw.

    `following` has those of the worlds at the start of the next turn.
    """

    def __init__(
        self,
        turn: Turn,
        following: Mapping[Place, Values],
        endings: Mapping[str, float],
        doubt: Doubt,
    ) -> None:
        self.turn = turn
        self.endings = endings
        self.doubt = doubt
        self.values: dict[Place, Values] = dict(following)
        for layer in reversed(list(turn.layers.values())):
            self.values[layer.place] = self._solved(layer)

    def after(self, edge: Edge, count: int) -> Values:
        """What an edge leads to, for each of the worlds that take it."""
        if isinstance(edge.target, str):
            return np.full((count, self.doubt.draws), self.endings[edge.target])
        return self.values[edge.target][edge.to]

    def _solved(self, layer: Layer) -> Values:
        place = layer.place
        if place.kind == "chance":
            return self._mean(layer)
        if place.kind == "pass":
            return self._joined(layer, 0.0)
        if place.fixed is not None:
            return self._fixed(layer)
        return self._joined(layer, -np.inf)

    def _joined(self, layer: Layer, least: float) -> Values:
        """The best of all edges; at a `pass` each world has one."""
        found = np.full((len(layer.keys), self.doubt.draws), least)
        for edge in layer.edges:
            if edge.rows is None:
                np.maximum(found, self.after(edge, len(found)), out=found)
            else:
                after = self.after(edge, len(edge.rows))
                found[edge.rows] = np.maximum(found[edge.rows], after)
        return found

    def _mean(self, layer: Layer) -> Values:
        found = np.zeros((len(layer.keys), self.doubt.draws))
        chances, codes = self.doubt.chances(self.turn, layer)
        for edge in layer.edges:
            chance = chances[edge.way.number]
            if edge.rows is None:
                part = chance if len(chance) == 1 else chance[codes]
                found += part * self.after(edge, len(found))
            else:
                part = chance if len(chance) == 1 else chance[codes[edge.rows]]
                found[edge.rows] += part * self.after(edge, len(edge.rows))
        return found

    def _fixed(self, layer: Layer) -> Values:
        """The mean over what a doctrine chooses by a timing plan."""
        policy = layer.place.fixed
        assert policy is not None
        found = np.zeros((len(layer.keys), self.doubt.draws))
        if layer.place.kind == "flash":
            shares = answered(layer, policy)
            for edge in layer.edges:
                share = shares.get(edge.way.number, 0.0)
                rows = slice(None) if edge.rows is None else edge.rows
                count = len(found) if edge.rows is None else len(edge.rows)
                found[rows] += share * self.after(edge, count)
            return found
        respond = layer.edges[0].target
        assert not isinstance(respond, str)
        responses = self.options(self.turn.layers[respond])
        for choice in choices(self.turn, layer, policy):
            value = responses[choice.response][choice.at]
            found[choice.rows] += by_world(choice.share, 1) * value
        return found

    def options(self, layer: Layer) -> dict[int, Values]:
        """At a place of choice: by number of the way, what it leads to; NaN where it is closed."""
        found = {}
        for edge in layer.edges:
            if edge.way.number not in found:
                shape = (len(layer.keys), self.doubt.draws)
                found[edge.way.number] = np.full(shape, np.nan)
            rows = slice(None) if edge.rows is None else edge.rows
            count = len(layer.keys) if edge.rows is None else len(edge.rows)
            found[edge.way.number][rows] = self.after(edge, count)
        return found
