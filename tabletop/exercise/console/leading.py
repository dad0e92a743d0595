"""What every act of control starts from: the table, the room, whom to ask, and about which team."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from tabletop.errors import ActionError
from tabletop.exercise.asking import Asker, Option
from tabletop.exercise.console.facts import RoomFacts
from tabletop.exercise.console.wording import plural, seat_name, waiting_words
from tabletop.exercise.hour.actions import HourAction
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.hour.view import HourView, SeatRow, TeamRow
from tabletop.exercise.record import Record
from tabletop.exercise.table import CONTROL, Action, Moment, Receipt, Viewer
from tabletop.exercise.view import View

EVERYBODY = ""
"""The team that stands for all of them."""
_ALL = "*"


class ControlTable(Protocol):
    """What a console needs of the live exercise; `ClassTable` has it."""

    @property
    def path(self) -> Path:
        """The save."""

    @property
    def warning(self) -> str | None:
        """One line where the save cannot be written."""

    @property
    def record(self) -> Record:
        """The exercise as it is shown."""

    @property
    def hour(self) -> Hour:
        """The hour as it is shown."""

    def now(self) -> float:
        """The time by the table's clock, in seconds since 1970."""

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """What `viewer` may know of the game."""

    def hour_view(self, viewer: Viewer) -> HourView:
        """What `viewer` may know of the hour."""

    async def send(self, action: Action | HourAction, op_id: str) -> Receipt:
        """Carry out an action; raises `ActionError`."""

    async def save_elsewhere(self, path: Path) -> None:
        """Write everything so far to another file and go on there; raises `SaveError`."""

    def changes(self) -> AsyncIterator[int]:
        """The number of the newest event, each time there are new ones."""


@dataclass(frozen=True, slots=True)
class Leading:
    """One act under way: whom it is about, as far as that is known, and who is asked the rest."""

    table: ControlTable
    facts: RoomFacts
    ask: Asker
    team: str = ""
    """The team that control has in view; empty where it has none."""
    seat: str = ""
    named: bool = False
    """Whether control has named whom it is about, so that it need not be asked."""

    @property
    def hour(self) -> HourView:
        """The hour as control sees it."""
        return self.table.hour_view(CONTROL)

    def about(self, team: str) -> Leading:
        """The same act about a team that has been chosen."""
        return replace(self, team=team)

    async def send(self, action: Action | HourAction) -> None:
        """Carry out an action under an operation of its own; raises `ActionError`."""
        await self.table.send(action, uuid4().hex)

    def row(self, team: str) -> TeamRow:
        """A team of the hour; raises `ActionError` for an unknown one."""
        for row in self.hour.teams:
            if row.team == team:
                return row
        known = ", ".join(row.team for row in self.hour.teams)
        raise ActionError(f"there is no team {team!r:.60}: {known}")

    async def a_team(
        self,
        question: str,
        closed: Callable[[TeamRow], str] = lambda _: "",
    ) -> TeamRow:
        """The team in view, or the one that is chosen; `closed` says why one cannot be."""
        if self.team:
            row = self.row(self.team)
            reason = closed(row)
            if reason:
                raise ActionError(reason)
            return row
        rows = self.hour.teams
        if len(rows) == 1 and not closed(rows[0]):
            return rows[0]
        options = [
            Option(row.team, row.team, f"waits for {waiting_words(row)}", closed(row))
            for row in rows
        ]
        return self.row(await self.ask.pick(question, options))

    async def a_team_or_all(self, question: str) -> str:
        """A team, or `EVERYBODY`; the team in view is offered first."""
        if self.named and self.team:
            return self.row(self.team).team
        if self.named and not self.seat:
            return EVERYBODY
        rows = sorted(self.hour.teams, key=lambda row: row.team != self.team)
        options = [
            *(Option(row.team, f"Team {row.team}", plural(row.seats, "person")) for row in rows),
        ]
        options.insert(1 if self.team else 0, Option(_ALL, "All teams", plural(len(rows), "team")))
        chosen = await self.ask.pick(question, options, self.team or _ALL)
        return EVERYBODY if chosen == _ALL else chosen

    async def a_seat(self, question: str, *, people_only: bool = True) -> SeatRow:
        """The seat in view, or the one that is chosen, of the team in view if there is one."""
        rows = [row for row in self.hour.mates if not (people_only and row.empty)]
        if self.seat:
            for row in rows:
                if row.id == self.seat:
                    return row
            raise ActionError("nobody sits there any more")
        own = [row for row in rows if row.team == self.team] or rows
        if not own:
            raise ActionError("nobody has taken a seat yet")
        options = [Option(row.id, seat_name(row), f"{row.team}, {row.role_title}") for row in own]
        chosen = await self.ask.pick(question, options)
        return next(row for row in own if row.id == chosen)
