"""A report as plain data: runs, each told for one viewer, and what they make together."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.debrief.comparison import Divergence, TurnRow
from tabletop.debrief.model import Debrief, ForecastScore, WashQuestion

FORM = 1
"""The number of the form of reports as JSON; another number, another schema."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the model says of one decision, on the objective's scale from 0 to 1."""

    event: int
    """The event of the save at which it was made."""
    turn: int
    loss: float
    """How much less the choice was worth than the best, which knew the aim."""
    stakes: float
    """What hung on it: from the worst that was open to the best."""
    low: float | None
    """Where nine in ten draws of the author's numbers begin; None where they are not varied."""
    high: float | None
    """Where they end."""
    separable: bool | None
    """Whether the model can tell the choice from the best; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the model says of one decision, in sentences."""

    event: int
    """The event of the save at which it was made."""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The decision review of a run: its words, and the figures behind them."""

    words: tuple[str, ...]
    """What it all adds up to."""
    beside: tuple[Beside, ...]
    """By decision, in order."""
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened in a run, as far as its viewer learned of it."""

    event: int
    turn: int
    at: str
    """When, in UTC; empty for viewers who do not hear the team."""
    what: str
    """The kind of event, as the save's format names it."""
    label: str
    marks: tuple[str, ...]
    """What it is on a timeline: decision, inject, stage, override and so on."""


@dataclass(frozen=True, slots=True)
class Run:
    """One line of play in a report."""

    label: str
    """What it is called beside the others."""
    played: str
    """The day on which its save was begun."""
    story: Debrief
    review: Review | None
    """None where there is none: left out, sealed, or the game is too large to be solved."""
    no_review: str | None
    """Why there is no review, in one line; None where there is one or none was wanted."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What several runs make side by side."""

    warnings: tuple[str, ...]
    """What cannot be compared, one line each."""
    first: Divergence | None
    """Where they part first; None where nothing differs or they are not of one scenario."""
    turns: tuple[TurnRow, ...]
    """By turn: what each run decided, and the stage at its end."""
    endings: tuple[str | None, ...]
    questions: tuple[WashQuestion, ...]
    """Made from where they parted."""


@dataclass(frozen=True, slots=True)
class Report:
    """One or many runs, ready to be written down."""

    form: int
    title: str
    pseudonyms: bool
    """Whether names of people were exchanged for pseudonyms."""
    runs: tuple[Run, ...]
    together: Together | None
    """None for one run."""
    score: ForecastScore | None
    """Forecasts of several people pooled; None for one person, and while any is sealed."""
