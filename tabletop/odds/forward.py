"""Chances from the start on: how likely each world of a turn is under one doctrine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import answered, choices
from tabletop.odds.expansion import Edge, Layer, Turn
from tabletop.odds.packing import Numbers, Rows
from tabletop.odds.weighing import Weigher

if TYPE_CHECKING:
    from tabletop.odds.places import Place
    from tabletop.rules.program import Policy

Mass = Numbers
"""The probability of being there, by aim and by world."""


class Forward:
    """One turn under one doctrine: the mass of every world, and of the endings that came."""

    def __init__(
        self, turn: Turn, starts: Mapping[Place, Mass], policy: Policy, weigher: Weigher
    ) -> None:
        self.turn = turn
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
        for layer in turn.layers.values():
            self._spread(layer, self._room(layer.place))

    def next(self) -> dict[Place, Mass]:
        """The mass at the start of the next turn."""
        return {place: self._room(place) for place in self.turn.next}

    def _room(self, place: Place) -> Mass:
        if place not in self.mass:
            layer = self.turn.layers.get(place)
            keys = self.turn.next[place] if layer is None else layer.keys
            self.mass[place] = np.zeros((self.aims, len(keys)))
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
            chances = self.weigher.chances(self.turn.expander, layer)
            for edge in layer.edges:
                self._arrive(edge, _of(chances[edge.way.number] * mass, edge))
        elif place.kind == "flash":
            shares = answered(layer, policy)
            for edge in layer.edges:
                if edge.way.number in shares:
                    self._arrive(edge, _of(shares[edge.way.number] * mass, edge))
        else:
            for edge in layer.edges:
                self._arrive(edge, _of(mass, edge))

    def _decide(self, layer: Layer, mass: Mass, policy: Policy) -> None:
        target = layer.edges[0].target
        assert not isinstance(target, str)
        chosen = self.chosen.setdefault(target, {})
        count = len(self.turn.layers[target].keys)
        for choice in choices(self.turn, layer, policy):
            went = mass[:, choice.rows]
            if choice.share is not None:
                went = went * choice.share
            if choice.response not in chosen:
                chosen[choice.response] = np.zeros((self.aims, count))
            _add(chosen[choice.response], choice.at, went)

    def _arrive(self, edge: Edge, mass: Mass) -> None:
        if isinstance(edge.target, str):
            known = self.endings.get(edge.target, 0.0)
            self.endings[edge.target] = known + mass.sum(axis=1)
            return
        _add(self._room(edge.target), edge.to, mass)


def _of(mass: Mass, edge: Edge) -> Mass:
    return mass if edge.rows is None else mass[:, edge.rows]


def _add(room: Mass, at: Rows, mass: Mass) -> None:
    for aim, amounts in enumerate(mass):
        room[aim] += np.bincount(at, weights=amounts, minlength=room.shape[1])
