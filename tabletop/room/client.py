"""A seat taken from a terminal: the same stream and acts as a page's, behind the same `Table`.

What was said is said again until the host has taken it, under the same operation, and a stream
that breaks is opened again: a host that was stopped and comes back is found without a hand.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tabletop.errors import ActionError, UsageError
from tabletop.exercise.hour.actions import (
    Dissent,
    Guess,
    HourAction,
    Lock,
    Prefer,
    Stand,
    Ticket,
)
from tabletop.exercise.hour.door import Door
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Action, Answer, Declare, Moment, Receipt, Viewer
from tabletop.exercise.view import View
from tabletop.room.codes import is_code, read_code
from tabletop.room.decoded import OddAnswerError, decoded
from tabletop.room.hub import BEAT

_ACTS: Mapping[type, tuple[str, tuple[str, ...]]] = {
    Prefer: ("prefer", ("response", "reason")),
    Lock: ("lock", ("response", "support", "rationale", "forecast")),
    Answer: ("answer", ("answer", "rationale")),
    Dissent: ("dissent", ("reason",)),
    Declare: ("declare", ("objective",)),
    Guess: ("guess", ("team", "forecast")),
    Stand: ("stand", ("doctrine",)),
    Ticket: ("ticket", ("text",)),
}
_TIMEOUT = httpx.Timeout(10.0, read=2.5 * BEAT)
_LONGEST_WAIT = 3.0
_MOST_LINE = 4_000_000


class Where(NamedTuple):
    """A room on the network."""

    origin: str
    code: str


def where(url: str, code: str = "") -> Where:
    """The room that an address names, with its code in it or given; raises `UsageError`."""
    full = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(full)
        port = parts.port
    except ValueError:
        raise UsageError(f"{url!r:.100} is no address of a room") from None
    found = read_code(code or parts.path.strip("/").partition("/")[0])
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise UsageError(f"{url!r:.100} is no address of a room, such as http://192.0.2.7:8000")
    if not is_code(found):
        raise UsageError("the room has a code of six letters and digits: give it with --code")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Where(f"{parts.scheme}://{host}{f':{port}' if port else ''}", found)


class RemoteTable:
    """The table of a class as one seat of it sees it, wherever its host runs."""

    def __init__(self, room: Where) -> None:
        self.room = room
        self._http = httpx.AsyncClient(
            base_url=f"{room.origin}/{room.code}",
            headers={"Origin": room.origin},
            timeout=_TIMEOUT,
            follow_redirects=False,
        )
        self._tab = uuid4().hex
        self._frame: dict[str, Any] = {}
        self._texts: dict[str, dict[str, Any]] = {}
        self._waiting: set[asyncio.Event] = set()
        self._first = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None
        self.here = False
        """Whether the host can be heard at this moment."""
        self.over = ""
        """Why nothing more will come: the seat is used elsewhere, or gone; else empty."""

    # --- taking a seat

    async def door(self) -> Door:
        """What the room tells whoever has no seat; raises `UsageError` where there is none such."""
        try:
            answer = await self._http.get("/door")
        except httpx.HTTPError:
            raise UsageError(f"nobody answers at {self.room.origin}") from None
        if answer.status_code != httpx.codes.OK:
            raise UsageError(_refusal(answer))
        try:
            return decoded(Door, answer.json())
        except (OddAnswerError, ValueError):
            raise UsageError(f"what answers at {self.room.origin} is no room") from None

    async def join(
        self, name: str, team: str = "", role: str = "", *, recorder: bool = False
    ) -> str:
        """Take a seat; gives the token by which it can be taken up again. Raises `ActionError`."""
        fields = {"op": uuid4().hex, "name": name, "team": team, "role": role}
        return await self._enter("/join", fields | ({"recorder": "1"} if recorder else {}))

    async def again(self, pin: str) -> str:
        """The seat for which control gave a code; raises `ActionError` where it is not good."""
        return await self._enter("/again", {"pin": pin})

    async def _enter(self, path: str, fields: Mapping[str, str]) -> str:
        try:
            answer = await self._http.post(path, data=fields)
        except httpx.HTTPError:
            raise UsageError(f"nobody answers at {self.room.origin}") from None
        if answer.status_code != httpx.codes.SEE_OTHER or "seat" not in answer.cookies:
            raise ActionError(_refusal(answer))
        token = answer.cookies["seat"]
        await self.sit(token)
        return token

    async def sit(self, token: str) -> None:
        """Listen from the seat of a token; raises `ActionError` where it is no longer good."""
        self._http.cookies.clear()
        self._http.cookies.set("seat", token)
        self._listening = asyncio.create_task(self._listen())
        first = asyncio.create_task(self._first.wait())
        await asyncio.wait({first, self._listening}, return_when=asyncio.FIRST_COMPLETED)
        first.cancel()
        if not self._first.is_set():
            raise ActionError(self.over or "the room does not answer")

    # --- the table

    @property
    def seat(self) -> str:
        """The id of the seat."""
        return str(self._frame["seat"]["you"]["id"])

    @property
    def warning(self) -> str | None:
        """One line about the save of the host, where it cannot be written."""
        return self._frame.get("warning")

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        """The game as this seat may see it now; raises `ActionError` for any other viewer."""
        self._check(viewer, moment)
        team, own = self._frame["team"], self._frame["seat"]
        you = own["you"]
        data = {
            **self._texts[team["game"]],
            **self._texts[own["own"]],
            "event": self._frame["n"],
            "seat": you["id"],
            "player": you["name"],
            "warning": self.warning,
        }
        return decoded(View, data)

    def hour_view(self, viewer: Viewer) -> HourView:
        """The hour as this seat may see it now; raises `ActionError` for any other viewer."""
        self._check(viewer, None)
        team = self._frame["team"]
        named = {"team": team["team"]["team"]}
        own = self._frame["seat"]
        data = {
            **team,
            **own,
            "you": own["you"] | named,
            "mates": [each | named for each in team["mates"]],
        }
        return decoded(HourView, data)

    def _check(self, viewer: Viewer, moment: Moment | None) -> None:
        if viewer != Viewer("seat", self.seat):
            raise ActionError("from here only your own seat can be seen")
        if moment is not None and moment.event != self._frame["n"]:
            raise ActionError("a live exercise shows the present alone")

    async def send(self, action: Action | HourAction, op_id: str) -> Receipt:
        """Carry out an act of this seat, however often the network fails. Raises `ActionError`."""
        if type(action) not in _ACTS:
            raise ActionError("this is not for a seat to do")
        name, parts = _ACTS[type(action)]
        body = {part: getattr(action, part) for part in parts}
        body |= {"act": name, "op": op_id, "round": self._frame["team"]["round"]}
        wait = 0.2
        while True:
            with contextlib.suppress(httpx.HTTPError):
                answer = await self._http.post("/act", json=body)
                if answer.status_code == httpx.codes.OK:
                    done = answer.json()
                    return Receipt(op_id, int(done["event"]), bool(done["repeated"]))
                if answer.status_code != httpx.codes.TOO_MANY_REQUESTS and answer.is_client_error:
                    raise ActionError(_refusal(answer))
            if self.over:
                raise ActionError(self.over)
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    async def keepsake(self) -> Mapping[str, str]:
        """By name of a file: what the seat may take home, the debrief too once it is released.

        Raises `ActionError` where the host does not answer or refuses.
        """
        found = {"my-exercise.html": await self._page("/mine")}
        if self._frame["team"]["shared"]:
            found["debrief.html"] = await self._page("/debrief")
        return found

    async def _page(self, path: str) -> str:
        try:
            answer = await self._http.get(path)
        except httpx.HTTPError:
            raise ActionError("the host does not answer: try again once it is back") from None
        if answer.status_code != httpx.codes.OK:
            raise ActionError(_refusal(answer))
        return answer.text

    async def changes(self) -> AsyncIterator[int]:
        """The number of the newest event, each time there are new ones, until it is over."""
        signal = asyncio.Event()
        self._waiting.add(signal)
        try:
            while not self.over:
                await signal.wait()
                signal.clear()
                yield int(self._frame.get("n", 0))
        finally:
            self._waiting.discard(signal)

    async def close(self) -> None:
        """Leave the stream; the seat stays taken."""
        self.over = self.over or "left"
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
        self._tell()
        await self._http.aclose()

    # --- listening

    async def _listen(self) -> None:
        wait = 0.2
        while not self.over:
            try:
                async with self._http.stream("GET", "/stream", params={"tab": self._tab}) as answer:
                    if answer.status_code in {401, 404}:
                        self.over = "this seat is no longer yours"
                    elif answer.status_code == httpx.codes.OK:
                        wait = 0.2
                        await self._follow(answer)
            except (httpx.HTTPError, OddAnswerError, ValueError, KeyError, TypeError):
                pass
            self.here = False
            self._tell()
            if not self.over:
                await asyncio.sleep(wait)
                wait = min(1.5 * wait, _LONGEST_WAIT)

    async def _follow(self, answer: httpx.Response) -> None:
        kind = ""
        async for line in answer.aiter_lines():
            if len(line) > _MOST_LINE:
                raise OddAnswerError("longer than any snapshot")
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: ") and not kind:
                await self._take(json.loads(line[6:]))
            elif not line:
                if kind in {"elsewhere", "gone"}:
                    self.over = _ENDS[kind]
                    return
                kind = ""

    async def _take(self, frame: dict[str, Any]) -> None:
        """Show a snapshot, once its long texts are here."""
        names = (frame["team"]["game"], frame["seat"]["own"])
        for name in names:
            if name not in self._texts:
                answer = await self._http.get(f"/text/{name}")
                self._texts[name] = answer.raise_for_status().json()
        self._texts = {name: self._texts[name] for name in names}
        self._frame, self.here = frame, True
        self._first.set()
        self._tell()

    def _tell(self) -> None:
        for signal in self._waiting:
            signal.set()


_ENDS = {
    "elsewhere": "this seat is used from another terminal or page now",
    "gone": "this seat was moved to another phone, or taken away",
}


def _refusal(answer: httpx.Response) -> str:
    """Why a room refused, in its own words."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return str(answer.json()["error"])[:300]
    if answer.status_code == httpx.codes.NOT_FOUND:
        return "there is no room with this code"
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return "too many wrong codes from here: wait a little"
    return _fault(answer.text) or f"the room refused: {answer.status_code}"


def _fault(page: str) -> str:
    """What a page of ours says is wrong."""
    from html import unescape

    _, mark, rest = page.partition('role="alert">')
    said = unescape(rest.partition("</p>")[0])[:300].rstrip(".") if mark else ""
    return said[:1].lower() + said[1:]
