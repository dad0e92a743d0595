"""A seat on the screen: the whole hour against a room that is really served on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tabletop.exercise.hour.actions import Message, Pause, Remove, Share
from tabletop.exercise.table import CONTROL
from tabletop.room.client import RemoteTable, where
from tabletop.room.opening import resume_room
from tabletop.tui.board import Board
from tabletop.tui.classroom.app import SeatApp
from tabletop.tui.screens.base import TabletopSheet
from tests.room.rooms import Class, made_class, opened

SIZE = (120, 40)


async def _until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something has come to the screen."""
    async with asyncio.timeout(15):
        while not holds():
            await pilot.pause(0.02)


@asynccontextmanager
async def seated(
    found: Class, kept: list[str], size: tuple[int, int] = SIZE, role: str = "president"
) -> AsyncIterator[tuple[SeatApp, Pilot[Any]]]:
    """A seat in team red on the screen, and its table."""
    table = RemoteTable(where(found.room.link))
    await table.join("Ann", "red", role)

    async def keepsake() -> tuple[Path, ...]:
        files = await table.keepsake()
        kept.extend(files)
        return tuple(Path(name) for name in files)

    app = SeatApp(table, keepsake, reduced_motion=True)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot
    finally:
        await table.close()


def asked(app: SeatApp) -> str:
    """What the screen asks for."""
    return str(app.screen_stack[0].query_one("#seat-asked", Static).content)


def words(app: SeatApp) -> str:
    """The page beside the board."""
    return str(app.screen_stack[0].query_one("#seat-words", Static).content)


async def test_a_seat_goes_through_a_round_by_keys(tmp_path: Path) -> None:
    """Brief, preference with its reason, lock with forecast, reveal: all is on the record."""
    async with (
        opened(made_class(tmp_path, "red", "blue")) as found,
        seated(found, []) as (app, pilot),
    ):
        assert "Declare" in asked(app)
        assert "For you alone" in words(app)
        await pilot.press("b")
        await _until(pilot, lambda: app.asker.waits)
        await pilot.press("2")
        await _until(pilot, lambda: app.seen.objective == app.seen.objectives[1].id)
        assert "Read your brief" in asked(app)
        await found.start()
        await found.until("preference")
        await _until(pilot, lambda: app.hour.phase == "preference")
        assert app.screen.query_one(Board).display
        assert "In silence" in asked(app)
        await pilot.press("1", "enter")
        await _until(pilot, lambda: app.hour.preference is not None)
        first = app.seen.responses[0]
        assert app.hour.preference == first.id
        assert first.title in asked(app)
        await pilot.press("y")
        await _until(pilot, lambda: app.asker.waits)
        await pilot.press(*"calm", "ctrl+s")
        await found.until("lock")
        await _until(pilot, lambda: app.hour.phase == "lock")
        open_now = next(
            number for number, each in enumerate(app.seen.responses, 1) if each.supports
        )
        await pilot.press(str(open_now), "l")
        await pilot.pause()
        await pilot.press("1", "4", *"steady", "enter", "enter")
        await _until(pilot, lambda: app.hour.locked is not None)
        assert app.hour.locked is not None
        assert app.hour.locked.rationale == "steady"
        assert app.hour.locked.forecast == 70
        assert "Locked" in asked(app)
        await found.until("changed")
        await _until(pilot, lambda: app.hour.phase == "changed")
        assert not app.screen.query_one(Board).display
        assert "calm" in words(app)


async def test_what_the_hour_does_not_allow_is_said_in_a_line(tmp_path: Path) -> None:
    """A seat that is not the head cannot lock, and nothing is open before play."""
    async with opened(made_class(tmp_path, "red", "blue")) as found:
        client = found.client()
        await found.joined(client, team="red", role="president")
        async with seated(found, [], role="state") as (app, pilot):
            told: list[str] = []
            app.say = lambda text, severity="information": told.append(text)  # type: ignore[method-assign]
            await pilot.press("1")
            await pilot.press("t")
            assert told == ["play has not begun", "the exit ticket comes at the end"]
            await found.start()
            await found.until("lock")
            await _until(pilot, lambda: app.hour.phase == "lock")
            await pilot.press("1", "l")
            await pilot.pause()
            assert told[-1] == "your team's choice is not yours to lock now"


async def test_a_preference_survives_a_host_that_stops_meanwhile(tmp_path: Path) -> None:
    """The seat says that there is no connection, and what was said then counts once after it."""
    found = made_class(tmp_path, "red")
    await found.room.open()
    async with seated(found, []) as (app, pilot):
        await found.start()
        await found.until("preference")
        await _until(pilot, lambda: app.hour.phase == "preference")
        await found.room.abandon()
        alarm = app.screen.query_one("#seat-alarm", Static)
        await _until(pilot, lambda: bool(alarm.display))
        assert "No connection" in str(alarm.content)
        await pilot.press("2", "enter")
        again = resume_room(found.led.table.path, clock=lambda: found.led.now)
        await again.open()
        try:
            await _until(pilot, lambda: app.hour.preference is not None)
            assert app.hour.preference == app.seen.responses[1].id
            assert len(again.table.hour.preferences) == 1
            await _until(pilot, lambda: not alarm.display)
        finally:
            await again.close()
            await again.table.close()


async def test_messages_pauses_and_a_lost_seat_are_told(tmp_path: Path) -> None:
    """What control does to a seat stands on its screen, hostile words harmless."""
    async with (
        opened(made_class(tmp_path, "red", "blue")) as found,
        seated(found, []) as (app, pilot),
    ):
        await found.start()
        await found.send(Message("look [b]out[/b]\x1b[31m", team="red"))
        await _until(pilot, lambda: bool(app.hour.messages))
        await pilot.press("n")
        await pilot.pause()
        sheet = app.screen
        assert isinstance(sheet, TabletopSheet)
        shown = " ".join(str(each.content) for each in sheet.query(Static))
        assert "look [b]out[/b]" in shown
        assert "\x1b" not in shown
        await pilot.press("escape")
        await found.send(Pause())
        await _until(pilot, lambda: app.hour.paused)
        await _until(pilot, lambda: "paused" in asked(app))
        await found.send(Remove(app.me))
        await _until(pilot, lambda: app.seated.over != "")
        await _until(pilot, lambda: "q leaves" in (app.warning or ""))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_at_the_end_a_seat_takes_its_own_words_and_the_debrief_home(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """The ending stands on a page; x writes what belongs to the seat, an exit ticket goes in."""
    async with opened(made_class(tmp_path, "red", "blue")) as found:
        kept: list[str] = []
        async with seated(found, kept, size) as (app, pilot):
            await found.start()
            await found.until("hot_wash")
            await found.send(Share())
            await _until(pilot, lambda: app.hour.shared)
            assert app.seen.ending is not None
            assert app.seen.ending.title in words(app)
            await pilot.press("x")
            await _until(pilot, lambda: len(kept) == 2)
            assert kept == ["my-exercise.html", "debrief.html"]
            await found.until("ticket")
            await _until(pilot, lambda: "ticket" in app.hour.can)
            await pilot.press("t")
            await _until(pilot, lambda: app.asker.waits)
            await pilot.press(*"wiser", "ctrl+s")
            await _until(pilot, lambda: bool(found.led.table.hour_view(CONTROL).tickets))
