"""What every request passes before any page: its host, its origin, its size, its answer's headers.

Cross-site requests fail because Origin must equal Host (ASVS 5.0, 3.5.1), rebound names because
Host must be one of ours: an address, which no name can be rebound to, or a name we were given.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from tabletop.room.limits import Limits, is_local

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
READING = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""The policy of pages that are only read: reports, which carry their own style."""
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    # Not `no-referrer`: with that, forms of the same origin send `Origin: null`.
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Refused(Exception):  # noqa: N818 - a request is refused
    """A request that goes no further."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def header(scope: Scope, name: bytes) -> str | None:
    """The value of a header; None where it is missing. Raises `Refused` where it is there twice."""
    found = [value for key, value in scope["headers"] if key == name]
    if len(found) > 1:
        raise Refused(400, "a header is there twice")
    return found[0].decode("latin-1") if found else None


def client_of(scope: Scope, *, proxied: bool) -> str:
    """The address that a request comes from; behind a proxy of this machine, what that says."""
    client = scope.get("client")
    address = str(client[0]) if client else ""
    if proxied and is_local(address):
        forwarded = header(scope, b"x-forwarded-for")
        if forwarded:
            return forwarded.rpartition(",")[2].strip()
    return address


class Guard:
    """Stands before an app; `names` are host names that lead here besides this machine's own."""

    def __init__(self, app: App, names: Iterable[str], limits: Limits) -> None:
        self._app = app
        self._names = {"localhost", *(name.casefold() for name in names)}
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it in one line."""
        if scope["type"] != "http":
            return
        try:
            self._check_host(scope)
            self._check_origin(scope)
            if scope["method"] not in {"GET", "HEAD"}:
                receive = await self._read(scope, receive)
        except Refused as refused:
            await _answer(send, refused)
            return
        await self._app(scope, receive, _with_headers(send))

    def _check_host(self, scope: Scope) -> None:
        host = header(scope, b"host") or ""
        try:
            parts = urlsplit(f"//{host}")
            name, _ = (parts.hostname or "").casefold(), parts.port
        except ValueError:
            raise Refused(400, "this is no host name") from None
        if parts.netloc != host or parts.username is not None:
            raise Refused(400, "this is no host name")
        if name not in self._names and not _is_address(name):
            raise Refused(421, "this room is not served under that name")

    def _check_origin(self, scope: Scope) -> None:
        origin = header(scope, b"origin")
        if origin is None:
            if scope["method"] == "POST":
                raise Refused(403, "a request must say where it comes from")
        elif urlsplit(origin).scheme not in {"http", "https"} or (
            origin.partition("://")[2] != header(scope, b"host")
        ):
            raise Refused(403, "requests from other sites are refused")
        site = header(scope, b"sec-fetch-site")
        mode = header(scope, b"sec-fetch-mode")
        if site in {"cross-site", "same-site"} and mode != "navigate":
            raise Refused(403, "requests from other sites are refused")

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        """The whole body, while it is small and comes in time; then what stands for it."""
        if scope["method"] != "POST":
            raise Refused(405, "only GET and POST are answered here")
        length = header(scope, b"content-length")
        if length is not None and (not length.isdigit() or int(length) > self._limits.body):
            raise Refused(413, "too much at once")
        body = b""
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Refused(400, "the rest did not come")
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > self._limits.body:
                        raise Refused(413, "too much at once")
        except TimeoutError:
            raise Refused(408, "the rest did not come in time") from None
        return _replayed(body, receive)


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return replay


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message.get("headers", ())}
            more = [(name, value) for name, value in _HEADERS if name not in there]
            if b"content-security-policy" not in there:
                more.append((b"content-security-policy", POLICY.encode()))
            if b"cache-control" not in there:
                more.append((b"cache-control", b"no-store"))
            message["headers"] = [*message.get("headers", ()), *more]
        await send(message)

    return sent


async def _answer(send: Send, refused: Refused) -> None:
    body = f"{refused}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        # What is left of a body that was refused must not be read as another request.
        (b"connection", b"close"),
    ]
    start = {"type": "http.response.start", "status": refused.status, "headers": headers}
    await _with_headers(send)(start)
    await send({"type": "http.response.body", "body": body})
