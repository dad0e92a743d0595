"""What one viewer may know at one moment, as plain data that any front end can draw.

A view never holds more than its viewer may know: front ends show all of it.
Numbers of probability appear only after EndEx. What has no parts that change is a
NamedTuple: every screen waits for this module, and those are made in a third of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Phase = Literal["joining", "briefing", "flash", "deciding", "resolving", "ended"]
Instrument = Literal["diplomatic", "informational", "military", "economic"]


class EvidenceView(NamedTuple):
    """A fact behind a text: what it says and where it comes from."""

    id: str
    text: str
    source: str
    where: str | None = None
    contested: str | None = None


class RungView(NamedTuple):
    """One stage of the ladder as it stands."""

    id: str
    title: str
    state: Literal["here", "passed", "ahead"]
    reached: tuple[str, ...] = ()
    """How it was reached, one sentence an arrival, each with its turn."""


class ChangeView(NamedTuple):
    """One cause's part in the movement of one track, before clamping."""

    turn: int
    cause: str
    """Who did it: the actor's title, such as "Your act" or "Their programme"."""
    reason: str
    """What it was: the title of the response, reaction or event."""
    delta: int


class TrackView(NamedTuple):
    """A gauge: where it stands, where it stood, and why it moved in the last turn."""

    id: str
    title: str
    value: int
    low: int
    high: int
    before: int
    """The value before the last turn; the start in the first turn."""
    start: int
    low_means: str
    high_means: str
    danger: Literal["high", "low", "none"]
    why: str
    level: str | None = None
    """The name of the value, where values have names."""
    changes: tuple[ChangeView, ...] = ()
    """The last turn's changes, in order."""
    past: tuple[int, ...] = ()
    """The value at the opening of every turn so far, the present one included."""


class WireView(NamedTuple):
    """One item of the wire: something that happened and that this viewer heard of."""

    turn: int
    date: str
    kind: Literal["inject", "support", "decision", "reaction", "event", "ladder", "override"]
    by: str
    title: str
    text: str
    private: bool = False
    changes: tuple[tuple[str, int], ...] = ()
    """Track titles and the deltas that this item brought."""
    cites: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class ArcView:
    """A launch to draw on the map, in degrees."""

    turn: int
    origin: tuple[float, float]
    target: tuple[float, float]
    count: int
    failed: int
    label: str


class PlaceView(NamedTuple):
    """A named point on the map, in degrees east and north."""

    id: str
    title: str
    longitude: float
    latitude: float
    label: bool


class TheatreView(NamedTuple):
    """The part of the world on the map."""

    west: float
    south: float
    east: float
    north: float
    places: tuple[PlaceView, ...]


class CaseView(NamedTuple):
    """A side's best case on a response."""

    text: str
    by: str
    cites: tuple[EvidenceView, ...] = ()


class SupportView(NamedTuple):
    """A small act that goes with a response."""

    id: str
    title: str
    act: str
    closed: str | None = None


class ResponseView(NamedTuple):
    """One response on offer, with all that its card shows."""

    id: str
    title: str
    instrument: Instrument
    act: str
    favour: CaseView
    against: CaseView
    unknown: str | None
    supports: tuple[str, ...]
    """The supports under which it can be chosen now; none where it is closed."""
    closed: str | None = None
    """Why it cannot be chosen under any support."""
    consent: str | None = None
    """Who must agree, and where it stands; None where nobody must."""
    course: bool = False
    """Whether it is the present course, which stands when nobody chooses."""
    cites: tuple[EvidenceView, ...] = ()


class AnswerView(NamedTuple):
    """One answer to a flash decision."""

    id: str
    title: str
    act: str


class FlashView(NamedTuple):
    """A decision that an inject demands there and then."""

    id: str
    title: str
    text: str
    answers: tuple[AnswerView, ...]


FORECASTS = (
    (10, "Very unlikely"),
    (30, "Unlikely"),
    (50, "As likely as not"),
    (70, "Likely"),
    (90, "Very likely"),
)
"""The five answers to the forecast question: stored percent, and the words shown in play."""


class ForecastView(NamedTuple):
    """The fixed question; answers are (stored percent, words). Words alone are shown in play."""

    question: str
    answers: tuple[tuple[int, str], ...]


class DecisionView(NamedTuple):
    """A decision as it was made, with what came of it."""

    turn: int
    date: str
    stage: str
    response: str
    response_title: str
    support: str
    support_title: str
    rationale: str | None
    forecast: int | None
    """Percent, as the player gave it."""
    came: bool | None
    """Whether the thing forecast came; None while the turn is open."""
    by_default: bool = False
    offered: tuple[str, ...] = ()
    """Titles of what else was open."""
    standing: str = ""
    """The title of the doctrine whose standing order chose; "" where none did."""


class AftermathView(NamedTuple):
    """What the last turn brought: told by cause, in the order it happened."""

    turn: int
    decision: DecisionView | None
    items: tuple[WireView, ...]
    tracks: tuple[TrackView, ...]
    """Those that moved, with their changes by cause."""
    ladder: str | None
    """What it did to the ladder, in a sentence; None where the stage held."""
    stage_before: str
    stage_after: str
    arcs: tuple[ArcView, ...] = ()


class ObjectiveView(NamedTuple):
    """An objective and how it values the endings, from 0 to 1."""

    id: str
    title: str
    text: str
    values: tuple[tuple[str, float], ...]


class RoleView(NamedTuple):
    """An office, as the one who holds it sees it."""

    id: str
    title: str
    brief: str
    private: str | None
    goals: tuple[tuple[str, bool | None], ...]
    """Each goal and, after EndEx, whether it was met (None: nobody can tell)."""


class CampView(NamedTuple):
    """What one camp says of an ending."""

    id: str
    title: str
    comment: str
    accepts: bool
    case: str


class HistoryView(NamedTuple):
    """One entry of what really happened."""

    date: str
    text: str
    cites: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class EndingView:
    """Everything that is unsealed at EndEx."""

    id: str
    title: str
    epilogue: str
    value: float | None
    """What the ending is worth by the declared objective."""
    aim_title: str
    """Empty, with all else that is sealed, while another team still plays."""
    aim_text: str
    tells: tuple[str, ...]
    """What could have been noticed, from this very run."""
    camps: tuple[CampView, ...]
    history: tuple[HistoryView, ...]
    assumptions: tuple[tuple[str, str, bool], ...]
    """Title, value in force, and whether it is the default."""
    questions: tuple[str, ...]
    seal: str
    """The short seal of the closed save; empty before it is closed."""
    pivot: int | None
    """The turn where most hung on the decision, by sampled continuations; None if none did."""
    disclaimer: str | None

    @property
    def unsealed(self) -> bool:
        """Whether every team has come to its end, so that nothing is held back any more."""
        return bool(self.aim_title)


@dataclass(frozen=True, slots=True)
class View:
    """All that one viewer may know at one moment of one line of play."""

    scenario: str
    title: str
    summary: str
    content_note: str
    phase: Phase
    line: str
    event: int
    """The number of the last event that it shows."""
    seat: str | None
    player: str | None
    turn: int
    turns: int
    date: str
    turn_title: str
    stage: str
    stage_title: str
    brief: str
    rungs: tuple[RungView, ...]
    tracks: tuple[TrackView, ...]
    wire: tuple[WireView, ...]
    arcs: tuple[ArcView, ...]
    """Launches of the last turn and of this one."""
    theatre: TheatreView | None
    responses: tuple[ResponseView, ...]
    supports: tuple[SupportView, ...]
    flash: FlashView | None
    forecast: ForecastView
    aftermath: AftermathView | None
    decisions: tuple[DecisionView, ...]
    role: RoleView | None
    objective: str | None
    objectives: tuple[ObjectiveView, ...]
    ending: EndingView | None
    lesson: str | None = None
    warning: str | None = None
    """One line about the save, where it cannot be written."""
    brief_cites: tuple[EvidenceView, ...] = ()
    assumptions: tuple[tuple[str, str, bool], ...] = ()
    """The model's dials in force: title, value, and whether it is the default."""
