"""What people and control can do in a facilitated exercise, beside the acts of the game itself.

Every one is plain data, is carried out once by its operation id, and is on the record.
Times are seconds. Names of seats, teams and lines are ids of the exercise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rule = Literal["head", "majority", "consensus", "control"]
"""Who settles a team's choice: its head, most preferences, all of them, or control."""


@dataclass(frozen=True, slots=True)
class Prefer:
    """A seat's silent choice before the talk; may be changed until the team has locked."""

    seat: str
    response: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """The head locks the team's choice, with its reason and forecast (10 to 90 percent)."""

    seat: str
    response: str
    support: str
    rationale: str | None = None
    forecast: int | None = None


@dataclass(frozen=True, slots=True)
class Enter:
    """Control enters a team's choice, from paper or by its own rule."""

    team: str
    response: str
    support: str
    rationale: str | None = None
    forecast: int | None = None


@dataclass(frozen=True, slots=True)
class Unlock:
    """Control opens a team's locked choice again, before it is carried out."""

    team: str


@dataclass(frozen=True, slots=True)
class Dissent:
    """Why a seat would have chosen otherwise; its preference lost."""

    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A forecast for another team's turn, by somebody who waits."""

    seat: str
    team: str
    forecast: int


@dataclass(frozen=True, slots=True)
class Stand:
    """The doctrine that plays a team's turns that nobody decides; by its head or control."""

    team: str
    doctrine: str
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A seat's exit ticket."""

    seat: str
    text: str


@dataclass(frozen=True, slots=True)
class Observe:
    """Take a recorder's seat in a team: to see what it sees, and not to play."""

    seat: str
    name: str
    team: str


@dataclass(frozen=True, slots=True)
class Reseat:
    """Control gives a seat another name, team or role; what is None stays."""

    seat: str
    name: str | None = None
    team: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Control takes a seat away; what was said from it stays on the record."""

    seat: str


@dataclass(frozen=True, slots=True)
class Start:
    """StartEx: teams without people get an empty chair, and the first turn is read."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Go on to the next phase now; `phase` is the one that is left, so that it is left once."""

    phase: str
    round: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock of everybody."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock run on from where it stood."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Give the present phase more seconds, or fewer where negative."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Timed:
    """Run by the clock, or by hand."""

    timed: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold the reveal back until it is released, or release it."""

    held: bool


@dataclass(frozen=True, slots=True)
class Govern:
    """Set the deciding rule from here on."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Bar:
    """Lock the room against new seats, or open it again."""

    barred: bool


@dataclass(frozen=True, slots=True)
class Message:
    """Control's message to a seat, a team, or all (both empty)."""

    text: str
    seat: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """An inject that control wrote or edited: words to one team, or all where it is empty."""

    title: str
    text: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """An inject that control wrote and holds in its deck for later."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Discard:
    """Take a held inject out of the deck: it was sent, or is not wanted; `number` names it."""

    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Control's private note, or a mark for the hot wash."""

    text: str
    team: str = ""


Shown = Literal["situation", "ladder", "reasons", "debrief", "join", "nothing"]


@dataclass(frozen=True, slots=True)
class Show:
    """What the projector shows; reasons are the numbers of those that control let through."""

    what: Shown
    team: str = ""
    reasons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Control releases the debrief to every page."""


@dataclass(frozen=True, slots=True)
class Rewind:
    """Open a new line for a team at an earlier turn; nothing is erased."""

    team: str
    turn: int
    reason: str
    same_luck: bool = False


HourAction = (
    Prefer
    | Lock
    | Enter
    | Unlock
    | Dissent
    | Guess
    | Stand
    | Ticket
    | Observe
    | Reseat
    | Remove
    | Start
    | Advance
    | Pause
    | Resume
    | Stretch
    | Timed
    | Hold
    | Govern
    | Bar
    | Message
    | Write
    | Keep
    | Discard
    | Mark
    | Show
    | Share
    | Rewind
)
