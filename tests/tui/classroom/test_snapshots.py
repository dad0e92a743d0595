"""Pictures of a seat at three sizes, so that no change of its looks goes unseen.

After a change that is meant: `pytest tests/tui/classroom/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.exercise.hour.actions import HourAction
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Action, Receipt, Viewer
from tabletop.exercise.view import View
from tabletop.tui.classroom.app import SeatApp
from tabletop.tui.theme import DAY, NIGHT
from tests.exercise.hour.led import Led

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
SCENES = ("brief", "talk", "changed", "hot_wash")
PICTURES = [
    *((scene, size, NIGHT) for scene in SCENES for size in ("80x24", "120x40")),
    ("talk", "200x50", NIGHT),
    ("talk", "120x40", DAY),
]


class Near:
    """A seat at a table of this very process."""

    over = ""
    here = True

    def __init__(self, led: Led, seat: str) -> None:
        self.led, self.seat = led, seat

    def view(self, viewer: Viewer) -> View:
        return self.led.table.view(viewer)

    def hour_view(self, viewer: Viewer) -> HourView:
        return self.led.table.hour_view(viewer)

    async def send(self, action: Action | HourAction, op_id: str) -> Receipt:
        return await self.led.table.send(action, op_id)

    def changes(self) -> AsyncIterator[int]:
        return self.led.table.changes()


async def _led(folder: Path, scene: str) -> Led:
    led = Led(folder, ("red", "blue"))
    for team in ("red", "blue"):
        await led.seat(team)
    if scene != "brief":
        await led.start()
        await led.until("talk")
        await led.prefer("red-0", 1, "The line must stay open")
        await led.until(scene)
    return led


@pytest.mark.parametrize("scene, size, theme", PICTURES)
def test_a_seat_looks_as_it_did(
    scene: str, size: str, theme: str, tmp_path: Path, snap_compare: Any
) -> None:
    """Every phase asks in its own way."""
    led = asyncio.run(_led(tmp_path, scene))

    async def nothing() -> tuple[Path, ...]:
        return ()

    app = SeatApp(
        Near(led, "red-0"), nothing, now=lambda: led.now, theme=theme, reduced_motion=True
    )

    async def settle(pilot: Pilot[Any]) -> None:
        await pilot.pause()

    assert snap_compare(app, terminal_size=SIZES[size], run_before=settle)
