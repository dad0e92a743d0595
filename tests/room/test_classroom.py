"""A seat in a terminal, line by line: what it is told, and what it can do by typing."""

from __future__ import annotations

import asyncio
import io
import queue
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TextIO, cast

from tabletop.exercise.hour.actions import Message, Reseat
from tabletop.plain.classroom import Classroom
from tabletop.plain.console import Console
from tabletop.room.client import RemoteTable, where
from tests.room.rooms import Class, made_class, opened


class Keys(io.TextIOBase):
    """What somebody types, line by line, when they please."""

    def __init__(self) -> None:
        self.lines: queue.Queue[str] = queue.Queue()

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        return self.lines.get()


class Screen(io.StringIO):
    """What is said, and a sign whenever more is."""

    def __init__(self) -> None:
        super().__init__()
        self.more = asyncio.Event()

    def flush(self) -> None:
        self.more.set()


class Person:
    """Somebody at a terminal in a class."""

    def __init__(self, table: RemoteTable) -> None:
        self.table = table
        self.keys, self.screen = Keys(), Screen()
        console = Console(cast("TextIO", self.keys), self.screen)
        self.room = Classroom(table, console, self.keepsake)
        self._read = 0

    async def keepsake(self) -> list[Path]:
        """The files by their names, without a folder."""
        return [Path(name) for name in await self.table.keepsake()]

    def type(self, line: str) -> None:
        self.keys.lines.put(line + "\n")

    async def hears(self, words: str) -> None:
        """Wait until something is said that was not said before."""
        try:
            async with asyncio.timeout(10):
                while words not in self.screen.getvalue()[self._read :]:
                    self.screen.more.clear()
                    await self.screen.more.wait()
        except TimeoutError:
            raise AssertionError(self.screen.getvalue()[self._read :]) from None
        found = self.screen.getvalue().index(words, self._read)
        self._read = found + len(words)


@asynccontextmanager
async def seated(found: Class, **fields: str) -> AsyncIterator[Person]:
    table = RemoteTable(where(found.room.link))
    await table.join(fields.get("name", "Ann"), fields.get("team", ""), fields.get("role", ""))
    person = Person(table)
    running = asyncio.create_task(person.room.run())
    try:
        yield person
    finally:
        person.type("quit")
        await asyncio.wait_for(running, 10)
        await table.close()


async def test_a_head_plays_a_round_by_typing(tmp_path: Path) -> None:
    """Objective, preference, lock with all that goes with it, reveal, exit ticket."""
    async with (
        opened(made_class(tmp_path, "red", "blue")) as found,
        seated(found, team="red", role="president") as ann,
    ):
        await ann.hears("Welcome, Ann. Team red, The President")
        ann.type("objective 2")
        await ann.hears("Declared: ")
        await found.led.seat("blue", 1)
        await found.start()
        await ann.hears("Read. Nobody speaks yet")
        await found.until("preference")
        await ann.hears("Your silent preference")
        ann.type("2")
        await ann.hears("You prefer: ")
        ann.type("why It is my reason")
        await ann.hears("You prefer: ")
        await found.until("talk")
        await ann.hears("You prefer this")
        ann.type("lock 1")
        await ann.hears("What goes with it?")
        ann.type("1")
        await ann.hears("Your team's reason")
        ann.type("We wait.")
        await ann.hears("Your forecast?")
        ann.type("9")
        await ann.hears("Refused: a forecast has a number from 1 to 5")
        for answer in ("lock 1", "1", "We wait.", "2", "yes"):
            ann.type(answer)
        await ann.hears("Locked.")
        lock = found.led.table.hour.locks["red"]
        assert (lock.seat, lock.forecast) == (ann.table.seat, 30)
        await found.until("reveal")
        await ann.hears("You chose: ")
        await found.until("hot_wash")
        await ann.hears("Say ticket and your answer")
        ann.type("ticket To ask first.")
        await ann.hears("Handed in.")
        ann.type("keep")
        await ann.hears("my-exercise.html")


async def test_what_cannot_be_done_is_said_and_nothing_stops(tmp_path: Path) -> None:
    """Odd words, numbers beyond the list, acts before their time; messages come between."""
    async with opened(made_class(tmp_path, "red")) as found, seated(found, role="state") as ben:
        for line, said in (
            ("dance", "There is no such command"),
            ("help", "your seat stays yours"),
            ("7", "Refused: there is no response to choose now"),
            ("lock 1", "Refused: there is nothing that you can lock now"),
            ("card x", "Refused: "),
            ("guess blue 9", "Refused: a forecast has a number from 1 to 5"),
            ("standing nobody", "Refused: a standing order is one of"),
            ("office", "Secretary of State"),
            ("team", "The head of the team decides."),
        ):
            ben.type(line)
            await ben.hears(said)
        await found.send(Message("Two minutes\x1b[2J left."))
        await ben.hears("Two minutes[2J left.")


async def test_whoever_is_moved_is_told_where_to(tmp_path: Path) -> None:
    """To another team, or to another office of their own."""
    async with (
        opened(made_class(tmp_path, "red", "blue")) as found,
        seated(found, team="red", role="state") as ben,
    ):
        await ben.hears("Welcome, Ann. Team red")
        await found.send(Reseat(ben.table.seat, team="blue", role="president"))
        await ben.hears("You were moved. Team blue, The President")


async def test_it_says_when_the_host_is_gone_and_waits(tmp_path: Path) -> None:
    """And that the seat is, where control takes it away."""
    from tabletop.exercise.hour.actions import Remove

    async with opened(made_class(tmp_path, "red")) as found:
        table = RemoteTable(where(found.room.link))
        await table.join("Ann")
        person = Person(table)
        running = asyncio.create_task(person.room.run())
        await person.hears("Welcome, Ann")
        await found.send(Remove(table.seat))
        await person.hears("moved to another phone, or taken away")
        await asyncio.wait_for(running, 10)
        person.type("quit")
        await table.close()
