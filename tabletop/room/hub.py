"""Streams of snapshots to pages: the newest one only, at most four a second, whatever else comes.

Written to ASGI itself: a stream is told of a change and builds its frame when it can send it,
so that a slow reader holds one frame and no queue.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

from tabletop.room.limits import Limits

INTERVAL = 0.25
"""Seconds between two snapshots at least."""
BEAT = 10.0
"""Seconds without news after which a page is told that the host is there."""
STALLED = 30.0
"""Seconds after which a reader that takes nothing is let go."""

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Frame = Callable[[], bytes | None]
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Stream:
    """One page that listens; `who` is a seat or the projector, `tab` the page of its browser."""

    def __init__(self, who: str, tab: str) -> None:
        self.who, self.tab = who, tab
        self.news = asyncio.Event()
        self.end: str | None = None

    def finish(self, reason: str) -> None:
        """Say one last word and end: `elsewhere`, `gone` or `bye`."""
        self.end = self.end or reason
        self.news.set()


class Hub:
    """Every stream of a room."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._streams: dict[str, list[Stream]] = {}
        self._closed = False
        self.presence: Callable[[str], None] = lambda _: None
        """Told whenever somebody comes or goes."""

    def present(self, who: str) -> bool:
        """Whether a page of a seat is open and listening."""
        return any(stream.end is None for stream in self._streams.get(who, ()))

    def others(self, who: str) -> int:
        """How many streams are open that are not this one's."""
        return sum(len(streams) for name, streams in self._streams.items() if name != who)

    def count(self) -> int:
        """How many streams are open."""
        return sum(map(len, self._streams.values()))

    async def follow(self, changes: AsyncIterator[int]) -> None:
        """Pass on every change, at most one in `INTERVAL`, until this is cancelled."""
        loop = asyncio.get_running_loop()
        told = -INTERVAL
        async for _ in changes:
            await asyncio.sleep(max(0.0, told + INTERVAL - loop.time()))
            told = loop.time()
            self.tell()

    def tell(self) -> None:
        """Let every stream send what is newest."""
        for streams in self._streams.values():
            for stream in streams:
                stream.news.set()

    def finish(self, who: str, reason: str) -> None:
        """End the streams of one seat."""
        for stream in self._streams.get(who, ()):
            stream.finish(reason)

    def close(self) -> None:
        """End all streams; to be done before a server is told to stop (it would wait for them)."""
        self._closed = True
        for who in self._streams:
            self.finish(who, "bye")

    def open(self, who: str, tab: str, *, most: int | None = None) -> Stream | None:
        """A new stream; it takes over from other pages of a seat. None where there are too many."""
        there = self._streams.setdefault(who, [])
        if self._closed or len(there) >= (most or self._limits.streams):
            return None
        stream = Stream(who, tab)
        if most is None:
            for other in there:
                other.finish("elsewhere" if other.tab != tab else "again")
        there.append(stream)
        self.presence(who)
        return stream

    def _leave(self, stream: Stream) -> None:
        there = self._streams[stream.who]
        there.remove(stream)
        if not there:
            del self._streams[stream.who]
        self.presence(stream.who)

    async def serve(self, stream: Stream, frame: Frame, receive: Receive, send: Send) -> None:
        """Send a stream's frames until the page or the room goes away."""
        gone = asyncio.ensure_future(_disconnected(receive))
        gone.add_done_callback(lambda _: stream.finish("gone"))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _sent(send, b"retry: 1000\n\n")
            stream.news.set()
            while not gone.done():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await stream.news.wait()
                await _sent(send, self._next(stream, frame))
                if stream.end is not None:
                    await send({"type": "http.response.body", "body": b""})
                    return
        except TimeoutError:
            return
        finally:
            gone.cancel()
            self._leave(stream)

    def _next(self, stream: Stream, frame: Frame) -> bytes:
        if stream.end is not None:
            return f"event: {stream.end}\ndata: -\n\n".encode()
        if not stream.news.is_set():
            return b"event: beat\ndata: -\n\n"
        stream.news.clear()
        made = frame()
        if made is None:
            stream.finish("gone")
            return b"event: gone\ndata: -\n\n"
        return b"data: " + made + b"\n\n"


async def _sent(send: Send, body: bytes) -> None:
    message = {"type": "http.response.body", "body": body, "more_body": True}
    async with asyncio.timeout(STALLED):
        await send(message)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
