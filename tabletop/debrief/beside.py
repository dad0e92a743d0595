"""Lays what really happened beside the turns of a run, where the calendar's dates can be read.

A scenario's calendar is text for people ("6 March-23 April 2017"); its history has dates.
An entry belongs to the first turn whose span ends no earlier. Where any turn's end cannot
be read, nothing is placed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tabletop.exercise.view import HistoryView

_MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
_MONTH = "|".join(_MONTHS)
_DAY_FIRST = re.compile(rf"(?:(\d{{1,2}})\s+)?({_MONTH})\s+(\d{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({_MONTH})\s+(\d{{1,2}}),\s*(\d{{4}})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LAST_DAY = 31

_Date = tuple[int, int, int]


class Placed(NamedTuple):
    """History by turn, and what falls into none."""

    turns: dict[int, tuple[HistoryView, ...]]
    afterwards: tuple[HistoryView, ...]


def beside(dates: Sequence[str], history: Sequence[HistoryView]) -> Placed:
    """The entries of each turn, counted from 1, whose calendar reads so; and the rest."""
    ends = [last_day(text) for text in dates]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends) or known != sorted(known):
        return Placed({}, tuple(history))
    turns: dict[int, tuple[HistoryView, ...]] = {}
    rest = []
    for entry in history:
        day = _first_day(entry.date)
        turn = next((n for n, end in enumerate(known, 1) if day is not None and day <= end), None)
        if turn is None:
            rest.append(entry)
        else:
            turns[turn] = (*turns.get(turn, ()), entry)
    return Placed(turns, tuple(rest))


def last_day(text: str) -> _Date | None:
    """The last date that a text names with its year; of a month alone, its last day."""
    found: list[tuple[int, _Date]] = []
    for match in _DAY_FIRST.finditer(text):
        day, month, year = match.groups()
        found.append((match.end(), (int(year), _number(month), int(day or _LAST_DAY))))
    for match in _MONTH_FIRST.finditer(text):
        month, day, year = match.groups()
        found.append((match.end(), (int(year), _number(month), int(day))))
    for match in _ISO.finditer(text):
        year, number, day = match.groups()
        found.append((match.end(), (int(year), int(number), int(day or _LAST_DAY))))
    return max(found)[1] if found else None


def _first_day(text: str) -> _Date | None:
    match = _ISO.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3] or 1)) if match else None


def _number(month: str) -> int:
    return _MONTHS.index(month.lower()) + 1
