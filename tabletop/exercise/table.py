"""The seam between front ends and everything else: one protocol and its plain data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol

from tabletop.exercise.view import View


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a seat or a team by name, the public, the projector, or control."""

    kind: Literal["seat", "team", "public", "projector", "control"]
    name: str = ""


CONTROL = Viewer("control")
SOLO = Viewer("seat", "solo")
"""The one seat of a solo exercise."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of play and the number of an event in it."""

    line: str
    event: int


@dataclass(frozen=True, slots=True)
class Join:
    """Take a seat under a name, in a team, in a role."""

    seat: str
    name: str
    team: str
    role: str


@dataclass(frozen=True, slots=True)
class Declare:
    """Declare the objective by which a seat's team values the endings; only before StartEx."""

    seat: str
    objective: str


@dataclass(frozen=True, slots=True)
class Begin:
    """StartEx: the aim is drawn and the first turn opens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer the flash decision that is open."""

    seat: str
    answer: str
    rationale: str | None = None
    by_default: bool = False
    standing: str | None = None
    """The doctrine of the standing order that gives it; then nobody chose."""


@dataclass(frozen=True, slots=True)
class Decide:
    """Choose a response, its support, a reason and a forecast (10, 30, 50, 70 or 90 percent)."""

    seat: str
    response: str
    support: str
    rationale: str | None = None
    forecast: int | None = None
    by_default: bool = False
    standing: str | None = None
    """The doctrine of the standing order that chooses; then nobody did."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A seat announces that a doctrine plays the rest of its team's turns: a standing order."""

    seat: str
    doctrine: str


@dataclass(frozen=True, slots=True)
class Override:
    """Control changes an adjudication of a line: another outcome of its last draw at a site,
    or plain effects and flags; always with a reason.
    """

    line: str
    reason: str
    site: str | None = None
    outcome: str | None = None
    effects: tuple[tuple[str, int], ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fire:
    """Control puts an inject of the scenario into play in a line."""

    line: str
    inject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withhold:
    """Control holds an inject of the scenario back in a line, or lets it come again in its time.

    Before StartEx the line is the one that the team of its name will have.
    """

    line: str
    inject: str
    held: bool = True
    reason: str | None = None


Action = Join | Declare | Begin | Answer | Decide | HandOver | Override | Fire | Withhold


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an action: the number of the last event it led to, durable by then."""

    op_id: str
    event: int
    repeated: bool = False
    """The same operation had come before; nothing was done twice."""


class Table(Protocol):
    """Where an exercise is played or replayed, whoever runs it and wherever."""

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """What `viewer` may know at `moment`, or now."""

    async def send(self, action: Action, op_id: str) -> Receipt:
        """Carry out an action; returns when its events are durable.

        Raises `ActionError` where the exercise refuses it.
        """

    def changes(self) -> AsyncIterator[int]:
        """The number of the newest event, each time there are new ones."""
