"""StartEx: the first world of a game, and the draw of the hidden aim."""

from __future__ import annotations

from tabletop.rules.chance import stream
from tabletop.rules.play import Happening, Play
from tabletop.rules.program import Program
from tabletop.rules.world import World

MAX_SEED = (1 << 64) - 1


def aim_of(program: Program, seed: int, luck: int) -> int:
    """The number of the aim that a stream of luck draws."""
    first = World(1, 0, 0, 0, program.start_flags, program.start)
    return program.aims.pick(stream(seed, luck), 0, first)


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
        aim = aim_of(program, seed, 0)
    return Play(program, stream(seed, luck), first._replace(aim=aim), log)
