"""Rooms for tests: real ones on a port of this machine, or asked without any network."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from tabletop.errors import ActionError
from tabletop.exercise.hour.actions import Advance, HourAction, Start
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, Action, Receipt
from tabletop.room.app import app_of
from tabletop.room.limits import Limits
from tabletop.room.opening import new_room
from tabletop.room.room import Room
from tabletop.room.roster import Roster
from tests.exercise.hour.led import Led

HERE = "http://127.0.0.1:8000"


class Class:
    """A room, and the class that is led in it by hand."""

    def __init__(self, led: Led, room: Room) -> None:
        self.led, self.room = led, room
        self.operations = count(1)

    async def send(self, action: Action | HourAction) -> Receipt:
        """Control acts."""
        return await self.led.table.send(action, f"control-{next(self.operations)}")

    async def start(self) -> None:
        """StartEx."""
        await self.send(Start())

    async def until(self, phase: str) -> None:
        """Go on by hand until a phase is reached."""
        while self.led.table.hour.phase != phase:
            hour = self.led.table.hour
            assert hour.phase != "over", f"{phase} does not come any more"
            # Where nobody is left to wait for, an open room goes on by itself.
            with suppress(ActionError):
                await self.send(Advance(hour.phase, hour.round))

    def client(self, address: str = "10.0.0.7", **headers: str) -> httpx.AsyncClient:
        """A browser's requests, handed over without a network."""
        transport = httpx.ASGITransport(app_of(self.room), client=(address, 50_000))
        own = {"origin": HERE, "accept": "text/html"}
        return httpx.AsyncClient(transport=transport, base_url=HERE, headers=own | headers)

    async def joined(self, client: httpx.AsyncClient, **fields: str) -> str:
        """Let a client take a seat; gives its id."""
        data = {"name": "Ann", "op": f"operation-{next(self.operations)}"} | fields
        answer = await client.post(f"/{self.room.code}/join", data=data)
        assert answer.status_code == 303, answer.text
        seat = self.room.seat_of(client.cookies["seat"])
        assert seat is not None
        return seat

    async def act(self, client: httpx.AsyncClient, act: str, **fields: Any) -> httpx.Response:
        """Let a client act."""
        data = {"op": f"operation-{next(self.operations)}", "act": act, **fields}
        return await client.post(f"/{self.room.code}/act", json=data)

    def snapshot(self, seat: str) -> dict[str, Any]:
        """What a seat is sent now, with its long texts filled in."""
        frame = self.room.snapshots.seat(seat)
        assert frame is not None
        data: dict[str, Any] = json.loads(frame)
        data["texts"] = [self.text(data["team"]["game"]), self.text(data["seat"]["own"])]
        return data

    def text(self, name: str) -> dict[str, Any]:
        """A long text by its address."""
        found: dict[str, Any] = json.loads(self.room.shelf.get(name) or b"null")
        return found


def made_class(
    folder: Path,
    *teams: str,
    limits: Limits | None = None,
    roster: Roster | None = None,
    url: str = "",
    **wishes: object,
) -> Class:
    """A class of some teams, its room not yet open to the network."""
    led = Led(folder, teams or ("red", "blue"), **wishes)
    room = new_room(led.table, bind="127.0.0.1", port=0, limits=limits, roster=roster, url=url)
    return Class(led, room)


@asynccontextmanager
async def opened(found: Class) -> AsyncIterator[Class]:
    """The same, open: on a real port of this machine until the block ends."""
    await found.room.open()
    try:
        yield found
    finally:
        await found.room.close()
        await found.led.table.close()


def link_of(found: Class) -> str:
    """Where the phones of an open room join."""
    return f"http://127.0.0.1:{found.room.kept.port}/{found.room.code}"


def kinds(save: Path) -> list[str]:
    """The kinds of the events in a save, in order."""
    return [event.what for event in read_save(save).events]


__all__ = ["CONTROL", "HERE", "Class", "kinds", "link_of", "made_class", "opened"]
