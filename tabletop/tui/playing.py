"""Playing a replay by itself: one moment after another at a chosen speed, until it is paused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.timer import Timer

SPEEDS: Final = (1, 2, 4, 8, 16)
BEAT: Final = 3.2
"""Seconds for which a moment stays on the screen at once the speed: time to read a line."""


class Player:
    """Calls for the next moment at its pace; paused, nothing of it runs.

    A timer is set anew for each moment, so that a slow terminal is never run over.
    """

    def __init__(self, owner: DOMNode, advance: Callable[[], bool]) -> None:
        """Play with timers of `owner`; `advance` goes on and says whether there is more."""
        self._owner = owner
        self._advance = advance
        self._timer: Timer | None = None
        self._speed = 0

    @property
    def speed(self) -> int:
        """How many times as fast as at first: 1, 2, 4, 8 or 16."""
        return SPEEDS[self._speed]

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself now."""
        return self._timer is not None

    def play(self) -> None:
        """Go on by itself from now."""
        self.pause()
        self._timer = self._owner.set_timer(BEAT / self.speed, self._next)
        # Textual passes over a beat that the machine was too busy for, and none would follow it.
        self._timer._skip = False  # noqa: SLF001

    def pause(self) -> None:
        """Stand still; does nothing where it does already."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def change(self, by: int) -> bool:
        """Play faster, or slower where negative; whether there is such a speed."""
        place = self._speed + by
        if not 0 <= place < len(SPEEDS):
            return False
        self._speed = place
        if self.playing:
            self.play()
        return True

    def _next(self) -> None:
        if self._advance():
            self.play()
        else:
            self.pause()
