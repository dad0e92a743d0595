"""StartEx: the first world of a game, and the draw of the hidden aim."""

from __future__ import annotations

from tabletop.rules.chance import pick, roll, stream
from tabletop.rules.play import Happening, Play
from tabletop.rules.program import Program
from tabletop.rules.world import World

MAX_SEED = (1 << 64) - 1


def begin(
    program: Program, seed: int, luck: int = 0, *, log: list[Happening] | None = None,
    aim: int | None = None,
) -> Play:  # fmt: skip
    """A game before its first step.

    `seed` runs from 0 to 2**64 - 1. `luck` numbers the stream of the draws; the aim is
    drawn from stream 0 whatever it is, so that a branch keeps its adversary. `aim` fixes
    the aim, for odds that are taken once for each.
    """
    first = World(1, 0, 0, 0, program.start_flags, program.start)
    if aim is None:
        aim = _drawn_aim(program, seed, first)
    return Play(program, stream(seed, luck), first._replace(aim=aim), log)


def _drawn_aim(program: Program, seed: int, world: World) -> int:
    weights = program.aims.weigh(world)
    left = pick(roll(stream(seed, 0), program.aims.key, 0), sum(weights))
    for number, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return number
    raise AssertionError("a scenario whose aims all weigh nothing passed its checks")
