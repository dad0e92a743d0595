"""Which team and office are dealt, with those in mind whose seats are still being written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tabletop.exercise.hour.people import people_of
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.table import Join


class Dealing:
    """Deals evenly, also to a class that comes all at once."""

    def __init__(self, table: ClassTable) -> None:
        """Deal the seats of `table`."""
        self._table = table
        self._coming: list[Join] = []

    def held(self, team: str) -> list[str]:
        """The offices that people of a team hold, or are about to, one for each person."""
        here = [seat.role for seat in people_of(self._table.record, team)]
        return here + [join.role for join in self._coming if join.team == team]

    def team(self) -> str:
        """The team with the fewest people."""
        return min(self._table.hour.teams, key=lambda team: len(self.held(team)))

    def role(self, team: str) -> str:
        """The office that the fewest of a team hold, in the scenario's order."""
        return min(self._table.record.program.scenario.roles, key=self.held(team).count)

    @contextmanager
    def coming(self, join: Join) -> Iterator[None]:
        """Count somebody in until their seat is in the record."""
        self._coming.append(join)
        try:
            yield
        finally:
            self._coming.remove(join)
