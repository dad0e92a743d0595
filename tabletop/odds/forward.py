"""Chances from the start on: how likely each world of a turn is under one way to play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.expansion import Edge, Layer, Turn
from tabletop.odds.kernels import PLAIN, Kernels
from tabletop.odds.packing import Numbers, Rows

if TYPE_CHECKING:
    from tabletop.odds.choosing import Choice, Deciding, Share
    from tabletop.odds.places import Place

Mass = Numbers
"""The probability of being there, by aim and by world."""


class Forward:
    """One turn under one way to play: the mass of every world, and of the endings that came."""

    def __init__(
        self,
        turn: Turn,
        starts: Mapping[Place, Mass],
        deciding: Deciding,
        *,
        keep: bool = True,
        kernels: Kernels = PLAIN,
        aims: Sequence[int] | None = None,
    ) -> None:
        """Unless it is told to `keep` them, masses are forgotten but for the next turn's.

        For all of the expander's aims, unless `aims` names some of them by their places: one
        row of mass for each that is named, again where it is named again.
        """
        self.turn = turn
        self.kernels = kernels
        self.deciding = deciding
        self.aims = list(range(turn.expander.cases) if aims is None else aims)
        self.mass: dict[Place, Mass] = {}
        self.endings: dict[str, Numbers] = {}
        """By ending: the probability that the game came to it in this turn, by aim."""
        self.chosen: dict[Place, dict[int, Mass]] = {}
        """Where responses are chosen: the mass that takes each."""
        self.taken: dict[Place, list[Choice]] = {}
        """Where decisions are made: all that is chosen there."""
        for place, mass in starts.items():
            self._room(place)[:] += mass
        for place, layer in turn.layers.items():
            self._spread(layer, self._room(place))
            if not keep:
                del self.mass[place]
                self.taken.pop(place, None)
                self.chosen.pop(place, None)

    def next(self) -> dict[Place, Mass]:
        """The mass at the start of the next turn."""
        return {place: self._room(place) for place in self.turn.next}

    def _room(self, place: Place) -> Mass:
        if place not in self.mass:
            self.mass[place] = np.zeros((len(self.aims), self.turn.count(place)))
        return self.mass[place]

    def _spread(self, layer: Layer, mass: Mass) -> None:
        place = layer.place
        if place.kind == "decide":
            self._decide(layer, mass)
        elif place.kind == "respond":
            for edge in layer.edges:
                taken = self.chosen.get(place, {}).get(edge.way.number)
                if taken is not None:
                    self._arrive(edge, _of(taken, edge))
        elif place.kind == "chance":
            self._draw(layer, mass)
        elif place.kind == "flash":
            given = self.deciding.given(layer)
            for edge in layer.edges:
                if edge.way.number in given:
                    share = self.of_aims(given[edge.way.number])
                    self._arrive(edge, _of(share * mass, edge))
        else:
            for edge in layer.edges:
                self._arrive(edge, _of(mass, edge))

    def _draw(self, layer: Layer, mass: Mass) -> None:
        expander = self.turn.expander
        codes = expander.coded(layer).codes
        table = expander.table(layer)[self.aims]
        numbers = expander.patterns(layer.place).numbers
        for edge in layer.edges:
            chance = np.ascontiguousarray(table[:, numbers[edge.way.number]])
            if isinstance(edge.target, str):
                # Few draws end a game by themselves.
                of = codes if edge.rows is None else codes[edge.rows]
                self._arrive(edge, chance.take(of, axis=1) * _of(mass, edge))
                continue
            room = self._room(edge.target)
            self.kernels.spread(room, edge.rows, codes, chance, mass, edge.to)

    def _decide(self, layer: Layer, mass: Mass) -> None:
        target = layer.edges[0].target
        assert not isinstance(target, str)
        chosen = self.chosen.setdefault(target, {})
        count = self.turn.count(target)
        self.taken[layer.place] = [*self.deciding.taken(layer)]
        for choice in self.taken[layer.place]:
            went = _some(mass[choice.lot], choice.rows) * self.of_aims(choice.share)
            if choice.response not in chosen:
                chosen[choice.response] = np.zeros((len(self.aims), count))
            self.kernels.pour(chosen[choice.response][choice.lot], choice.at, went)

    def of_aims(self, share: Share) -> Share:
        """A share for the rows of mass that are looked at.

        One that has as many rows is for these rows already; of one for every aim, each row of
        mass takes the row of its own aim.
        """
        if isinstance(share, float) or share.ndim == 1 or len(share) == len(self.aims):
            return share
        return share[self.aims]

    def _arrive(self, edge: Edge, mass: Mass) -> None:
        if isinstance(edge.target, str):
            known = self.endings.get(edge.target, 0.0)
            self.endings[edge.target] = known + mass.sum(axis=1)
            return
        self.kernels.pour(self._room(edge.target), edge.to, mass)


def _of(mass: Mass, edge: Edge) -> Mass:
    return mass if edge.rows is None else mass.take(edge.rows, axis=1)


def _some(mass: Mass, rows: Rows) -> Mass:
    return mass if len(rows) == mass.shape[1] else mass.take(rows, axis=1)
