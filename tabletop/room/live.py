"""What pages ask for while they are open: their stream, long texts, and to act."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache, partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tabletop.clean import clean_line
from tabletop.errors import ActionError
from tabletop.room.acts import Malformed
from tabletop.room.guard import Receive, Scope, Send
from tabletop.room.hub import Frame
from tabletop.room.room import PROJECTOR, Room
from tabletop.room.wall import wall

TABS = 40
"""Characters of the name that a page gives itself."""
MOST_WALLS = 8


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Snapshots for as long as the page is open: of the projector where `wall` is asked for."""
    room: Room = scope["room"]
    query = Request(scope).query_params
    if scope["method"] == "HEAD":
        # A stream cannot tell a page why it was refused: this does.
        known = scope["wall"] if "wall" in query else scope["seat"]
        await Response(status_code=200 if known else 401)(scope, receive, send)
        return
    tab = query.get("tab", "")[:TABS]
    if "wall" in query:
        if not scope["wall"]:
            await PlainTextResponse("this is the projector's alone\n", 401)(scope, receive, send)
            return
        opened = room.hub.open(PROJECTOR, tab, most=MOST_WALLS)
        frame: Frame = partial(wall, room)
    else:
        seat = scope["seat"]
        if seat is None:
            await PlainTextResponse("take a seat first\n", 401)(scope, receive, send)
            return
        allowed = room.opens.charge(seat)
        opened = room.hub.open(seat, tab) if allowed else None
        frame = partial(room.snapshots.seat, seat)
    if opened is None:
        late = PlainTextResponse("too many streams at once\n", 429, {"Retry-After": "2"})
        await late(scope, receive, send)
        return
    await room.hub.serve(opened, frame, receive, send)


async def act(request: Request) -> Response:
    """Carry out one act; the answer says what became of it, durable by then."""
    room: Room = request.scope["room"]
    seat = request.scope["seat"]
    if seat is None:
        return _said(401, "this seat is no longer yours")
    if not room.acts.charge(seat):
        headers = {"Retry-After": str(room.acts.wait(seat))}
        return JSONResponse({"error": "one thing after the other: wait a second"}, 429, headers)
    try:
        receipt = await room.act(seat, _object(await request.body()))
    except ActionError as refused:
        return _said(409, str(refused))
    except (Malformed, ValueError, RecursionError) as fault:
        return _said(422, str(fault) if isinstance(fault, Malformed) else "not JSON")
    return JSONResponse({"event": receipt.event, "repeated": receipt.repeated})


def _object(body: bytes) -> dict[str, Any]:
    data = json.loads(body)
    if not isinstance(data, dict):
        raise Malformed("not an object")
    return data


def _said(status: int, why: str) -> Response:
    return JSONResponse({"error": clean_line(why, 300)}, status)


async def text(request: Request) -> Response:
    """A long text by its address, for those who sit here; it never changes."""
    room: Room = request.scope["room"]
    found = room.shelf.get(request.path_params["name"])
    if request.scope["seat"] is None and not request.scope["wall"]:
        return PlainTextResponse("take a seat first\n", 401)
    if found is None:
        return PlainTextResponse("there is no such text\n", 404)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        found, headers["Content-Encoding"] = _packed(found), "gzip"
    return Response(found, media_type="application/json", headers=headers)


@lru_cache(maxsize=256)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
