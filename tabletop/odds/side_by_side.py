"""Reviews of several teams side by side: what each chose and met, turn by turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tabletop.odds.accounts import DecisionAccount, DrawAccount, Review

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision over all teams; None where a team had none of the kind."""

    turn: int
    asked: str
    """The id of the side, or of the inject of a flash decision."""
    accounts: tuple[DecisionAccount | None, ...]
    same: bool
    """Whether all who decided chose the same."""


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One draw over all teams; None where a team did not come to it."""

    turn: int
    site: str
    accounts: tuple[DrawAccount | None, ...]
    same: bool
    """Whether all who came to it met the same outcome."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one team's sum: start + luck - loss + control = end."""

    start: float
    luck: float
    loss: float
    control: float
    end: float
    ending: str | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Several reviews beside one another."""

    labels: tuple[str, ...]
    comparable: bool
    """Whether all were judged by one program, one objective and one aim: else the figures of
    one team say nothing beside another's."""
    decisions: tuple[DecisionRow, ...]
    draws: tuple[DrawRow, ...]
    """The same luck gives the same roll to the same draw, whatever was decided; what it means
    may differ, and so may what it was worth."""
    terms: tuple[Terms, ...]


_Key = tuple[int, str, int]
"""Turn, name, and which of that name in the turn it was."""


def compare(reviews: Mapping[str, Review]) -> SideBySide:
    """Reviews by the label of their team, laid side by side."""
    sides = list(reviews.values())
    decided = [
        _numbered((each.turn, each.asked, each) for each in side.decisions) for side in sides
    ]
    drawn = [_numbered((each.turn, each.site, each) for each in side.draws) for side in sides]
    return SideBySide(
        labels=tuple(reviews),
        comparable=len({(side.program, side.objective, side.aim) for side in sides}) <= 1,
        decisions=tuple(
            DecisionRow(turn, asked, row, len({each.chosen.key for each in row if each}) <= 1)
            for (turn, asked, _), row in _rows(decided)
        ),
        draws=tuple(
            DrawRow(turn, site, row, len({each.outcome for each in row if each}) <= 1)
            for (turn, site, _), row in _rows(drawn)
        ),
        terms=tuple(
            Terms(side.start, side.luck, side.loss, side.ruled, side.end, side.ending)
            for side in sides
        ),
    )


def _numbered(items: Iterable[tuple[int, str, T]]) -> dict[_Key, T]:
    """Accounts by turn, name and how often that name had come in the turn before."""
    seen = Counter[tuple[int, str]]()
    found = {}
    for turn, name, item in items:
        found[turn, name, seen[turn, name]] = item
        seen[turn, name] += 1
    return found


def _rows(sides: Sequence[dict[_Key, T]]) -> Iterator[tuple[_Key, tuple[T | None, ...]]]:
    """Every key once, by turn and then in the order in which anybody first came to it."""
    keys = dict.fromkeys(key for side in sides for key in side)
    for key in sorted(keys, key=lambda each: each[0]):
        yield key, tuple(side.get(key) for side in sides)
