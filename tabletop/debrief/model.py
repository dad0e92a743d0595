"""A debrief as plain data that any front end can show: nothing in it is hidden from its viewer."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.exercise.table import Viewer
from tabletop.exercise.view import EndingView, HistoryView


@dataclass(frozen=True, slots=True)
class Person:
    """Who said or decided something."""

    seat: str
    name: str | None
    """None where it was removed, never given, or is not for this viewer."""
    role: str
    """The title of their office."""


@dataclass(frozen=True, slots=True)
class Dissent:
    """A preference that lost."""

    person: Person
    preferred: str
    """The title of the response that they would have chosen."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class Expected:
    """A forecast beside what came."""

    words: str
    """The answer as it was offered, such as "Likely"."""
    percent: int | None
    """What the words stand for; None before EndEx."""
    came: bool | None
    """Whether the thing came; None while the turn is open."""
    luck_seen: bool
    """Whether the same draws had been seen before, in the game that this is a branch of:
    such a forecast is listed and not scored."""


@dataclass(frozen=True, slots=True)
class DecisionStory:
    """A decision as it was made, with what was said and expected at it."""

    event: int
    turn: int
    response: str
    """The id of the response, for those who look something up by it."""
    title: str
    support: str | None
    """The title of the support that went with it; None where none did."""
    by: Person
    by_default: bool
    """Nobody chose, and this stood by default."""
    rationale: str | None
    """The reason given; None where there was none or it is not for this viewer."""
    dissents: tuple[Dissent, ...]
    expected: Expected | None
    offered: tuple[str, ...]
    """Titles of what else was open."""
    seconds: float | None
    """From the moment when the decision was asked for until it was made; None where it is
    not for this viewer."""
    standing: str = ""
    """The title of the doctrine whose standing order chose; "" where none did."""


@dataclass(frozen=True, slots=True)
class AnswerStory:
    """A flash decision as it was answered."""

    event: int
    turn: int
    asked: str
    answer: str
    by: Person
    rationale: str | None
    offered: tuple[str, ...]
    """Titles of the other answers."""
    standing: str = ""
    """As for a decision."""


@dataclass(frozen=True, slots=True)
class Came:
    """Something that happened, told by its cause."""

    kind: str
    """As on the wire: inject, support, decision, reaction, event, ladder, override."""
    by: str
    title: str
    text: str
    moved: tuple[tuple[str, int], ...]
    """Titles of gauges and by how much."""
    private: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """Control's hand in play: an override, an inject put into play, a line reopened."""

    event: int
    turn: int
    what: str
    """`override`, `inject`, `withheld`, `allowed` or `rewind`."""
    done: str | None
    """What was changed; None where that is sealed for this viewer."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class GaugeMove:
    """What one turn did to one gauge."""

    title: str
    before: int
    after: int
    causes: tuple[tuple[str, str, int], ...]
    """Who, what, and by how much, in the order in which it happened."""


@dataclass(frozen=True, slots=True)
class TurnStory:
    """One turn: what was decided and why, what was expected, and what came of it."""

    turn: int
    date: str
    title: str
    stage_before: str
    stage_after: str
    """Titles of the stages at its opening and at its end, or as it stands."""
    decision: DecisionStory | None
    """None where the plan decided it or nobody has yet."""
    answers: tuple[AnswerStory, ...]
    came: tuple[Came, ...]
    moved: tuple[GaugeMove, ...]
    rulings: tuple[Ruling, ...]
    history: tuple[HistoryView, ...]
    """What really happened in that span; empty before EndEx, or where dates do not tell."""
    over: bool
    """Whether the turn is over."""


@dataclass(frozen=True, slots=True)
class GaugeCourse:
    """A gauge over the whole run."""

    id: str
    title: str
    low: int
    high: int
    low_means: str
    high_means: str
    danger: str
    """`high`, `low` or `none`."""
    values: tuple[int, ...]
    """At the opening of each turn, and last as it stands."""
    levels: tuple[str, ...] = ()
    """Names of the values from `low` up, where they have names."""


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One answer to the forecast question, and how often the thing came after it."""

    percent: int
    words: str
    given: int
    came: int


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """Forecasts of many people or teams, pooled."""

    question: str
    scored: int
    luck_seen: int
    """Those left out because the same draws had been seen before."""
    unanswered: int
    """Those left out because their turn is not over."""
    brier: float | None
    """The mean of (forecast - outcome) squared, 0 best and 1 worst; None where none is scored."""
    always_even: float
    """What 50 percent every time scores: 0.25."""
    base_rate: float | None
    """The share of scored turns in which the thing came."""
    always_base_rate: float | None
    """What the base rate, given every time with hindsight, scores."""
    table: tuple[CalibrationRow, ...]


@dataclass(frozen=True, slots=True)
class WashQuestion:
    """A question for the talk after the game, with what it rests on."""

    text: str
    evidence: tuple[str, ...]
    """Where it comes from in the run, or the evidence cards behind it."""
    asked_by: str
    """`run` for one made from this very run, `scenario` for one of the author's."""
    turn: int | None = None
    event: int | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """The story of one line of play for one viewer."""

    save: str
    """The file's name."""
    title: str
    scenario: str
    version: str
    viewer: Viewer
    line: str
    team: str
    plan: str | None
    """The title of the timing plan in force."""
    objective: str | None
    """The title of the declared objective; None where there is none or it is not known."""
    unsealed: bool
    """Whether EndEx has come for everybody, so that nothing is sealed any more."""
    turns: tuple[TurnStory, ...]
    gauges: tuple[GaugeCourse, ...]
    forecast_question: str
    ending: EndingView | None
    """With the aim, the tells and the camps; None before the end of the line."""
    questions: tuple[WashQuestion, ...]
    """Those made from the run first."""
    afterwards: tuple[HistoryView, ...]
    """History that falls into no turn; all of it where dates do not tell. Empty before EndEx."""
    assumptions: tuple[tuple[str, str, bool], ...]
    """Title, value in force, and whether it is the default."""
    score: ForecastScore | None
    """All teams' forecasts pooled; None for one person, and before EndEx but for control."""
    disclaimer: str | None
    fault: str | None
    """One line about what of the save cannot be used."""
