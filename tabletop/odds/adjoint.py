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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.blended import Variant
from tabletop.odds.expansion import Starts
from tabletop.odds.forward import Forward, Mass
from tabletop.odds.gains import Gains
from tabletop.odds.kernels import Worth, kernels
from tabletop.odds.packing import Numbers
from tabletop.odds.size import Bounded
from tabletop.odds.spool import Spool
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.odds.conduct import Conduct
    from tabletop.odds.expansion import Turn
    from tabletop.odds.patterns import Patterns
    from tabletop.odds.places import Place
    from tabletop.rules.guards import Number

_MOST_HELD = 4_000_000
"""Worlds of a game, over all places, whose masses of the way on are held for the way back, at 8
bytes for each world and aim, and whose values are worked out for all aims at once."""

_AT_ONCE = 2_000_000
"""Worlds of a turn, counted once for each aim of each variant, whose masses are worked out at
once."""


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
    return _Influences(conduct).found(slopes=True)


def followed_odds(conduct: Conduct) -> Influence:
    """The odds alone, without any derivative."""
    return _Influences(conduct).found(slopes=False)


def odds_of_all(conduct: Conduct, variants: Sequence[Variant]) -> list[Influence]:
    """The odds alone of all variants that the program of `conduct` was blended from."""
    return [*_Influences(conduct, len(variants)).odds(variants)]


class _Influences:
    def __init__(self, conduct: Conduct, variants: int = 1) -> None:
        self.conduct = conduct
        self.program = conduct.road.program
        aims = range(len(self.program.scenario.aims))
        self.expander = Bounded(conduct.road, aims, variants=variants)
        self.endings = tuple(ending.id for ending in self.program.endings)
        self.masses: list[dict[Place, Mass]] = []
        """By turn: how likely each world is at its start."""
        self.forwards: list[Forward] = []
        """By turn: how likely all its worlds are; only of a game that is not large."""
        self.by_aim = np.zeros((self.expander.cases, len(self.endings)))
        self.shape = (len(self.expander.aims), len(self.endings) - 1)
        """Aims, and columns of the way back: an ending less, as all gain what the last loses."""

    def found(self, *, slopes: bool) -> Influence:
        """The odds, with all derivatives or with none."""
        with Spool() as spool:
            self._walk(spool, keep=slopes)
            prior, priors = _prior(Variant(self.program))
            odds = prior @ self.by_aim
            if not slopes:
                return Influence(self.endings, odds, self.by_aim)
            found = self._back(spool, prior)
        for number, by_prior in priors.items():
            found[number] = by_prior @ self.by_aim
        return Influence(self.endings, odds, self.by_aim, found)

    def odds(self, variants: Sequence[Variant]) -> Iterator[Influence]:
        """The odds of all variants."""
        with Spool() as spool:
            self._walk(spool, keep=False)
        by_variant = self.by_aim.reshape(len(variants), -1, len(self.endings))
        for variant, by_aim in zip(variants, by_variant, strict=True):
            prior = _prior(variant)[0]
            yield Influence(self.endings, prior @ by_aim, by_aim)

    def _walk(self, spool: Spool, *, keep: bool) -> None:
        """Go through the game from its start; `keep` what will be needed on the way back."""
        place, keys, rows = self.expander.opening()
        starts: Starts = {place: keys}
        rows = np.tile(rows, self.expander.variants)
        mass: dict[Place, Mass] = {place: np.eye(len(keys))[rows]}
        while starts:
            self.masses.append(mass)
            turn = spool.expand(self.expander, starts, *self.conduct.policies)
            deciding, loops = self.conduct.deciding(turn), kernels(spool.worlds)
            keep = keep and spool.worlds < _MOST_HELD
            nexts = []
            for cases in self._cases(turn):
                part = {place: likely[cases] for place, likely in mass.items()}
                forward = Forward(turn, part, deciding, keep=keep, kernels=loops, aims=cases)
                if keep:
                    self.forwards.append(forward)
                for ending, chance in forward.endings.items():
                    self.by_aim[cases, self.endings.index(ending)] += chance
                nexts.append(forward.next())
            starts, mass = {}, {}
            for place in turn.next:
                likely = np.concatenate([each[place] for each in nexts])
                reached = likely.any(axis=0)
                if reached.any():
                    starts[place] = turn.next[place][reached]
                    mass[place] = likely[:, reached]

    def _cases(self, turn: Turn) -> Iterator[list[int]]:
        """Aims under all variants, so many at a time as may be followed at once."""
        cases = range(self.expander.cases)
        at_once = max(len(self.expander.aims), _AT_ONCE // max(turn.size(), 1))
        for first in range(0, len(cases), at_once):
            yield [*cases[first : first + at_once]]

    def _back(self, spool: Spool, prior: Numbers) -> dict[Number, Numbers]:
        """The derivatives by all numbers but those of the prior, from the last turn to the first.

        One aim after another where the values of all would take too much memory.
        """
        worths = dict(zip(self.endings, np.eye(len(self.endings))[:, :-1], strict=True))
        aims = [*range(len(self.expander.aims))]
        large = spool.worlds >= _MOST_HELD
        groups = [[aim] for aim in aims] if large else [aims]
        loops = kernels(spool.worlds)
        gains: dict[Patterns, Numbers] = {}
        following: dict[Place, tuple[Starts, Worth]] = {}
        for turn, starts in spool.back(self.expander):
            mass = self.masses.pop()
            opened = {place: np.empty((len(keys), *self.shape)) for place, keys in
                      starts.items()}  # fmt: skip
            for group in groups:
                forward = self.forwards.pop() if not large else Forward(
                    turn, {place: likely[group] for place, likely in mass.items()},
                    self.conduct.deciding(turn), kernels=loops, aims=group,
                )  # fmt: skip
                back = Gains(forward, self._after(turn, following, group), worths, starts)
                for place, worth in opened.items():
                    worth[:, group] = back.values[place]
                for patterns, gain in back.gains.items():
                    if patterns not in gains:
                        gains[patterns] = np.zeros((len(gain), len(aims), *gain.shape[2:]))
                    gains[patterns][:, group] += gain
            following = {place: (starts, worth) for place, worth in opened.items()}
        return self._slopes(gains, prior)

    def _slopes(self, gains: Mapping[Patterns, Numbers], prior: Numbers) -> dict[Number, Numbers]:
        found: dict[Number, Numbers] = {}
        for patterns, gain in gains.items():
            for number, slope in patterns.slopes(gain, prior):
                found[number] = found.get(number, 0.0) + slope
        return {number: np.append(slope, 0.0 - slope.sum()) for number, slope in found.items()}

    def _after(
        self, turn: Turn, following: Mapping[Place, tuple[Starts, Worth]], aims: Sequence[int]
    ) -> dict[Place, Worth]:
        """By place at the start of the next turn: its values; 0 where play does not come."""
        found = {}
        for place, keys in turn.next.items():
            room = found[place] = np.zeros((len(keys), len(aims), self.shape[1]))
            if place in following:
                starts, worth = following[place]
                room[np.searchsorted(keys, starts[place])] = worth[:, aims]
        return found


def _prior(variant: Variant) -> tuple[Numbers, dict[Number, Numbers]]:
    """The chance of each aim, and its derivatives by the numbers of the prior."""
    program, factors = variant
    world = begin(program, 0, aim=0).world
    parts = [
        {each.number: each.amount * factors.get(each.number, 1.0) for each in addends
         if each.test(world)}
        for addends in program.aims.addends
    ]  # fmt: skip
    weights = np.maximum([sum(part.values()) for part in parts], 0.0)
    prior: Numbers = weights / weights.sum()
    found: dict[Number, Numbers] = {}
    for aim, part in enumerate(parts):
        for number, amount in part.items() if weights[aim] > 0 else ():
            moved = -prior
            moved[aim] += 1
            found[number] = found.get(number, 0.0) + amount / weights.sum() * moved
    return prior, found
