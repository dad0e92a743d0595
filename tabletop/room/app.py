"""The way from an address to a page: the guard, the code of the room, then the routes.

Everything lies under `/CODE`: a proxy can route many rooms by it, and cookies of two rooms on
one machine stay apart. Wrong codes are charged to the address that tries them.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, Router

from tabletop.room import live, pages, reading, trying
from tabletop.room.codes import read_code
from tabletop.room.guard import App, Guard, Receive, Refused, Scope, Send, client_of, header
from tabletop.room.limits import household
from tabletop.room.pages import page
from tabletop.room.room import Room

SEAT, WALL = "seat", "wall"
"""The cookies of a seat and of the projector."""


def app_of(room: Room) -> App:
    """The whole application of a room."""
    return Guard(Doors(room), room.names, room.limits)


def cookie(scope: Scope, name: str) -> str | None:
    """A cookie's value; None where it is missing or not readable."""
    try:
        found = SimpleCookie(header(scope, b"cookie") or "")
    except (CookieError, Refused):
        return None
    return found[name].value if name in found else None


class Doors:
    """Knows the code, and who is there already."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._inside = Router(
            [
                Route("/", pages.welcome),
                Route("/door", pages.door),
                Route("/join", pages.join, methods=["POST"]),
                Route("/again", pages.again, methods=["GET", "POST"]),
                Route("/seat", pages.seat),
                Route("/projector", pages.projector),
                Route("/act", live.act, methods=["POST"]),
                Route("/text/{name}", live.text),
                Route("/qr.svg", pages.qr_code),
                Route("/mine", reading.mine),
                Route("/debrief", reading.debrief),
                Route("/test", trying.trial, methods=["GET", "POST"]),
                Route("/test/line", trying.line),
                Route("/static/{name}", pages.static),
            ],
            redirect_slashes=False,
            default=_lost,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of one that the guard let through."""
        room = self._room
        first, _, rest = scope["path"].lstrip("/").partition("/")
        scope["room"] = room
        scope["seat"] = scope["wall"] = None
        scope["address"] = household(client_of(scope, proxied=bool(room.public)))
        if not first:
            await self._front(scope)(scope, receive, send)
            return
        if first in {"static", "favicon.ico"}:
            scope["path_params"] = {"name": rest}
            found = await pages.static(Request(scope))
            await found(scope, receive, send)
            return
        token = cookie(scope, SEAT)
        scope["seat"] = room.seat_of(token)
        scope["wall"] = room.is_projector(cookie(scope, WALL))
        known = bool(scope["seat"] or scope["wall"])
        if not known and room.guesses.left(scope["address"]) < 1:
            await _wait(room, scope)(scope, receive, send)
            return
        if read_code(first) != room.code:
            room.guesses.charge(scope["address"])
            await _unknown(scope)(scope, receive, send)
            return
        if first != room.code:
            where = f"/{room.code}/{rest}" if rest else f"/{room.code}"
            await RedirectResponse(where, 303)(scope, receive, send)
            return
        scope["root_path"] = f"/{room.code}"
        if rest == "stream":
            await live.stream(scope, receive, send)
        else:
            scope["path"] = f"/{room.code}/{rest}"
            await self._inside(scope, receive, send)

    def _front(self, scope: Scope) -> Response:
        """The page that asks for the code; with one typed, on to that room."""
        typed = read_code(Request(scope).query_params.get("code", ""))[:20]
        if typed:
            return RedirectResponse(f"/{typed}", 303)
        return page("code.html", title="Join an exercise")


def _unknown(scope: Scope) -> Response:
    if "text/html" not in (header(scope, b"accept") or ""):
        return PlainTextResponse("there is no room with this code\n", 404)
    return page("code.html", 404, title="Join an exercise", wrong=True)


def _wait(room: Room, scope: Scope) -> Response:
    seconds = room.guesses.wait(scope["address"])
    headers = {"Retry-After": str(seconds)}
    if "text/html" not in (header(scope, b"accept") or ""):
        return PlainTextResponse("too many wrong codes: wait a little\n", 429, headers)
    return page("code.html", 429, headers, title="Join an exercise", wait=seconds)


async def _lost(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("there is no such page\n", 404)(scope, receive, send)
