"""Values from the end back: what each world of a turn is worth under the best or worst play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import answered, choices
from tabletop.odds.kernels import PLAIN, Kernels, Worth
from tabletop.odds.packing import Numbers, Rows
from tabletop.odds.weighing import Weigher

if TYPE_CHECKING:
    from tabletop.odds.expansion import Edge, Layer, Turn
    from tabletop.odds.places import Place


class Backward:
    """The values of all worlds of one turn, by world, aim and column.

    The first half of the columns is for best play, the second for worst. `keep` names the
    places whose values stay to be asked for; all of them where it is None.
    """

    def __init__(
        self,
        turn: Turn,
        following: Mapping[Place, Worth],
        endings: Mapping[str, Numbers],
        weigher: Weigher,
        *,
        keep: Collection[Place] | None = None,
        kernels: Kernels = PLAIN,
    ) -> None:
        self.turn = turn
        self.endings = endings
        """By ending: its worth in each column."""
        self.weigher = weigher
        self.kernels = kernels
        self.shape = (len(turn.expander.aims), len(next(iter(endings.values()))))
        self.values: dict[Place, Worth] = dict(following)
        self._keep = keep
        self._over = {
            name: np.ascontiguousarray(np.broadcast_to(worth, (1, *self.shape)))
            for name, worth in endings.items()
        }
        self._solve()

    def _solve(self) -> None:
        layers = list(self.turn.layers.values())
        users = Counter(target for layer in layers for target in self._reads(layer))
        # What a plan decides is looked up among the options, which must then still be there.
        planned = any(layer.place.fixed is not None for layer in layers)
        for layer in reversed(layers):
            self.values[layer.place] = self._solved(layer)
            if self._keep is None or planned:
                continue
            for target in self._reads(layer):
                users[target] -= 1
                if not users[target] and target not in self._keep:
                    del self.values[target]

    def _reads(self, layer: Layer) -> list[Place]:
        """The places whose values the values of a layer are made of."""
        edges = list(layer.edges)
        if layer.place.fixed is not None and layer.place.kind == "decide":
            # Where a plan decides, the values of single responses are looked at once more.
            respond = edges[0].target
            assert not isinstance(respond, str)
            edges += self.turn.layers[respond].edges
        return [edge.target for edge in edges if not isinstance(edge.target, str)]

    def _solved(self, layer: Layer) -> Worth:
        kind = layer.place.kind
        if kind == "chance":
            return self._mean(layer)
        if kind == "pass":
            return self._passed(layer)
        if layer.place.fixed is not None:
            return self._fixed(layer)
        return self._best(layer)

    def after(self, edge: Edge, row: int) -> Numbers:
        """What an edge leads to, for one of the worlds that take it: by aim and column."""
        values, to = self._target(edge, 1)
        found: Numbers = values[to[0 if isinstance(edge.target, str) else row]]
        return found

    def _target(self, edge: Edge, count: int) -> tuple[Worth, Rows]:
        """The values at the end of an edge, and where among them its worlds stand."""
        if isinstance(edge.target, str):
            return self._over[edge.target], np.zeros(count, dtype=np.int32)
        return self.values[edge.target], edge.to

    def _empty(self, layer: Layer) -> Worth:
        return np.zeros((len(layer.keys), *self.shape))

    def _passed(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        for edge in layer.edges:
            rows = rows_of(edge, layer)
            values, to = self._target(edge, len(rows))
            found[rows] = values[to]
        return found

    def _mean(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        chances = self.weigher.chances(self.turn.expander, layer)
        by_world = {number: np.ascontiguousarray(chance.T) for number, chance in chances.items()}
        self._edge_by_edge(
            layer,
            lambda edge, rows, values, to: self.kernels.add(
                found, rows, by_world[edge.way.number], values, to
            ),
        )
        return found

    def _edge_by_edge(self, layer: Layer, visit: Callable[[Edge, Rows, Worth, Rows], None]) -> None:
        """Visit the edges of a layer, a block of worlds after another.

        What is summed up for a block stays in the processor's cache until its last edge.
        """
        edges = []
        for edge in layer.edges:
            rows = rows_of(edge, layer)
            edges.append((edge, rows, *self._target(edge, len(rows))))
        count = len(layer.keys)
        marks = np.arange(self.kernels.block, count, self.kernels.block)
        cuts = [[0, *np.searchsorted(rows, marks), len(rows)] for _, rows, _, _ in edges]
        for block in range(len(marks) + 1):
            for (edge, rows, values, to), cut in zip(edges, cuts, strict=True):
                first, last = cut[block], cut[block + 1]
                if first < last:
                    visit(edge, rows[first:last], values, to[first:last])

    def _best(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        half = self.shape[1] // 2
        found[:, :, :half] = -np.inf
        found[:, :, half:] = np.inf
        self._edge_by_edge(
            layer,
            lambda _, rows, values, to: self.kernels.better(found, rows, values, to),
        )
        return found

    def _fixed(self, layer: Layer) -> Worth:
        """The mean over what a doctrine chooses by a timing plan, whoever plays."""
        policy = layer.place.fixed
        assert policy is not None
        found = self._empty(layer)
        if layer.place.kind == "flash":
            shares = answered(layer, policy)
            for edge in layer.edges:
                rows = rows_of(edge, layer)
                chance = np.full((len(layer.keys), self.shape[0]), shares[edge.way.number])
                values, to = self._target(edge, len(rows))
                self.kernels.add(found, rows, chance, values, to)
            return found
        respond = layer.edges[0].target
        assert not isinstance(respond, str)
        for choice in choices(self.turn, layer, policy):
            value = self.option(respond, choice.response)[choice.at]
            share = 1.0 if choice.share is None else choice.share[:, None, None]
            found[choice.rows] += share * value
        return found

    def option(self, respond: Place, response: int) -> Worth:
        """Where responses are chosen: the values of one, in the worlds where it was followed."""
        layer = self.turn.layers[respond]
        found = np.full((len(layer.keys), *self.shape), np.nan)
        for edge in layer.edges:
            if edge.way.number == response:
                rows = rows_of(edge, layer)
                values, to = self._target(edge, len(rows))
                found[rows] = values[to]
        return found


def rows_of(edge: Edge, layer: Layer) -> Rows:
    """The worlds of a layer that take an edge."""
    return np.arange(len(layer.keys), dtype=np.int32) if edge.rows is None else edge.rows
