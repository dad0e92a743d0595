"""Where a scenario comes from and what its readers should know: sources, facts, voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from tabletop.scenario.parts import (
    Brief,
    EvidenceId,
    Id,
    Limits,
    LongText,
    Part,
    Text,
    Title,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Source(Part):
    """A published work that the scenario rests on."""

    title: str
    by: str
    published: str
    address: str | None = None
    note: Text | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Fact(Part):
    """An evidence card: one fact in our own words, and the place it comes from."""

    text: Text
    source: Id
    where: str | None = None
    """The paragraph or page of the source."""
    contested: Text | None = None
    """Who disputes it and why, if anybody does."""
    sealed: bool = False
    """Whether it tells what really came of the crisis, and so is shown only after EndEx."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Camp(Part):
    """A school of thought that would judge the policy differently from another."""

    title: Title
    case: Brief
    """Its best case, as its own people would put it."""
    accepts: tuple[Id, ...]
    """The endings that this camp could live with."""
    doctrine: Id
    preset: Id
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Goal(Part):
    """A private goal of a role, checked at EndEx where a guard can tell."""

    text: Text
    met: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Role(Part):
    """An office with a brief of its own and private goals that pull against one another."""

    title: Title
    brief: Brief
    private: Text | None = None
    goals: tuple[Goal, ...] = ()
    decides: bool = False
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Happened(Part):
    """One entry of the sealed history: what really happened, shown after EndEx."""

    date: Annotated[str, Limits(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")]
    text: Text
    cites: Annotated[tuple[EvidenceId, ...], Limits(min_length=1)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Place(Part):
    """A named point of the theatre, in degrees east and north."""

    title: Title
    longitude: Annotated[float, Limits(ge=-180, le=180)]
    latitude: Annotated[float, Limits(ge=-90, le=90)]
    label: bool = False
    """Whether the map writes its name."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Theatre(Part):
    """The part of the world that the map shows."""

    west: float
    south: float
    east: float
    north: float
    places: Mapping[Id, Place]


@dataclass(frozen=True, kw_only=True, eq=False)
class Launch(Part):
    """What an outcome depicts on the map: missiles from one place towards another."""

    from_: Id
    to: Id
    count: Annotated[int, Limits(ge=1, le=12)] = 1
    """How many flew."""
    failed: Annotated[int, Limits(ge=0, le=12)] = 0
    """How many more failed on the pad."""
    label: Title | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Question(Part):
    """A question for the hot wash."""

    text: Text
    cites: tuple[EvidenceId, ...] = ()


__all__ = [
    "Camp",
    "Fact",
    "Goal",
    "Happened",
    "Launch",
    "LongText",
    "Place",
    "Question",
    "Role",
    "Source",
    "Theatre",
]
