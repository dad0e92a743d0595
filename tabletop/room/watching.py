"""Looks after an open room: whether phones can reach it, whether anybody comes, what was lost."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from tabletop.room.addresses import EVERYWHERE, addresses

if TYPE_CHECKING:
    from tabletop.room.room import Room

EVERY = 2.0
"""Seconds between two looks."""
LONELY = 180.0
"""Seconds after which a room that nobody has come to is thought not to be reached."""
SILENT = 20.0
"""Seconds for which all pages may be away: who sleeps or drops is back by then."""
_PATIENCE = 3.0
_PORT, _NOBODY, _SILENT, _ADDRESS = "port", "nobody", "silent", "address"


class Watch:
    """Tells the troubles of a room what it finds."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._since = self._heard = room.table.now()
        self._seen = False
        self._first = room.address

    async def run(self) -> None:
        """Look again and again, until this is cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Look once."""
        self._company()
        await self._place()
        await self._door()

    def _company(self) -> None:
        room, now = self._room, self._room.table.now()
        hour, troubles = room.table.hour, room.troubles
        if room.company():
            self._seen, self._heard = True, now
        if self._seen or room.reach.reached.phones:
            troubles.over(_NOBODY)
        elif now - self._since > LONELY:
            troubles.stands(
                _NOBODY,
                f"No phone has come in {LONELY / 60:.0f} minutes.",
                f"Open {room.link}/test on a phone of your own. If the page does not come there,"
                " the network keeps devices apart: share a hotspot of your own, or play on paper.",
                "A phone has reached the room.",
            )
        after_play = room.table.record.begun and not hour.round
        if not self._seen or after_play or now - self._heard <= SILENT:
            troubles.over(_SILENT)
        else:
            troubles.stands(
                _SILENT,
                "No page of anybody is connected any more.",
                "Look at the network that phones and this machine share. Pages come back by"
                " themselves and nothing that was typed is lost; until then pause the clock, or"
                " enter choices from paper.",
                "Pages are connected again.",
            )

    async def _place(self) -> None:
        room = self._room
        # Asking for names may take seconds where there is no network.
        room.found = await asyncio.to_thread(addresses, room.kept.bind)
        if room.address == self._first:
            room.troubles.over(_ADDRESS)
            return
        room.troubles.stands(
            _ADDRESS,
            f"This machine is now at {room.address}; it was at {self._first}.",
            "Phones look for the old address: go back to the network from before. If that cannot"
            " be, let all open the new one, and give each a code for their seat.",
            "This machine has the address from before again.",
        )

    async def _door(self) -> None:
        room = self._room
        if room.serving.listens() and await _answers(room.kept.bind, room.kept.port):
            room.troubles.over(_PORT)
            return
        room.troubles.stands(
            _PORT,
            f"Port {room.kept.port} of this machine does not answer any more.",
            "Pages that are open go on, nobody else comes in. The room tries to open it again by"
            " itself; if that lasts, close the room and start it again with --resume.",
            "The port answers again: phones reach the room.",
        )
        if not room.serving.listens():
            room.serving.again(room.kept.bind, room.kept.port)


async def _answers(bind: str, port: int) -> bool:
    """Whether a connection from this machine is taken."""
    host = {"::": "::1"}.get(bind, "127.0.0.1") if bind in EVERYWHERE else bind
    try:
        async with asyncio.timeout(_PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True
