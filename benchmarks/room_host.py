"""The host that `benchmarks.room` puts under load: a class with its seats taken, in a process.

Prints one line of JSON (port, code, tokens) and then answers each line on its standard input
with its memory in bytes and processor seconds, until that ends.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
from pathlib import Path

from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.actions import Advance, Start
from tabletop.exercise.hour.opening import open_class, team_names
from tabletop.exercise.table import Viewer
from tabletop.room.limits import Limits
from tabletop.room.opening import new_room
from tabletop.room.room import Room

SEATS_A_TEAM = 10
DRAWN = 2.0
"""Seconds that the console has for its first pictures, which are no client's memory."""
SCREEN = "screen"
"""Asks for the console in the same process."""


async def serve(folder: Path, seats: int, *, screen: bool) -> None:
    """Open the room, fill it, go to the silent vote and wait for the end of the input."""
    teams = team_names(max(1, seats // SEATS_A_TEAM))
    table = open_class(Desk(folder), "north-korea-2017", teams=teams, plan="lesson", timed=False)
    limits = Limits(acts=1000, act_every=0.001, opens=100_000, connections=100_000)
    room = new_room(table, bind="127.0.0.1", port=0, limits=limits)
    await room.open()
    tokens = [
        await room.join(f"op-{number}", f"P{number}", teams[number % len(teams)])
        for number in range(seats)
    ]
    await table.send(Start(), "start")
    await table.send(Advance("read", 1), "vote")
    view = table.view(Viewer("team", teams[0]))
    response = next(each.id for each in view.responses if each.supports)
    facts = {"port": room.kept.port, "code": room.code, "tokens": tokens, "response": response}
    console = asyncio.create_task(_console(room)) if screen else None
    if console is not None:
        await asyncio.sleep(DRAWN)
    print(json.dumps(facts), flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps({"memory": _memory(), "cpu": _cpu()}), flush=True)
    if console is not None:
        console.cancel()
    await room.close()
    await table.close()


async def _console(room: Room) -> None:
    """The console in the same process, drawn for nobody."""
    from tabletop.tui.console.app import ControlApp

    app = ControlApp(Desk(room.table.path.parent), room.table, room.facts(), reduced_motion=True)
    await app.run_async(headless=True, size=(120, 40))


def _memory() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """`room_host SEATS [screen]`."""
    with tempfile.TemporaryDirectory(prefix="tabletop-room-") as name:
        asyncio.run(serve(Path(name), int(sys.argv[1]), screen=SCREEN in sys.argv[2:]))


if __name__ == "__main__":
    main()
