"""The gauges: values, changes, causes and danger, each told by more than colour."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tabletop.exercise.view import ChangeView, TrackView
from tabletop.tui.theme import Ink
from tabletop.tui.widgets import gauges
from tabletop.tui.widgets.gauges import (
    delta_ink,
    gauge_lines,
    in_danger,
    signed,
    sparkline,
)
from tests.tui.sample_view import TRACKS, late_view

TENSION, ALLIANCE, CHINA = TRACKS[0], TRACKS[4], TRACKS[7]


def plain(tracks: tuple[TrackView, ...], width: int, height: int | None) -> list[str]:
    """The gauges' lines as plain text."""
    return [line.plain.rstrip() for line in gauge_lines(tracks, width, height)]


def test_narrow_gauges_take_one_line_each() -> None:
    """In eight rows stand eight tracks with bar, value and change."""
    lines = plain(TRACKS, 38, 8)
    assert len(lines) == 8
    assert lines[0].split() == ["Tension", "━━━━━──", "5/7", "▲+1"]
    assert lines[2].split() == ["Channel", "─────", "0/5", "="]


@given(st.integers(20, 120), st.integers(1, 60))
def test_no_form_is_drawn_that_does_not_fit_but_the_shortest(width: int, height: int) -> None:
    """And the fuller form is taken wherever it fits: its lines are counted before."""
    lines, all_lines = plain(TRACKS, width, height), plain(TRACKS, width, None)
    assert len(lines) <= max(height, len(TRACKS))
    assert (len(all_lines) <= height) == (lines == all_lines)


def test_causes_that_no_room_can_hold_are_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are."""
    laid: list[str] = []
    reason = gauges._reason

    def counted(change: ChangeView, *given: Any, **more: Any) -> Content:
        laid.append(change.reason)
        return reason(change, *given, **more)

    monkeypatch.setattr(gauges, "_reason", counted)
    track = TENSION._replace(changes=TENSION.changes * 500)
    assert len(plain((track,), 100, 5)) == 1
    assert not laid
    assert len(plain((track,), 100, None)) == len(laid) > 500


def test_the_bar_has_a_cell_for_each_step_of_the_range() -> None:
    """A range of seven shows seven steps, filled up to the value."""
    line = plain((TENSION,), 30, 1)[0]
    assert line.count("━") == TENSION.value - TENSION.low
    assert line.count("━") + line.count("─") == TENSION.high - TENSION.low


def test_named_values_are_told_by_name() -> None:
    """A track with levels says the level in place of a number."""
    line = plain((TENSION, CHINA), 40, 2)[1]
    assert line.split() == ["China", "wary", "="]


@pytest.mark.parametrize("width", [26, 32, 48, 90])
def test_the_name_of_a_value_is_never_cut(width: int) -> None:
    """Obstructive, and dangerous at that, still fits."""
    china = CHINA._replace(level="obstructive", value=0, before=1, danger="low")
    lines = plain((*TRACKS[:7], china), width, 8)
    assert lines[-1].split()[-2:] == ["obstructive!", "▼−1"]


def test_columns_line_up() -> None:
    """Values start in the same column in every row."""
    lines = plain(late_view().tracks, 60, 8)
    starts = {line.index("/") for line in lines if "/" in line}
    assert len(starts) == 1


def test_causes_stand_below_or_beside() -> None:
    """With room, each change says who and what; in a wide form on the same line."""
    below = plain((TENSION,), 44, 10)
    assert below[1].split("  ")[1:] == ["+1", "Your act: Carry the exercises through"]
    beside = plain((TENSION,), 100, 10)
    assert "Your act: Carry the exercises through" in beside[0]
    assert beside[1].strip().startswith("−1")


def test_causes_yield_before_gauges_do() -> None:
    """Where the rows do not suffice, every track still has its own."""
    lines = plain(TRACKS, 100, 9)
    assert len(lines) == 8
    assert not any("Your act" in line for line in lines)


@pytest.mark.parametrize(
    "danger, value, expected",
    [("high", 7, True), ("high", 6, True), ("high", 5, False), ("low", 1, True), ("low", 2, False)],
)
def test_the_dangerous_third_is_marked(
    danger: Literal["high", "low"], value: int, expected: bool
) -> None:
    """Danger is a `!` after the value, not a colour alone."""
    track = TENSION._replace(danger=danger, value=value)
    assert in_danger(track) is expected
    assert (f"{value}/7!" in plain((track,), 60, 1)[0]) is expected


def test_a_track_without_a_dangerous_end_never_warns() -> None:
    """Contact may be nothing or everything; neither is marked."""
    track = TENSION._replace(danger="none")
    assert not any(in_danger(track._replace(value=value)) for value in range(8))


def test_a_change_is_coloured_by_where_it_leads() -> None:
    """Up is danger for tension and ease for the alliances."""
    assert delta_ink(TENSION, 1) == Ink.DANGER
    assert delta_ink(TENSION, -1) == Ink.EASE
    assert delta_ink(ALLIANCE, 1) == Ink.EASE
    assert delta_ink(TENSION._replace(danger="none"), 2) == Ink.TEXT


def test_signs_are_those_of_print() -> None:
    """A minus is a minus and not a hyphen."""
    assert [signed(delta) for delta in (2, 0, -3)] == ["+2", "0", "−3"]


@given(st.integers(-5, 5), st.integers(1, 12), st.integers(-9, 20), st.lists(st.integers(-9, 20)))
def test_any_range_and_value_makes_a_gauge(
    low: int, span: int, value: int, past: list[int]
) -> None:
    """Values outside their range, and long pasts, still draw within the width."""
    track = TENSION._replace(low=low, high=low + span, value=value, past=tuple(past))
    assert len(sparkline(track)) <= 4
    for line in gauge_lines((track,), 50, 1):
        assert line.cell_length <= 50


def test_the_past_shows_once_there_is_one() -> None:
    """From the third turn on, a wide gauge carries its past in dots."""
    braille = {chr(code) for code in range(0x2800, 0x2900)}
    early, late = plain(TRACKS, 100, 8), plain(late_view().tracks, 100, 8)
    assert not braille & set("".join(early))
    assert braille & set("".join(late))
