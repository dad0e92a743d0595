"""Builds what the pages are sent: the whole of what one seat may know, small and at once.

What a team shares is worked out and written once for all its seats; long texts leave by their
address alone (see `shelf`), so that a snapshot is a kilobyte or two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tabletop.exercise.hour.people import people_of
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Viewer
from tabletop.room.released import released, released_game, released_hour, released_seat
from tabletop.room.shelf import Shelf

NOT_KEPT = (
    "The host cannot write to its disk just now. What you say counts, but would be lost with the"
    " host: keep your reasons on paper as well."
)
"""What pages are told then; where the save is, and why, is for whoever runs the room."""


def as_json(data: object) -> bytes:
    """Data for the network, without a space that is not needed."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


class Snapshots:
    """The snapshots of one table, each part worked out once for as long as it holds."""

    def __init__(self, table: ClassTable, shelf: Shelf) -> None:
        self._table = table
        self._shelf = shelf
        self._ground: tuple[Any, ...] = ()
        self._games: dict[str, str] = {}
        self._own: dict[tuple[str, str], str] = {}
        self._number = -1
        self._teams: dict[str, bytes] = {}

    def seat(self, seat: str) -> bytes | None:
        """All that a seat may know now, as JSON; None where nobody sits there any more."""
        self._renew()
        viewer = Viewer("seat", seat)
        hour = self._table.hour_view(viewer)
        if hour.you is None:
            return None
        team = self._team(hour.you.team)  # first: it shelves what its offices know as well
        own = released_seat(hour) | {"own": self._own_name(seat, hour)}
        return self._framed(team, own)

    def game(self, seat: str) -> dict[str, Any] | None:
        """All that a seat may know of the game now, as plain data."""
        self._renew()
        hour = self._table.hour_view(Viewer("seat", seat))
        if hour.you is None:
            return None
        shared = self._game_data(hour.you.team)
        return {**shared, **self._own_data(seat, hour, shared)}

    def _framed(self, team: bytes, own: Mapping[str, Any]) -> bytes:
        head = {
            "n": self._number,
            "now": round(self._table.now(), 3),
            "warning": NOT_KEPT if self._table.warning else None,
            "seat": own,
        }
        return b'{"team":' + team + b"," + as_json(head)[1:]

    def _renew(self) -> None:
        """Forget what no longer holds: the game when the game moved, the hour at every event."""
        record, hour = self._table.record, self._table.hour
        ground = (record.lines, record.seats, record.objectives, hour.shared, hour.observers)
        if len(ground) != len(self._ground) or any(
            a is not b for a, b in zip(ground, self._ground, strict=True)
        ):
            self._ground = ground
            self._games.clear()
            self._own.clear()
        if record.number != self._number:
            self._number = record.number
            self._teams.clear()

    def _team(self, team: str) -> bytes:
        """What a team's seats share."""
        if team not in self._teams:
            hour = self._table.hour_view(Viewer("team", team))
            data = released_hour(hour) | {"game": self._game(team)}
            self._teams[team] = as_json(data)
        return self._teams[team]

    def _game(self, team: str) -> str:
        """The address of what a team sees of the game; what its offices see beside it is shelved
        with it, so that nothing but texts is kept.
        """
        if team not in self._games:
            data = self._game_data(team)
            self._games[team] = self._shelf.put(as_json(data))
            for seat in people_of(self._table.record, team):
                if (team, seat.role) not in self._own:
                    hour = self._table.hour_view(Viewer("seat", seat.id))
                    own = self._own_data(seat.id, hour, data)
                    self._own[team, seat.role] = self._shelf.put(as_json(own))
        return self._games[team]

    def _game_data(self, team: str) -> dict[str, Any]:
        view = self._table.view(Viewer("team", team))
        return released_game(view, shared=self._table.hour.shared)

    def _own_name(self, seat: str, hour: HourView) -> str:
        """The address of what a seat knows of the game beside its team: the same for an office."""
        assert hour.you is not None
        key = (hour.you.team, hour.you.role)
        if key not in self._own:
            own = self._own_data(seat, hour, self._game_data(hour.you.team))
            self._own[key] = self._shelf.put(as_json(own))
        return self._own[key]

    def _own_data(self, seat: str, hour: HourView, shared: Mapping[str, Any]) -> dict[str, Any]:
        assert hour.you is not None
        if not hour.you.role:
            return {}
        view = self._table.view(Viewer("seat", seat))
        mine = released_game(view, shared=self._table.hour.shared)
        private = {name: value for name, value in mine.items() if value != shared[name]}
        return private | {"role": released(view.role), "objective": view.objective}
