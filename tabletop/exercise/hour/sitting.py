"""A table at which somebody sits in a facilitated hour, wherever it is run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from tabletop.exercise.hour.actions import HourAction
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Action, Receipt, Viewer
from tabletop.exercise.view import View

Keepsake = Callable[[], Awaitable[Sequence[Path]]]
"""Writes what a seat may take home to files; raises `TabletopError` where it cannot."""


class SeatTable(Protocol):
    """What one seat sees and does; see `tabletop.room.client` for one on the network."""

    over: str
    """Why nothing more will come; empty while it goes on."""
    here: bool
    """Whether the host can be heard."""

    @property
    def seat(self) -> str:
        """The id of the seat."""

    def view(self, viewer: Viewer) -> View:
        """The game as the seat may see it."""

    def hour_view(self, viewer: Viewer) -> HourView:
        """The hour as the seat may see it."""

    async def send(self, action: Action | HourAction, op_id: str) -> Receipt:
        """Carry out an act; raises `ActionError`."""

    def changes(self) -> AsyncIterator[int]:
        """The newest event, each time there is one."""
