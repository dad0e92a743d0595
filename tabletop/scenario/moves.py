"""What can be done and what can happen: responses, reactions, tables, injects, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from tabletop.scenario.evidence import Launch
from tabletop.scenario.parts import (
    Brief,
    Consequence,
    EvidenceId,
    Guard,
    Id,
    Limits,
    Part,
    Telling,
    Text,
    Title,
    Weight,
)

CHANCE = "chance"
"""The actor that is told as the cause of what has no other."""
QUIET = "quiet"
"""What is drawn in a turn that brings no random inject; so no inject bears this name."""

Instrument = Literal["diplomatic", "informational", "military", "economic"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Argument(Part):
    """One side's best case on a response, and the office that makes it."""

    text: Text
    by: Id | None = None
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Consent(Part):
    """An agreement that a response needs before it can be chosen."""

    by: Id
    """The actor who must agree."""
    when: Guard
    """Holds where the actor agrees, judged after the support of this turn."""
    refusal: Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome(Consequence):
    """One thing that chance may bring. Lists of outcomes run from mild to harsh."""

    id: Id
    weight: Weight
    title: Title | None = None
    by: Id | None = None
    draw: Id | None = None
    """A table that is drawn from next."""
    depicts: tuple[Launch, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class ReactionKind(Consequence):
    """A way in which an adversary may answer; a response's reaction builds on it by id."""

    title: Title
    by: Id
    shift: Weight = 0
    """Added to the weight of this kind in every reaction (aims and assumptions act here)."""
    draw: Id | None = None
    depicts: tuple[Launch, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Response(Consequence):
    """An option of one side: what it does, who argues for and against it, what may follow."""

    title: Annotated[str, Limits(min_length=1, max_length=40)]
    instrument: Instrument
    side: Id | None = None
    stages: Annotated[tuple[Id, ...], Limits(min_length=1)]
    turns: tuple[int, ...] | None = None
    """The turns in which it is offered; every turn where absent."""
    when: Guard | None = None
    closed: Text | None = None
    """Shown when `when` does not hold; without it the response is not offered then."""
    consent: Consent | None = None
    act: Text
    for_: Argument
    against: Argument
    unknown: Text | None = None
    """What nobody in the room knows."""
    class_menu: bool = False
    reaction: tuple[Outcome, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Support(Consequence):
    """A small act that goes with a response; chosen with it and carried out before it."""

    title: Title
    act: Text
    when: Guard | None = None
    closed: Text | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Table(Part):
    """A named list of outcomes that reactions, events and other tables may draw from."""

    title: Title
    outcomes: Annotated[tuple[Outcome, ...], Limits(min_length=1)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer(Consequence):
    """One answer to a flash decision."""

    title: Title
    act: Text
    reaction: tuple[Outcome, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Inject(Consequence):
    """News that reaches the room: at a set turn, or by chance within a window of turns."""

    title: Title
    by: Id | None = None
    turn: Annotated[int, Limits(ge=1)] | None = None
    """The turn at which it is scheduled."""
    turns: tuple[int, ...] | None = None
    """The turns in which chance may bring it (with `weight`)."""
    weight: Weight | None = None
    when: Guard | None = None
    to: tuple[Id, ...] = ()
    """The roles that alone may read it; everybody where empty."""
    answers: Mapping[Id, Answer] = field(default_factory=dict)
    """Makes it a flash decision; at most one a game comes."""
    depicts: tuple[Launch, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Event(Part):
    """A clock of the world that runs every turn whose guard holds, whatever was decided."""

    title: Title
    by: Id
    when: Guard | None = None
    outcomes: Annotated[tuple[Outcome, ...], Limits(min_length=1)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage(Telling):
    """A rung of the escalation ladder."""

    title: Title
    brief: Brief
    guidance: Brief | None = None
    """For control alone: what to watch, when to press."""
    questions: tuple[Text, ...] = ()
    course: Id
    """The response that stands when nobody chooses; always open in this stage."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Transition(Part):
    """A move along the ladder; the first one whose guard holds is taken."""

    from_: tuple[Id, ...] | Literal["any"]
    to: Id
    """A stage, or `previous`: the stage that the present one was entered from."""
    when: Guard
    text: Text
    """How the rung was reached, in a sentence."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule(Part):
    """One line of a doctrine: when it holds, the first open response of its list is chosen."""

    when: Guard | None = None
    choose: Annotated[tuple[Id, ...], Limits(min_length=1)]
    support: Id | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Doctrine(Part):
    """A named policy that can play: rules tried in order, else the stage's present course."""

    title: Title
    text: Text
    uniform: bool = False
    """Chooses among all that is open with equal chance; then it has no rules."""
    rules: tuple[Rule, ...] = ()
    answers: Mapping[Id, Id] = field(default_factory=dict)
    """By flash inject: the answer it gives; the first answer where absent."""
    cites: tuple[EvidenceId, ...] = ()
