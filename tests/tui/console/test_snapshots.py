"""Pictures of the console at three sizes, so that no change of its looks goes unseen.

After a change that is meant: `pytest tests/tui/console/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.exercise.hour.actions import Keep, Mark, Reseat
from tabletop.tui.theme import ANSI, DAY, NIGHT
from tests.exercise.hour.led import Led
from tests.tui.console.leading import NAMES, Phones, a_class, console, facts, press, settle

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
THEMES = {"night": NIGHT, "day": DAY, "ansi": ANSI}


async def joining(led: Led) -> None:
    """Before play."""


async def locking(led: Led) -> None:
    """The first round's lock: two teams have locked, one has an empty chair."""
    await led.start()
    await led.until("talk")
    for team in led.table.hour.teams[:4]:
        await led.prefer(f"{team}-0")
        await led.prefer(f"{team}-1", 1, "The line must stay open")
    await led.until("lock")
    led.now += 22.0
    await led.lock("red-0", 1, "We keep the channel open while the drills go on as planned.")
    await led.lock("green-0")


async def changed(led: Led) -> None:
    """After the reveal, with a held inject and a mark."""
    await locking(led)
    await led.until("changed")
    await led.send(Keep("A leak", "A morning paper prints the plan, and the price."))
    await led.send(Mark("They saw the tell and explained it away", "red"))


async def ended(led: Led) -> None:
    """Endings and history."""
    await locking(led)
    await led.until("endings")


Scene = Callable[[Led], Any]
SCREENS: dict[str, tuple[Scene, list[str]]] = {
    "joining": (joining, []),
    "locking": (locking, []),
    "changed": (changed, ["down"]),
    "ended": (ended, []),
    "team": (locking, ["enter"]),
    "look_as": (locking, ["enter", "enter"]),
    "deck": (changed, ["i", "down"]),
    "notes": (changed, ["y"]),
    "join": (locking, ["j"]),
    "overrule": (changed, ["x"]),
    "write": (locking, ["w"]),
    "sure": (locking, ["n"]),
    "help": (locking, ["question_mark"]),
}
PICTURES = [
    (screen, size, "night")
    for screen in SCREENS
    for size in SIZES
    if size != "200x50" or screen in {"joining", "locking", "ended", "team"}
] + [(screen, "120x40", theme) for screen in ("joining", "locking") for theme in ("day", "ansi")]


async def prepared(folder: Path, scene: Scene) -> tuple[Led, Phones]:
    """A class of six teams of four with people's names, most of them here."""
    led, phones = await a_class(folder), Phones()
    for at, mate in enumerate(led.control().mates):
        await led.send(Reseat(mate.id, name=f"{NAMES[at % 10]}{' II' if at >= 10 else ''}"))
        if at not in (6, 20):
            phones.come(mate.id)
    await scene(led)
    return led, phones


@pytest.mark.parametrize("screen, size, theme", PICTURES)
def test_the_console_looks_as_it_did(
    tmp_path: Path, snap_compare: Callable[..., bool], screen: str, size: str, theme: str
) -> None:
    """A picture of it, cell by cell."""
    scene, keys = SCREENS[screen]
    led, phones = asyncio.run(prepared(tmp_path, scene))
    app = console(led, facts(phones), theme=THEMES[theme])

    async def go_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, *keys)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=go_there)
