"""A console over a real class on a clock that the test turns, and ways to press its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tabletop.exercise.console.facts import PAPER, RoomFacts
from tabletop.tui.console.app import ControlApp
from tests.exercise.hour.led import Led
from tests.tui.stand_in import StandInDesk

NAMES = ("Ada", "Ben", "Chloe", "Dov", "Eun-ji", "Femi", "Gus", "Hana", "Ines", "Jun")
QR = tuple("█" * 37 for _ in range(19))
"""A block of the size of a code for an address of a home network."""


class Phones:
    """Who is here; tests let people come and go."""

    def __init__(self) -> None:
        self.seats: set[str] = set()
        self.told: Callable[[str], None] = lambda _: None

    def come(self, *seats: str) -> None:
        """Open the pages of these seats."""
        self.seats |= set(seats)
        for seat in seats:
            self.told(seat)

    def watch(self, told: Callable[[str], None]) -> None:
        """Remember whom to tell."""
        self.told = told


def facts(phones: Phones | None = None, **rest: Any) -> RoomFacts:
    """A room in an ordinary network."""
    known = phones or Phones()
    room = RoomFacts(
        address="http://192.168.1.23:8000",
        code="K7QM3X",
        link="http://192.168.1.23:8000/K7QM3X",
        qr=QR,
        warnings=("Plain HTTP: whoever shares this network can read what is sent.",),
        present=lambda seat: seat in known.seats,
        pin=lambda seat: f"PIN-{seat[:4]}",
        projector_pin=lambda: "PIN-WALL",
        watch=known.watch,
    )
    return replace(room, **rest)


def console(led: Led, room: RoomFacts = PAPER, **rest: Any) -> ControlApp:
    """The console of a class, without motion."""
    rest.setdefault("reduced_motion", True)
    return ControlApp(StandInDesk(), led.table, room, **rest)  # type: ignore[arg-type]


async def a_class(folder: Path, teams: int = 6, people: int = 4, **wishes: Any) -> Led:
    """A class whose people have sat down."""
    names = ("red", "blue", "green", "amber", "violet", "teal")[:teams]
    led = Led(folder, names, **wishes)
    for team in names:
        await led.seat(team, people)
    return led


async def in_the_first_lock(folder: Path) -> Led:
    """Such a class in its first lock, where one choice is there."""
    led = await a_class(folder)
    await led.start()
    await led.until("lock")
    await led.lock("red-0", rationale="A reason of some length that has to be broken into lines")
    return led


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until acts are done or wait for an answer, and the screen shows what came of it."""
    app = pilot.app
    assert isinstance(app, ControlApp)
    await pilot.pause()
    while app.busy and app._exception is None:
        await pilot.pause()
    app.look_again()
    await pilot.pause()
    while app._exception is None and not app.screen._compositor.visible_widgets:
        await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after another, each when the one before has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Type words where the cursor is."""
    await pilot.press(*("space" if letter == " " else letter for letter in text))
    await settle(pilot)
