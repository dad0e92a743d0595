"""A room under load: how long a vote takes to every screen, and what a client costs the host.

Each client is a stream as a browser keeps it; votes come at a steady rate from seats in turn.
A vote's time runs from its sending to the snapshot that holds it, on every stream. The clients
share the machine with the host, so that the figures are those of half of it.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.figures import Figure, percentile, show
from benchmarks.room_console import keys_beside
from benchmarks.shipped import own_folders
from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.actions import Start
from tabletop.exercise.hour.opening import open_class, team_names
from tabletop.exercise.table import Viewer

SIZES = ((1000, False), (200, True))
"""Browsers, and whether the console runs in the same process."""
BESIDE = 40
VOTES = 60
RATE = 4.0
"""Votes a second: as many as there are snapshots a second."""
_NUMBER = re.compile(rb'"n":(\d+)')


class Listener:
    """One client's stream, and when it saw which event."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, float]] = []

    async def listen(self, port: int, code: str, token: str, ready: asyncio.Semaphore) -> None:
        """Read frames until cancelled."""
        async with ready:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"GET /{code}/stream?tab={uuid4().hex[:12]} HTTP/1.1\r\n"
                f"Host: 127.0.0.1:{port}\r\nCookie: seat={token}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(head.decode("latin-1"))
        while chunk := await reader.read(65536):
            now = time.perf_counter()
            for number in _NUMBER.findall(chunk):
                self.seen.append((int(number), now))


async def _vote(facts: dict[str, Any], token: str) -> tuple[int, float]:
    """Post one preference; gives the event that holds it and when it was sent."""
    port, code = facts["port"], facts["code"]
    body = json.dumps(
        {"op": uuid4().hex, "act": "prefer", "round": 1, "response": facts["response"]}
    ).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent = time.perf_counter()
    writer.write(
        (
            f"POST /{code}/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nCookie: seat={token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        ).encode()
        + body
    )
    answer = await reader.read()
    writer.close()
    return int(json.loads(answer.partition(b"\r\n\r\n")[2])["event"]), sent


async def load(seats: int, *, screen: bool) -> list[Figure]:
    """The figures of one size."""
    wish = ("screen",) if screen else ()
    host = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.room_host", str(seats), *wish,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 24,
    )  # fmt: skip
    assert host.stdout is not None
    assert host.stdin is not None

    async def ask() -> dict[str, float]:
        host.stdin.write(b"\n")  # type: ignore[union-attr]
        return json.loads(await host.stdout.readline())  # type: ignore[union-attr, no-any-return]

    facts = json.loads(await host.stdout.readline())
    empty = await ask()
    ready = asyncio.Semaphore(50)
    clients = [Listener() for _ in facts["tokens"]]
    tasks = [
        asyncio.create_task(each.listen(facts["port"], facts["code"], token, ready))
        for each, token in zip(clients, facts["tokens"], strict=True)
    ]
    while not all(each.seen for each in clients):
        await asyncio.sleep(0.1)
        for task in tasks:
            if task.done():
                task.result()
    full, begun = await ask(), time.perf_counter()
    votes = []
    for number in range(VOTES):
        votes.append(await _vote(facts, facts["tokens"][number % len(facts["tokens"])]))
        await asyncio.sleep(1 / RATE)
    await asyncio.sleep(1.0)
    busy, spent = await ask(), time.perf_counter() - begun
    for task in tasks:
        task.cancel()
    host.stdin.close()
    await host.wait()
    waits = [1000 * wait for each in clients for wait in _waits(each, votes)]
    lost = len(clients) * len(votes) - len(waits)
    size = (full["memory"] - empty["memory"]) / seats / 1024
    return [
        Figure("vote to every screen, p50", percentile(waits, 0.5), " ms"),
        Figure("vote to every screen, p99", percentile(waits, 0.99), " ms", 400),
        Figure("votes that a screen never saw", lost, "", 0),
        Figure("memory a client", size, " KiB", 20),
        Figure("the host's processor", 100 * (busy["cpu"] - full["cpu"]) / spent, "%"),
    ]


def _first_response() -> str:
    """One that the class may choose in its first round."""
    with tempfile.TemporaryDirectory() as name:
        teams = team_names(1)
        table = open_class(Desk(Path(name)), "north-korea-2017", teams=teams, plan="lesson")

        async def look() -> str:
            await table.send(Start(), "start")
            view = table.view(Viewer("team", teams[0]))
            await table.close()
            return next(each.id for each in view.responses if each.supports)

        return asyncio.run(look())


def _waits(client: Listener, votes: list[tuple[int, float]]) -> list[float]:
    """Seconds from each vote to the first snapshot of it or of a later event."""
    found, place = [], 0
    for event, sent in votes:
        while place < len(client.seen) and client.seen[place][0] < event:
            place += 1
        if place < len(client.seen):
            found.append(client.seen[place][1] - sent)
    return found


def _vote_on(facts: dict[str, Any], over: threading.Event) -> None:
    """Streams for every seat, and votes at the usual rate, until it is over."""

    async def run() -> None:
        ready = asyncio.Semaphore(50)
        port, code, tokens = facts["port"], facts["code"], facts["tokens"]
        clients = [Listener() for _ in tokens]
        tasks = [
            asyncio.create_task(each.listen(port, code, token, ready))
            for each, token in zip(clients, tokens, strict=True)
        ]
        number = 0
        while not over.is_set():
            with suppress(KeyError):  # a vote that its own seat may not cast any more
                await _vote(facts, tokens[number % len(tokens)])
            number += 1
            await asyncio.sleep(1 / RATE)
        for task in tasks:
            task.cancel()

    asyncio.run(run())


def main() -> None:
    """Print a table for each size, then how the console answers its keys."""
    with own_folders() as folder:
        for seats, screen in SIZES:
            beside = " and the console" if screen else ""
            title = f"A room of {seats:,} browsers{beside}, {RATE:g} votes a second"
            show(title, asyncio.run(load(seats, screen=screen)))
        response = {"response": _first_response()}
        keys = keys_beside(BESIDE, folder, lambda facts, over: _vote_on(facts | response, over))
        taken = [1000 * each for each in keys]
        figures = [
            Figure("from a key to the moved cursor, p50", percentile(taken, 0.5), " ms"),
            Figure("from a key to the moved cursor, p95", percentile(taken, 0.95), " ms", 50),
        ]
        show(f"The console's keys while {BESIDE} browsers vote", figures)


if __name__ == "__main__":
    main()
