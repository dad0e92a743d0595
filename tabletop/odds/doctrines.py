"""The exact odds of every ending under a doctrine, from the start or from where a play stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import SideBySide
from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Starts
from tabletop.odds.forward import Forward, Mass
from tabletop.odds.kernels import kernels
from tabletop.odds.packing import Numbers
from tabletop.odds.places import Place, Road
from tabletop.odds.spool import Spool
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.rules.play import Play
    from tabletop.rules.program import Policy, Program


def prior(program: Program) -> Numbers:
    """The probability of each aim, as the scenario's author and its assumptions have it."""
    weights = np.array(program.aims.weigh(begin(program, 0, aim=0).world), dtype=np.float64)
    shares: Numbers = weights / weights.sum()
    return shares


def odds_side_by_side(
    program: Program, policies: Sequence[Policy], start: Play | None = None
) -> list[dict[str, Numbers]]:
    """By doctrine and ending: its probability under each aim, if the doctrine plays on.

    Each goes its own way, over places and worlds that they have in common: much quicker than
    one after another.
    """
    if not policies:
        return []
    expander = Expander(Road(program, policies, brief=True), range(len(program.scenario.aims)))
    place, keys, rows = expander.opening(start)
    aims = list(range(len(expander.aims))) * len(policies)
    starts: Starts = {place: keys}
    mass: dict[Place, Mass] = {place: np.eye(len(keys))[np.tile(rows, len(policies))]}
    odds = {ending.id: np.zeros(len(aims)) for ending in program.endings}
    with Spool() as spool:
        while starts:
            # Where anything may be chosen it is the whole game: its layers would fill memory.
            turn = spool.expand(expander, starts, *policies)
            deciding, loops = SideBySide(turn, policies), kernels(spool.worlds)
            forward = Forward(turn, mass, deciding, keep=False, kernels=loops, aims=aims)
            for ending, found in forward.endings.items():
                odds[ending] += found
            starts, mass = turn.next, forward.next()
    return [
        {ending: found.reshape(len(policies), -1)[number] for ending, found in odds.items()}
        for number in range(len(policies))
    ]


def ending_odds(program: Program, policy: Policy, start: Play | None = None) -> dict[str, Numbers]:
    """By ending: its probability under each aim, if a doctrine plays on from `start`."""
    return odds_side_by_side(program, (policy,), start)[0]
