"""Expands turns, and knows what that takes at every place: what matters, and what draws weigh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.arrivals import each_once
from tabletop.odds.expansion import Turn
from tabletop.odds.packing import Columns, Keys, Numbers, Rows, packing
from tabletop.odds.patterns import Coded, Patterns
from tabletop.odds.reduction import Reduction
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.odds.expansion import Layer, Starts
    from tabletop.odds.live import Live
    from tabletop.odds.packing import Bounds
    from tabletop.odds.places import Place, Road
    from tabletop.rules.play import Play
    from tabletop.rules.program import Policy


class Expander:
    """Expands turns of one program for some of its aims, which must share what can be reached."""

    def __init__(self, road: Road, aims: Sequence[int], variants: int = 1) -> None:
        """Of a blended program, `variants` is how many were made into one."""
        self.road = road
        self.aims = tuple(aims)
        self.variants = variants
        program = road.program
        self.packing = packing(
            len(program.layout.flags),
            len(program.ladder.stages),
            program.low,
            program.high,
            road.reach.widest,
            len(program.scenario.aims) if road.reads_aim else 1,
        )
        self._reductions: dict[Place, Reduction] = {}
        self._reducing: dict[tuple[Live, Bounds, int], Reduction] = {}
        self._patterns: dict[Place, Patterns] = {}
        self._weighed: dict[tuple[tuple[int, ...], ...], Patterns] = {}

    @property
    def cases(self) -> int:
        """The aims of all variants."""
        return self.variants * len(self.aims)

    def columns(self, place: Place, keys: Keys, aim: int | None = None) -> Columns:
        """Worlds at a place, as guards read them."""
        aim = self.aims[0] if aim is None else aim
        return Columns(self.packing, keys, place.turn, place.stage, aim)

    def reduced(self, place: Place, keys: Keys) -> Keys:
        """The keys that stand for some worlds at a place."""
        if place not in self._reductions:
            what = (place.live, self.road.bounds(place), place.over)
            if what not in self._reducing:
                self._reducing[what] = Reduction(self.packing, self.road.matters, *what)
            self._reductions[place] = self._reducing[what]
        return self._reductions[place].of(keys)

    def patterns(self, place: Place) -> Patterns:
        """The guards in the weights of the draw at a place; one object for all that weigh alike."""
        if place not in self._patterns:
            # What counts is the same object wherever a draw is made.
            key = tuple((way.number, *map(id, way.addends)) for way in place.ways)
            if key not in self._weighed:
                trees = self.road.program.trees
                self._weighed[key] = Patterns(
                    place.ways, trees, self.packing, self.aims, self.variants
                )
            self._patterns[place] = self._weighed[key]
        return self._patterns[place]

    def coded(self, layer: Layer) -> Coded:
        """The patterns of the worlds at a draw."""
        if layer.coded is None:
            layer.coded = self.patterns(layer.place).of(layer.place, layer.keys)
        return layer.coded

    def table(self, layer: Layer) -> Numbers:
        """By aim, way of a draw's place, and pattern of `coded(layer)`: an outcome's chance.

        Of a blended program, all aims of one variant after those of the other.
        """
        return self.patterns(layer.place).chances(self.coded(layer))

    def chances(self, layer: Layer) -> dict[int, Numbers]:
        """By number of the outcome of a draw: its chance by aim and by world of a layer."""
        codes, table = self.coded(layer).codes, self.table(layer)
        numbers = self.patterns(layer.place).numbers
        return {number: table[:, at][:, codes] for number, at in numbers.items()}

    def opening(self, play: Play | None = None) -> tuple[Place, Keys, Rows]:
        """Where a play stands, or every game begins; its worlds, and which of them each aim has.

        There is one world, unless the aim decides more than weights.
        """
        stand = begin(self.road.program, 0, aim=0) if play is None else play
        place = self.road.of(stand)
        packed = [self.packing.pack(stand.world._replace(aim=aim)) for aim in self.aims]
        keys, rows = each_once(self.reduced(place, np.array(packed)))
        return place, keys, rows

    def turn(
        self,
        starts: Starts,
        *policies: Policy,
        brief: bool = False,
    ) -> Turn:
        """All that can be reached from some places of one turn, to the start of the next one.

        With policies, only what can follow where one of them decides. `brief` leaves out the
        layers of draws that can bring only one thing.
        """
        turn = Turn(self, policies, brief=brief)
        turn.expand(starts)
        return turn
