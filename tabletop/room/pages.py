"""The pages themselves: to join, to sit, to come back on another phone, for the projector."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from tabletop.errors import ActionError
from tabletop.exercise.hour.door import PLAIN_HTTP, Door, DoorRole, DoorTeam
from tabletop.room.codes import new_token, read_code
from tabletop.room.qr import svg
from tabletop.room.room import Room

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
WEEK = 7 * 24 * 3600
"""Seconds that a cookie lasts: what was said can be had for some days after the lesson."""
_PSEUDONYMS = (
    "Alder", "Aspen", "Badger", "Birch", "Bittern", "Cedar", "Condor", "Cormorant", "Crane",
    "Curlew", "Dunlin", "Egret", "Falcon", "Fennel", "Finch", "Gannet", "Hazel", "Heron", "Ibis",
    "Jackdaw", "Juniper", "Kestrel", "Kite", "Lapwing", "Larch", "Lark", "Linden", "Magpie",
    "Maple", "Marten", "Merlin", "Nuthatch", "Oriole", "Osprey", "Otter", "Petrel", "Pintail",
    "Plover", "Quail", "Raven", "Rowan", "Sable", "Sedge", "Siskin", "Sorrel", "Swift", "Tamarind",
    "Teal", "Tern", "Thistle", "Vireo", "Wagtail", "Willow", "Wren", "Yarrow", "Yew",
)  # fmt: skip


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, /, **facts: Any
) -> HTMLResponse:
    """A page of ours; every text in it is escaped."""
    usual = {"wrong": False, "wait": 0, "root": ""}
    text = _templates().get_template(template).render({**usual, **facts})
    return HTMLResponse(text, status, dict(headers or {}))


def to_seat(room: Room, token: str, name: str = "seat") -> Response:
    """Set a token's cookie, which no script can read and no other site can use, and go in."""
    where = "seat" if name == "seat" else "projector"
    response = RedirectResponse(f"/{room.code}/{where}", HTTPStatus.SEE_OTHER)
    response.set_cookie(
        name,
        token,
        max_age=WEEK,
        path=f"/{room.code}",
        httponly=True,
        samesite="strict",
        secure=room.public.startswith("https://"),
    )
    return response


async def form(request: Request) -> dict[str, str]:
    """The fields of a form that was posted; the last one of each name counts."""
    body = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=20))


async def welcome(request: Request) -> Response:
    """The page by which a seat is taken; whoever has one goes on to it."""
    room: Room = request.scope["room"]
    if request.scope["seat"]:
        return RedirectResponse(f"/{room.code}/seat", HTTPStatus.SEE_OTHER)
    return _welcome(room)


def _welcome(room: Room, fault: str = "", said: Mapping[str, str] | None = None) -> Response:
    said, here = said or {}, door_of(room)
    return page(
        "join.html",
        409 if fault else 200,
        title=f"Join: {here.scenario}",
        root=f"/{room.code}",
        code=room.code,
        door=here,
        plain_http=PLAIN_HTTP,
        name=said.get("name", ""),
        team=said.get("team", ""),
        role=said.get("role", ""),
        recorder="recorder" in said,
        op=said.get("op") or new_token(),
        fault=fault,
    )


def door_of(room: Room) -> Door:
    """What the room tells whoever has no seat yet."""
    return Door(
        room.table.record.program.scenario.title,
        tuple(DoorTeam(team, len(room.dealing.held(team))) for team in room.table.hour.teams),
        tuple(DoorRole(role, title) for role, title in room.roles().items()),
        pseudonym(room),
        listed=bool(room.roster),
        barred=room.table.hour.barred,
        plain=not room.public.startswith("https://"),
    )


async def door(request: Request) -> Response:
    """The same as plain data, for a terminal."""
    here = door_of(request.scope["room"])
    teams, roles = ([each._asdict() for each in part] for part in (here.teams, here.roles))
    return JSONResponse({**here._asdict(), "teams": teams, "roles": roles})


def pseudonym(room: Room) -> str:
    """A name that nobody here has yet, where there are any left."""
    taken = {seat.name for seat in room.table.record.seats.values()}
    free = [name for name in _PSEUDONYMS if name not in taken]
    chance = random.SystemRandom()
    if free:
        return chance.choice(free)
    return f"{chance.choice(_PSEUDONYMS)} {chance.randrange(10, 1000)}"


async def join(request: Request) -> Response:
    """Take a seat."""
    room: Room = request.scope["room"]
    if request.scope["seat"]:
        return RedirectResponse(f"/{room.code}/seat", HTTPStatus.SEE_OTHER)
    said = await form(request)
    if not room.joins.charge(request.scope["address"]):
        return _welcome(room, "Many are joining at this moment. Try again in a few seconds.", said)
    try:
        token = await room.join(
            said.get("op", "")[:64] or new_token(),
            said.get("name", "")[:400],
            said.get("team", "")[:80],
            said.get("role", "")[:80],
            recorder="recorder" in said,
        )
    except ActionError as refused:
        return _welcome(room, f"{str(refused)[:1].upper()}{str(refused)[1:]}.", said)
    return to_seat(room, token)


async def again(request: Request) -> Response:
    """Back into one's own seat with a code from whoever runs the room."""
    room: Room = request.scope["room"]
    fault = ""
    if request.method == "POST":
        pin = read_code((await form(request)).get("pin", "")[:40])
        # Also for those who sit here: a code of somebody else's seat is worth guessing to them.
        free = room.guesses.left(request.scope["address"]) >= 1
        token = await room.reseat(pin) if free else None
        if token is not None:
            return to_seat(room, token, "wall" if room.is_projector(token) else "seat")
        room.guesses.charge(request.scope["address"])
        fault = "This code is not good, or no longer. Ask for a new one."
    return page(
        "again.html",
        403 if fault else 200,
        title="Back to your seat",
        root=f"/{room.code}",
        fault=fault,
    )


async def seat(request: Request) -> Response:
    """The page of a seat."""
    room: Room = request.scope["room"]
    if not request.scope["seat"]:
        return RedirectResponse(f"/{room.code}", HTTPStatus.SEE_OTHER)
    scenario = room.table.record.program.scenario
    return page("seat.html", title=scenario.title, root=f"/{room.code}", note=scenario.content_note)


async def projector(request: Request) -> Response:
    """The page for the wall; its key is asked for once."""
    room: Room = request.scope["room"]
    key = request.query_params.get("key")
    if key is not None and room.is_projector(key):
        return to_seat(room, key, "wall")
    if key is not None:
        room.guesses.charge(request.scope["address"])
    if not request.scope["wall"]:
        return PlainTextResponse("the projector's page opens with its own link\n", 401)
    scenario = room.table.record.program.scenario
    return page("projector.html", title=scenario.title, root=f"/{room.code}")


async def qr_code(request: Request) -> Response:
    """The way here, for cameras."""
    return Response(svg(request.scope["room"].link), media_type="image/svg+xml")


async def static(request: Request) -> Response:
    """One of our own files; a name with anything else in it is none of ours."""
    found = _files().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("there is no such file\n", 404)
    kind, body = found
    return Response(body, media_type=kind, headers={"Cache-Control": "no-cache"})


@cache
def _files() -> Mapping[str, tuple[str, bytes]]:
    return {
        path.name: (KINDS[path.suffix], path.read_bytes())
        for path in (HERE / "static").iterdir()
        if path.suffix in KINDS
    }
