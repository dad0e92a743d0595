"""How much one address or one seat may ask for: allowances that fill up again with time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a room; a test sets its own."""

    guesses: float = 20
    """Wrong codes that an address has free before it must wait. Only failures are charged,
    because a class may share one address."""
    guess_every: float = 3.0
    """Seconds until an address has one more."""
    acts: float = 5
    act_every: float = 1.0
    """Seconds until a seat may do one more thing."""
    opens: float = 10
    open_every: float = 2.0
    """The same for streams that a seat opens."""
    joins: float = 60
    join_every: float = 2.0
    """The same for seats taken from one address: a class comes through one router."""
    streams: int = 3
    """Streams of one seat at a time."""
    body: int = 8 * 1024
    """Bytes of a request's body."""
    body_seconds: float = 5.0
    head_seconds: float = 5.0
    """Until a request's head must be whole."""
    connections: int = 120
    """Of one address: three for each phone of a class behind one router."""
    local_too: bool = False
    """Whether connections of this machine are counted: a proxy brings everybody's."""


class Allowance:
    """An allowance for each key: `most` at once, one more every `every` seconds."""

    def __init__(
        self, most: float, every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._every, self._clock = most, every, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def left(self, key: str) -> float:
        """How much a key has now."""
        if key not in self._left:
            return self._most
        amount, at = self._left[key]
        return min(self._most, amount + (self._clock() - at) / self._every)

    def charge(self, key: str) -> bool:
        """Take one; False, and nothing is taken, where there is none."""
        left = self.left(key)
        if left < 1:
            return False
        self._left[key] = (left - 1, self._clock())
        self._left.move_to_end(key)
        while len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return True

    def wait(self, key: str) -> int:
        """Whole seconds until a key has one again; at least 1."""
        return max(1, round((1 - self.left(key)) * self._every + 0.5))


def household(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that a whole network of IPv6 is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else found.exploded[:19]
    return str(found)


def is_local(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
