"""The servers of a room: one, and another beside it where the first has lost its port."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import Any

from tabletop.errors import UsageError
from tabletop.room.guard import App
from tabletop.room.limits import Limits
from tabletop.room.server import Faults, Server, listening, made


class Serving:
    """Serves an app for as long as a room is open."""

    def __init__(self, app: Callable[[], App], limits: Limits, faults: Faults) -> None:
        self._app, self._limits, self._faults = app, limits, faults
        self._servers: list[Server] = []
        self._tasks: list[asyncio.Task[Any]] = []

    def begin(self, listener: socket.socket) -> None:
        """Serve whoever comes to a socket."""
        server = made(self._app(), self._limits, self._faults)
        self._servers.append(server)
        self._tasks.append(asyncio.create_task(server.serve(sockets=[listener])))

    def listens(self) -> bool:
        """Whether connections are still taken."""
        return any(each.is_serving() for server in self._servers for each in server.listeners)

    def again(self, bind: str, port: int) -> None:
        """Open the port anew, if it can be had; streams of the server before go on."""
        with contextlib.suppress(UsageError):
            self.begin(listening(bind, port))

    async def end(self) -> None:
        """Let answers under way come to their end; streams must have been ended before."""
        for server in self._servers:
            server.should_exit = True
        await self._ended()

    async def abort(self) -> None:
        """Cut every connection."""
        for server in self._servers:
            for each in server.listeners:
                each.close()
            for connection in list(server.server_state.connections):
                transport = getattr(connection, "transport", None)
                if transport is not None:
                    transport.abort()
        for task in self._tasks:
            task.cancel()
        await self._ended()

    async def _ended(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks, self._servers = [], []
