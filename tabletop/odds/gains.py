"""One turn back under one way to play, and what every way of a draw gains there over the mean.

What `tabletop.odds.adjoint` makes its derivatives of: sums over worlds of d / W * (V(o) - q),
taken only where a guard holds. The sums of all guards, a few, are one product of matrices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.backward import Backward, Drawn, rows_of
from tabletop.odds.kernels import Ways, Worth, draw

if TYPE_CHECKING:
    from tabletop.odds.choosing import Share
    from tabletop.odds.expansion import Edge, Layer, Starts
    from tabletop.odds.forward import Forward, Mass
    from tabletop.odds.packing import Numbers, Rows
    from tabletop.odds.patterns import Bearing, Codes, Patterns
    from tabletop.odds.places import Place


class Gains(Backward):
    """One turn back: the odds of every ending from its worlds, and what every number moves."""

    def __init__(
        self,
        forward: Forward,
        following: Mapping[Place, Worth],
        endings: Mapping[str, Numbers],
        starts: Starts,
    ) -> None:
        """For the aims that the way forward was gone for."""
        self.forward = forward
        self.gains: dict[Patterns, Numbers] = {}
        """By the weights of a draw: by way, aim, guard and column, how much more than the mean
        the way leads to, in this turn's worlds where the guard holds; by the sum of the weights."""
        super().__init__(
            forward.turn, following, endings,
            keep=starts, kernels=forward.kernels, aims=forward.aims,
        )  # fmt: skip

    def _ahead(self, place: Place) -> Iterator[Place]:
        # What nobody chooses is left out.
        return super()._ahead(place) if place.kind in ("chance", "pass") else iter(())

    def _solved(self, layer: Layer) -> Worth:
        kind = layer.place.kind
        if kind == "chance":
            return self._pulled(layer)
        if kind == "pass":
            return self._passed(layer)
        return self._decided(layer) if kind == "decide" else self._given(layer)

    def _given(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        given = self.forward.deciding.given(layer)
        for edge in layer.edges:
            rows = rows_of(edge, layer)
            to = self._target(edge, len(rows))[1]
            shares = self._shares(given.get(edge.way.number, 0.0), len(found))
            self._add(found, rows, shares[rows], edge, to)
            self._let_go(edge)
        return found

    def _decided(self, layer: Layer) -> Worth:
        found = self._empty(layer)
        target = layer.edges[0].target
        assert not isinstance(target, str)
        respond = self.turn.layers[target]
        chosen = groupby(self.forward.taken[layer.place], lambda choice: choice.response)
        for response, taken in chosen:
            leads = [
                (edge, _placed(edge, respond))
                for edge in respond.edges
                if edge.way.number == response
            ]
            for choice in taken:
                shares = self._shares(choice.share, len(choice.rows))
                for edge, lead in leads:
                    self._add(found, choice.rows, shares, edge, lead[choice.at])
        for edge in respond.edges:
            self._let_go(edge)
        return found

    def _add(self, found: Worth, rows: Rows, shares: Numbers, edge: Edge, to: Rows) -> None:
        """Add what some worlds come to along an edge; `to` is -1 where they take another one."""
        if to.min() < 0:
            went = np.flatnonzero(to >= 0)
            rows, shares, to = rows[went], shares[went], to[went]
        values = self._target(edge, 1)[0]
        for mark in range(0, len(rows), self._block()):
            part = slice(mark, mark + self._block())
            if len(rows) == len(found):
                self.kernels.add(found[part], None, shares[part], values, to[part])
            else:
                self.kernels.add(found, rows[part], shares[part], values, to[part])

    def _shares(self, share: Share, count: int) -> Numbers:
        """The chance of a choice by world, of so many, and by aim; or one for all aims."""
        found = np.asarray(self.forward.of_aims(share))
        return np.broadcast_to(found, count)[:, None] if found.ndim < 2 else found.T

    def _pulled(self, layer: Layer) -> Worth:
        """The mean over what chance may bring, and what each way there brings more than it."""
        found, drawn = self._empty(layer), self._drawn(layer)
        patterns = self.turn.expander.patterns(layer.place)
        bearing = patterns.bearing(drawn.patterns, self.aims)
        mass = self.forward.mass[layer.place]
        gains = np.zeros((len(layer.place.ways), len(mass), len(bearing.held), self.shape[1]))
        for part, ways in self._blocks(layer):
            counted = _Counted(bearing, drawn.codes[part], mass[:, part])
            self._draw(found[part], drawn, counted, ways, gains)
        for edge in layer.edges:
            self._let_go(edge)
        self.gains[patterns] = self.gains.get(patterns, 0.0) + gains
        return found

    def _draw(
        self, found: Worth, drawn: Drawn, counted: _Counted, ways: Ways, gains: Numbers
    ) -> None:
        """Some worlds of a draw: what each is worth, and what each way adds to the gains."""

        def also(way: int, after: Worth) -> None:
            gains[way] += counted.sums(way, after)

        draw(found, counted.codes, drawn.chances, ways, also)
        mean = counted.sums(None, found)
        for way in range(len(gains)):
            gains[way] -= counted.sums(way, found) if way in counted.stuck else mean


class _Counted:
    """How much some worlds of a draw count, guard by guard."""

    def __init__(self, bearing: Bearing, codes: Codes, mass: Mass) -> None:
        self.codes = codes
        self.stuck = bearing.stuck
        """By way, if numbers of it move nothing in some pattern: where they move something."""
        by_world = mass * bearing.per.take(codes, axis=1)
        self._each: Numbers = by_world[:, None] * bearing.held.take(codes, axis=1)
        """By aim, guard and world: how likely the world is, by the sum of its weights."""

    def sums(self, way: int | None, worth: Worth) -> Numbers:
        """What worlds are worth, summed up by aim, guard and column, for a way or for any."""
        each = self._each
        if way is not None and way in self.stuck:
            each = each * self.stuck[way].take(self.codes, axis=1)[:, None]
        found: Numbers = each @ worth.transpose(1, 0, 2)
        return found


def _placed(edge: Edge, layer: Layer) -> Rows:
    """By world of a layer: where an edge leads it; -1 where it takes another one."""
    to = np.zeros(len(layer.keys), np.int32) if isinstance(edge.target, str) else edge.to
    if edge.rows is None:
        return to
    found = np.full(len(layer.keys), -1, dtype=np.int32)
    found[edge.rows] = 0 if isinstance(edge.target, str) else to
    return found
