"""Phones and hosts of tests that are real: pages' requests over a network, hosts in a process."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.cli.terminal import process_environment

_AGAIN = 0.05
"""Seconds after which a phone calls a host again that did not answer."""
_PATIENCE = 20.0
"""Seconds that a host may be silent before a test gives up."""
_LATER = {429, 500, 502, 503, 504}
"""Answers upon which a page tries again."""


class Phone:
    """One browser: it keeps its cookie, and says everything until it has been answered."""

    def __init__(self, link: str, trusting: ssl.SSLContext | bool = True) -> None:
        parts = urlsplit(link)
        origin = f"{parts.scheme}://{parts.netloc}"
        self.http = httpx.AsyncClient(
            base_url=link, headers={"origin": origin}, timeout=10, verify=trusting
        )
        self.form: dict[str, str] = {}
        self.said: list[dict[str, Any]] = []
        """What it has said, under the operation under which it may say it again."""

    async def join(self, name: str, team: str, role: str = "") -> None:
        """Take a seat by the form of the page."""
        self.form = {"op": uuid4().hex, "name": name, "team": team, "role": role}
        await self.send_form()

    async def send_form(self) -> None:
        """Send the form of the seat, for the first time or once more."""
        answer = await self._answered("/join", data=self.form)
        assert answer.status_code == 303, answer.text

    async def act(self, act: str, **fields: Any) -> httpx.Response:
        """Do something under a new operation."""
        body = {"op": uuid4().hex, "act": act, **fields}
        self.said.append(body)
        return await self.say(body)

    async def say(self, body: dict[str, Any]) -> httpx.Response:
        """Do something under the operation in it, until that is answered."""
        return await self._answered("/act", json=body)

    async def _answered(self, path: str, **content: Any) -> httpx.Response:
        while True:
            try:
                answer = await self.http.post(path, **content)
            except httpx.TransportError:
                await asyncio.sleep(_AGAIN)
                continue
            if answer.status_code not in _LATER:
                return answer
            await asyncio.sleep(_AGAIN)

    @asynccontextmanager
    async def stream(self, tab: str = "") -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """The snapshots of one stream."""
        query = {"tab": tab or uuid4().hex[:12]}
        async with self.http.stream("GET", "/stream", params=query) as answer:
            if answer.status_code != httpx.codes.OK:
                raise httpx.TransportError(f"no stream: {answer.status_code}")
            yield _frames(answer)

    async def frame(self) -> dict[str, Any]:
        """The next snapshot, from whichever host answers; the page is whole by it."""
        while True:
            try:
                async with self.stream() as frames:
                    frame = await anext(frames)
                    await self.text(frame["team"]["game"])
                    return frame
            except (httpx.TransportError, StopAsyncIteration):
                await asyncio.sleep(_AGAIN)

    async def text(self, name: str) -> dict[str, Any]:
        """A long text by its address."""
        answer = await self.http.get(f"/text/{name}")
        if answer.status_code != httpx.codes.OK:
            raise httpx.TransportError(f"no text: {answer.status_code}")
        found: dict[str, Any] = answer.json()
        return found

    async def close(self) -> None:
        """Put it away."""
        await self.http.aclose()


async def _frames(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in answer.aiter_lines():
        if line.startswith("data: {"):
            yield json.loads(line[6:])


async def put_away(phones: Iterable[Phone]) -> None:
    """Close phones."""
    for phone in phones:
        await phone.close()


class Host:
    """`tabletop host --plain` in a process of its own, with its console."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.said: list[str] = []
        self.link = ""
        """Where phones join."""

    @classmethod
    async def open(cls, folder: Path, *arguments: object) -> Self:
        """Start one and wait until it listens."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tabletop", "host", "--plain", *map(str, arguments),
            stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=folder, env=process_environment(),
        )  # fmt: skip
        host = cls(process)
        await host.until("Or at once: ")
        found = re.search(r"Or at once: (\S+)", host.said[-1])
        assert found is not None
        host.link = found[1]
        return host

    async def until(self, *words: str) -> str:
        """Read on until it says one of some words; gives the line that holds them."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        while True:
            try:
                line = (await asyncio.wait_for(self._process.stdout.readline(), _PATIENCE)).decode()
            except TimeoutError:
                raise AssertionError((words, self.said)) from None
            assert line, (self.said, (await self._process.stderr.read()).decode())
            self.said.append(line.rstrip("\n"))
            if any(each in line for each in words):
                return self.said[-1]

    async def tell(self, line: str, *until: str) -> str:
        """Type a line into its console; gives the line of its answer that holds some words."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()
        return await self.until(*until)

    async def kill(self) -> None:
        """End it without a word (SIGKILL)."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.communicate()
