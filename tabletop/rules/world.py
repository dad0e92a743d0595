"""The state of the world between two steps: small, immutable, integers only."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple


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
