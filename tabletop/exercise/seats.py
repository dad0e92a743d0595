"""Seats: who takes part, in which team and role, and who of them may speak for a team."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tabletop.errors import ActionError
from tabletop.exercise.line import Said
from tabletop.exercise.view import FORECASTS
from tabletop.exercise.words import read_words
from tabletop.scenario.evidence import Role

Seats = Mapping[str, "Seat"]
"""By id, in the order in which they were taken."""

MOST_SEATS = 2000
"""In one exercise: twice the room that the program is made for."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_PERCENTS = tuple(percent for percent, _ in FORECASTS)


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in a team, holding a role."""

    id: str
    name: str | None
    """None where the name has been removed from the save."""
    team: str
    role: str
    gone: bool = False
    """Whether control has taken it away; what was said from it stays."""


def taken(
    seats: Seats, roles: Mapping[str, Role], data: Mapping[str, Any], *, begun: bool
) -> dict[str, Seat]:
    """The seats with the one that `data` describes; raises `ActionError` where it cannot be had."""
    seat = Seat(_id(data, "seat"), read_words(data["name"]), _id(data, "team"), data["role"])
    if seat.role not in roles:
        raise ActionError(f"there is no role {seat.role!r}: {', '.join(roles)}")
    if seat.id in seats:
        raise ActionError(f"seat {seat.id!r} is taken")
    if begun and seat.team not in teams(seats):
        raise ActionError(f"play has begun, and there is no team {seat.team!r} in it")
    if len(seats) >= MOST_SEATS:
        raise ActionError(f"an exercise has at most {MOST_SEATS} seats")
    return {**seats, seat.id: seat}


def reseated(
    seats: Seats, roles: Mapping[str, Role], data: Mapping[str, Any], *, begun: bool
) -> dict[str, Seat]:
    """The seats with one of another name, team or role; raises `ActionError` where it cannot be.

    What `data` gives as null stays as it was.
    """
    team_of(seats, data["seat"])
    seat = seats[data["seat"]]
    if data["name"] is not None:
        seat = replace(seat, name=read_words(data["name"]))
    if data["role"] is not None:
        if data["role"] not in roles:
            raise ActionError(f"there is no role {data['role']!r}: {', '.join(roles)}")
        seat = replace(seat, role=data["role"])
    if data["team"] is not None:
        seat = replace(seat, team=_id(data, "team"))
        if begun and seat.team not in teams(seats):
            raise ActionError(f"play has begun, and there is no team {seat.team!r} in it")
    return {**seats, seat.id: seat}


def left(seats: Seats, data: Mapping[str, Any]) -> dict[str, Seat]:
    """The seats with one that nobody sits in any more; raises `ActionError` for an unknown one."""
    team_of(seats, data["seat"])
    return {**seats, data["seat"]: replace(seats[data["seat"]], gone=True)}


def sitting(seats: Seats) -> dict[str, list[Seat]]:
    """Those who sit in each team now, in the order in which they came."""
    found: dict[str, list[Seat]] = {}
    for seat in seats.values():
        if not seat.gone:
            found.setdefault(seat.team, []).append(seat)
    return found


def heads(own: Iterable[Seat], roles: Mapping[str, Role]) -> list[str]:
    """Those of a team who may speak for it: whoever holds a role that decides, else everybody."""
    own = list(own)
    deciding = [each.id for each in own if roles[each.role].decides]
    return deciding or [each.id for each in own]


def head_role(roles: Mapping[str, Role]) -> str:
    """The role of whoever sits alone: the first that decides, else the first."""
    return next((name for name, part in roles.items() if part.decides), next(iter(roles)))


def teams(seats: Seats) -> dict[str, None]:
    """The teams, in the order in which they came."""
    return {seat.team: None for seat in seats.values()}


def said(seats: Seats, roles: Mapping[str, Role], team: str, data: Mapping[str, Any]) -> Said:
    """What a seat says for a team; raises `ActionError` where it is not the one who may."""
    seat = data["seat"]
    if team_of(seats, seat) != team:
        raise ActionError(f"seat {seat!r} is not in team {team!r}")
    own = (each for each in seats.values() if each.team == team and not each.gone)
    deciding = heads(own, roles)
    if deciding and seat not in deciding:
        raise ActionError(f"in this team {', '.join(deciding)} decides")
    forecast = data.get("forecast")
    check_forecast(forecast)
    by_default, standing = data.get("by_default", False), data.get("standing")
    order = standing if isinstance(standing, str) else None
    return Said(seat, read_words(data.get("rationale")), forecast, bool(by_default), order)


def check_forecast(percent: int | None) -> None:
    """Raise `ActionError` for a forecast that is none of the answers; None says nothing."""
    if percent is not None and percent not in _PERCENTS:
        raise ActionError(f"a forecast is one of {_PERCENTS}, not {percent!r}")


def team_of(seats: Seats, seat: str) -> str:
    """The team of a seat; raises `ActionError` for an unknown seat."""
    if seat not in seats:
        raise ActionError(f"there is no seat {seat!r}")
    return seats[seat].team


def _id(data: Mapping[str, Any], key: str) -> str:
    name = data[key]
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ActionError(f"a {key} is named by letters, digits, - and _, not {name!r:.60}")
    return name
