"""One seat in a class, line by line: told what happens as it happens, and heard at any moment."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import uuid4

from tabletop.errors import ActionError, TabletopError
from tabletop.exercise.hour.actions import (
    Dissent,
    Guess,
    HourAction,
    Lock,
    Prefer,
    Stand,
    Ticket,
)
from tabletop.exercise.hour.sitting import Keepsake, SeatTable
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Action, Answer, Declare, Viewer
from tabletop.exercise.view import FORECASTS, ResponseView, View
from tabletop.plain import class_words as words
from tabletop.plain.cards import card
from tabletop.plain.console import Console, EndOfInputError
from tabletop.plain.situation import ladder, opening, role, track_lines, wire
from tabletop.plain.wording import joined, sentence

Each = TypeVar("Each")


class LeaveError(Exception):
    """The person leaves the terminal."""


class Classroom:
    """Tells one seat's way through the hour, and does what is typed."""

    def __init__(self, table: SeatTable, console: Console, keepsake: Keepsake) -> None:
        self._keepsake = keepsake
        self._table, self._console = table, console
        self._viewer = Viewer("seat", table.seat)
        self._typed: asyncio.Queue[str | None] = asyncio.Queue()
        self._told: tuple[object, ...] = ()
        self._read: set[int] = set()
        self._here = True
        self._place: tuple[str, str] | None = None
        self._mine = (0, "")
        """The round of the last preference said here, and what it was."""

    async def run(self) -> None:
        """Until the person leaves, the input ends or the seat is gone."""
        _listen(self._console, self._typed)
        following = asyncio.create_task(self._follow())
        typing = asyncio.create_task(self._obey())
        self._tell()
        done, rest = await asyncio.wait({following, typing}, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        for task in done:
            task.result()
        if self._table.over:
            self._say(sentence(self._table.over))

    # --- telling

    def _say(self, *lines: str) -> None:
        self._console.tell([line for line in lines if line])
        self._console.flush()

    async def _follow(self) -> None:
        async for _ in self._table.changes():
            self._tell()

    def _tell(self) -> None:
        """Say what is new since something was last said."""
        if self._table.here != self._here:
            self._here = self._table.here
            self._say("The host is back." if self._here else "No connection to the host: waiting.")
        if not self._table.here:
            return
        hour, view = self._hour(), self._view()
        for message in hour.messages:
            if message.number not in self._read:
                self._read.add(message.number)
                self._say(joined("From the lead of the exercise", message.title, message.text))
        self._tell_place(view, hour)
        flash = view.flash.id if view.flash is not None else ""
        state = (hour.phase, hour.round, hour.locked, flash, hour.shared, hour.paused, view.line)
        if state == self._told:
            return
        self._told = state
        self._say(words.phase(hour, time.time()), *words.asked(view, hour))

    def _tell_place(self, view: View, hour: HourView) -> None:
        """Say so where whoever leads the exercise has moved the seat."""
        if hour.you is None:
            return
        place = (hour.you.team, hour.you.role)
        if self._place not in (None, place):
            office = view.role.title if view.role is not None else "Recorder"
            self._say(joined("You were moved", f"Team {hour.you.team}, {office}"))
        self._place = place

    def _hour(self) -> HourView:
        return self._table.hour_view(self._viewer)

    def _view(self) -> View:
        return self._table.view(self._viewer)

    # --- obeying

    async def _obey(self) -> None:
        while True:
            try:
                line = await self._line()
                await self._do(line)
            except LeaveError:
                return
            except ActionError as refused:
                self._say(sentence(f"Refused: {refused}"))

    async def _line(self, prompt: str = "") -> str:
        if prompt:
            self._say(prompt)
        line = await self._typed.get()
        if line is None or line.casefold() in {"quit", "exit"}:
            raise LeaveError
        return line

    async def _do(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        verb, rest = verb.casefold(), rest.strip()
        if verb.isascii() and verb.isdigit():
            await self._prefer(self._response(verb), None)
        elif verb in _LOOKS:
            self._say(*_LOOKS[verb](self._view(), self._hour()))
        elif verb == "card":
            self._say(*card(self._view(), self._response(rest)))
        elif verb in self._acts():
            await self._acts()[verb](rest)
        elif verb:
            self._say("There is no such command. Say help.")

    def _acts(self) -> dict[str, Callable[[str], Awaitable[None]]]:
        return {
            "why": self._why,
            "lock": self._lock,
            "answer": self._answer,
            "objective": self._objective,
            "dissent": self._dissent,
            "ticket": self._ticket,
            "guess": self._guess,
            "standing": self._standing,
            "keep": self._keep,
        }

    async def _send(self, action: Action | HourAction, done: str) -> None:
        await self._table.send(action, uuid4().hex)
        self._say(done)

    def _response(self, number: str) -> ResponseView:
        return _numbered(self._view().responses, number, "response")

    async def _prefer(self, response: ResponseView, reason: str | None) -> None:
        act = Prefer(self._viewer.name, response.id, reason)
        await self._send(act, f"You prefer: {response.title}.")
        self._mine = (self._hour().round, response.id)

    async def _why(self, text: str) -> None:
        hour = self._hour()
        # What was just said may not have come back yet.
        mine = self._mine[1] if self._mine[0] == hour.round else hour.preference
        found = next((each for each in self._view().responses if each.id == mine), None)
        if found is None:
            raise ActionError("first prefer something, by its number")
        await self._prefer(found, text or None)

    async def _answer(self, number: str) -> None:
        flash = self._view().flash
        if flash is None:
            raise ActionError("nothing is asked there and then")
        chosen = _numbered(flash.answers, number, "answer")
        await self._send(Answer(self._viewer.name, chosen.id), f"Answered: {chosen.title}.")

    async def _objective(self, number: str) -> None:
        chosen = _numbered(self._view().objectives, number, "objective")
        await self._send(Declare(self._viewer.name, chosen.id), f"Declared: {chosen.title}.")

    async def _dissent(self, text: str) -> None:
        await self._send(Dissent(self._viewer.name, text), "It is on the record.")

    async def _ticket(self, text: str) -> None:
        await self._send(Ticket(self._viewer.name, text), "Handed in.")

    async def _guess(self, text: str) -> None:
        team, _, number = text.rpartition(" ")
        percent, said = _numbered(FORECASTS, number, "forecast")
        await self._send(Guess(self._viewer.name, team.strip(), percent), f"{said}, for {team}.")

    async def _standing(self, name: str) -> None:
        hour = self._hour()
        known = {title.casefold(): each for each, title in hour.doctrines}
        doctrine = known.get(name.casefold(), name)
        if doctrine not in dict(hour.doctrines):
            raise ActionError(f"a standing order is one of: {', '.join(dict(hour.doctrines))}")
        team = hour.team.team if hour.team is not None else ""
        await self._send(Stand(team, doctrine, self._viewer.name), "Your standing order is given.")

    async def _keep(self, _: str) -> None:
        try:
            written = await self._keepsake()
        except TabletopError as fault:
            self._say(sentence(str(fault)))
        else:
            self._console.point_out(map(str, written))
            self._console.flush()

    async def _lock(self, number: str) -> None:
        """Ask for all that goes with a choice, and for leave to lock it."""
        if "lock" not in self._hour().can:
            raise ActionError("there is nothing that you can lock now")
        chosen, view = self._response(number), self._view()
        if not chosen.supports:
            raise ActionError(chosen.closed or "this response is closed")
        supports = [each for each in view.supports if each.id in chosen.supports]
        support = supports[0]
        if len(supports) > 1:
            lines = [f"{at}. {joined(each.title, each.act)}" for at, each in enumerate(supports, 1)]
            self._say(*lines)
            support = _numbered(supports, await self._line("What goes with it?"), "support")
        reason = await self._line("Your team's reason, or - for none:")
        lines = [f"{at}. {said}" for at, (_, said) in enumerate(FORECASTS, 1)]
        self._say(view.forecast.question, *lines)
        forecast, _ = _numbered(FORECASTS, await self._line("Your forecast?"), "forecast")
        if (await self._line(f"Lock {chosen.title}? yes or no")).casefold() not in {"yes", "y"}:
            self._say("Not locked.")
            return
        words_said = None if reason == "-" else reason
        lock = Lock(self._viewer.name, chosen.id, support.id, words_said, forecast)
        await self._send(lock, "Locked.")


def _numbered(found: Sequence[Each], number: str, kind: str) -> Each:
    """What stands under a number in a list; raises `ActionError` where nothing does."""
    number = number.strip()
    if not found:
        raise ActionError(f"there is no {kind} to choose now")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(found)):
        raise ActionError(f"a {kind} has a number from 1 to {len(found)}")
    return found[int(number) - 1]


def _listen(console: Console, typed: asyncio.Queue[str | None]) -> None:
    """Read lines on a thread of their own: what happens is told while nobody types."""
    loop = asyncio.get_running_loop()

    def read() -> None:
        while True:
            try:
                line: str | None = console.read()
            except EndOfInputError:
                line = None
            try:
                loop.call_soon_threadsafe(typed.put_nowait, line)
            except RuntimeError:
                return
            if line is None:
                return

    threading.Thread(target=read, daemon=True).start()


_LOOKS: dict[str, Callable[[View, HourView], list[str]]] = {
    "help": lambda _view, _hour: words.HELP,
    "now": lambda view, hour: [words.phase(hour, time.time()), *words.asked(view, hour)],
    "cards": words.options,
    "situation": lambda view, _: opening(view),
    "wire": lambda view, _: wire(view),
    "gauges": lambda view, _: track_lines(view),
    "ladder": lambda view, _: ladder(view),
    "office": lambda view, _: role(view) if view.role is not None else ["You take notes."],
    "team": lambda _, hour: words.team(hour),
}
