"""Writes a replay to a file: as a cast, as a picture of one moment, or as plain text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from tabletop.cli.names import Among, Cells, WholeNumber
from tabletop.cli.writing import point_out, write_out
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tabletop.exercise.replay import ReplayTable

    Command = TypeVar("Command", bound=Callable[..., Any])

FORMS = ("cast", "svg", "text")
SPEEDS = ("1", "2", "4", "8", "16")


class Wish(NamedTuple):
    """What is to be written of a replay, and how."""

    form: str
    output: Path | None
    turn: int | None = None
    event: int | None = None
    onlooker: str | None = None
    line: str | None = None
    speed: str | None = None
    size: tuple[int, int] | None = None
    theme: str | None = None


def to_export(command: Command) -> Command:
    """The options that say what a replay is exported to."""
    for option in (
        click.option(
            "--theme", metavar="NAME", help="Draw the cast or picture in this theme (--export)."
        ),
        click.option(
            "--size",
            type=Cells((40, 12), (300, 120)),
            metavar="COLSxROWS",
            help="Draw it for a terminal of this size, 120x40 if not said (--export).",
        ),
        click.option(
            "--speed",
            type=Among("speed", SPEEDS),
            help="Play the cast as many times as fast (--export).",
        ),
        click.option(
            "--event",
            type=WholeNumber(1, 2**31),
            metavar="N",
            help="Begin at this event, or draw it (--export cast and svg).",
        ),
        click.option(
            "--export",
            "form",
            type=Among("form", FORMS),
            help="Write a cast for asciinema players, a picture of --turn or of the end, or text.",
        ),
    ):
        command = option(command)
    return command


def export(ctx: click.Context, save: Path, wish: Wish) -> None:
    """Write a replay to `-o` or to standard output; what of the save is unusable is told beside.

    Raises `SaveError` where it cannot be read, and `UsageError` for a turn, line, viewer or
    theme that there is not, or for an option that does not go with the form.
    """
    _check(save, wish)
    table = _table(save)
    write_out(_told(table, wish) if wish.form == "text" else _drawn(ctx, table, wish), wish.output)
    point_out(save, table.fault)


def _check(save: Path, wish: Wish) -> None:
    if wish.output is not None and wish.output.resolve() == save.resolve():
        raise UsageError(f"{wish.output}: is the save itself; name another file")
    if wish.speed is not None and wish.form != "cast":
        raise UsageError("--speed belongs to --export cast")
    if wish.turn is not None and wish.event is not None:
        raise UsageError("--turn and --event cannot be used together")
    if wish.form == "text" and wish.event is not None:
        raise UsageError("--event belongs to --export cast and --export svg")
    if wish.form == "text" and (wish.size or wish.theme):
        raise UsageError("--size and --theme belong to --export cast and --export svg")


def _table(save: Path) -> ReplayTable:
    from tabletop.exercise.replay import ReplayTable

    return ReplayTable(save)


def _told(table: ReplayTable, wish: Wish) -> str:
    """The replay as the line front end tells it to somebody who is not there."""
    from tabletop.cli.onlookers import viewer_of
    from tabletop.plain.console import Console
    from tabletop.plain.replay import replay

    text = io.StringIO()
    viewer = viewer_of(table, wish.onlooker)
    replay(Console(io.StringIO(), text), table, wish.turn, viewer=viewer, line=wish.line)
    return text.getvalue().lstrip("\n")


def _drawn(ctx: click.Context, table: ReplayTable, wish: Wish) -> str:
    from tabletop.cli.faults import unknown
    from tabletop.cli.onlookers import viewer_of
    from tabletop.cli.progress import progress
    from tabletop.cli.surroundings import desk_of
    from tabletop.tui.export import Frame, Seen, cast, picture
    from tabletop.tui.theme import NAMES

    if wish.theme is not None and wish.theme not in NAMES:
        raise UsageError(unknown("theme", wish.theme, NAMES))
    columns, rows = wish.size or (120, 40)
    frame = Frame(columns, rows, wish.theme)
    desk, viewer = desk_of(ctx), viewer_of(table, wish.onlooker)
    seen = Seen(viewer, table.line(viewer, wish.line), wish.turn, wish.event)
    if wish.form == "svg":
        return picture(desk, table, seen, frame=frame)
    with progress("Filming the replay") as heard:
        return cast(desk, table, seen, speed=int(wish.speed or 1), frame=frame, heard=heard)
