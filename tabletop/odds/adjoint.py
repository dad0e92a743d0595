"""How the odds of every ending move with every number of the author, by one pass on and one back.

With d the chance to come to a draw in a world, w the weights there, W their sum, V what
follows an outcome (for each ending, the chance of it) and q their mean, the derivative by
the logarithm of a number n that counts an amount a in the weight of the outcome o is

    dP / d ln n = sum over worlds of d * (a / W) * (V(o) - q)

(likelihood ratio, or score function; see Glynn, "Likelihood ratio gradient estimation",
CACM 33, 1990). For best play it holds too, since choices that are best do not move the
value by themselves (the envelope theorem).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.backward import rows_of
from tabletop.odds.draw_weights import Weights
from tabletop.odds.expansion import Starts
from tabletop.odds.packing import Numbers
from tabletop.odds.size import Bounded
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.odds.conduct import Conduct, Share, Taken
    from tabletop.odds.expansion import Edge, Layer, Turn
    from tabletop.odds.packing import Rows
    from tabletop.odds.places import Place
    from tabletop.rules.guards import Number

Mass = Numbers
"""By world and aim: the probability of being there."""
Values = Numbers
"""By world, aim and ending: the chance of the ending from there."""

BLOCK = 4_096
"""Worlds of a draw that are done at a time, so that their values stay in the cache."""


@dataclass(frozen=True, eq=False)
class Influence:
    """The odds of all endings under one way to play, and how they move with every number."""

    endings: tuple[str, ...]
    odds: Numbers
    """By ending."""
    by_aim: Numbers
    """By aim and ending."""
    slopes: Mapping[Number, Numbers] = field(default_factory=dict)
    """By number that counts anywhere: the derivatives by its logarithm, by ending."""


def influence(conduct: Conduct) -> Influence:
    """The odds from the start of a game and their derivatives by the logarithms of all numbers."""
    return _Influences(conduct).found()


def followed_odds(conduct: Conduct) -> Influence:
    """The odds alone, without any derivative."""
    return _Influences(conduct).odds()


class _Influences:
    def __init__(self, conduct: Conduct) -> None:
        self.conduct = conduct
        self.program = conduct.road.program
        self.expander = Bounded(conduct.road, range(len(self.program.scenario.aims)))
        self.endings = tuple(ending.id for ending in self.program.endings)
        self.opened: list[tuple[Starts, dict[Place, Mass]]] = []
        """By turn: the worlds that play comes to, and how likely each is."""
        self.by_aim = np.zeros((len(self.expander.aims), len(self.endings)))
        self._walk()

    def _walk(self) -> None:
        place, keys, rows = self.expander.opening()
        starts: Starts = {place: keys}
        mass: dict[Place, Mass] = {place: np.eye(len(keys))[rows].T.copy()}
        while starts:
            self.opened.append((starts, mass))
            flow = self._flow(starts, mass)
            for ending, chance in flow.endings.items():
                self.by_aim[:, self.endings.index(ending)] += chance
            reached = {place: flow.mass[place].any(axis=1) for place in flow.turn.next}
            starts = {
                place: keys[reached[place]]
                for place, keys in flow.turn.next.items()
                if reached[place].any()
            }
            mass = {place: flow.mass[place][reached[place]] for place in starts}

    def _flow(self, starts: Starts, mass: Mapping[Place, Mass]) -> Flow:
        turn = self.expander.turn(starts, self.conduct.policy)
        return Flow(turn, mass, self.conduct)

    def odds(self) -> Influence:
        """What the walk alone has found."""
        return Influence(self.endings, self._prior()[0] @ self.by_aim, self.by_aim)

    def found(self) -> Influence:
        """The odds and all derivatives."""
        prior, priors = self._prior()
        slopes: dict[Number, Numbers] = {}
        following: dict[Place, tuple[Starts, Values]] = {}
        for starts, mass in reversed(self.opened):
            back = Back(self._flow(starts, mass), following, self.endings)
            following = {place: (starts, back.values[place]) for place in starts}
            for number, slope in back.slopes.items():
                slopes[number] = slopes.get(number, 0.0) + prior @ slope
        for number, by_prior in priors.items():
            slopes[number] = by_prior @ self.by_aim
        return Influence(self.endings, prior @ self.by_aim, self.by_aim, slopes)

    def _prior(self) -> tuple[Numbers, dict[Number, Numbers]]:
        """The chance of each aim, and its derivatives by the numbers of the prior."""
        world = begin(self.program, 0, aim=0).world
        weights = np.array(self.program.aims.weigh(world), dtype=np.float64)
        prior: Numbers = weights / weights.sum()
        found: dict[Number, Numbers] = {}
        for aim, addends in enumerate(self.program.aims.addends):
            for addend in addends if weights[aim] > 0 else ():
                moved = -prior
                moved[aim] += 1
                slope = addend.amount * bool(addend.test(world)) / weights.sum() * moved
                found[addend.number] = found.get(addend.number, 0.0) + slope
        return prior, found


class Flow:
    """One turn under one way to play: how likely each world is, and what is chosen there."""

    def __init__(self, turn: Turn, starts: Mapping[Place, Mass], conduct: Conduct) -> None:
        self.turn = turn
        self.deciding = conduct.deciding(turn)
        self.aims = len(turn.expander.aims)
        self.mass: dict[Place, Mass] = {}
        self.endings: dict[str, Numbers] = {}
        """By ending: the probability that the game came to it in this turn, by aim."""
        self.taken: dict[Place, list[Taken]] = {}
        self.given: dict[Place, Mapping[int, Share]] = {}
        self._chosen: dict[Place, dict[int, Mass]] = {}
        for place, mass in starts.items():
            self._room(place)[:] += mass
        for layer in turn.layers.values():
            self._spread(layer, self._room(layer.place))
        for place in turn.next:
            self._room(place)

    def _room(self, place: Place) -> Mass:
        if place not in self.mass:
            layer = self.turn.layers.get(place)
            keys = self.turn.next[place] if layer is None else layer.keys
            self.mass[place] = np.zeros((len(keys), self.aims))
        return self.mass[place]

    def _spread(self, layer: Layer, mass: Mass) -> None:
        kind = layer.place.kind
        if kind == "decide":
            self._decide(layer, mass)
        elif kind == "respond":
            for edge in layer.edges:
                chosen = self._chosen.get(layer.place, {}).get(edge.way.number)
                if chosen is not None:
                    self._arrive(edge, chosen[rows_of(edge, layer)])
        elif kind == "chance":
            weights = Weights(self.turn.expander, layer)
            for edge in layer.edges:
                went = weights.chance(edge.way.number) * mass
                self._arrive(edge, went[rows_of(edge, layer)])
        elif kind == "flash":
            given = self.given[layer.place] = self.deciding.given(layer)
            for edge in layer.edges:
                if edge.way.number in given:
                    self._arrive(edge, (given[edge.way.number] * mass)[rows_of(edge, layer)])
        else:
            for edge in layer.edges:
                self._arrive(edge, mass[rows_of(edge, layer)])

    def _decide(self, layer: Layer, mass: Mass) -> None:
        taken = self.taken[layer.place] = list(self.deciding.taken(layer))
        target = _respond(layer)
        chosen = self._chosen.setdefault(target, {})
        count = len(self.turn.layers[target].keys)
        for choice in taken:
            if choice.response not in chosen:
                chosen[choice.response] = np.zeros((count, self.aims))
            _add(chosen[choice.response], choice.at, mass[choice.rows] * choice.share)

    def _arrive(self, edge: Edge, mass: Mass) -> None:
        if isinstance(edge.target, str):
            known = self.endings.get(edge.target, 0.0)
            self.endings[edge.target] = known + mass.sum(axis=0)
            return
        _add(self._room(edge.target), edge.to, mass)


class Back:
    """One turn back: the odds from every world of it, and what every number moves."""

    def __init__(
        self,
        flow: Flow,
        following: Mapping[Place, tuple[Starts, Values]],
        endings: tuple[str, ...],
    ) -> None:
        self.flow = flow
        self.turn = flow.turn
        self.endings = endings
        self.slopes: dict[Number, Numbers] = {}
        """By number: the derivatives of this turn's part, by aim and ending."""
        self.values: dict[Place, Values] = {}
        """Where the turn began; what lies behind is let go of."""
        self._over = np.eye(len(endings))[:, None, None, :].repeat(flow.aims, axis=2)
        for place, keys in self.turn.next.items():
            room = self.values[place] = self._empty(len(keys))
            if place in following:
                starts, values = following[place]
                room[np.searchsorted(keys, starts[place])] = values
        self._solve()

    def _solve(self) -> None:
        layers = list(self.turn.layers.values())
        users = Counter(edge.target for layer in layers for edge in layer.edges)
        for layer in reversed(layers):
            if layer.place.kind == "respond":
                continue  # its options are read one by one where it is decided
            self.values[layer.place] = self._solved(layer)
            used = layer.edges
            if layer.place.kind == "decide":
                used = [*used, *self.turn.layers[_respond(layer)].edges]
            for edge in used:
                users[edge.target] -= 1
                if not users[edge.target] and not isinstance(edge.target, str):
                    self.values.pop(edge.target, None)

    def _empty(self, count: int) -> Values:
        return np.zeros((count, self.flow.aims, len(self.endings)))

    def _target(self, edge: Edge, count: int) -> tuple[Values, Rows]:
        """The values at the end of an edge, and where among them its worlds stand."""
        if isinstance(edge.target, str):
            return self._over[self.endings.index(edge.target)], np.zeros(count, dtype=np.int32)
        return self.values[edge.target], edge.to

    def _solved(self, layer: Layer) -> Values:
        found = self._empty(len(layer.keys))
        if layer.place.kind == "chance":
            self._mean(layer, found)
        elif layer.place.kind == "decide":
            self._decided(layer, found)
        else:
            given = self.flow.given.get(layer.place)
            for edge in layer.edges:
                rows = rows_of(edge, layer)
                values, to = self._target(edge, len(rows))
                share = 1.0 if given is None else given.get(edge.way.number, 0.0)
                found[rows] += _part(share, rows) * values[to]
        return found

    def _decided(self, layer: Layer, found: Values) -> None:
        respond = self.turn.layers[_respond(layer)]
        taken: dict[int, list[Taken]] = {}
        for choice in self.flow.taken[layer.place]:
            taken.setdefault(choice.response, []).append(choice)
        for response, chosen in taken.items():
            option = self._empty(len(respond.keys))
            for edge in respond.edges:
                if edge.way.number == response:
                    rows = rows_of(edge, respond)
                    values, to = self._target(edge, len(rows))
                    option[rows] = values[to]
            for choice in chosen:
                found[choice.rows] += _part(choice.share) * option[choice.at]

    def _mean(self, layer: Layer, found: Values) -> None:
        """The mean over what chance may bring, and what each number of its weights moves."""
        weights = Weights(self.turn.expander, layer)
        mass = self.flow.mass[layer.place]
        edges = []
        for edge in layer.edges:
            rows = rows_of(edge, layer)
            edges.append((edge, rows, *self._target(edge, len(rows))))
        counts = {
            (edge.way.number, place): weights.counts(addend) * weights.visits(edge.way.number, mass)
            for edge in layer.edges
            for place, addend in enumerate(edge.way.addends)
        }
        chances = {edge.way.number: weights.chance(edge.way.number) for edge in layer.edges}
        marks = np.arange(BLOCK, len(layer.keys), BLOCK)
        cuts = [[0, *np.searchsorted(rows, marks), len(rows)] for _, rows, _, _ in edges]
        for block in range(len(marks) + 1):
            parts = []
            for (edge, rows, values, to), cut in zip(edges, cuts, strict=True):
                here = slice(cut[block], cut[block + 1])
                after = values[to[here]]
                found[rows[here]] += chances[edge.way.number][rows[here]][..., None] * after
                parts.append((edge.way, rows[here], after))
            for way, at, after in parts:
                gain = after - found[at]
                for place, addend in enumerate(way.addends):
                    slope = np.einsum("wa,wae->ae", counts[way.number, place][at], gain)
                    self.slopes[addend.number] = self.slopes.get(addend.number, 0.0) + slope


def _respond(layer: Layer) -> Place:
    target = layer.edges[0].target
    assert not isinstance(target, str)
    return target


def _part(share: Share, rows: Rows | None = None) -> Share:
    """A share that is multiplied into values, in all worlds that it was given for or in some."""
    if isinstance(share, float):
        return share
    return share[..., None] if rows is None else share[rows][..., None]


def _add(room: Mass, at: Rows, mass: Mass) -> None:
    for aim in range(room.shape[1]):
        room[:, aim] += np.bincount(at, weights=mass[:, aim], minlength=len(room))
