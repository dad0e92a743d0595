"""The chances of a draw's outcomes in many worlds, under each aim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tabletop.odds.expansion import Expander, Layer
from tabletop.odds.packing import Numbers

if TYPE_CHECKING:
    from tabletop.rules.guards import Number


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
        coded = expander.coded(layer)
        table = self.table(expander, layer)
        numbers = expander.patterns(layer.place).numbers
        return {number: table[:, at][:, coded.codes] for number, at in numbers.items()}

    def table(self, expander: Expander, layer: Layer) -> Numbers:
        """By aim, way of the place, and pattern of `expander.coded(layer)`: an outcome's chance."""
        return expander.patterns(layer.place).chances(expander.coded(layer), self.factors)
