"""The door on the screen: questions one after another, until the room has given a seat."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from tabletop.errors import ActionError
from tabletop.exercise.hour.door import Wish
from tabletop.room.client import RemoteTable, where
from tabletop.tui.classroom.door import DoorApp
from tabletop.tui.hour.choosing import PickScreen
from tabletop.tui.hour.filling import FillScreen
from tests.room.rooms import made_class, opened

SIZE = (80, 24)


async def _shows(pilot: Pilot[Any], kind: type) -> None:
    """Wait for a question of a kind."""
    async with asyncio.timeout(15):
        while not isinstance(pilot.app.screen, kind):
            await pilot.pause(0.02)
    await pilot.pause()


async def test_a_seat_is_taken_by_keys_alone(tmp_path: Path) -> None:
    """The pseudonym is kept by Enter; team and office are chosen by their digits."""
    async with opened(made_class(tmp_path, "red", "blue")) as found:
        table = RemoteTable(where(found.room.link))
        door = await table.door()
        assert [team.name for team in door.teams] == ["red", "blue"]

        async def enter(wish: Wish) -> None:
            await table.join(wish.name, wish.team, wish.role, recorder=wish.recorder)

        app = DoorApp(door, Wish(), enter, reduced_motion=True)
        async with app.run_test(size=SIZE) as pilot:
            await _shows(pilot, FillScreen)
            assert app.screen.query_one(Input).value == door.suggestion
            await pilot.press("enter")
            await _shows(pilot, PickScreen)
            await pilot.press("3")
            await pilot.pause()
            await _shows(pilot, PickScreen)
            await pilot.press("2")
            async with asyncio.timeout(15):
                while not app.seated:
                    await pilot.pause(0.02)
        assert app.broken is None
        (seat,) = found.led.table.record.seats.values()
        assert (seat.name, seat.team, seat.role) == (door.suggestion, "blue", "president")
        await table.close()


async def test_a_refusal_is_told_and_leaving_takes_no_seat(tmp_path: Path) -> None:
    """Escape at the first question leaves."""
    async with opened(made_class(tmp_path, "red")) as found:
        table = RemoteTable(where(found.room.link))
        refused: list[Wish] = []

        async def enter(wish: Wish) -> None:
            refused.append(wish)
            raise ActionError("the room is full")

        wish = Wish("Ann", "red", "president")
        app = DoorApp(await table.door(), wish, enter, reduced_motion=True)
        async with app.run_test(size=SIZE) as pilot:
            await _shows(pilot, FillScreen)
            await pilot.press("enter")
            async with asyncio.timeout(15):
                while not refused:
                    await pilot.pause(0.02)
            await _shows(pilot, FillScreen)
            assert [each.message for each in app._notifications][-1] == "the room is full"
            await pilot.press("escape")
            await pilot.pause()
        assert refused == [wish]
        assert (app.seated, app.broken) == (False, None)
        assert not found.led.table.record.seats
        await table.close()
