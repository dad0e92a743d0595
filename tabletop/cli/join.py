"""`tabletop join`: a seat in somebody's class, from a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from tabletop.cli.surroundings import settings_of, wants_plain
from tabletop.cli.writing import say, write_out
from tabletop.errors import ActionError, UsageError

if TYPE_CHECKING:
    from tabletop.exercise.hour.door import Door, Enter, Wish
    from tabletop.room.client import RemoteTable, Where


@click.command("join")
@click.argument("url", metavar="URL")
@click.option("--code", metavar="CODE", help="The code of the room, where URL does not hold it.")
@click.option("--name", metavar="NAME", help="Your name, or a pseudonym; without it you are asked.")
@click.option("--team", metavar="NAME", default="", help="Your team; else you are dealt one.")
@click.option("--role", metavar="NAME", default="", help="Your office; else one is dealt.")
@click.option("--recorder", is_flag=True, help="Take notes, and do not play.")
@click.option(
    "--pin", metavar="CODE", help="Take your own seat again, by a code from who leads the exercise."
)
@click.option("--new", is_flag=True, help="Take another seat than the one you had in this room.")
@click.option("--plain", is_flag=True, help="Line by line instead of on a screen.")
@click.pass_context
def command(
    ctx: click.Context,
    url: str,
    code: str | None,
    name: str | None,
    team: str,
    role: str,
    recorder: bool,
    pin: str | None,
    new: bool,
    plain: bool,
) -> int:
    """Take a seat in a class from a terminal.

    URL is what the wall shows, with the code after it or by --code. The same command goes back
    to the seat that you had. Plain HTTP on a shared network can be read by others on it.
    """
    from tabletop.cli.hosting import check_room

    check_room()
    from tabletop.exercise.hour.door import Wish
    from tabletop.room.client import where

    room = where(url, code or "")
    token = None if new or pin else _kept(_seat_file(room))
    front = _Lines() if wants_plain(ctx, plain) else _OnScreen(ctx)
    wish = Wish(name or settings_of(ctx).name or "", team, role, recorder)
    return asyncio.run(_join(room, front, token, pin, wish, asked=name is None))


async def _join(
    room: Where, front: Front, token: str | None, pin: str | None, wish: Wish, *, asked: bool
) -> int:
    """Take a seat, the one that was held before or for which there is a code if any, and stay."""
    from tabletop.room.client import RemoteTable

    table, seats = RemoteTable(room), _seat_file(room)

    async def enter(wish: Wish) -> None:
        _keep(seats, await table.join(wish.name, wish.team, wish.role, recorder=wish.recorder))

    try:
        if token is not None:
            await _back(table, token, seats)
        elif pin is not None:
            _keep(seats, await table.again(pin))
        elif not asked:
            await enter(wish)
        elif not await front.go_in(await table.door(), wish, enter):
            say("No seat was taken.")
            return 0
        return await front.sit(table)
    finally:
        await table.close()


async def _back(table: RemoteTable, token: str, seats: Path) -> None:
    try:
        await table.sit(token)
    except ActionError as refused:
        _forget(seats)
        raise UsageError(f"{refused}: the same command once more takes a new one") from None


class Front(Protocol):
    """Where somebody is asked for the seat and then sits."""

    async def go_in(self, door: Door, wish: Wish, enter: Enter) -> bool:
        """Ask for what `wish` leaves open and `enter`; whether a seat was taken."""

    async def sit(self, table: RemoteTable) -> int:
        """Stay at the seat until it is left; gives the exit code."""


class _Lines:
    """Line by line."""

    def __init__(self) -> None:
        from tabletop.plain.console import Console

        self._console = Console.of_process()

    async def go_in(self, door: Door, wish: Wish, enter: Enter) -> bool:
        from tabletop.exercise.asking import LeftError
        from tabletop.exercise.hour.door import take_a_seat
        from tabletop.plain.asking import Awaited, EndError, LineAsker
        from tabletop.plain.wording import sentence

        asker = LineAsker(self._console, Awaited(self._console))
        try:
            await take_a_seat(
                door, asker, wish, enter, lambda text: self._console.say(sentence(text))
            )
        except EndError:
            raise UsageError("nobody said who takes the seat: --name does") from None
        except LeftError:
            return False
        return True

    async def sit(self, table: RemoteTable) -> int:
        from tabletop.plain.classroom import Classroom

        await Classroom(table, self._console, partial(_keepsake, table)).run()
        return 0


class _OnScreen:
    """On screens of its own."""

    def __init__(self, ctx: click.Context) -> None:
        from tabletop.cli.settings import keep

        settings = settings_of(ctx)
        self._looks: dict[str, Any] = {
            "theme": settings.theme,
            "reduced_motion": settings.reduced_motion,
            "remember": keep,
        }

    async def go_in(self, door: Door, wish: Wish, enter: Enter) -> bool:
        from tabletop.tui.classroom.door import go_in

        return await go_in(door, wish, enter, **self._looks)

    async def sit(self, table: RemoteTable) -> int:
        from tabletop.tui.classroom.app import sit

        return await sit(table, partial(_keepsake, table), **self._looks)


async def _keepsake(table: RemoteTable) -> tuple[Path, ...]:
    """Write what the seat may take home into the folder that the program was started in.

    What was written there from the same room before is written anew. Gives the files.
    """
    written = []
    for name, text in (await table.keepsake()).items():
        path = Path.cwd() / f"{table.room.code}-{name}"
        try:
            write_out(text, path)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
        written.append(path)
    return tuple(written)


def _seat_file(room: Where) -> Path:
    """Where the token of one's seat in a room is kept, so that one can come back to it."""
    from hashlib import sha256

    from platformdirs import user_state_path

    name = sha256(f"{room.origin}/{room.code}".encode()).hexdigest()[:24]
    return user_state_path("tabletop", appauthor=False) / "seats" / name


def _kept(path: Path) -> str | None:
    try:
        return path.read_text("utf-8").strip()[:100] or None
    except (OSError, ValueError):
        return None


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)


def _keep(path: Path, token: str) -> None:
    """Keep a token for its owner alone; without a place to keep it the seat is still taken."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(token)
