"""Classes on a clock that the test turns: opened, filled with people, and led on."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.actions import Advance, HourAction, Lock, Prefer, Start
from tabletop.exercise.hour.opening import open_class
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import CONTROL, Action, Join, Receipt, Viewer

CRISIS = "north-korea-2017"
HEAD, SECOND = "president", "state"


class Led:
    """A class and the clock that it runs by."""

    def __init__(self, folder: Path, teams: tuple[str, ...], **wishes: object) -> None:
        self.now = 1_800_000_000.0
        self.operations = count(1)
        settings = {"plan": "lesson", "seed": 7, **wishes}
        self.table: ClassTable = open_class(
            Desk(folder),
            CRISIS,
            teams=teams,
            clock=lambda: self.now,
            **settings,  # type: ignore[arg-type]
        )

    async def send(self, action: Action | HourAction) -> Receipt:
        """Carry an act out under an operation of its own."""
        return await self.table.send(action, f"operation-{next(self.operations)}")

    async def seat(self, team: str, people: int = 2) -> None:
        """Let people sit down in a team: its head first, then others."""
        roles = list(self.table.record.program.scenario.roles)
        for place in range(people):
            role = roles[place % len(roles)]
            await self.send(Join(f"{team}-{place}", f"{team} {place}", team, role))

    async def start(self) -> None:
        """StartEx."""
        await self.send(Start())

    async def next(self) -> str:
        """Go on to the next phase by hand; gives its name."""
        hour = self.table.hour
        await self.send(Advance(hour.phase, hour.round))
        return self.table.hour.phase

    def phase(self) -> str:
        """The phase that it is in."""
        return self.table.hour.phase

    async def until(self, phase: str) -> None:
        """Go on by hand until a phase is reached."""
        while await self.next() != phase:
            pass

    async def wait(self, seconds: float) -> None:
        """Let time pass, second by second, with the clock's demands carried out."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 1)
            await self.table.tick()

    def offered(self, team: str) -> list[str]:
        """What can be chosen by a team now."""
        view = self.table.view(Viewer("team", team))
        return [each.id for each in view.responses if each.supports]

    async def prefer(self, seat: str, place: int = 0, reason: str | None = None) -> str:
        """Let a seat prefer one of the responses on offer; gives its id."""
        response = self.offered(self.table.record.seats[seat].team)[place]
        await self.send(Prefer(seat, response, reason))
        return response

    async def lock(self, seat: str, place: int = 0, rationale: str | None = None) -> str:
        """Let a head lock one of the responses on offer; gives its id."""
        view = self.table.view(Viewer("seat", seat))
        response = [each for each in view.responses if each.supports][place]
        await self.send(Lock(seat, response.id, response.supports[0], rationale, 30))
        return response.id

    def seen(self, seat: str) -> HourView:
        """What a seat sees of the hour."""
        return self.table.hour_view(Viewer("seat", seat))

    def control(self) -> HourView:
        """What control sees of the hour."""
        return self.table.hour_view(CONTROL)
