"""Who may look at a save: every perspective that it offers, found by name."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.errors import UsageError
from tabletop.exercise.record import Record
from tabletop.exercise.seats import teams
from tabletop.exercise.table import CONTROL, Viewer

PUBLIC = Viewer("public")
PROJECTOR = Viewer("projector")


@dataclass(frozen=True, slots=True)
class Perspective:
    """A viewer, and what a list of viewers calls it."""

    viewer: Viewer
    title: str


def perspectives(record: Record) -> tuple[Perspective, ...]:
    """Every seat, every team but that of a lone player, the public, the projector, control."""
    roles = record.program.scenario.roles
    found = [
        Perspective(Viewer("seat", seat.id), f"{seat.name or seat.id}, {roles[seat.role].title}")
        for seat in record.seats.values()
    ]
    sizes = [seat.team for seat in record.seats.values()]
    found += [
        Perspective(Viewer("team", team), f"Team {team}")
        for team in teams(record.seats)
        if len(sizes) > 1
    ]
    found.append(Perspective(PUBLIC, "The public"))
    found.append(Perspective(PROJECTOR, "The projector"))
    found.append(Perspective(CONTROL, "Control"))
    return tuple(found)


def usual_viewer(record: Record) -> Viewer:
    """Who looks where nobody says: the one player of a solo save, else the public."""
    seats = list(record.seats)
    return Viewer("seat", seats[0]) if len(seats) == 1 else PUBLIC


def viewer_named(record: Record, name: str) -> Viewer:
    """The viewer of that name: `control`, `public`, `projector`, a team or a seat.

    `team:NAME` and `seat:NAME` tell apart what bears the same name; without that a seat
    goes before a team. Raises `UsageError` with what there is.
    """
    kind, _, rest = name.partition(":")
    for viewer in (CONTROL, PUBLIC, PROJECTOR):
        if name == viewer.kind:
            return viewer
    if name in record.seats or (kind == "seat" and rest in record.seats):
        return Viewer("seat", name if name in record.seats else rest)
    known = teams(record.seats)
    if name in known or (kind == "team" and rest in known):
        return Viewer("team", name if name in known else rest)
    there = list(dict.fromkeys(["control", "public", "projector", *known, *record.seats]))
    shown = ", ".join(there[:12]) + (", ..." if len(there) > 12 else "")
    raise UsageError(f"nobody called {name!r:.60} can look at this save: it has {shown}")


def hears(record: Record, viewer: Viewer, team: str) -> bool:
    """Whether a viewer may hear what people of a team said among themselves."""
    if viewer.kind == "seat":
        seat = record.seats.get(viewer.name)
        return seat is not None and seat.team == team
    return viewer.kind == "control" or (viewer.kind == "team" and viewer.name == team)


def may_look(record: Record, viewer: Viewer, team: str) -> bool:
    """Whether a viewer may look at a team's lines of play at all."""
    return viewer.kind not in ("seat", "team") or hears(record, viewer, team)


def seated(record: Record, viewer: Viewer, team: str) -> Viewer:
    """The viewer; for one whose seat was not taken yet, their team."""
    late = viewer.kind == "seat" and viewer.name not in record.seats
    return Viewer("team", team) if late else viewer
