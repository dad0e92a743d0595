"""Chances from the start on: how likely each world of a turn is under one doctrine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import answered, choices
from tabletop.odds.expansion import Edge, Layer, Turn
from tabletop.odds.kernels import PLAIN, Kernels
from tabletop.odds.packing import Numbers
from tabletop.odds.weighing import Weigher

if TYPE_CHECKING:
    from tabletop.odds.places import Place
    from tabletop.rules.program import Policy

Mass = Numbers
"""The probability of being there, by aim and by world."""


class Forward:
    """One turn under one doctrine: the mass of every world, and of the endings that came."""

    def __init__(
        self,
        turn: Turn,
        starts: Mapping[Place, Mass],
        policy: Policy,
        weigher: Weigher,
        *,
        keep: bool = True,
        kernels: Kernels = PLAIN,
    ) -> None:
        """Unless it is told to `keep` them, masses are forgotten but for the next turn's."""
        self.turn = turn
        self.kernels = kernels
        self.policy = policy
        self.weigher = weigher
        self.aims = len(turn.expander.aims)
        self.mass: dict[Place, Mass] = {}
        self.endings: dict[str, Numbers] = {}
        """By ending: the probability that the game came to it in this turn, by aim."""
        self.chosen: dict[Place, dict[int, Mass]] = {}
        """Where responses are chosen: the mass that takes each."""
        for place, mass in starts.items():
            self._room(place)[:] += mass
        for place, layer in turn.layers.items():
            self._spread(layer, self._room(place))
            if not keep:
                del self.mass[place]
                self.chosen.pop(place, None)

    def next(self) -> dict[Place, Mass]:
        """The mass at the start of the next turn."""
        return {place: self._room(place) for place in self.turn.next}

    def _room(self, place: Place) -> Mass:
        if place not in self.mass:
            self.mass[place] = np.zeros((self.aims, self.turn.count(place)))
        return self.mass[place]

    def _spread(self, layer: Layer, mass: Mass) -> None:
        place = layer.place
        policy = place.fixed or self.policy
        if place.kind == "decide":
            self._decide(layer, mass, policy)
        elif place.kind == "respond":
            for edge in layer.edges:
                taken = self.chosen.get(place, {}).get(edge.way.number)
                if taken is not None:
                    self._arrive(edge, _of(taken, edge))
        elif place.kind == "chance":
            self._draw(layer, mass)
        elif place.kind == "flash":
            shares = answered(layer, policy)
            for edge in layer.edges:
                if edge.way.number in shares:
                    self._arrive(edge, _of(shares[edge.way.number] * mass, edge))
        else:
            for edge in layer.edges:
                self._arrive(edge, _of(mass, edge))

    def _draw(self, layer: Layer, mass: Mass) -> None:
        expander = self.turn.expander
        codes = expander.coded(layer).codes
        table = self.weigher.table(expander, layer)
        numbers = expander.patterns(layer.place).numbers
        for edge in layer.edges:
            chance = table[:, numbers[edge.way.number]]
            of = codes if edge.rows is None else codes[edge.rows]
            self._arrive(edge, chance.take(of, axis=1) * _of(mass, edge))

    def _decide(self, layer: Layer, mass: Mass, policy: Policy) -> None:
        target = layer.edges[0].target
        assert not isinstance(target, str)
        chosen = self.chosen.setdefault(target, {})
        count = self.turn.count(target)
        for choice in choices(self.turn, layer, policy):
            went = mass[:, choice.rows]
            if choice.share is not None:
                went = went * choice.share
            if choice.response not in chosen:
                chosen[choice.response] = np.zeros((self.aims, count))
            self.kernels.pour(chosen[choice.response], choice.at, went)

    def _arrive(self, edge: Edge, mass: Mass) -> None:
        if isinstance(edge.target, str):
            known = self.endings.get(edge.target, 0.0)
            self.endings[edge.target] = known + mass.sum(axis=1)
            return
        self.kernels.pour(self._room(edge.target), edge.to, mass)


def _of(mass: Mass, edge: Edge) -> Mass:
    return mass if edge.rows is None else mass.take(edge.rows, axis=1)
