"""Whole games without a screen: a doctrine plays from a position to an ending, many times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tabletop.rules.doctrine import answer, choose
from tabletop.rules.play import Play
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin
from tabletop.rules.world import World


@dataclass
class Tally:
    """How many of some games ended how, and in how many of them each watched thing came."""

    games: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    watched: Counter[str] = field(default_factory=Counter)

    def share(self, ending: str) -> float:
        """The part of the games, from 0 to 1, that came to this ending."""
        return self.endings[ending] / self.games


def finish(play: Play, policy: Policy) -> World:
    """Let a doctrine play a game to its end; the last world is returned."""
    while True:
        play.proceed()
        prompt = play.prompt
        if prompt is None:
            return play.world
        if prompt.kind == "flash":
            play.answer(answer(play, policy, play.program.injects[prompt.id]))
        else:
            play.carry_out(*choose(play, policy))


def sample(
    program: Program,
    doctrine: str,
    games: int,
    *,
    first_seed: int = 0,
    watch: tuple[str, ...] = (),
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """Play games with seeds from `first_seed` on; `watch` names flags to look for at the end."""
    policy = program.policies[doctrine]
    masks = {flag: program.mask(flag) for flag in watch}
    tally = Tally()
    for seed in range(first_seed, first_seed + games):
        play = begin(program, seed)
        world = finish(play, policy)
        tally.games += 1
        tally.endings[play.ending or ""] += 1
        for flag, mask in masks.items():
            if world.flags & mask:
                tally.watched[flag] += 1
        if progress is not None and tally.games % 500 == 0:
            progress(tally.games)
    return tally
