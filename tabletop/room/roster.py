"""The list of a class from a CSV file: who sits in which team, in which role."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tabletop.clean import clean_line
from tabletop.errors import UsageError

MOST_BYTES = 1_000_000
NAME_LIMIT = 60


class Place(NamedTuple):
    """What the list says of one person; an empty team or role is dealt on joining."""

    name: str
    team: str
    role: str


Roster = Mapping[str, Place]
"""By name, as `by_name` makes it."""


def by_name(name: str) -> str:
    """A name as it is looked up: neither case nor spaces tell people apart."""
    return clean_line(name, NAME_LIMIT).casefold()


def read_roster(path: Path, roles: Mapping[str, str]) -> Roster:
    """The list in a file with the columns name, team and role; `roles` are ids with titles.

    A role may be named by id or title; team and role may be left out. Raises `UsageError`
    with the line and what is wrong in it.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path}: larger than a list of a class can be")
        text = path.read_text("utf-8-sig")
    except OSError as fault:
        raise UsageError(f"{path}: cannot be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8: save it as `CSV UTF-8`") from None
    found: dict[str, Place] = {}
    rows = csv.reader(text.splitlines(), dialect=_dialect(text))
    columns = [cell.strip().casefold() for cell in next(rows, [])]
    if "name" not in columns:
        raise UsageError(f"{path}:1: the first line names the columns: name,team,role")
    for number, row in enumerate(rows, 2):
        place = _place(dict(zip(columns, row, strict=False)), roles, f"{path}:{number}")
        if place is None:
            continue
        if by_name(place.name) in found:
            raise UsageError(f"{path}:{number}: {place.name!r} is in the list twice")
        found[by_name(place.name)] = place
    return found


def _dialect(text: str) -> type[csv.Dialect]:
    """Commas, semicolons or tabs: spreadsheets write all three."""
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)

    class Found(csv.excel):
        delimiter = mark

    return Found


def _place(cells: Mapping[str, str], roles: Mapping[str, str], where: str) -> Place | None:
    name, team, role = (
        clean_line(cells.get(column) or "", NAME_LIMIT) for column in ("name", "team", "role")
    )
    if not (name or team or role):
        return None
    if not name:
        raise UsageError(f"{where}: no name")
    titles = {title.casefold(): known for known, title in roles.items()}
    known = role if role in roles else titles.get(role.casefold(), "")
    if role and not known:
        raise UsageError(f"{where}: there is no role {role!r}: {', '.join(roles)}")
    return Place(name, team, known)


def teams_of(roster: Roster) -> list[str]:
    """The teams that the list names, in its order."""
    return list(dict.fromkeys(place.team for place in roster.values() if place.team))


def check_teams(path: Path, roster: Roster, teams: Container[str]) -> None:
    """Raise `UsageError` where the list names a team that does not take part."""
    strangers: Iterable[str] = [team for team in teams_of(roster) if team not in teams]
    for team in strangers:
        raise UsageError(f"{path}: there is no team {team!r} in this exercise")
