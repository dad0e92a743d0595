"""The head of the hour: its clock, large, and awake only while it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.tui.hour.digits import ROWS, large
from tabletop.tui.hour.head import HourHead
from tests.exercise.hour.led import Led
from tests.tui.console.leading import console, in_the_first_lock, press, settle


@pytest.fixture
async def led(tmp_path: Path) -> Led:
    """Six teams of four in the first lock."""
    return await in_the_first_lock(tmp_path)


def test_digits_are_three_rows_of_one_width() -> None:
    """Every character that a clock can show."""
    for text in ("0:00", "12:59", "+3:07", "8:46"):
        rows = large(text)
        assert len(rows) == ROWS
        assert len({len(row) for row in rows}) == 1
    assert len({tuple(large(digit)) for digit in "0123456789:+"}) == 12


async def test_the_clock_ticks_only_while_it_runs(led: Led) -> None:
    """Paused or by hand there is no timer, so nothing is written."""
    app = console(led)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        head = app.screen.query_one(HourHead)
        assert _ticks(head)
        assert "1:00" in _clock(head)
        led.now += 31
        head._tick()
        assert "0:29" in _clock(head)
        await press(pilot, "space")
        assert not _ticks(head)
        await press(pilot, "space", "t")
        assert not _ticks(head)
        assert _clock(head) == ""


def _ticks(head: HourHead) -> bool:
    return head._timer is not None


def _clock(head: HourHead) -> str:
    assert head.subject is not None
    return head.subject.shown


async def test_a_held_reveal_counts_on_beyond_its_end(led: Led) -> None:
    """With a sign before it."""
    app = console(led)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "h")
        led.now += 75
        head = app.screen.query_one(HourHead)
        head._tick()
        assert _clock(head) == "+0:15"
