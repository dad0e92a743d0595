"""Values from the end back: what each world of a turn is worth under the best or worst play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tabletop.odds.choosing import answered, by_world, choices
from tabletop.odds.kernels import PLAIN, Kernels, Step, Ways, Worth
from tabletop.odds.packing import Keys, Numbers, Rows
from tabletop.odds.patterns import Codes
from tabletop.odds.spool import Laid

if TYPE_CHECKING:
    from tabletop.odds.expansion import Edge, Layer, Turn
    from tabletop.odds.places import Place


class Drawn(NamedTuple):
    """The worlds of a draw by the patterns that occur there."""

    patterns: Keys
    codes: Codes
    """By world: the number of its pattern."""
    chances: Numbers
    """By way, pattern, aim and column."""


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
        *,
        keep: Collection[Place] | None = None,
        kernels: Kernels = PLAIN,
        aims: Sequence[int] | None = None,
    ) -> None:
        """For all of the expander's aims, unless `aims` names some of them by their places."""
        self.turn = turn
        self.endings = endings
        """By ending: its worth in each column."""
        self.kernels = kernels
        self.aims = list(range(len(turn.expander.aims)) if aims is None else aims)
        self.shape = (len(self.aims), len(next(iter(endings.values()))))
        self.values: dict[Place, Worth] = dict(following)
        self._keep = keep
        self._over = {
            name: np.ascontiguousarray(np.broadcast_to(worth, (1, *self.shape)))
            for name, worth in endings.items()
        }
        self._first = np.zeros(0, dtype=np.int32)
        self._users = self._count()
        for place in reversed([*turn.layers]) if keep is None else keep:
            self.worth(place)

    def _count(self) -> Counter[Place] | None:
        """By place: how many edges still ask for its values; None where all are kept."""
        if self._keep is None:
            return None
        places = list(self.turn.layers)
        if any(place.fixed is not None for place in places):
            # What a plan decides is looked up among the options, which must then still be there.
            return None
        return Counter(target for place in places for target in self._targets(place))

    def _targets(self, place: Place) -> list[Place]:
        layers = self.turn.layers
        if isinstance(layers, Laid):
            return layers.targets[place]
        edges = layers[place].edges
        return [edge.target for edge in edges if not isinstance(edge.target, str)]

    def worth(self, place: Place) -> Worth:
        """The values of the worlds at a place, worked out when they are first asked for."""
        if place not in self.values:
            # Before its layer is read, so that few layers are in memory at a time.
            for ahead in self._ahead(place):
                self.worth(ahead)
            self.values[place] = self._solved(self.turn.layers[place])
        return self.values[place]

    def _ahead(self, place: Place) -> Iterator[Place]:
        """The places that are worked out before one, each told when those before are known."""
        for target in self._targets(place):
            if place.kind not in ("respond", "flash"):
                yield target
            elif target not in self.values:
                # What a response leads to is large, and looked at once: only what lies behind.
                yield from self._targets(target)

    def _let_go(self, edge: Edge) -> None:
        """Forget what an edge leads to, if no other asks for it."""
        if self._users is None or isinstance(edge.target, str):
            return
        self._users[edge.target] -= 1
        assert self._keep is not None
        if not self._users[edge.target] and edge.target not in self._keep:
            self.values.pop(edge.target, None)

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
            if len(self._first) < count:
                self._first = np.zeros(count, dtype=np.int32)
            return self._over[edge.target], self._first[:count]
        return self.worth(edge.target), edge.to

    def _empty(self, layer: Layer) -> Worth:
        return np.zeros((len(layer.keys), *self.shape))

    def _passed(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        for edge in layer.edges:
            values, to = self._target(edge, _count_of(edge, layer))
            found[_rows(edge)] = values.take(to, axis=0)
            self._let_go(edge)
        return found

    def _mean(self, layer: Layer) -> Worth:
        """The mean over what chance may bring."""
        found, drawn = self._empty(layer), self._drawn(layer)
        for part, ways in self._blocks(layer):
            self.kernels.draw(found[part], drawn.codes[part], drawn.chances, ways)
        for edge in layer.edges:
            self._let_go(edge)
        return found

    def _drawn(self, layer: Layer) -> Drawn:
        """The patterns that occur at a draw, and what may come in each."""
        expander = self.turn.expander
        coded = expander.coded(layer)
        present = np.flatnonzero(np.bincount(coded.codes))
        # As numpy wants it for every look-up.
        short = np.zeros(present[-1] + 1, dtype=np.intp)
        short[present] = np.arange(len(present))
        table = expander.table(layer)[self.aims][:, :, present].transpose(1, 2, 0)
        chances = np.repeat(table[..., None], self.shape[1], axis=3)
        return Drawn(coded.patterns[present], short.take(coded.codes), chances)

    def _blocks(self, layer: Layer) -> Iterator[tuple[slice, Ways]]:
        """Some worlds of a draw after the others, with the steps that they take by every way.

        What is summed up for some worlds stays in the processor's cache until the last way.
        """
        numbers = self.turn.expander.patterns(layer.place).numbers
        edges = [
            (numbers[edge.way.number], edge.rows, *self._target(edge, _count_of(edge, layer)))
            for edge in layer.edges
        ]
        size = self._block()
        marks = range(0, len(layer.keys), size)
        cuts = [
            [] if rows is None else [*np.searchsorted(rows, marks), len(rows)]
            for _, rows, _, _ in edges
        ]
        for place, mark in enumerate(marks):
            part = slice(mark, mark + size)
            ways: list[list[Step]] = [[] for _ in numbers]
            for (way, rows, after, to), cut in zip(edges, cuts, strict=True):
                if rows is None:
                    ways[way].append(Step(None, after, to[part]))
                elif cut[place] < cut[place + 1]:
                    some = slice(cut[place], cut[place + 1])
                    ways[way].append(Step(rows[some] - np.int32(mark), after, to[some]))
            yield part, ways

    def _block(self) -> int:
        """Worlds to work out at a time."""
        return max(1, self.kernels.block // (8 * self.shape[0] * max(self.shape[1], 1)))

    def _best(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        half = self.shape[1] // 2
        found[:, :, :half] = -np.inf
        found[:, :, half:] = np.inf
        better, block = self.kernels.better, self._block()
        for edge in layer.edges:
            # One edge after another: what a response leads to is large, and not needed again.
            count = _count_of(edge, layer)
            values, to = self._target(edge, count)
            for mark in range(0, count, block):
                part = slice(mark, mark + block)
                if edge.rows is None:
                    better(found[part], None, values, to[part])
                else:
                    better(found, edge.rows[part], values, to[part])
            self._let_go(edge)
        return found

    def _fixed(self, layer: Layer) -> Worth:
        """The mean over what a doctrine chooses by a timing plan, whoever plays."""
        policy = layer.place.fixed
        assert policy is not None
        found = self._empty(layer)
        if layer.place.kind == "flash":
            shares = answered(layer, policy)
            for edge in layer.edges:
                values, to = self._target(edge, _count_of(edge, layer))
                found[_rows(edge)] += shares[edge.way.number] * values[to]
            return found
        respond = layer.edges[0].target
        assert not isinstance(respond, str)
        for choice in choices(self.turn, layer, policy):
            value = self.option(respond, choice.response)[choice.at]
            found[choice.rows] += by_world(choice.share, 2) * value
        return found

    def option(self, respond: Place, response: int) -> Worth:
        """Where responses are chosen: the values of one, in the worlds where it was followed."""
        layer = self.turn.layers[respond]
        found = np.full((len(layer.keys), *self.shape), np.nan)
        for edge in layer.edges:
            if edge.way.number == response:
                values, to = self._target(edge, _count_of(edge, layer))
                found[_rows(edge)] = values[to]
        return found


def rows_of(edge: Edge, layer: Layer) -> Rows:
    """The worlds of a layer that take an edge."""
    return np.arange(len(layer.keys), dtype=np.int32) if edge.rows is None else edge.rows


def _rows(edge: Edge) -> Rows | slice:
    return slice(None) if edge.rows is None else edge.rows


def _count_of(edge: Edge, layer: Layer) -> int:
    return len(layer.keys if edge.rows is None else edge.rows)
