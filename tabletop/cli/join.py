"""`tabletop join`: a seat in somebody's class, from a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.surroundings import settings_of, wants_plain
from tabletop.cli.writing import write_out
from tabletop.errors import ActionError, UsageError

if TYPE_CHECKING:
    from tabletop.plain.console import Console
    from tabletop.room.client import RemoteTable, Where


@click.command("join")
@click.argument("url", metavar="URL")
@click.option("--code", metavar="CODE", help="The code of the room, where URL does not hold it.")
@click.option("--name", metavar="NAME", help="Your name, or a pseudonym; you are asked without it.")
@click.option("--team", metavar="NAME", default="", help="Your team; without it you are dealt one.")
@click.option("--role", metavar="NAME", default="", help="Your office; without it one is dealt.")
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
    from tabletop.plain.console import Console, EndOfInputError

    check_room()
    from tabletop.room.client import where

    room = where(url, code or "")
    console = Console.of_process()
    seats = _seat_file(room)
    token = None if new or pin else _kept(seats)
    try:
        if token is None and pin is None and name is None:
            name = settings_of(ctx).name or console.ask("Your name, or a pseudonym?")
    except EndOfInputError:
        raise UsageError("nobody gave a name: --name gives it") from None
    fields = (name or "", team, role, recorder)
    at_seat = partial(_lines, console) if wants_plain(ctx, plain) else partial(_screen, ctx)
    return asyncio.run(_sit(room, at_seat, seats, token, pin, fields))


async def _sit(
    room: Where,
    at_seat: Callable[[RemoteTable], Awaitable[int]],
    seats: Path,
    token: str | None,
    pin: str | None,
    fields: tuple[str, str, str, bool],
) -> int:
    from tabletop.room.client import RemoteTable

    table = RemoteTable(room)
    try:
        await _take(table, seats, token, pin, fields)
        return await at_seat(table)
    finally:
        await table.close()


async def _lines(console: Console, table: RemoteTable) -> int:
    """The seat line by line."""
    from tabletop.plain.classroom import Classroom

    await Classroom(table, console).run()
    return 0


async def _screen(ctx: click.Context, table: RemoteTable) -> int:
    """The seat on a screen of its own."""
    from tabletop.cli.settings import keep
    from tabletop.tui.classroom.app import sit

    settings = settings_of(ctx)
    return await sit(
        table,
        partial(_keepsake, table),
        theme=settings.theme,
        reduced_motion=settings.reduced_motion,
        remember=keep,
    )


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


async def _take(
    table: RemoteTable,
    seats: Path,
    token: str | None,
    pin: str | None,
    fields: tuple[str, str, str, bool],
) -> None:
    """Sit down: in the seat that was held before, in that of a code, or in a new one."""
    try:
        if token is not None:
            await table.sit(token)
        elif pin is not None:
            _keep(seats, await table.again(pin))
        else:
            name, team, role, recorder = fields
            _keep(seats, await table.join(name, team, role, recorder=recorder))
    except ActionError as refused:
        if token is not None:
            _forget(seats)
            raise UsageError(f"{refused}: the same command once more takes a new one") from None
        raise UsageError(str(refused)) from None


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
