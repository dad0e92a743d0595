"""Every world that play can reach within one turn, place by place, and where each way leads it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.arrivals import Arrivals
from tabletop.odds.choosing import answered, choices
from tabletop.odds.packing import Columns, Keys, Mask, Rows
from tabletop.rules.guards import always

if TYPE_CHECKING:
    from tabletop.odds.expander import Expander
    from tabletop.odds.patterns import Coded
    from tabletop.odds.places import Place, Way
    from tabletop.rules.program import Policy


_NOWHERE: Rows = np.empty(0, dtype=np.int32)


@dataclass(eq=False, slots=True)
class Edge:
    """Worlds of a place that go one way to one place or ending."""

    way: Way
    target: Place | str
    rows: Rows | None
    """Those that go; None where all do."""
    to: Rows = field(default_factory=lambda: _NOWHERE)
    """Where they stand among the worlds of the target; nowhere at an ending."""


@dataclass(eq=False, slots=True)
class Layer:
    """The worlds that can stand at one place, each once, and their edges."""

    place: Place
    keys: Keys
    edges: list[Edge] = field(default_factory=list)
    coded: Coded | None = None
    """At a draw: the patterns of the worlds; see `Expander.coded`."""


Split = list[tuple["Way", Mask | None]]
Starts = Mapping["Place", Keys]
"""Worlds by place, each once and in ascending order."""


Held = dict[int, Mask]
"""By response, in which of the worlds it is open."""
Done = Callable[[Layer, "Held | None"], None]
"""Takes a layer, and what is open there."""


class Turn:
    """One turn from some places on: its layers in the order of the road, and where it ends."""

    def __init__(
        self,
        expander: Expander,
        policies: Sequence[Policy] = (),
        *,
        brief: bool = False,
        done: Done | None = None,
    ) -> None:
        """`done` is given every layer as soon as all is known of it, to be kept somewhere else."""
        self.expander = expander
        self.policies = () if any(each.uniform for each in policies) else tuple(policies)
        """Those one of which decides; none where anything may be chosen."""
        self.layers: Mapping[Place, Layer] = {}
        self.next: dict[Place, Keys] = {}
        """The worlds at the start of the next turn."""
        self.open: Mapping[Place, Held] = {}
        """Where responses are chosen: by response, in which of the worlds it is open."""
        self._brief = brief
        self._done = done
        self._open: dict[Place, Held] = {}
        self._deciding: dict[Place, Layer] = {}
        self._pending: defaultdict[Place, Arrivals] = defaultdict(Arrivals)
        self._awaited: Counter[Place] = Counter()
        """By layer: the edges of which it is not known yet where they lead."""

    def expand(self, starts: Starts) -> None:
        """Follow some worlds to the start of the next turn."""
        layers: dict[Place, Layer] = {}
        self.layers, self.open = layers, self._open
        for place, keys in starts.items():
            self._pending[place].add(keys)
        first, last = self.expander.road.span(next(iter(starts)).turn)
        for place in reversed(self.expander.road.places[first:last]):
            waiting = self._pending.pop(place, None)
            if waiting is not None:
                layer = layers[place] = Layer(place, waiting.merged())
                self._spread(layer)
                self._settle(waiting)
                if not self._awaited[place]:
                    self._finish(layer)
        for place, waiting in self._pending.items():
            self.next[place] = waiting.merged()
            self._settle(waiting)
        self._pending.clear()
        self._deciding.clear()

    def _settle(self, waiting: Arrivals) -> None:
        """Layers of which every edge has arrived are done."""
        for layer in waiting.sources:
            self._awaited[layer.place] -= 1
            if not self._awaited[layer.place]:
                self._finish(layer)

    def _finish(self, layer: Layer) -> None:
        if self._done is not None:
            self._done(layer, self._open.pop(layer.place, None))
            assert isinstance(self.layers, dict)
            del self.layers[layer.place]

    def size(self) -> int:
        """The number of worlds, over all places."""
        return sum(len(layer.keys) for layer in self.layers.values())

    def count(self, place: Place) -> int:
        """The number of worlds at a place, of this turn or at the start of the next."""
        if place in self.next:
            return len(self.next[place])
        return len(self.layers[place].keys)

    def _spread(self, layer: Layer) -> None:
        place = layer.place
        columns = self.expander.columns(place, layer.keys)
        if place.kind == "chance":
            possible = self.expander.patterns(place).possible(self.expander.coded(layer))
            ways = list(zip(place.ways, possible, strict=True))
        else:
            ways = possible_ways(self.expander, place, columns)
        if place.kind == "respond":
            ways = self._responding(layer, ways)
        given = self._given(layer) if place.kind == "flash" else None
        for way, mask in ways:
            rows = _rows(mask)
            if (rows is None or len(rows)) and (given is None or way.number in given):
                self._follow(layer, way, way, rows, columns if rows is None else None)
        if place.kind == "decide":
            for edge in layer.edges:
                assert not isinstance(edge.target, str)
                self._deciding[edge.target] = layer

    def _followed(self, place: Place) -> Sequence[Policy]:
        """Those one of which decides at a place."""
        return self.policies if place.fixed is None else (place.fixed,)

    def _given(self, layer: Layer) -> set[int] | None:
        """The answers that a flash decision can get, by number; None for all."""
        policies = self._followed(layer.place)
        return set().union(*(answered(layer, each) for each in policies)) if policies else None

    def _responding(self, layer: Layer, ways: Split) -> Split:
        """The responses that are open; of these, where doctrines decide, those they choose."""
        count = len(layer.keys)
        self._open[layer.place] = {
            way.number: np.ones(count, dtype=np.bool_) if mask is None else mask
            for way, mask in ways
        }
        deciding = self._deciding.get(layer.place)
        if deciding is None:
            return ways
        policies = self._followed(deciding.place)
        if not policies or any(policy.uniform for policy in policies):
            return ways
        chosen: dict[int, Mask] = {}
        for policy in policies:
            for choice in choices(self, deciding, policy):
                taken = chosen.setdefault(choice.response, np.zeros(count, dtype=np.bool_))
                taken[choice.at] = True
        return [(way, chosen[way.number]) for way, _ in ways if way.number in chosen]

    def _follow(
        self, layer: Layer, first: Way, way: Way, rows: Rows | None, columns: Columns | None,
        keys: Keys | None = None, at: Place | None = None,
    ) -> None:  # fmt: skip
        """Take worlds along a way, and on through places that need no layer of their own."""
        place = at or layer.place
        if isinstance(way.target, str):
            layer.edges.append(Edge(first, way.target, rows))
            return
        if columns is None:
            if keys is None:
                keys = layer.keys if rows is None else layer.keys.take(rows)
            columns = self.expander.columns(place, keys)
        for move in way.moves:
            columns = self.expander.columns(place, move.ahead(self.expander.packing, columns))
        target = way.target
        if target.turn == place.turn and self._passes(target):
            columns = self.expander.columns(target, columns.flags)
            for onward, mask in possible_ways(self.expander, target, columns):
                chosen = _rows(mask)
                if chosen is None:
                    self._follow(layer, first, onward, rows, columns, at=target)
                elif len(chosen):
                    went = chosen if rows is None else rows.take(chosen)
                    self._follow(
                        layer, first, onward, went, None, columns.flags.take(chosen), target
                    )
            return
        edge = Edge(first, target, rows)
        layer.edges.append(edge)
        self._awaited[layer.place] += 1
        self._pending[target].add(self.expander.reduced(target, columns.flags), edge, layer)

    def _passes(self, place: Place) -> bool:
        """Whether worlds go through a place without being brought together there."""
        return place.passing or (self._brief and place.kind == "chance" and len(place.ways) == 1)


def _rows(mask: Mask | None) -> Rows | None:
    if mask is None or mask.all():
        return None
    return np.flatnonzero(mask).astype(np.int32)


def possible_ways(expander: Expander, place: Place, columns: Columns) -> Split:
    """The ways on from a place, each with the worlds that may take it; None stands for all."""
    if place.kind == "chance":
        patterns = expander.patterns(place)
        possible = patterns.possible(patterns.of(place, columns.flags))
        return list(zip(place.ways, possible, strict=True))
    found = []
    left: Mask | None = None
    for way in place.ways:
        mask = None if way.test is always else columns.holds(way.test)
        if way.returns_to is not None:
            back = columns.came_from == way.returns_to
            mask = back if mask is None else mask & back
        if place.kind == "pass":
            open_to = mask
            if left is not None:
                mask = left if mask is None else mask & left
            if open_to is not None:
                left = ~open_to if left is None else left & ~open_to
        found.append((way, mask))
    return found
