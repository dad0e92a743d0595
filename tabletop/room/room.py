"""A room: one exercise on the network, with its code, its seats, its streams and its server."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tabletop.clean import clean_line
from tabletop.errors import ActionError
from tabletop.exercise.console.facts import RoomFacts
from tabletop.exercise.events import Event
from tabletop.exercise.hour.actions import Observe
from tabletop.exercise.hour.door import BARRED
from tabletop.exercise.hour.people import seat_of
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.hour.view import SeatRow
from tabletop.exercise.table import Join, Receipt, Viewer
from tabletop.room import addresses, sidecar
from tabletop.room.acts import check_round, operation, read_act
from tabletop.room.codes import new_seat, new_token, token_hash
from tabletop.room.dealing import Dealing
from tabletop.room.guard import App
from tabletop.room.hub import Hub
from tabletop.room.limits import Allowance, Limits
from tabletop.room.qr import half_blocks
from tabletop.room.reach import Reach
from tabletop.room.roster import NAME_LIMIT, Roster, by_name
from tabletop.room.seating import TOKEN, Seating, join_operation, joins_of
from tabletop.room.server import Faults, listening
from tabletop.room.serving import Serving
from tabletop.room.shelf import Shelf
from tabletop.room.sidecar import Sidecar
from tabletop.room.snapshot import Snapshots
from tabletop.room.troubles import Record, Troubles
from tabletop.room.watching import Watch

PROJECTOR = "@projector"
"""What the projector's streams are kept under; no seat can be called that."""
_ALIVE_EVERY = 5.0
_AGAIN = 1.0
"""Seconds until what stumbled is tried again."""


class Room:
    """Runs one exercise for the pages of a class.

    `past` are the events of the save so far.
    """

    def __init__(
        self,
        table: ClassTable,
        kept: Sidecar,
        *,
        past: Iterable[Event] = (),
        limits: Limits | None = None,
    ) -> None:
        self.table = table
        self.kept = kept
        self.roster: Roster = {by_name(place.name): place for place in kept.roster}
        self.limits = limits or Limits()
        self.public = kept.url.rstrip("/")
        self.found = addresses.addresses(kept.bind)
        """Where this machine was found last."""
        self.seating = Seating()
        past = tuple(past)
        self.seating.learn(past)
        self.shelf = Shelf(kept.secret)
        self.snapshots = Snapshots(table, self.shelf)
        self.hub = Hub(self.limits)
        self.faults = Faults()
        self.reach = Reach()
        self.troubles = Troubles(table.now)
        self.faults.heard = self.troubles.unanswered
        self.reach.told = self.troubles.told = lambda: self.hub.presence("")
        self.guesses = Allowance(self.limits.guesses, self.limits.guess_every)
        self.joins = Allowance(self.limits.joins, self.limits.join_every)
        self.acts = Allowance(self.limits.acts, self.limits.act_every)
        self.opens = Allowance(self.limits.opens, self.limits.open_every)
        self.dealing = Dealing(table)
        self._joined = joins_of(past)
        """The seat that a form took, by the hash of its operation."""
        self._tokens: dict[str, str] = {}
        """Those given since this start, by seat, for a form that is sent again."""
        self.listener: socket.socket | None = None
        """Where it will listen, if that was claimed before the exercise was begun."""
        self.serving = Serving(self._app, self.limits, self.faults)
        self._tasks: list[asyncio.Task[Any]] = []

    @property
    def code(self) -> str:
        """The six symbols by which people join."""
        return self.kept.code

    @property
    def path(self) -> Path:
        """The sidecar beside the save."""
        return sidecar.beside(self.table.path)

    @property
    def names(self) -> list[str]:
        """The host names, beside its addresses, under which the room may be asked for."""
        named = urlsplit(self.public).hostname if self.public else None
        bound = [] if self.kept.bind in addresses.EVERYWHERE else [self.kept.bind]
        return [each for each in (named, *bound) if each]

    @property
    def address(self) -> str:
        """What people type into a browser, without the code."""
        if self.public:
            return self.public
        return addresses.shown(self.found[0], self.kept.port)

    def enrol(self, roster: Roster) -> None:
        """Go by this list of the class from here on; it is kept once the room is open."""
        self.roster = roster
        self.kept = replace(self.kept, roster=tuple(roster.values()))

    @property
    def link(self) -> str:
        """Where the QR code leads."""
        return f"{self.address}/{self.code}"

    @property
    def projector_link(self) -> str:
        """The projector's page, to be opened on the machine that drives it; it holds a secret."""
        return f"{self.address}/{self.code}/projector?key={self.kept.projector}"

    def warnings(self) -> list[str]:
        """What whoever runs the room must know of its network."""
        unreachable = None if self.public else addresses.warning(self.kept.bind, self.found)
        plain = [] if self.public.startswith("https://") else [addresses.PLAIN_HTTP]
        return [*([unreachable] if unreachable else []), *plain]

    def facts(self) -> RoomFacts:
        """What a console is told of the room."""
        return RoomFacts(
            address=self.address,
            code=self.code,
            link=self.link,
            qr=half_blocks(self.link),
            warnings=self.warnings(),
            present=self.present,
            pin=self.pin,
            projector_pin=lambda: self.pin(PROJECTOR),
            watch=self.watch,
            test_link=f"{self.link}/test",
            reached=lambda: self.reach.reached,
            troubles=self.troubles.present,
            past_troubles=self.troubles.all,
        )

    def present(self, seat: str) -> bool:
        """Whether a page or a terminal of a seat is listening."""
        return self.hub.present(seat)

    def company(self) -> int:
        """How many pages and terminals of seats are listening."""
        return self.hub.others(PROJECTOR)

    def watch(self, told: Callable[[str], None]) -> None:
        """Be told of every seat that comes or goes, and with "" of all else that is news."""
        self.hub.presence = told

    def pin(self, seat: str) -> str:
        """A code, good for five minutes and once, that puts another phone into a seat.

        For `PROJECTOR` it opens the projector's page. Raises `ActionError` for no seat.
        """
        if seat != PROJECTOR and seat not in self.table.hour.observers:
            seat_of(self.table.record, seat)
        return self.seating.new_pin(seat)

    # --- people

    def row(self, seat: str) -> SeatRow | None:
        """Who sits in a seat now; None for nobody."""
        return self.table.hour_view(Viewer("seat", seat)).you

    def roles(self) -> Mapping[str, str]:
        """The offices, by id."""
        roles = self.table.record.program.scenario.roles
        return {name: role.title for name, role in roles.items()}

    async def join(
        self, op: str, name: str, team: str = "", role: str = "", *, recorder: bool = False
    ) -> str:
        """Take a seat; gives its token. The same operation gives the same one again.

        A name on the roster brings its team and role. Raises `ActionError`.
        """
        name = clean_line(name, NAME_LIMIT)
        if not name:
            raise ActionError("give a name, or a pseudonym")
        taken_by = token_hash(op)
        if taken_by in self._joined:
            return await self._given(self._joined[taken_by])
        if self.table.hour.barred:
            raise ActionError(BARRED)
        place = self.roster.get(by_name(name))
        if place is not None:
            team, role = place.team or team, place.role or role
        team = team or self.dealing.team()
        seat = new_seat()
        self._joined[taken_by] = seat
        try:
            if recorder:
                await self.table.send(Observe(seat, name, team), join_operation(seat, taken_by))
            else:
                join = Join(seat, name, team, role or self.dealing.role(team))
                with self.dealing.coming(join):
                    await self.table.send(join, join_operation(seat, taken_by))
        except ActionError:
            del self._joined[taken_by]
            raise
        return await self._given(seat)

    async def reseat(self, pin: str) -> str | None:
        """The token for whoever brings a code of `pin`; None where it is not good.

        The phone that held the seat is out from then on.
        """
        seat = self.seating.use_pin(pin)
        if seat is None:
            return None
        if seat == PROJECTOR:
            return self.kept.projector
        # The form of the phone before is worth nothing from here on.
        self._joined = {form: each for form, each in self._joined.items() if each != seat}
        self._tokens.pop(seat, None)
        token = new_token()
        await self._keep_token(seat, token, again=True)
        self.hub.finish(seat, "gone")
        return token

    async def _given(self, seat: str) -> str:
        """The token of a form's seat: one and the same, however often the form is sent."""
        token = self._tokens.setdefault(seat, new_token())
        if self.seating.seat_of(token) != seat:
            await self._keep_token(seat, token)
        return token

    async def _keep_token(self, seat: str, token: str, **more: bool) -> None:
        data = {"seat": seat, "hash": token_hash(token), **more}
        await self.table.note(TOKEN, data)
        self.seating.know(data)

    def seat_of(self, token: str | None) -> str | None:
        """The seat of a token, while somebody sits in it."""
        seat = self.seating.seat_of(token) if token else None
        return seat if seat is not None and self.row(seat) is not None else None

    def is_projector(self, token: str | None) -> bool:
        """Whether a token is the projector's."""
        given = (token or "").encode("utf-8", "replace")
        return secrets.compare_digest(given, self.kept.projector.encode())

    async def act(self, seat: str, data: Mapping[str, Any]) -> Receipt:
        """Carry out what a page asks for; raises `ActionError` and `Malformed`."""
        you = self.row(seat)
        if you is None:
            raise ActionError("this seat is no longer yours")
        op_id = operation(seat, data)
        action = read_act(seat, you.team, data)
        if not self.table.carried_out(op_id):
            # What was counted in its round and is asked about again later was not too late.
            check_round(data, self.table.hour.round)
        return await self.table.send(action, op_id)

    # --- running

    async def open(self) -> None:
        """Listen, serve and keep time; raises `UsageError` where the port cannot be had."""
        listener = self.listener or listening(self.kept.bind, self.kept.port)
        self.listener = None
        self.kept = replace(self.kept, port=listener.getsockname()[1])
        sidecar.write_sidecar(self.path, self.kept)
        asyncio.get_running_loop().set_exception_handler(self._stumbled_unseen)
        self.serving.begin(listener)
        works: list[Callable[[], Awaitable[None]]] = [
            lambda: self.hub.follow(self.table.changes()),
            self.table.run,
            self._stay_alive,
            Record(self.table, self.troubles).run,
            Watch(self).run,
        ]
        self._tasks = [asyncio.create_task(self._kept_going(work)) for work in works]

    def _app(self) -> App:
        from tabletop.room.app import app_of

        return app_of(self)

    async def close(self) -> None:
        """End the streams first, then the server; the table stays open for its owner."""
        self.hub.close()
        await self._stop()
        await self.serving.end()

    async def abandon(self) -> None:
        """Stop without a word to any page, as a machine does that loses its power."""
        await self._stop()
        await self.serving.abort()
        await self.table.close()

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        asyncio.get_running_loop().set_exception_handler(None)

    async def _kept_going(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do one of the things that a room lives by, and again where a fault of ours ends it."""
        while True:
            try:
                await work()
            except Exception as fault:  # noqa: BLE001 - a fault must not stop a class
                self._stumbled(type(fault).__name__)
                await asyncio.sleep(_AGAIN)
            else:
                return

    def _stumbled(self, kind: str) -> None:
        self.faults.lines.append(f"the room stumbled: {kind}")
        self.troubles.stumbled(kind)

    def _stumbled_unseen(self, _: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        """What went wrong where nobody waits for it; nothing may be written over the screen."""
        self._stumbled(type(context.get("exception")).__name__)

    async def _stay_alive(self) -> None:
        while True:
            sidecar.stay_alive(self.path)
            await asyncio.sleep(_ALIVE_EVERY)
