"""The page by which a phone is tried before class: that it comes, and that its stream does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from tabletop.room.codes import new_token
from tabletop.room.hub import HEADERS
from tabletop.room.limits import is_local
from tabletop.room.pages import WEEK, page
from tabletop.room.room import Room

COOKIE = "tried"
BETWEEN = 0.5
"""Seconds between the two words of the line: what holds answers back delivers both at once."""


def _own(request: Request) -> bool:
    """Whether it is this machine that asks, which says nothing of phones."""
    room: Room = request.scope["room"]
    asking = str(request.scope["address"])
    return not room.public and (is_local(asking) or asking in room.found)


def _allowed(request: Request) -> bool:
    room: Room = request.scope["room"]
    return room.joins.charge(request.scope["address"])


def _late() -> Response:
    headers = {"Retry-After": "2"}
    return PlainTextResponse("many are here at this moment: wait a little\n", 429, headers)


async def trial(request: Request) -> Response:
    """The page, and its word that the stream was heard."""
    room: Room = request.scope["room"]
    if not _allowed(request):
        return _late()
    who = request.cookies.get(COOKIE, "")[:40]
    if request.method == "POST":
        if who:
            room.reach.came(who, own=_own(request), whole=True)
        return Response(status_code=204)
    who = who or new_token()
    room.reach.came(who, own=_own(request))
    root = f"/{room.code}"
    answer = page("test.html", title="Test of the way here", root=root, own=_own(request))
    answer.set_cookie(COOKIE, who, max_age=WEEK, path=root, httponly=True, samesite="strict")
    return answer


async def line(request: Request) -> Response:
    """Two words, one after the other, as a stream sends them."""
    if not _allowed(request):
        return _late()
    headers = {name.decode(): value.decode() for name, value in HEADERS}
    return StreamingResponse(_words(), headers=headers)


async def _words() -> AsyncIterator[bytes]:
    yield b"data: first\n\n"
    await asyncio.sleep(BETWEEN)
    yield b"data: second\n\n"
