"""`tabletop host` as it is, but for its console: that one takes the orders of a test.

An order is a line of JSON on standard input; each is answered by a line that begins `done:`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from itertools import count
from typing import Any

from tabletop.cli import hosting, main
from tabletop.errors import ActionError
from tabletop.exercise.hour.actions import Advance, HourAction, Start
from tabletop.room.room import Room

_NUMBERS = count(1)


async def obey(room: Room) -> int:
    """Say how to join, then do as told until the orders end."""
    hosting._announce(room)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    while line := await orders.readline():
        answer = await _done(room, json.loads(line))
        print(f"done:{json.dumps(answer)}", flush=True)
    return 0


async def _done(room: Room, order: dict[str, Any]) -> dict[str, Any]:
    if order["do"] == "start":
        await _send(room, Start())
    elif order["do"] == "until":
        while room.table.hour.phase != order["phase"]:
            hour = room.table.hour
            # Where nobody is left to wait for, the hour has gone on by itself.
            with suppress(ActionError):
                await _send(room, Advance(hour.phase, hour.round))
    elif order["do"] == "pin":
        return {"pin": room.pin(order["seat"])}
    return {"phase": room.table.hour.phase, "seats": list(room.table.record.seats)}


async def _send(room: Room, action: HourAction) -> None:
    # Numbered from where the save stands: a host that came back gives no number twice.
    operation = f"order-{room.table.record.number}-{next(_NUMBERS)}"
    await room.table.send(action, operation)


if __name__ == "__main__":
    hosting._lines = obey
    sys.exit(main(sys.argv[1:]))
