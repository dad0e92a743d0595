"""What one viewer may know of the hour itself: phase, clock, team, preferences, messages.

It stands beside the `View` of the game and holds, like that, nothing that its viewer may
not know: a tally and the reasons of others appear only once the team's choice is locked.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

PhaseName = Literal[
    "join",
    "brief",
    "read",
    "preference",
    "talk",
    "lock",
    "reveal",
    "changed",
    "endings",
    "hot_wash",
    "ticket",
    "pause",
    "over",
]
"""The phases in their usual order; `read` to `changed` come once a round."""


class Span(NamedTuple):
    """One phase of the plan."""

    phase: PhaseName
    round: int
    """From 1; 0 before and after the rounds."""
    seconds: int


class SeatRow(NamedTuple):
    """One person in a team."""

    id: str
    name: str
    team: str
    role: str
    """Empty for a recorder, who sees what the team sees and does not play."""
    role_title: str
    head: bool
    preferred: bool
    """Whether there is a preference in this round; never which."""
    empty: bool = False
    """An empty chair that a doctrine plays."""


class TallyRow(NamedTuple):
    """How many preferences a response had."""

    response: str
    title: str
    preferences: int


class LockedView(NamedTuple):
    """A team's choice as it was locked."""

    seat: str
    """Empty where nobody chose in time, or control entered it."""
    response: str
    title: str
    support: str
    rationale: str | None
    forecast: int | None
    by_default: bool


class SaidView(NamedTuple):
    """A reason or a dissent, by number: control lets numbers through to the projector."""

    number: int
    """The event that holds it."""
    team: str
    turn: int
    kind: Literal["reason", "dissent", "preference"]
    response_title: str
    text: str
    seat: str
    """Who said it; empty on the projector, where no individual is named."""


class TeamRow(NamedTuple):
    """A team as the console and, with less, the projector list it."""

    team: str
    line: str
    turn: int
    stage: str
    stage_title: str
    locked: bool
    waiting: str
    """What it waits for, in words: "2 of 4 preferences", "its head", "nothing"."""
    used: float | None
    """Seconds from the start of the round to the lock; None while open."""
    last_choice: str
    ending: str
    """The ending's title; empty while it plays."""
    seats: int
    preferences: int
    standing: str
    """The doctrine that plays the turns that nobody decides; empty where none is chosen."""
    empty: bool = False


class MessageView(NamedTuple):
    """A message or written inject from control."""

    number: int
    kind: Literal["message", "inject"]
    title: str
    text: str


class ShownView(NamedTuple):
    """What the projector shows."""

    what: Literal["situation", "ladder", "reasons", "debrief", "join", "nothing"]
    team: str = ""
    reasons: tuple[SaidView, ...] = ()


class MarkView(NamedTuple):
    """Control's private note."""

    number: int
    round: int
    team: str
    text: str


class TicketView(NamedTuple):
    """An exit ticket, for control alone; `seat` is an id."""

    number: int
    seat: str
    text: str


class HourView(NamedTuple):
    """All that one viewer may know of the hour at this moment."""

    phase: PhaseName
    round: int
    rounds: int
    seconds: int | None
    """Planned for the phase, stretches included; None where it runs by hand."""
    ends_at: float | None
    """When the phase ends, seconds since 1970; None where paused, held, or by hand."""
    remaining: float | None
    """Seconds left while paused."""
    paused: bool
    held: bool
    timed: bool
    barred: bool
    begun: bool
    rule: str
    plan: str
    """The title of the timing plan; empty without one."""
    spans: tuple[Span, ...]
    you: SeatRow | None
    team: TeamRow | None
    mates: tuple[SeatRow, ...]
    """The seats of the viewer's team; of every team for control."""
    preference: str | None
    """The viewer's own, in this round."""
    locked: LockedView | None
    """Of the viewer's team."""
    tally: tuple[TallyRow, ...]
    """Of the viewer's team, once locked; empty before, but for control."""
    said: tuple[SaidView, ...]
    """Reasons and dissents that this viewer may read."""
    can: tuple[str, ...]
    """What the viewer may do now: prefer, lock, answer, dissent, declare, guess, stand, ticket."""
    messages: tuple[MessageView, ...]
    teams: tuple[TeamRow, ...]
    """For control and the projector; who waits sees those that they may guess about."""
    shown: ShownView
    shared: bool
    """Whether control has released the debrief."""
    marks: tuple[MarkView, ...] = ()
    tickets: tuple[TicketView, ...] = ()
    doctrines: tuple[tuple[str, str], ...] = ()
    """Id and title of what a standing order may be."""
    deck: tuple[MessageView, ...] = ()
    """Injects that control wrote and holds for later; for control alone."""
