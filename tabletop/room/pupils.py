"""People of a rehearsal: each reads its own stream over the network and does what pages do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from typing import Any
from uuid import uuid4

import httpx

_TIMEOUT = httpx.Timeout(10.0, read=30.0)
_AGAIN = 0.1
"""Seconds until a page that lost its host calls it again."""
_FORECASTS = (10, 30, 50, 70, 90)


class Pupil:
    """One person with a phone."""

    def __init__(self, name: str, team: str, role: str, *, slow: bool = False) -> None:
        self.name, self.team, self.role, self.slow = name, team, role, slow
        self.voted: set[str] = set()
        """Operations of preferences that the host has confirmed."""
        self.dies_in_the_vote = False
        self._chance = random.Random(name)  # noqa: S311 - a script, not a secret
        self._done: set[tuple[str, int]] = set()
        self._game: dict[str, Any] = {}
        self._game_name = ""
        self._seat = ""
        self._whole = asyncio.Event()
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def join(self, port: int, code: str) -> None:
        """Take a seat as the page does, and listen."""
        origin = f"http://127.0.0.1:{port}"
        client = httpx.AsyncClient(
            base_url=f"{origin}/{code}", headers={"Origin": origin}, timeout=_TIMEOUT
        )
        self._client = client
        fields = {"op": uuid4().hex, "name": self.name, "team": self.team, "role": self.role}
        answer = await client.post("/join", data=fields)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"{self.name} could not join: {answer.status_code}")
        self._start(self._listen(client))
        await self._whole.wait()

    async def whole_again(self) -> None:
        """Return when a snapshot has come since the host was lost."""
        await self._whole.wait()

    async def leave(self) -> None:
        """Close the page."""
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._client is not None:
            await self._client.aclose()

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, client: httpx.AsyncClient) -> None:
        tab = uuid4().hex[:12]
        while True:
            try:
                async with client.stream("GET", "/stream", params={"tab": tab}) as stream:
                    async for line in stream.aiter_lines():
                        if line.startswith("data: {"):
                            await self._see(client, json.loads(line[6:]))
            except httpx.HTTPError:
                pass
            self._whole.clear()
            await asyncio.sleep(_AGAIN)

    async def _see(self, client: httpx.AsyncClient, frame: dict[str, Any]) -> None:
        """Read a snapshot, fetch what is new in it, and do once what the phase asks for."""
        team, seat = frame["team"], frame["seat"]
        self._seat = seat["you"]["id"]
        if team["game"] != self._game_name:
            answer = await client.get(f"/text/{team['game']}")
            if answer.status_code != httpx.codes.OK:
                return
            self._game, self._game_name = answer.json(), team["game"]
        self._whole.set()
        for act in ("answer", "prefer", "lock", "ticket"):
            at = (act, team["round"])
            if act in seat["can"] and at not in self._done and not (act == "lock" and self.slow):
                fields = self._fields(act)
                if fields is not None:
                    self._done.add(at)
                    self._start(self._say(client, act, team["round"], fields))

    def _fields(self, act: str) -> dict[str, Any] | None:
        open_now = [each for each in self._game["responses"] if each["supports"]]
        if act == "answer" and self._game["flash"]:
            return {"answer": self._chance.choice(self._game["flash"]["answers"])["id"]}
        if act == "ticket":
            return {"text": f"What {self.name} takes along."}
        if act in ("prefer", "lock") and open_now:
            chosen = self._chance.choice(open_now)
            if act == "prefer":
                return {"response": chosen["id"], "reason": f"{self.name} would."}
            return {
                "response": chosen["id"],
                "support": self._chance.choice(chosen["supports"]),
                "rationale": f"{self.team} decided so after a talk.",
                "forecast": self._chance.choice(_FORECASTS),
            }
        return None

    async def _say(
        self, client: httpx.AsyncClient, act: str, number: int, fields: dict[str, Any]
    ) -> None:
        """Post an act until the host has taken or refused it, always under the same operation."""
        operation = uuid4().hex
        body = {"op": operation, "act": act, "round": number, **fields}
        while True:
            try:
                if act == "prefer" and self.dies_in_the_vote:
                    self.dies_in_the_vote = False
                    with contextlib.suppress(httpx.HTTPError):
                        await client.post("/act", json=body, timeout=0.0005)
                    await asyncio.sleep(_AGAIN)
                    continue
                answer = await client.post("/act", json=body)
            except httpx.HTTPError:
                await asyncio.sleep(_AGAIN)
                continue
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                await asyncio.sleep(1)
                continue
            if act == "prefer" and answer.status_code == httpx.codes.OK:
                self.voted.add(f"{self._seat}:{operation}")
            return
