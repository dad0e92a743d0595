"""Opens a room for `tabletop host` and runs it beside a console, until somebody ends it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tabletop.cli.surroundings import desk_of, scenario_of
from tabletop.cli.verbs import INTERRUPTED
from tabletop.errors import SaveError, UsageError

if TYPE_CHECKING:
    from tabletop.room.room import Room
    from tabletop.room.roster import Roster
    from tabletop.scenario.schema import Scenario

TEAMS = 6
USUAL_PLAN = "lesson"


class Place(NamedTuple):
    """Where a room is to be reached; None stands for what is usual, or what it was before."""

    bind: str | None
    port: int | None
    url: str


class Opening(NamedTuple):
    """How an exercise is to be run, as it was asked for."""

    scenario: str
    teams: str | None
    roster: Path | None
    plan: str | None
    rule: str
    own_luck: bool
    timed: bool
    seed: int | None
    preset: str | None
    save: Path | None


Make = Callable[[], "Room"]
"""Makes the room, within the loop that it will live in."""


def check_room() -> None:
    """Raise `UsageError` where the libraries of the classroom are not installed."""
    from importlib.util import find_spec

    missing = [
        name
        for name in ("starlette", "uvicorn", "jinja2", "segno", "httpx")
        if find_spec(name) is None
    ]
    if missing:
        names = ", ".join(missing)
        raise UsageError(
            f"the classroom needs {names}: install tabletop with its extra, as tabletop[room]"
        )


def opened(ctx: click.Context, wishes: Opening, place: Place) -> Make:
    """A new exercise; raises `UsageError` for wishes that cannot be met."""
    check_room()
    _check_url(place.url)
    scenario = scenario_of(ctx, wishes.scenario)
    roster = _roster(wishes.roster, scenario)
    teams = _teams(wishes.teams, roster)
    if wishes.roster is not None:
        from tabletop.room.roster import check_teams

        check_teams(wishes.roster, roster, teams)
    plan = wishes.plan or (USUAL_PLAN if USUAL_PLAN in scenario.timings else None)

    def make() -> Room:
        from tabletop.exercise.hour.opening import open_class
        from tabletop.room.opening import ANYWHERE, new_room
        from tabletop.room.server import listening
        from tabletop.room.sidecar import PORT

        # Before there is a save: a port that is taken leaves nothing behind.
        port = PORT if place.port is None else place.port
        listener = listening(place.bind or ANYWHERE, port)
        try:
            table = open_class(
                desk_of(ctx),
                wishes.scenario,
                teams=teams,
                plan=plan,
                rule=wishes.rule,
                own_luck=wishes.own_luck,
                timed=wishes.timed,
                seed=wishes.seed,
                preset=wishes.preset,
                save=wishes.save,
            )
        except BaseException:
            listener.close()
            raise
        room = new_room(table, bind=place.bind, port=port, roster=roster, url=place.url)
        room.listener = listener
        return room

    return make


def resumed(save: Path, place: Place, roster: Path | None) -> Make:
    """The exercise of a save, with its room as it was; a `roster` replaces the one it had."""
    check_room()
    _check_url(place.url)

    def make() -> Room:
        from tabletop.room.opening import resume_room
        from tabletop.room.roster import check_teams

        room = resume_room(save, bind=place.bind, port=place.port, url=place.url)
        if roster is not None:
            listed = _roster(roster, room.table.record.program.scenario)
            check_teams(roster, listed, room.table.hour.teams)
            room.enrol(listed)
        return room

    return make


def _roster(path: Path | None, scenario: Scenario) -> Roster:
    if path is None:
        return {}
    from tabletop.room.roster import read_roster

    roles: Mapping[str, str] = {name: role.title for name, role in scenario.roles.items()}
    return read_roster(path, roles)


def _teams(said: str | None, roster: Roster) -> tuple[str, ...]:
    from tabletop.exercise.hour.opening import team_names
    from tabletop.room.roster import teams_of

    if said is None:
        return tuple(teams_of(roster)) or team_names(TEAMS)
    if said.strip().isascii() and said.strip().isdigit():
        return team_names(int(said.strip()[:9]))
    return tuple(name.strip() for name in said.split(",") if name.strip())


def _check_url(url: str) -> None:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if url and not whole:
        raise UsageError(f"--url: {url!r:.100} is not an address such as https://class.example.org")


def run(ctx: click.Context, make: Make, *, plain: bool) -> int:
    """Run a room and the console that leads it; the exit code of the process."""
    from tabletop.cli.awake import awake

    with awake():
        return asyncio.run(_run(ctx, make, plain=plain))


async def _run(ctx: click.Context, make: Make, *, plain: bool) -> int:
    room = make()
    stop = _Stop()
    try:
        await room.open()
        stop.listen()
        code = await _led(ctx, room, stop, plain=plain)
    finally:
        await room.close()
        await room.table.close()
    if room.table.warning:
        raise SaveError(f"this exercise is not saved: {room.table.warning}")
    from tabletop.cli.writing import say

    for line in dict.fromkeys(room.faults.lines):
        say(f"A fault of ours, for its makers: {line}")
    say(f"The exercise is in {room.table.path}; tabletop host --resume goes on with it.")
    return INTERRUPTED if stop.number == signal.SIGINT else code


async def _led(ctx: click.Context, room: Room, stop: _Stop, *, plain: bool) -> int:
    """Sit at the console until it is left, or the process is told to end."""
    console = asyncio.create_task(_lines(room) if plain else _console(ctx, room))
    told = asyncio.create_task(stop.event.wait())
    await asyncio.wait({console, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if console.done():
        return console.result()
    console.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await console
    return 0


async def _lines(room: Room) -> int:
    """Say how to join, then lead line by line; without anybody to type, the clock leads."""
    from tabletop.plain.control import control

    _announce(room)
    return await control(room.table, room.facts(), announced=True, stay=True)


async def _console(ctx: click.Context, room: Room) -> int:
    from tabletop.cli.settings import keep
    from tabletop.cli.surroundings import settings_of
    from tabletop.tui.console.app import control

    settings = settings_of(ctx)
    return await control(
        lambda: desk_of(ctx),
        room.table,
        room.facts(),
        theme=settings.theme,
        reduced_motion=settings.reduced_motion,
        remember=keep,
    )


class _Stop:
    """Whether the process was told to end; the terminal and the save are left whole by it."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.number = 0

    def listen(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            # Windows knows no handlers in loops: there Ctrl-C interrupts as it always does.
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, self._told, number)

    def _told(self, number: int) -> None:
        self.number = number
        self.event.set()


def _announce(room: Room) -> None:
    from tabletop.cli.writing import say
    from tabletop.room.qr import coloured, half_blocks

    say(f"Join: {room.address} with the code {room.code}")
    if sys.stdout.isatty():
        sys.stdout.write("\n".join(coloured(half_blocks(room.link))) + "\n")
    say(f"Or at once: {room.link}")
    say(f"The wall: {room.projector_link}")
    for line in room.warnings():
        say(line)
    sys.stdout.flush()
