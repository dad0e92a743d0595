"""Words of people on the console: whatever they hold, they are words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise.hour.actions import Keep, Mark, Message, Reseat, Ticket
from tests.tui.console.leading import Phones, a_class, console, facts, press, settle
from tests.tui.pictures import HOSTILE, is_harmless
from tests.tui.stand_in import text_of

BAD = HOSTILE[:300]
SHEETS = {
    "console": [],
    "team": ["enter"],
    "see as": ["enter", "enter"],
    "office": ["enter", "enter", "o"],
    "deck": ["i"],
    "notes": ["y"],
    "whom to message": ["m", "3"],
    "rename": ["enter", "n"],
    "reasons": ["s", "4"],
    "join": ["j"],
    "remove": ["enter", "d"],
}


async def hostile_class(folder: Path) -> Any:
    """People who call themselves, and write, what would drive a terminal."""
    led = await a_class(folder, teams=2, people=2)
    for mate in led.control().mates:
        await led.send(Reseat(mate.id, name=BAD))
    await led.start()
    await led.until("preference")
    await led.prefer("red-1", 0, BAD)
    await led.until("lock")
    await led.lock("red-0", rationale=BAD)
    await led.send(Keep(BAD, BAD))
    await led.send(Mark(BAD))
    await led.send(Message(BAD, team="red"))
    return led


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_that_people_write_drives_the_terminal(
    tmp_path: Path, sheet: str, size: tuple[int, int]
) -> None:
    """Neither escape codes nor markup nor turned lines, on any sheet of the console."""
    led = await hostile_class(tmp_path)
    app = console(led, facts(Phones(), warnings=(BAD,), address=BAD, code="A[/b]"))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *SHEETS[sheet])
        assert is_harmless(text_of(app))
        assert app._exception is None


async def test_tickets_too(tmp_path: Path) -> None:
    """They come last and are read aloud."""
    led = await hostile_class(tmp_path)
    await led.until("endings")
    await led.send(Ticket("red-0", BAD))
    app = console(led)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "y")
        assert is_harmless(text_of(app))
        assert "Exit tickets (1)" in text_of(app)
