"""Time that jumps: what waits is served in order, and nothing takes as long as it says."""

from __future__ import annotations

import asyncio
import threading
import time
from itertools import pairwise

import pytest
from textual.app import App

from tabletop.tui.virtual_time import run_virtually

HOUR = 3600.0


def test_an_hour_passes_at_once_and_in_order() -> None:
    """Whoever waits less is served first, and the clock says how long each has waited."""
    told: list[tuple[str, float]] = []

    async def wait(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        told.append((name, asyncio.get_running_loop().time()))

    async def both() -> None:
        await asyncio.gather(wait("late", HOUR), wait("early", HOUR / 2))

    began = time.monotonic()
    run_virtually(both)
    assert [name for name, _ in told] == ["early", "late"]
    assert [at for _, at in told] == pytest.approx([HOUR / 2, HOUR])
    assert time.monotonic() - began < HOUR / 100


def test_timers_of_textual_keep_the_same_time() -> None:
    """An interval fires as often as it fits in."""
    fired: list[float] = []

    class Ticking(App[None]):
        def on_mount(self) -> None:
            self.set_interval(60, lambda: fired.append(asyncio.get_running_loop().time()))
            self.set_timer(HOUR / 6 + 30, self.exit)

    app = Ticking()
    run_virtually(lambda: app.run_async(headless=True))
    waits = [after - before for before, after in pairwise(fired)]
    assert len(fired) == 10
    assert waits == pytest.approx([60] * 9, abs=0.01)


def test_work_for_threads_is_done_at_once() -> None:
    """A thread would take real time, and the clock would run past it."""

    async def work() -> tuple[int, float]:
        return await asyncio.to_thread(threading.get_ident), asyncio.get_running_loop().time()

    assert run_virtually(work) == (threading.get_ident(), 0)


def test_what_fails_fails_where_it_was_asked_for() -> None:
    """Also what was meant for a thread."""

    def fail() -> None:
        raise ValueError("no")

    async def work() -> None:
        with pytest.raises(ValueError, match="no"):
            await asyncio.to_thread(fail)
        raise KeyError("later")

    with pytest.raises(KeyError, match="later"):
        run_virtually(work)
