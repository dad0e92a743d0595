"""The console's widgets: they fit, they idle, and they paint no more than what has changed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style

from tabletop.exercise.console.facts import Reached
from tabletop.exercise.console.troubles import Trouble
from tabletop.room.qr import half_blocks
from tabletop.tui.console.alarm import Alarm
from tabletop.tui.console.app import ControlApp
from tabletop.tui.console.detail import TeamDetail
from tabletop.tui.console.join import JoinText, QrCode
from tabletop.tui.console.sight import detail, team_lines
from tabletop.tui.console.teams import TeamTable
from tabletop.tui.hour.head import HourHead, Told
from tests.cameras import Cell, photographed, read
from tests.exercise.hour.led import Led
from tests.tui.console.leading import (
    Phones,
    a_class,
    console,
    facts,
    in_the_first_lock,
    press,
    settle,
)
from tests.tui.stand_in import flat, text_of, told

WIDTHS = (10, 20, 38, 60, 76, 116, 196)


@pytest.fixture
async def led(tmp_path: Path) -> Led:
    """Six teams of four in the first lock."""
    return await in_the_first_lock(tmp_path)


async def test_lines_fit_every_width(led: Led) -> None:
    """Head, table, detail and joining, from a sliver to a wall."""
    hour = led.control()
    head, panel, join = HourHead(lambda: led.now), TeamDetail(), JoinText()
    room = facts()
    for width in WIDTHS:
        told = Told(hour, "1:23", soon=False, over=False, here=3)
        assert all(line.cell_length <= max(width, 40) for line in head.lines(told, width, 3))
        seen = detail(led.table, hour, hour.teams[0], lambda _: True)
        for height in (4, 9, 40):
            lines = panel.lines(seen, width, height)
            assert len(lines) <= height or width < 76
            if width >= 38:
                assert all(line.cell_length <= width for line in lines)
        join.put(room, barred=True)
        assert join.subject is not None
        lines = join.lines(join.subject, width, None)
        assert all(cell_len(line.plain) <= width for line in lines[1:3])


async def test_the_table_names_columns_that_fit(led: Led) -> None:
    """At the narrowest terminal that is supported, and beyond."""
    table = TeamTable()
    for begun in (False, True):
        table.begun = begun
        for width in (76, 110, 116, 196):
            columns = table.columns(width)
            assert sum(cells + 2 for _, cells in columns) + 2 <= width
    assert dict(table.columns(116))["last choice"] >= 22
    assert "last choice" not in dict(table.columns(76))


async def test_only_rows_that_changed_are_painted_again(led: Led) -> None:
    """Somebody of one team goes: one row."""
    app = console(led, facts(Phones()))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        table = app.screen.query_one(TeamTable)
        painted: list[int] = []
        table._refresh_row = painted.append  # type: ignore[method-assign,assignment]
        table.put(team_lines(app.hour, lambda seat: seat == "green-0"), begun=True)
        assert painted == [2]
        table.put(team_lines(app.hour, lambda seat: seat == "green-0"), begun=True)
        assert painted == [2]


async def test_a_qr_code_is_whole_or_not_there(tmp_path: Path) -> None:
    """At 80x24 it fits beside the teams; where it does not, a key is named."""
    led = await a_class(tmp_path, teams=2, people=1)
    for size, whole in (((80, 24), True), ((80, 20), False), ((120, 40), True)):
        app = console(led, facts())
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            rows = [line for line in text_of(app).split("\n") if "█" * 37 in line]
            assert len(rows) == (19 if whole else 0), size
            assert ("key j" in flat(app)) is not whole
            assert app.screen.query_one(QrCode).wide == 37


@pytest.mark.parametrize(
    "theme", ["situation-night", "situation-day", "situation-ansi", "situation-contrast"]
)
async def test_a_camera_reads_the_qr_code_in_every_theme(tmp_path: Path, theme: str) -> None:
    """On the console and on the sheet of its own, with nothing else taken for a part of it."""
    led = await a_class(tmp_path, teams=2, people=1)
    link = "http://192.168.1.23:8000/K7QM3X"
    app = console(led, facts(qr=half_blocks(link)), theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert read(photographed(_cells(app))) == [link]
        await press(pilot, "j")
        assert read(photographed(_cells(app))) == [link]


def _cells(app: ControlApp) -> list[list[Cell]]:
    """What the terminal is told to draw; a colour that its theme decides is of no help here."""
    rows = []
    for strip in app.screen._compositor.render_strips():
        row: list[Cell] = []
        for part in strip:
            style = part.style or Style()
            ink, ground = (_rgb(each) for each in (style.color, style.bgcolor))
            row += [Cell(each, ink, ground) for each in part.text]
        rows.append(row)
    return rows


def _rgb(found: Color | None) -> tuple[int, int, int]:
    if found is None or found.triplet is None:
        return 128, 128, 128
    red, green, blue = found.triplet
    return red, green, blue


async def test_a_save_that_fails_is_told_on_the_console(
    led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the title, and for as long as it lasts."""
    app = console(led)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(type(led.table), "warning", "the disk is full")
        await settle(pilot)
        assert "! the disk is full" in flat(app)
        monkeypatch.setattr(type(led.table), "warning", None)
        await settle(pilot)
        assert "the disk is full" not in flat(app)


async def test_what_is_wrong_with_the_room_is_told_with_what_to_do(led: Led) -> None:
    """At once over whatever is on the screen; it stands there while it lasts, and in the notes."""
    stands: list[Trouble] = []
    phones = Phones()
    room = facts(phones, troubles=lambda: stands, past_troubles=lambda: stands)
    app = console(led, room)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not app.screen.query_one(Alarm).display
        await press(pilot, "m")
        stands += [
            Trouble("port", "The port is shut.", "Wait for it.", "The port is open again."),
            Trouble("unanswered", "A page was lost.", "Enter it from paper.", times=2),
        ]
        phones.told("")
        await settle(pilot)
        assert told(app)[-2:] == [
            "The port is shut. Wait for it.",
            "A page was lost. (2 times) Enter it from paper.",
        ]
        await press(pilot, "escape")
        assert "! The port is shut. Wait for it." in flat(app)
        assert "1 more, and all in words: key y" in flat(app)
        await press(pilot, "y", "end")
        assert "What went wrong with the room" in flat(app)
        assert "Enter it from paper." in flat(app)
        await press(pilot, "escape")
        stands.clear()
        await settle(pilot)
        assert told(app)[-1] == "The port is open again."
        assert not app.screen.query_one(Alarm).display


async def test_a_phone_that_tried_the_way_is_counted_on_the_console(tmp_path: Path) -> None:
    """Before that, where to try it."""
    led, reached = await a_class(tmp_path, teams=2, people=1), [Reached()]
    phones = Phones()
    room = facts(
        phones, test_link="http://192.168.1.23:8000/K7QM3X/test", reached=lambda: reached[0]
    )
    app = console(led, room)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Try a phone first: http://192.168.1.23:8000/K7QM3X/test" in flat(app)
        reached[0] = Reached(1, 1)
        phones.told("")
        await settle(pilot)
        assert "1 device reached the test page, and the line works there." in flat(app)


async def test_what_happens_is_seen_without_a_key(led: Led) -> None:
    """The console follows the exercise by itself."""
    app = console(led)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "1 of 6 locked" in flat(app)
        await led.lock("blue-0")
        async with asyncio.timeout(5):
            while "2 of 6 locked" not in flat(app):
                await pilot.pause()
