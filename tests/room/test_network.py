"""The room on a real port: its streams, its patience, and a host that is stopped and comes back."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tabletop.errors import UsageError
from tabletop.exercise.hour.actions import Message
from tabletop.room.limits import Limits
from tabletop.room.opening import resume_room
from tabletop.room.server import listening
from tests.room.rooms import Class, made_class, opened


class Phone:
    """One browser on the real network."""

    def __init__(self, found: Class) -> None:
        origin = f"http://127.0.0.1:{found.room.kept.port}"
        self.http = httpx.AsyncClient(
            base_url=f"{origin}/{found.room.code}", headers={"origin": origin}, timeout=10
        )

    async def join(self, **fields: str) -> None:
        answer = await self.http.post("/join", data={"name": "Ann", **fields})
        assert answer.status_code == 303

    @asynccontextmanager
    async def stream(self, tab: str = "t") -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
        async with self.http.stream("GET", "/stream", params={"tab": tab}) as answer:
            assert answer.status_code == 200, answer.status_code
            yield _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    kind = "frame"
    async for line in answer.aiter_lines():
        if line.startswith("event: "):
            kind = line[7:]
        elif line.startswith("data: "):
            yield kind, json.loads(line[6:]) if kind == "frame" else None
            kind = "frame"


async def _next(events: AsyncIterator[tuple[str, Any]]) -> tuple[str, Any]:
    return await asyncio.wait_for(anext(events), 10)


async def test_a_change_reaches_every_stream_at_most_four_times_a_second(tmp_path: Path) -> None:
    """However many changes there are, the newest one is what is sent."""
    async with opened(made_class(tmp_path, "red")) as found:
        phone = Phone(found)
        await phone.join()
        async with phone.stream() as events:
            await _next(events)
            begun = time.monotonic()
            for number in range(20):
                await found.send(Message(f"message {number}"))
            frames = 0
            while True:
                _, frame = await _next(events)
                frames += 1
                if len(frame["seat"]["messages"]) == 20:
                    break
            assert frames <= 2 + (time.monotonic() - begun) / 0.25
        await phone.http.aclose()


async def test_the_newest_tab_wins(tmp_path: Path) -> None:
    """The older one is told and let go; the same tab that comes again is not."""
    async with opened(made_class(tmp_path, "red")) as found:
        phone = Phone(found)
        await phone.join()
        async with phone.stream("one") as first:
            await _next(first)
            async with phone.stream("two") as second:
                await _next(second)
                assert (await _next(first))[0] == "elsewhere"
                async with phone.stream("two") as again:
                    await _next(again)
                    assert (await _next(second))[0] == "again"
        await phone.http.aclose()


async def test_presence_is_told_as_pages_come_and_go(tmp_path: Path) -> None:
    """The console shows who is here."""
    async with opened(made_class(tmp_path, "red")) as found:
        phone = Phone(found)
        await phone.join()
        (seat,) = found.led.table.record.seats
        told: list[bool] = []
        stirred = asyncio.Event()

        def hear(who: str) -> None:
            told.append(found.room.present(who))
            stirred.set()

        found.room.watch(hear)
        assert not found.room.present(seat)
        async with phone.stream() as events:
            await _next(events)
            assert found.room.present(seat)
        await asyncio.wait_for(_until(lambda: told == [True, False], stirred), 10)
        await phone.http.aclose()


async def _until(true: Any, stirred: asyncio.Event) -> None:
    while not true():
        stirred.clear()
        await stirred.wait()


async def test_streams_are_ended_before_the_server_so_that_it_stops_at_once(
    tmp_path: Path,
) -> None:
    """Twenty of them; each page is told."""
    async with opened(made_class(tmp_path, "red")) as found:
        phones = [Phone(found) for _ in range(20)]
        ends: list[str] = []

        async def listen(phone: Phone) -> None:
            async with phone.stream() as events:
                ready.release()
                async for kind, _ in events:
                    ends.append(kind)

        ready = asyncio.Semaphore(0)
        for phone in phones:
            await phone.join()
        tasks = [asyncio.create_task(listen(phone)) for phone in phones]
        for _ in phones:
            await asyncio.wait_for(ready.acquire(), 10)
        begun = time.monotonic()
        await found.room.close()
        assert time.monotonic() - begun < 1.9
        await asyncio.gather(*tasks)
        assert ends.count("bye") == 20
        for phone in phones:
            await phone.http.aclose()


async def test_heads_that_do_not_come_are_not_waited_for(tmp_path: Path) -> None:
    """Neither the first one of a connection, nor one that trickles."""
    limits = Limits(head_seconds=0.3)
    async with opened(made_class(tmp_path, "red", limits=limits)) as found:
        silent = await _connected(found)
        trickling = await _connected(found)
        trickling[1].write(b"GET / HTTP/1.1\r\nHost: 127")
        for reader, writer in (silent, trickling):
            assert await _cut_off(reader)
            writer.close()


async def _cut_off(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(), 5) == b""
    except ConnectionResetError:
        return True


async def test_bodies_that_do_not_come_are_not_waited_for(tmp_path: Path) -> None:
    """A head may promise what never comes."""
    limits = Limits(body_seconds=0.3)
    async with opened(made_class(tmp_path, "red", limits=limits)) as found:
        reader, writer = await _connected(found)
        host = f"127.0.0.1:{found.room.kept.port}"
        writer.write(
            f"POST /{found.room.code}/join HTTP/1.1\r\nHost: {host}\r\n"
            f"Origin: http://{host}\r\nContent-Length: 100\r\n\r\nna".encode()
        )
        assert b" 408 " in await asyncio.wait_for(reader.readline(), 5)
        writer.close()


async def _connected(found: Class) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", found.room.kept.port)


async def test_one_address_cannot_hold_every_connection(tmp_path: Path) -> None:
    """Beyond its share it is cut off; with the others gone it is let in again."""
    limits = Limits(connections=5, local_too=True)
    async with opened(made_class(tmp_path, "red", limits=limits)) as found:
        held = [await _connected(found) for _ in range(5)]
        reader, writer = await _connected(found)
        assert await _cut_off(reader)
        for _, other in (*held, (reader, writer)):
            other.close()
            await other.wait_closed()
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{found.room.kept.port}/")
        assert answer.status_code == 200


async def test_a_reader_that_takes_nothing_holds_one_frame_and_nobody_up(tmp_path: Path) -> None:
    """The others get every snapshot meanwhile."""
    async with opened(made_class(tmp_path, "red")) as found:
        slow, quick = Phone(found), Phone(found)
        await slow.join()
        await quick.join()
        stalled = socket.create_connection(("127.0.0.1", found.room.kept.port))
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        cookie = slow.http.cookies["seat"]
        stalled.sendall(
            f"GET /{found.room.code}/stream?tab=s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: seat={cookie}\r\n\r\n".encode()
        )
        async with quick.stream() as events:
            await _next(events)
            for number in range(4):
                await found.send(Message(f"{number}" * 900))
                while len((await _next(events))[1]["seat"]["messages"]) <= number:
                    pass
        stalled.close()
        await slow.http.aclose()
        await quick.http.aclose()


async def test_a_room_that_was_killed_is_the_same_room_again(tmp_path: Path) -> None:
    """Code, address, seats, votes and texts; nothing is lost and nothing counted twice."""
    found = made_class(tmp_path, "red")
    await found.room.open()
    phone = Phone(found)
    await phone.join(team="red")
    await found.start()
    await found.until("preference")
    vote = {"act": "prefer", "op": "operation-1", "response": found.led.offered("red")[0]}
    assert (await phone.http.post("/act", json=vote)).status_code == 200
    async with phone.stream() as events:
        _, before = await _next(events)
    pin = found.room.kept
    await found.room.abandon()

    again = resume_room(found.led.table.path, clock=lambda: found.led.now)
    await again.open()
    try:
        assert again.kept == pin
        async with phone.stream() as events:
            _, after = await _next(events)
        assert after["seat"]["preference"] == vote["response"]
        assert after["team"]["game"] == before["team"]["game"]
        assert (await phone.http.post("/act", json=vote)).json()["repeated"] is True
    finally:
        await again.close()
        await again.table.close()
        await phone.http.aclose()


async def test_a_fault_of_ours_does_not_stop_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is noted for whoever runs the room, and what stumbled is taken up again."""
    found = made_class(tmp_path, "red")
    runs: list[int] = []
    going = asyncio.Event()

    async def run() -> None:
        runs.append(len(runs))
        if len(runs) == 1:
            raise RuntimeError("secret words")
        going.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("tabletop.room.room._AGAIN", 0.01)
    monkeypatch.setattr(found.led.table, "run", run)
    async with opened(found):
        await asyncio.wait_for(going.wait(), 10)
        assert list(found.room.faults.lines) == ["the room stumbled: RuntimeError"]


def test_a_taken_port_is_one_clear_line() -> None:
    """With what to do about it."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is taken .* --port {port + 1}"):
            listening("127.0.0.1", port)


async def test_the_sidecar_says_when_the_host_was_last_alive(tmp_path: Path) -> None:
    """So that a clock that nobody saw run is found paused as of then."""
    found = made_class(tmp_path, "red")
    await found.room.open()
    await found.led.seat("red")
    await found.start()
    await found.until("talk")
    await found.room.abandon()
    later = found.led.now + 600
    again = resume_room(found.led.table.path, clock=lambda: later)
    try:
        assert again.table.hour.paused_at is not None
    finally:
        await again.table.close()


async def test_no_vote_is_taken_without_a_team(tmp_path: Path) -> None:
    """What the exercise refuses is told in its own words."""
    async with opened(made_class(tmp_path, "red")) as found:
        phone = Phone(found)
        await phone.join()
        answer = await phone.http.post(
            "/act", json={"act": "prefer", "op": "operation-1", "response": "patience"}
        )
        assert answer.status_code == 409
        assert answer.json()["error"]
        await phone.http.aclose()
        assert not found.led.table.hour.preferences
