"""History laid beside the turns, where the calendar can be read."""

from __future__ import annotations

import pytest

from tabletop.debrief.beside import beside, last_day
from tabletop.exercise.view import HistoryView


def _entry(date: str) -> HistoryView:
    return HistoryView(date, f"on {date}", ())


@pytest.mark.parametrize(
    "text,day",
    [
        ("1–5 March 2017", (2017, 3, 5)),
        ("6 March–23 April 2017", (2017, 4, 23)),
        ("March 2017", (2017, 3, 31)),
        ("March 5, 2017", (2017, 3, 5)),
        ("from 30 December 2017 to 2 January 2018", (2018, 1, 2)),
        ("2017-03-05", (2017, 3, 5)),
        ("1 May", None),
        ("Morning", None),
        ("", None),
    ],
)
def test_the_last_date_of_a_text_is_read(text: str, day: tuple[int, int, int] | None) -> None:
    """As people write dates in English; a date without a year is none."""
    assert last_day(text) == day


def test_an_entry_belongs_to_the_first_span_that_ends_no_earlier() -> None:
    """What comes after the last one stands apart."""
    dates = ["1–5 March 2017", "6 March–23 April 2017"]
    entries = [_entry(d) for d in ("2017-03-05", "2017-03-06", "2017-04", "2017-04-24", "x")]
    placed = beside(dates, entries)
    assert placed.turns == {1: (entries[0],), 2: (entries[1], entries[2])}
    assert placed.afterwards == (entries[3], entries[4])


@pytest.mark.parametrize("dates", [["1 May", "8 May"], ["2018", "3 May 2017"], []])
def test_a_calendar_that_cannot_be_read_places_nothing(dates: list[str]) -> None:
    """Nor does one that does not go forward."""
    entry = _entry("2017-03-06")
    assert beside(dates, [entry]) == ({}, (entry,))
    assert beside(["3 May 2018", "3 May 2017"], [entry]) == ({}, (entry,))
