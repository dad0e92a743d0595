"""The test page: which machines have reached the room before a class depends on it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from tabletop.exercise.console.facts import Reached

MOST = 500
"""Machines that are told apart; the oldest are forgotten."""


class Reach:
    """Who has opened the test page; a machine is known again by a cookie of its own."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[bool, bool]] = OrderedDict()
        self.told: Callable[[], None] = lambda: None
        """Called when there is something new."""

    @property
    def reached(self) -> Reached:
        """Who has come so far."""
        phones = [whole for own, whole in self._seen.values() if not own]
        return Reached(len(phones), sum(phones), len(phones) < len(self._seen))

    def came(self, who: str, *, own: bool, whole: bool = False) -> None:
        """A machine has opened the page; `own`: it is this one. `whole`: it heard the stream."""
        before = self._seen.get(who)
        self._seen[who] = (own, whole or (before is not None and before[1]))
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)
        if self._seen[who] != before:
            self.told()
