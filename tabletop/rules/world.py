"""The state of the world between two steps: small, immutable, integers only.

Effects move it: they add up unclamped, and then every track comes into its range.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tabletop.rules.program import Effect, Program


class World(NamedTuple):
    """Everything that the rules know about one game at one moment."""

    turn: int
    """From 1 to the scenario's number of turns."""
    stage: int
    """Index of the stage in file order."""
    came_from: int
    """Index of the stage that the present one was entered from, where a rule can lead back."""
    aim: int
    """Index of the adversary's hidden aim."""
    flags: int
    """A bit a flag, in the order of `Layout.flags`."""
    tracks: tuple[int, ...]
    """Values in the order of the scenario's tracks; unclamped only inside a turn's reaction."""


def digest(world: World) -> str:
    """A short fingerprint of a world, the same on every machine: 16 hexadecimal digits."""
    numbers = [*world[:5], *world.tracks]
    return blake2b(",".join(map(str, numbers)).encode(), digest_size=8).hexdigest()


_new = tuple.__new__
"""Makes a world in half the time that its own constructor takes; most are made here."""


def moved(world: World, parts: Iterable[Effect]) -> World:
    """The world with the deltas and flags of some effects added, unclamped."""
    turn, stage, came_from, aim, flags, tracks = world
    for part in parts:
        flags = (flags & ~part.clears) | part.sets
        if part.deltas:
            values = list(tracks)
            for index, delta in part.deltas:
                values[index] += delta
            tracks = tuple(values)
    return _new(World, (turn, stage, came_from, aim, flags, tracks))


def runs_over(program: Program, world: World, parts: Iterable[Effect]) -> bool:
    """Whether a track that some effects have moved now stands outside its range."""
    low, high, tracks = program.low, program.high, world.tracks
    for part in parts:
        for index, _ in part.deltas:
            if not low[index] <= tracks[index] <= high[index]:
                return True
    return False


def clamped(program: Program, world: World) -> World:
    """The world with every track in its range."""
    tracks = tuple(map(min, map(max, world.tracks, program.low), program.high))
    return world if tracks == world.tracks else _new(World, (*world[:5], tracks))
