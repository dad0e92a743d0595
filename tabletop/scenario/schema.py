"""The whole scenario as authors write it, checked by pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from tabletop.scenario.evidence import (
    Camp,
    Fact,
    Happened,
    Question,
    Role,
    Source,
    Theatre,
)
from tabletop.scenario.moves import (
    Doctrine,
    Event,
    Inject,
    ReactionKind,
    Response,
    Stage,
    Support,
    Table,
    Transition,
)
from tabletop.scenario.parts import (
    Brief,
    Callback,
    EvidenceId,
    Guard,
    Id,
    Limits,
    LongText,
    Part,
    Telling,
    Text,
    Title,
    Weight,
)

FORMAT = 1
MAX_OFFERED = 9


@dataclass(frozen=True, kw_only=True, eq=False)
class Moment(Telling):
    """One turn of the calendar: the span of scenario time and what it opens with."""

    date: Title
    title: Title


@dataclass(frozen=True, kw_only=True, eq=False)
class Track(Part):
    """A bounded integer gauge."""

    title: Annotated[str, Limits(min_length=1, max_length=16)]
    range: tuple[int, int] | None = None
    levels: tuple[Id, ...] | None = None
    """Names for the values from 0 up, instead of a range (a state of three values, say)."""
    start: int | Id
    low: Title
    """What the lowest value means."""
    high: Title
    danger: Literal["high", "low", "none"] = "none"
    """Which end is the dangerous one; it colours the gauge and decides nothing."""
    visibility: Literal["public", "control"] = "public"
    why: Text
    """Why it starts where it does."""
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Flag(Part):
    """A yes-or-no fact about the world."""

    title: Title
    start: bool = False
    lasts: Literal["game", "turn"] = "game"
    """`turn`: cleared when the turn ends."""
    remembers: Id | None = None
    """A flag of the turn whose last value this one keeps for one turn more."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Assumption(Part):
    """A dial of the model, set before play and shown in the debrief."""

    title: Title
    text: Text
    values: Annotated[dict[Id, int], Limits(min_length=2)]
    default: Id
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Preset(Part):
    """A named set of assumptions: a world as one camp sees it."""

    title: Title
    text: Text
    set: Mapping[Id, Id]


@dataclass(frozen=True, kw_only=True, eq=False)
class Aim(Part):
    """What the adversary really wants; drawn once at StartEx and hidden until EndEx."""

    title: Title
    text: Text
    """Shown at EndEx."""
    weight: Weight
    """Its prior, against the other aims."""
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Actor(Part):
    """Somebody who causes things: shown beside what they caused."""

    title: Title


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecast(Part):
    """The scenario's one fixed question about the turn that follows a decision."""

    question: Text
    occurs: Guard
    """Whether it came, judged when the turn's effects are in and before the turn ends."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ending(Telling):
    """How an exercise may end; the first whose guard holds is taken, in file order."""

    title: Title
    when: Guard | None = None
    at: Literal["any", "last"] = "last"
    """`any`: ends the game at once in any turn; `last`: judged after the last turn."""
    epilogue: LongText
    camps: Mapping[Id, Brief]
    """What each camp would say of it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Objective(Part):
    """How a player values the endings, from 0 to 1, declared before play."""

    title: Title
    text: Text
    values: Mapping[Id, Annotated[float, Limits(ge=0, le=1)]]


@dataclass(frozen=True, kw_only=True, eq=False)
class PlannedTurn(Part):
    """What a timing plan does with one turn."""

    mode: Literal["decided", "preset", "standing"] = "decided"
    response: Id | None = None
    support: Id | None = None
    doctrine: Id | None = None
    """Who plays a standing turn; without it the team's own standing order."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Timing(Part):
    """A plan for an hour: minutes a phase, and which turns are decided by the players."""

    title: Title
    minutes: Annotated[int, Limits(ge=5, le=480)]
    before: Annotated[int, Limits(ge=0)]
    """Minutes for joining, the brief and the objective."""
    brief: Annotated[float, Limits(ge=0)] = 0
    """How many of those are for the brief and the objective."""
    turn: Mapping[Id, Annotated[float, Limits(ge=0)]]
    """Minutes a phase of a decided turn, in order."""
    after: Mapping[Id, Annotated[float, Limits(ge=0)]]
    """Minutes for the ending, the history and the hot wash."""
    turns: tuple[PlannedTurn, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Acceptance(Part):
    """A finding of `tabletop check` that the author knows of and wants to keep."""

    finding: Annotated[str, Limits(pattern=r"^[a-z]+ [a-z]+$", max_length=40)]
    """Its name, as the check prints it between brackets."""
    of: Annotated[str, Limits(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$", max_length=120)]
    """What it is about: an id, or ids with dots between them, as the check prints it."""
    because: Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Scenario(Part):
    """One crisis, as one author wrote it."""

    format: Literal[1]
    id: Annotated[str, Limits(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
    version: Annotated[str, Limits(pattern=r"^[0-9]+\.[0-9]+(\.[0-9]+)?$")]
    language: Annotated[str, Limits(pattern=r"^[a-z]{2,3}$")] = "en"
    title: Title
    summary: Brief
    lesson: Text | None = None
    """What a first game with it teaches, if it is made for that."""
    disclaimer: Text | None = None
    """What the model is not."""
    content_note: Text
    authors: tuple[str, ...] = ()

    sources: Mapping[Id, Source]
    facts: Mapping[EvidenceId, Fact] = field(default_factory=dict)
    camps: Mapping[Id, Camp] = field(default_factory=dict)
    roles: Mapping[Id, Role]
    theatre: Theatre | None = None

    sides: Mapping[Id, Actor]
    actors: Mapping[Id, Actor]
    calendar: Annotated[tuple[Moment, ...], Limits(min_length=1, max_length=12)]
    tracks: Mapping[Id, Track]
    flags: Mapping[Id, Flag] = field(default_factory=dict)
    assumptions: Mapping[Id, Assumption] = field(default_factory=dict)
    presets: Mapping[Id, Preset] = field(default_factory=dict)
    aims: Mapping[Id, Aim]
    forecast: Forecast

    stages: Mapping[Id, Stage]
    transitions: tuple[Transition, ...] = ()
    supports: Mapping[Id, Support]
    """The first one is what goes with a response when nothing else is chosen."""
    reactions: Mapping[Id, ReactionKind] = field(default_factory=dict)
    responses: Mapping[Id, Response]
    tables: Mapping[Id, Table] = field(default_factory=dict)
    quiet: Weight = 1
    """The weight of a turn without a random inject."""
    injects: Mapping[Id, Inject] = field(default_factory=dict)
    events: Mapping[Id, Event] = field(default_factory=dict)
    endings: Mapping[Id, Ending]
    objectives: Mapping[Id, Objective]
    doctrines: Mapping[Id, Doctrine]
    timings: Mapping[Id, Timing] = field(default_factory=dict)
    hot_wash: tuple[Question, ...] = ()
    history: tuple[Happened, ...] = ()
    accepts: tuple[Acceptance, ...] = ()
    """Findings that are meant to be there; play and odds do not know of them."""


__all__ = ["FORMAT", "MAX_OFFERED", "Callback", "Scenario"]
