"""Where the hour stands after some events of its save: folded, like the game, and never changed.

Times are seconds since 1970, taken from the events: a restart finds the same clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tabletop.exercise.hour.phases import OPEN
from tabletop.exercise.hour.view import PhaseName, Span


@dataclass(frozen=True, slots=True)
class Preference:
    """What a seat would choose in a round."""

    number: int
    response: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Locked:
    """A team's choice before it is carried out."""

    number: int
    seat: str
    """Empty where control entered it."""
    response: str
    support: str
    rationale: dict[str, Any] | None
    """Sealed words."""
    forecast: int | None
    used: float
    """Seconds from the start of the round, pauses left out."""


@dataclass(frozen=True, slots=True)
class Dissented:
    """Why a seat would have chosen otherwise."""

    number: int
    seat: str
    team: str
    turn: int
    response: str
    text: str


@dataclass(frozen=True, slots=True)
class Observer:
    """A recorder: sees what a team sees and does not play."""

    seat: str
    name: str | None
    team: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A message, an inject written by control, a mark or an exit ticket."""

    number: int
    kind: str
    title: str
    text: str
    seat: str
    team: str
    round: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What control shows on the projector."""

    what: Literal["situation", "ladder", "reasons", "debrief", "join", "nothing"] = "join"
    team: str = ""
    reasons: tuple[int, ...] = ()


@dataclass(frozen=True)
class Hour:
    """The hour as it stands."""

    spans: tuple[Span, ...]
    place: int = 0
    """Which of the spans it is in."""
    opened: bool = False
    teams: tuple[str, ...] = ()
    rule: str = "head"
    own_luck: bool = False
    timed: bool = True
    since: float = 0.0
    """When the phase began."""
    stretched: int = 0
    """Seconds added to the phase."""
    paused_at: float | None = None
    rested: float = 0.0
    """Seconds of the phase that were spent in pauses that are over."""
    held: bool = False
    barred: bool = False
    round_since: float = 0.0
    """When the round began, moved on by every pause in it."""
    preferences: Mapping[str, Preference] = field(default_factory=dict)
    """Of this round, by seat."""
    locks: Mapping[str, Locked] = field(default_factory=dict)
    """Of this round, by team."""
    done: frozenset[str] = frozenset()
    """The teams whose decision of this round has been carried out."""
    dissents: tuple[Dissented, ...] = ()
    guesses: Mapping[tuple[str, str, int], int] = field(default_factory=dict)
    """Percent by seat, team and round."""
    standing: Mapping[str, str] = field(default_factory=dict)
    """The doctrine of a team's standing order."""
    observers: Mapping[str, Observer] = field(default_factory=dict)
    posted: tuple[Posted, ...] = ()
    shown: Shown = Shown()
    shared: bool = False

    @property
    def span(self) -> Span:
        """The phase that it is in."""
        return self.spans[self.place]

    @property
    def phase(self) -> PhaseName:
        """The name of the phase."""
        return self.span.phase

    @property
    def round(self) -> int:
        """The number of the round; 0 before and after the rounds."""
        return self.span.round

    @property
    def open(self) -> bool:
        """Whether a round waits for decisions."""
        return self.round > 0 and self.phase in OPEN

    @property
    def rounds(self) -> int:
        """How many rounds are planned."""
        return max(span.round for span in self.spans)

    @property
    def running(self) -> bool:
        """Whether its clock runs: by the plan, not paused, not over."""
        return self.timed and self.paused_at is None and self.phase != "over"

    def remaining(self, now: float) -> float | None:
        """Seconds that the phase has left, below 0 when overdue; None where it runs by hand."""
        if not self.timed or self.phase == "over":
            return None
        until = now if self.paused_at is None else self.paused_at
        return self.span.seconds + self.stretched - (until - self.since - self.rested)
