"""The console that `benchmarks.console` measures: forty teams of five people, at rest or at work.

With the argument `busy`, every row changes four times a second, and ten people vote meanwhile.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.errors import ActionError
from tabletop.exercise.console.facts import RoomFacts
from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.actions import Advance, Prefer, Start
from tabletop.exercise.hour.opening import open_class, team_names
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.table import Join, Viewer
from tabletop.tui.console.app import ControlApp

TEAMS, PEOPLE = 40, 5
BEAT = 0.25
VOTES = 10
CLOCK = 1_800_000_000.0


async def seated(folder: Path) -> ClassTable:
    """Everybody in a seat, in the talk of the first round, with a clock that stands."""
    teams = team_names(TEAMS)
    table = open_class(
        Desk(folder), "north-korea-2017", teams=teams, plan="lesson", clock=lambda: CLOCK
    )
    roles = list(table.record.program.scenario.roles)
    for team in teams:
        for place in range(PEOPLE):
            seat = f"{team}-{place}"
            await table.send(Join(seat, f"{team} {place}", team, roles[place]), f"join-{seat}")
    await table.send(Start(), "start")
    for phase in ("read", "preference"):
        await table.send(Advance(phase, 1), phase)
    return table


async def work(table: ClassTable, here: set[str], app: ControlApp) -> None:
    """Let somebody of every team come or go, and some vote, four times a second."""
    seats = [seat for seat in table.record.seats if seat.endswith("-1")]
    view = table.view(Viewer("team", seats[0].removesuffix("-1")))
    offered = [each.id for each in view.responses if each.supports]
    for beat in count():
        here ^= set(seats)
        for number in range(VOTES):
            seat = seats[(beat * VOTES + number) % len(seats)]
            with suppress(ActionError):
                await table.send(Prefer(seat, offered[beat % len(offered)]), f"{beat}-{number}")
        app.stir()
        await asyncio.sleep(BEAT)


async def main(*, busy: bool) -> None:
    """Run the console until it is ended."""
    with TemporaryDirectory() as folder:
        table = await seated(Path(folder))
        here = set(table.record.seats)
        app = ControlApp(
            lambda: Desk(Path(folder)),
            table,
            RoomFacts(address="http://192.168.1.23:8000", code="K7QM3X", present=here.__contains__),
        )
        working = asyncio.create_task(work(table, here, app)) if busy else None
        await app.run_async()
        if working is not None:
            working.cancel()
        await table.close()


if __name__ == "__main__":
    asyncio.run(main(busy="busy" in sys.argv))
