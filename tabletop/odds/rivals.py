"""Which responses are ever the one best thing to do, and which always are: over many objectives.

An objective values the endings. Beside those that the scenario declares stand mixtures of
them and random ones, always the same for the same scenario. Best play knows the aim. A
response is uniquely best in a situation if every other one, each with its best support, is
worth less by more than `APART`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.backward import Backward
from tabletop.odds.choosing import Options
from tabletop.odds.coverage import possible_aims
from tabletop.odds.kernels import kernels
from tabletop.odds.places import Road
from tabletop.odds.size import Bounded
from tabletop.odds.spool import Spool

if TYPE_CHECKING:
    from tabletop.odds.expansion import Layer, Starts, Turn
    from tabletop.odds.kernels import Kernels, Worth
    from tabletop.odds.packing import Mask, Numbers
    from tabletop.odds.places import Place
    from tabletop.rules.program import Program
    from tabletop.scenario.schema import Scenario

APART = 1e-9
MIXTURES = 15
RANDOM = 15
AT_ONCE = 10
"""Objectives that are worked out together: an even number; more need more memory."""
SEED = 2017

Worths = Mapping[str, float]
"""By ending."""


def objectives(scenario: Scenario) -> tuple[list[Worths], list[Worths]]:
    """The objectives of a scenario; then mixtures of them and random ones, from 0 to 1."""
    own: list[Worths] = [dict(each.values) for each in scenario.objectives.values()]
    luck = Random(SEED)  # noqa: S311 - no secret: the same objectives every time
    others: list[Worths] = []
    for _ in range(MIXTURES if len(own) > 1 else 0):
        parts = [luck.expovariate(1.0) for _ in own]
        whole = sum(parts)
        others.append(
            {
                name: sum(part * each[name] for part, each in zip(parts, own, strict=True)) / whole
                for name in scenario.endings
            }
        )
    others += [{name: luck.random() for name in scenario.endings} for _ in range(RANDOM)]
    return own, others


class Rivalry:
    """What is known of the responses so far."""

    def __init__(self) -> None:
        self.offered: set[int] = set()
        """Those that were open somewhere together with another one."""
        self.best: set[int] = set()
        """Those that were uniquely best somewhere."""
        self.beaten: set[int] = set()
        """Those that were not best somewhere."""

    def judge(self, values: Mapping[int, Numbers]) -> None:
        """Take in one decision: by response, its value by world, aim and objective; NaN if closed.

        Higher is better.
        """
        if len(values) < 2:
            return
        numbers = list(values)
        stacked = np.stack([values[number] for number in numbers])
        opened = ~np.isnan(stacked)
        choice: Mask = opened.sum(axis=0) > 1
        stacked[~opened] = -np.inf
        best = stacked.max(axis=0)
        first = stacked.argmax(axis=0)
        np.put_along_axis(stacked, first[None], -np.inf, axis=0)
        with np.errstate(invalid="ignore"):
            unique = choice & (best - stacked.max(axis=0) > APART)
        for place, number in enumerate(numbers):
            mine = choice & opened[place]
            if not mine.any():
                continue
            self.offered.add(number)
            if number not in self.best and (unique & (first == place)).any():
                self.best.add(number)
            if number not in self.beaten:
                own = np.where(opened[place], values[number], 0.0)
                if (mine & (best - own > APART)).any():
                    self.beaten.add(number)


def rivalry(program: Program, wanted: Sequence[Worths], found: Rivalry) -> Iterator[int]:
    """Judge every decision of a game under some objectives; the turns are told as they are done.

    They go from the first to the last, and back again, for each aim. Raises `TooLargeError`
    where a turn has more steps than can be followed.
    """
    road = Road(program)
    for aim in possible_aims(program):
        # Aim by aim, because what one aim leads to another may never come to.
        yield from _under(Bounded(road, [aim]), wanted, found)


def _under(expander: Bounded, wanted: Sequence[Worths], found: Rivalry) -> Iterator[int]:
    place, keys, _ = expander.opening()
    starts: Starts = {place: keys}
    groups = [_columns(wanted[at : at + AT_ONCE]) for at in range(0, len(wanted), AT_ONCE)]
    following: list[dict[Place, Worth]] = [{} for _ in groups]
    with Spool() as spool:
        while starts:
            yield next(iter(starts)).turn
            turn = expander.turn(starts)
            spool.put(turn, starts)
            starts = turn.next
        loops = kernels(spool.worlds)
        for turn, starts in spool.back(expander):
            yield next(iter(starts)).turn
            following = [
                _judged(turn, starts, after, worths, found, loops)
                for after, worths in zip(following, groups, strict=True)
            ]


def _columns(wanted: Sequence[Worths]) -> dict[str, Numbers]:
    """By ending: its worth in each column; the second half, for worst play, bears a minus."""
    even = [*wanted, wanted[-1]] if len(wanted) % 2 else list(wanted)
    half = len(even) // 2
    signs = [1] * half + [-1] * half
    return {
        ending: np.array([sign * each[ending] for sign, each in zip(signs, even, strict=True)])
        for ending in wanted[0]
    }


def _judged(
    turn: Turn,
    starts: Starts,
    following: Mapping[Place, Worth],
    worths: Mapping[str, Numbers],
    found: Rivalry,
    loops: Kernels,
) -> dict[Place, Worth]:
    solved = _Compared(turn, starts, following, worths, found, loops)
    return {place: solved.values[place] for place in starts}


class _Compared(Backward):
    """The values of one turn; on the way, every decision is judged."""

    def __init__(
        self,
        turn: Turn,
        starts: Starts,
        following: Mapping[Place, Worth],
        worths: Mapping[str, Numbers],
        found: Rivalry,
        loops: Kernels,
    ) -> None:
        self._found = found
        self._decisions = {
            edge.target: layer
            for layer in turn.layers.values()
            if layer.place.kind == "decide" and layer.place.fixed is None
            for edge in layer.edges
        }
        super().__init__(turn, following, worths, keep=starts, kernels=loops)

    def _solved(self, layer: Layer) -> Worth:
        # What follows a response is still known here, and let go of before the decision.
        decision = self._decisions.get(layer.place)
        if decision is not None:
            self._found.judge(self._compared(decision))
        return super()._solved(layer)

    def _compared(self, decision: Layer) -> dict[int, Numbers]:
        """By response: its value with its best support, by world of the decision."""
        options = Options(self.turn, decision)
        signs = np.ones(self.shape[1])
        signs[self.shape[1] // 2 :] = -1
        values: dict[int, Numbers] = {}
        for response, held in options.open.items():
            option = self.option(options.respond, response) * signs
            found = np.full((options.count, *self.shape), np.nan)
            for at in options.supported.values():
                rows = np.flatnonzero((at >= 0) & held[at])
                found[rows] = np.fmax(found[rows], option[at[rows]])
            values[response] = found
        return values
