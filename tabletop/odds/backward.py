"""Values from the end back: what each world of a turn is worth under the best or worst play."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import answered, choices
from tabletop.odds.expansion import Edge, Layer, Turn
from tabletop.odds.packing import Numbers
from tabletop.odds.weighing import Weigher

if TYPE_CHECKING:
    from tabletop.odds.places import Place

Values = Numbers
"""By aim, column and world. The first half of the columns is for best play, the rest for worst."""


class Backward:
    """The values of all worlds of one turn."""

    def __init__(
        self,
        turn: Turn,
        following: Mapping[Place, Values],
        endings: Mapping[str, Numbers],
        weigher: Weigher,
    ) -> None:
        self.turn = turn
        self.endings = endings
        """By ending: its worth in each column."""
        self.weigher = weigher
        self.columns = len(next(iter(endings.values())))
        self.values: dict[Place, Values] = dict(following)
        self.options: dict[Place, dict[int, Values]] = {}
        """At places where responses are chosen: the value of each, where it is open."""
        for layer in reversed(list(turn.layers.values())):
            self.values[layer.place] = self._solved(layer)

    def _solved(self, layer: Layer) -> Values:
        kind = layer.place.kind
        if kind == "chance":
            return self._mean(layer)
        if kind == "pass":
            return self._passed(layer)
        if kind == "respond":
            return self._best_response(layer)
        if layer.place.fixed is not None:
            return self._fixed(layer)
        return self._best(layer)

    def _empty(self, layer: Layer, value: float = 0.0) -> Values:
        aims = len(self.turn.expander.aims)
        return np.full((aims, self.columns, len(layer.keys)), value)

    def after(self, edge: Edge, count: int) -> Values:
        """What an edge leads to, for each of the worlds that take it."""
        if isinstance(edge.target, str):
            worth = self.endings[edge.target]
            aims = len(self.turn.expander.aims)
            return np.broadcast_to(worth[None, :, None], (aims, self.columns, count))
        return np.take(self.values[edge.target], edge.to, axis=2)

    def _passed(self, layer: Layer) -> Values:
        found = self._empty(layer)
        for edge in layer.edges:
            rows = slice(None) if edge.rows is None else edge.rows
            found[:, :, rows] = self.after(edge, _count(edge, layer))
        return found

    def _mean(self, layer: Layer) -> Values:
        found = self._empty(layer)
        chances = self.weigher.chances(self.turn.expander, layer)
        for edge in layer.edges:
            chance = chances[edge.way.number]
            after = self.after(edge, _count(edge, layer))
            if edge.rows is None:
                found += chance[:, None, :] * after
            else:
                found[:, :, edge.rows] += chance[:, None, edge.rows] * after
        return found

    def _best(self, layer: Layer) -> Values:
        found = self._worst_case(layer)
        for edge in layer.edges:
            self._better(found, edge, self.after(edge, _count(edge, layer)))
        return found

    def _worst_case(self, layer: Layer) -> Values:
        found = self._empty(layer)
        found[:, : self.columns // 2] = -np.inf
        found[:, self.columns // 2 :] = np.inf
        return found

    def _better(self, found: Values, edge: Edge, after: Values) -> None:
        half = self.columns // 2
        rows = slice(None) if edge.rows is None else edge.rows
        found[:, :half, rows] = np.maximum(found[:, :half, rows], after[:, :half])
        found[:, half:, rows] = np.minimum(found[:, half:, rows], after[:, half:])

    def _best_response(self, layer: Layer) -> Values:
        found = self._worst_case(layer)
        options = self.options[layer.place] = {}
        for edge in layer.edges:
            after = self.after(edge, _count(edge, layer))
            self._better(found, edge, after)
            if edge.way.number not in options:
                options[edge.way.number] = self._empty(layer, np.nan)
            rows = slice(None) if edge.rows is None else edge.rows
            options[edge.way.number][:, :, rows] = after
        return found

    def _fixed(self, layer: Layer) -> Values:
        """The mean over what a doctrine chooses by a timing plan, whoever plays."""
        policy = layer.place.fixed
        assert policy is not None
        found = self._empty(layer)
        if layer.place.kind == "flash":
            shares = answered(layer, policy)
            for edge in layer.edges:
                share = shares.get(edge.way.number, 0.0)
                if share:
                    rows = slice(None) if edge.rows is None else edge.rows
                    found[:, :, rows] += share * self.after(edge, _count(edge, layer))
            return found
        respond = layer.edges[0].target
        assert not isinstance(respond, str)
        for choice in choices(self.turn, layer, policy):
            value = np.take(self.options[respond][choice.response], choice.at, axis=2)
            found[:, :, choice.rows] += value if choice.share is None else choice.share * value
        return found


def _count(edge: Edge, layer: Layer) -> int:
    return len(layer.keys) if edge.rows is None else len(edge.rows)
