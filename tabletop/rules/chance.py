"""Keyed chance: what a draw yields depends on its key alone, never on how many came before.

A key is made of the seed, the luck stream, the turn, the step, the actor, the
occurrence and the draw's own name. The response is left out on purpose: the same luck
means the same roll, whichever response met it. The mixing function is splitmix64
(Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014),
written so that Python integers and arrays of uint64 go through the same lines.
"""

from __future__ import annotations

from hashlib import blake2b

MASK = (1 << 64) - 1
_GAMMA = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB
SPLITMIX64 = (_GAMMA, _FIRST, _SECOND)
"""The constants of the mixing function: what is added, and the two factors."""
_TURN = 0xD1342543DE82EF95
_OCCURRENCE = 0xAF251AF3B0F025B5


def splitmix64(bits: int) -> int:
    """The splitmix64 output for a state: an array of uint64, or an int whose last 64 bits count."""
    z = (bits + _GAMMA) & MASK
    z = ((z ^ (z >> 30)) * _FIRST) & MASK
    z = ((z ^ (z >> 27)) * _SECOND) & MASK
    return z ^ (z >> 31)


def site_key(step: str, actor: str, name: str) -> int:
    """The part of a draw's key that the scenario fixes, as 64 bits."""
    return int.from_bytes(blake2b(f"{step}/{actor}/{name}".encode(), digest_size=8).digest(), "big")


def stream(seed: int, luck: int) -> int:
    """The base of all draws of one game: its seed (64 bits) and the number of its luck stream."""
    return splitmix64(seed & MASK) ^ splitmix64((luck * _TURN + 1) & MASK)


def site_of(key: int, turn: int, occurrence: int = 0) -> int:
    """The part of a roll's key that the game does not settle: which draw it is, and when."""
    place = (key + turn * _TURN) & MASK
    return (place + occurrence * _OCCURRENCE) & MASK if occurrence else place


def roll(base: int, key: int, turn: int, occurrence: int = 0) -> int:
    """The 64 bits drawn in a game at the site of a key in one turn."""
    return splitmix64(base + site_of(key, turn, occurrence))


def pick(bits: int, total: int) -> int:
    """A number from 0 to `total` - 1 from a roll; `total` stays below 2**31."""
    return ((bits >> 32) * total) >> 32
