"""What the outcomes of a draw weigh in many worlds, and each number's part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.packing import Numbers

if TYPE_CHECKING:
    from tabletop.odds.expansion import Expander, Layer
    from tabletop.rules.guards import Addend


class Weights:
    """What the outcomes of a draw weigh in the worlds of a layer, by world and aim."""

    def __init__(self, expander: Expander, layer: Layer) -> None:
        self._columns = [expander.columns(layer.place, layer.keys, aim) for aim in expander.aims]
        self._shape = (len(layer.keys), len(expander.aims))
        ways = {edge.way.number: edge.way for edge in layer.edges}
        self._weights = {number: self._weight(way.addends) for number, way in ways.items()}
        total: Numbers = np.sum(list(self._weights.values()), axis=0)
        # Where worlds know their aim, those of another one may have nothing to draw.
        self._total = np.where(total > 0, total, 1.0)

    def _weight(self, addends: tuple[Addend, ...]) -> Numbers:
        total = sum((self.counts(addend) for addend in addends), np.zeros(self._shape))
        return np.maximum(total, 0.0, out=total)

    def counts(self, addend: Addend) -> Numbers:
        """What one part of a weight counts for."""
        found = np.empty(self._shape)
        for aim, columns in enumerate(self._columns):
            found[:, aim] = addend.amount * np.asarray(addend.test(columns))  # type: ignore[arg-type]
        return found

    def chance(self, outcome: int) -> Numbers:
        """The chance of an outcome."""
        chance: Numbers = self._weights[outcome] / self._total
        return chance

    def visits(self, outcome: int, mass: Numbers) -> Numbers:
        """How likely the draw is, for each unit of weight, where an outcome has any.

        What keeps a weight at 0 moves nothing, as little as it would have to be changed by.
        """
        found: Numbers = np.where(self._weights[outcome] > 0, mass / self._total, 0.0)
        return found
