"""Tracks that stand at one end of their range in most decisions, and so say little.

Measured exactly and on the unreduced model, where every value of every track is kept, under
each of the scenario's doctrines that plays by rules; of these the mean is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tabletop.odds.choosing import Ruled
from tabletop.odds.doctrines import prior
from tabletop.odds.forward import Forward
from tabletop.odds.places import Road
from tabletop.odds.size import Bounded

if TYPE_CHECKING:
    from tabletop.odds.expansion import Starts
    from tabletop.odds.packing import Numbers
    from tabletop.odds.places import Place
    from tabletop.rules.program import Policy, Program

OFTEN = 0.75
"""From this share of the decisions on, a track counts as pinned."""


class Pin(NamedTuple):
    """How often a track stands at an end of its range."""

    track: str
    end: int
    share: float
    """Of all decisions after the first turn, the mean over the doctrines."""


def pinned(program: Program) -> Iterator[Pin]:
    """Every track that is pinned; none where the scenario has no doctrine that plays by rules.

    Raises `TooLargeError` where a doctrine leads to more worlds than can be held.
    """
    shares = [_shares(program, each) for each in program.policies.values() if not each.uniform]
    known = [share for share in shares if share is not None]
    if not known:
        return
    mean: Numbers = np.mean(known, axis=0)
    for track, (name, ends) in enumerate(
        zip(program.layout.tracks, zip(program.low, program.high, strict=True), strict=True)
    ):
        for end, share in zip(ends, mean[track], strict=True):
            if share >= OFTEN:
                yield Pin(name, end, float(share))


def _shares(program: Program, policy: Policy) -> Numbers | None:
    """By track and end: the share of the decisions after the first turn; None without any."""
    road = Road(program, (policy,))
    _unreduce(road)
    weights = prior(program)
    expander = Bounded(road, range(len(weights)))
    opened, keys, rows = expander.opening()
    starts: Starts = {opened: keys}
    mass: dict[Place, Numbers] = {opened: np.eye(len(keys))[rows]}
    at_end = np.zeros((len(program.low), 2))
    decisions = 0.0
    while starts:
        turn = expander.turn(starts, policy)
        forward = Forward(turn, mass, Ruled(turn, policy))
        for place, layer in turn.layers.items():
            if place.kind != "decide" or place.turn == 1:
                continue
            likely = weights @ forward.mass[place]
            decisions += float(likely.sum())
            for track, field in enumerate(expander.packing.tracks):
                values = field.of(layer.keys)
                for side, end in enumerate((program.low[track], program.high[track])):
                    at_end[track, side] += likely[values == end].sum()
        starts, mass = turn.next, forward.next()
    return at_end / decisions if decisions else None


def _unreduce(road: Road) -> None:
    """Let everything matter everywhere on a road."""
    for place in road.places:
        place.live = road.matters.everything
        place.over = 0
