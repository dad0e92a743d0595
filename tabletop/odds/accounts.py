"""What a decision review keeps of a game: each choice, draw and ruling, and the sum of them.

The symbols and the formulas are those of `tabletop.odds.review`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Literal


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could be chosen."""

    response: str
    """The id of the response; of the answer at a flash decision."""
    support: str
    """The id of the support; "" at a flash decision."""
    value: float
    """Q*: best play afterwards, the aim known."""
    expected: float
    """The same with the aim averaged by its prior."""

    @property
    def key(self) -> tuple[str, str]:
        """Response and support."""
        return self.response, self.support


@dataclass(frozen=True, slots=True)
class DoctrineChoice:
    """What a named doctrine would have chosen here."""

    doctrine: str
    option: Option


@dataclass(frozen=True, slots=True)
class DecisionAccount:
    """One decision of people: what it cost, beside what was at stake."""

    step: int
    """Which step of the course it was."""
    turn: int
    kind: Literal["decide", "flash"]
    asked: str
    """The id of the side, or of the inject of a flash decision."""
    chosen: Option
    options: tuple[Option, ...]
    """All that was open, this one included, the best first."""
    average: float
    """The mean over the open responses, each with the mean of its supports: choosing by lot."""
    doctrines: tuple[DoctrineChoice, ...]
    """What each doctrine with rules would have chosen."""
    by_default: bool
    """Nobody chose, and this stood by default: in the sums, but nobody's decision."""
    standing: str = ""
    """The id of the doctrine whose standing order chose; "" where none did."""

    @property
    def best(self) -> Option:
        """What best play would have chosen."""
        return self.options[0]

    @property
    def loss(self) -> float:
        """V* - Q*(chosen): 0 for the best."""
        return max(0.0, self.best.value - self.chosen.value)

    @property
    def stakes(self) -> float:
        """What hung on it: from the worst option to the best."""
        values = [option.value for option in self.options]
        return max(values) - min(values)

    @property
    def expected_loss(self) -> float:
        """The loss to one who only knew the prior of the aims."""
        return max(option.expected for option in self.options) - self.chosen.expected

    @property
    def expected_stakes(self) -> float:
        """The stakes to one who only knew the prior of the aims."""
        values = [option.expected for option in self.options]
        return max(values) - min(values)

    @property
    def forced(self) -> bool:
        """Whether only one thing could be done."""
        return len(self.options) == 1

    @property
    def judged(self) -> bool:
        """Whether it was a choice that people made."""
        return not (self.forced or self.by_default)


@dataclass(frozen=True, slots=True)
class DrawAccount:
    """One draw, and what it was worth."""

    step: int
    """Which step of the course it was; -1 for the aim."""
    turn: int
    kind: Literal["aim", "draw", "order"]
    """`order`: a timing plan's standing order chose by lot."""
    site: str
    """Its name in saves."""
    owner: str
    """The id of the response, inject, table, event or side that it belongs to."""
    source: str
    """What kind of list it was drawn from (`tabletop.rules.program.Source`); "" for an order."""
    outcome: str
    chance: float
    """How likely it was, the aim known."""
    luck: float
    """V*(after) - E[V*]: an unlikely thing that changes nothing has none."""
    variance: float
    """Of V* at this draw."""


@dataclass(frozen=True, slots=True)
class ControlAccount:
    """One intervention of control, and what it was worth."""

    step: int
    turn: int
    change: float


@dataclass(frozen=True)
class Review:
    """One line of play, judged for one objective: choice, chance and control kept apart."""

    program: str
    """The hash of the program."""
    objective: str
    aim: str
    ending: str | None
    """None where the line has not ended; then `end` is V* of where it stands."""
    start: float
    """V*(start), before the aim is drawn."""
    end: float
    decisions: tuple[DecisionAccount, ...]
    draws: tuple[DrawAccount, ...]
    """The draw of the aim first."""
    control: tuple[ControlAccount, ...]

    @cached_property
    def loss(self) -> float:
        """The sum of all losses."""
        return sum(each.loss for each in self.decisions)

    @cached_property
    def unchosen(self) -> float:
        """The part of all losses that lies in what nobody chose: defaults and standing orders."""
        return sum(each.loss for each in self.decisions if each.by_default)

    @cached_property
    def luck(self) -> float:
        """The sum of all luck."""
        return sum(each.luck for each in self.draws)

    @cached_property
    def ruled(self) -> float:
        """The sum of what control changed."""
        return sum(each.change for each in self.control)

    @cached_property
    def residual(self) -> float:
        """What the identity leaves unexplained: rounding, below 1e-9."""
        return self.end - self.start - (self.luck - self.loss + self.ruled)

    @cached_property
    def luck_z(self) -> float | None:
        """Luck in standard deviations of what chance could do; None where it could do nothing."""
        variance = sum(each.variance for each in self.draws)
        return self.luck / sqrt(variance) if variance > 0 else None

    @cached_property
    def pivot(self) -> DecisionAccount | None:
        """The decision on which most hung; None where nothing did, or nobody decided."""
        judged = [each for each in self.decisions if each.judged and each.stakes > 0]
        return max(judged, key=lambda each: each.stakes, default=None)
