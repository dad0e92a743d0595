"""The exact odds of every ending under a doctrine, from the start or from where a play stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import Ruled
from tabletop.odds.expansion import Expander, Starts
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


class Doctrines:
    """Follows doctrines of one program, each on its way, over places that they have in common."""

    def __init__(self, program: Program, policies: Sequence[Policy]) -> None:
        self.program = program
        self.expander = Expander(
            Road(program, policies, brief=True), range(len(program.scenario.aims))
        )

    def odds(self, policy: Policy, start: Play | None = None) -> dict[str, Numbers]:
        """By ending: its probability under each aim, if one of the doctrines plays on."""
        expander = self.expander
        place, keys, rows = expander.opening(start)
        starts: Starts = {place: keys}
        mass: dict[Place, Mass] = {place: np.eye(len(keys))[rows]}
        odds = {ending.id: np.zeros(len(expander.aims)) for ending in self.program.endings}
        with Spool() as spool:
            while starts:
                if policy.uniform:
                    # As good as the whole game: its layers would fill memory.
                    turn = spool.expand(expander, starts)
                else:
                    turn = expander.turn(starts, policy, brief=True)
                loops = kernels(spool.worlds)
                forward = Forward(turn, mass, Ruled(turn, policy), keep=False, kernels=loops)
                for ending, found in forward.endings.items():
                    odds[ending] += found
                starts, mass = turn.next, forward.next()
        return odds


def ending_odds(program: Program, policy: Policy, start: Play | None = None) -> dict[str, Numbers]:
    """By ending: its probability under each aim, if a doctrine plays on from `start`."""
    return Doctrines(program, (policy,)).odds(policy, start)
