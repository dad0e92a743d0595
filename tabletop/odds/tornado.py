"""What odds hang on, as plain data: bars of a tornado, and the sentences that sum them up.

Nothing here needs numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

FORM = 1
"""Of the data; another number is another shape."""
SMALL = 0.01
"""A swing below one point in a hundred is not told in words..."""
RARE = 0.25
"""...unless it is at least this part of the odds, for endings that are rare."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The odds under one other setting, worked out anew."""

    setting: str
    """`x 1.5`, or the name of an assumption's value."""
    odds: Mapping[str, float]
    """By ending."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that was changed, with nothing else, and what the odds became."""

    kind: Literal["number", "assumption"]
    path: str
    """Where it stands in the scenario."""
    term: int
    """Of a number: which term of its weight, from 0."""
    title: str
    written: str
    """Of a number: its term as the author wrote it; of an assumption: the present value."""
    readings: tuple[Reading, ...]
    """From the lowest setting to the highest."""


@dataclass(frozen=True, slots=True)
class Slope:
    """How fast the odds move with one number: their derivatives by its logarithm.

    To make the number a hundredth larger adds a hundredth of the slope to the odds.
    """

    path: str
    term: int
    title: str
    written: str
    amount: float
    """What the number counts for, with the assumptions that it is multiplied by."""
    slopes: Mapping[str, float]
    """By ending; they add up to 0."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What the odds of one scenario hang on when it is played in one way."""

    scenario: str
    program: str
    """The hash of the program."""
    player: str
    """The id of the doctrine, or of the objective that best play goes for."""
    best: bool
    """Whether best play was followed; it knows the aim, and chooses anew under each setting."""
    player_title: str
    endings: Mapping[str, str]
    """Their titles."""
    worth: Mapping[str, float]
    """For best play: what each ending is worth to its objective; else empty."""
    odds: Mapping[str, float]
    """By ending, under the author's numbers and the present assumptions."""
    factor: float
    """By what the numbers of the bars were multiplied and divided."""
    slopes: tuple[Slope, ...]
    """Every number that counts, the one that moves the odds fastest first."""
    bars: tuple[Bar, ...]
    """The numbers that move them fastest, and every assumption; the widest swing first."""

    def measured(self, odds: Mapping[str, float], ending: str | None) -> float:
        """The chance of an ending; without one, what the odds are worth to the objective."""
        if ending is not None:
            return odds[ending]
        return sum(self.worth[name] * chance for name, chance in odds.items())

    def swing(self, bar: Bar, ending: str | None) -> tuple[float, float]:
        """The lowest and the highest that an ending's odds become under a bar's settings."""
        found = [self.measured(reading.odds, ending) for reading in bar.readings]
        found.append(self.measured(self.odds, ending))
        return min(found), max(found)

    def widest(self, ending: str | None) -> list[Bar]:
        """The bars, the one with the widest swing of an ending's odds first."""

        def width(bar: Bar) -> float:
            low, high = self.swing(bar, ending)
            return low - high

        return sorted(self.bars, key=width)

    def moved(self, bar: Bar) -> float:
        """The share of games that end otherwise under the bar's setting that changes most."""
        return max((moved(self.odds, reading.odds) for reading in bar.readings), default=0.0)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"form": FORM, **asdict(self), "words": list(hangs_on(self))}


def moved(odds: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The total variation between two sets of odds, from 0 to 1."""
    return sum(abs(odds[ending] - other[ending]) for ending in odds) / 2


def hangs_on(found: Sensitivity) -> Iterator[str]:
    """What the odds hang on, in sentences: first over all endings, then for each."""
    if not found.bars:
        yield "The odds hang on no number and no assumption."
        return
    ranked = [bar for bar in found.bars if found.moved(bar) >= SMALL]
    if ranked:
        most = _listed([f"{label(bar)} ({_points(found.moved(bar))})" for bar in ranked[:3]])
        yield f"The odds as a whole hang most on {most}: so many games in a hundred end otherwise."
    dials = [bar for bar in found.bars if bar.kind == "assumption"]
    if dials:
        moving = [bar for bar in ranked if bar.kind == "assumption"]
        told = _listed([f"{label(bar)} ({_points(found.moved(bar))})" for bar in moving])
        yield (
            f"Of the assumptions, these move them: {told}."
            if moving
            else ("No assumption moves them by a point.")
        )
    for ending, title in found.endings.items():
        yield _of_ending(found, ending, title)


def _of_ending(found: Sensitivity, ending: str, title: str) -> str:
    swings = [(label(bar), *found.swing(bar, ending)) for bar in found.widest(ending)]
    told = [
        f"{name} (from {percent(low)} to {percent(high)})"
        for name, low, high in swings[:3]
        if _tells(found.odds[ending], high - low)
    ]
    odds = f"The odds of {title!r}, {percent(found.odds[ending])},"
    return f"{odds} hang most on {_listed(told)}." if told else f"{odds} hang on none of them much."


def _tells(odds: float, swing: float) -> bool:
    return swing >= SMALL or (odds >= SMALL / 2 and swing >= RARE * odds)


def label(bar: Bar) -> str:
    """What a bar is called in a sentence; a term that counts sometimes is told with its guard."""
    if bar.kind == "assumption" or bar.written.lstrip("-").isdigit():
        return f"{bar.title!r}"
    return f"{bar.title!r} [{bar.written}]"


def percent(chance: float) -> str:
    """A chance in points of a hundred, with tenths below ten; a small one is not called 0."""
    if 0 < chance < 0.0005:
        return "<0.1%"
    if 0.995 <= chance < 1:
        return ">99%"
    return f"{100 * chance:.1f}%" if 0 < chance < 0.0995 else f"{100 * chance:.0f}%"


def _points(share: float) -> str:
    return f"{100 * share:.0f}"


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
