"""uvicorn inside somebody else's loop: it takes no signals, waits for nobody, and is patient
neither with heads that do not come nor with too many connections of one address.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from tabletop.clean import clean_line
from tabletop.errors import UsageError
from tabletop.room.guard import App
from tabletop.room.limits import Limits, household, is_local

MOST_HEAD = 16 * 1024
"""Bytes of a request's head."""
GRACE = 2
"""Seconds that answers have left when the server stops."""


class Faults(logging.Handler):
    """Keeps the last unexpected errors, in one line each, for whoever runs the room.

    Nothing of ours is ever written to standard error: a screen is drawn there.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: deque[str] = deque(maxlen=20)
        self.heard: Callable[[str], None] = lambda _: None
        """Told of each at once, by the name of its kind."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what kind of error it was; never its values, which may be somebody's secret."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        self.lines.append(clean_line(f"{record.msg} {kind}"))
        self.heard(kind)


def _protocol(limits: Limits, open_by: Counter[str]) -> type[H11Protocol]:
    class Impatient(H11Protocol):
        """Refuses an address that has too many connections, and whoever does not come to speak."""

        _deadline: asyncio.TimerHandle | None = None
        _counted = ""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            address = self.client[0] if self.client else ""
            if limits.local_too or not is_local(address):
                self._counted = household(address)
                open_by[self._counted] += 1
                if open_by[self._counted] > limits.connections:
                    transport.abort()
                    return
            _notice_death(transport)
            self._wait_for_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            if self._counted:
                open_by[self._counted] -= 1
                if open_by[self._counted] <= 0:
                    del open_by[self._counted]
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self._stop_waiting()
            elif self._deadline is None:
                self._wait_for_head()

        def _wait_for_head(self) -> None:
            loop = asyncio.get_running_loop()
            self._deadline = loop.call_later(limits.head_seconds, self.transport.abort)

        def _stop_waiting(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

    return Impatient


def _notice_death(transport: asyncio.Transport) -> None:
    """Let the system tell of phones that left without a word, within half a minute."""
    found: Any = transport.get_extra_info("socket")
    if found is None:
        return
    wishes = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
    with contextlib.suppress(OSError):
        found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in (*wishes, ("TCP_USER_TIMEOUT", 25_000)):
            option = getattr(socket, name, None)
            if option is not None:
                found.setsockopt(socket.IPPROTO_TCP, option, value)


class Server(uvicorn.Server):
    """A server that leaves signals to the program it lives in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield

    @property
    def listeners(self) -> list[asyncio.Server]:
        """Where it takes connections; none before it has begun."""
        return list(getattr(self, "servers", ()))


def listening(bind: str, port: int) -> socket.socket:
    """A socket that listens; raises `UsageError` where the port is taken or not to be had."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where the other means sharing
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        found.bind((bind, port))
        found.listen(1024)
        found.setblocking(False)
    except (OSError, OverflowError) as fault:
        found.close()
        raise UsageError(_no_port(bind, port, fault)) from None
    return found


def _no_port(bind: str, port: int, fault: Exception) -> str:
    number = fault.errno if isinstance(fault, OSError) else None
    if number == errno.EADDRINUSE:
        return f"port {port} is taken by another program: --port {port + 1} takes the next one"
    if number == errno.EACCES:
        return f"port {port} is not for everybody's programs: choose one from 1024 on by --port"
    if number == errno.EADDRNOTAVAIL:
        return f"{bind} is no address of this machine: --bind takes one of its own, or 0.0.0.0"
    return f"cannot listen on {bind}, port {port}: {getattr(fault, 'strerror', None) or fault}"


def made(app: App, limits: Limits, faults: Faults) -> Server:
    """A server for an app, to be run with `serve(sockets=[...])` and ended by `should_exit`."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers = [faults]
        logger.propagate = False
        logger.setLevel(logging.ERROR)
    config = uvicorn.Config(
        app,
        http=_protocol(limits, Counter()),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=MOST_HEAD,
        backlog=1024,
    )
    return Server(config)
