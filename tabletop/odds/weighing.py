"""The chances of a draw's outcomes in many worlds, under each aim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.expansion import Expander, Layer, weight
from tabletop.odds.packing import Numbers

if TYPE_CHECKING:
    from tabletop.rules.guards import Addend, Number


class Weigher:
    """Weighs outcomes, with some of the author's numbers changed where it is asked to.

    `factors` multiplies numbers: 1.5 makes one half as large again. What was expanded with
    the author's own numbers stays as it is: where a weight of 0 could come to be above 0,
    solve the program of `tabletop.odds.reweighed` instead.
    """

    def __init__(self, factors: Mapping[Number, float] | None = None) -> None:
        self.factors = dict(factors or {})

    def chances(self, expander: Expander, layer: Layer) -> dict[int, Numbers]:
        """By outcome's number: its chance by aim and by world of a layer."""
        ways = {edge.way.number: edge.way for edge in layer.edges}
        weights = {
            number: np.stack(
                [
                    weight(
                        self._scaled(way.addends),
                        expander.columns(layer.place, layer.keys, aim),
                    )
                    for aim in expander.aims
                ]
            )
            for number, way in ways.items()
        }
        total = np.sum(list(weights.values()), axis=0)
        return {number: found / total for number, found in weights.items()}

    def _scaled(self, addends: tuple[Addend, ...]) -> tuple[Addend, ...]:
        if not self.factors:
            return addends
        return tuple(
            addend._replace(amount=addend.amount * self.factors[addend.number])  # type: ignore[arg-type]
            if addend.number in self.factors
            else addend
            for addend in addends
        )
