"""`tabletop forget`: takes one person's words out of a save on their request."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.names import SAVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tabletop.exercise.forgetting import Forgotten
    from tabletop.exercise.header import Header


@click.command("forget")
@click.argument("save", type=SAVE)
@click.option("--person", default="", metavar="NAME", help="Whose words go, by their name.")
@click.option(
    "--seat",
    default="",
    metavar="SEAT",
    help="Whose words go, by their seat; with --person both must fit. Control is a seat too.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="NEW",
    help="The new save; without it one in the folder of saves.",
)
@click.pass_context
def command(ctx: click.Context, save: Path, person: str, seat: str, output: Path | None) -> int:
    """Take one person's words out of a save, on their request.

    Their name, reasons and messages go; what was decided stays. The seals of the new save
    hold, its short seal is the same, it replays as before, and `tabletop verify` says how
    many texts were removed. The old save stays as it is: delete it yourself, with its
    branches, the notes beside it and the reports made of it. Prints the new save.
    """
    if not person.strip() and not seat:
        raise click.UsageError("name the person with --person, or the seat with --seat", ctx)
    from tabletop.cli.surroundings import saves_folder
    from tabletop.cli.writing import say
    from tabletop.exercise.forgetting import forget

    folder, header = saves_folder(ctx), _header(save)
    # The old file's own name may hold the person's.
    stem = f"{header.created[:10]}-{header.scenario.id}-words-removed"
    names = (folder / f"{stem}{'' if number == 1 else f'-{number}'}.jsonl" for number in count(1))
    new = output or next(name for name in names if not name.exists())
    done = forget(save, new, person=person, seat=seat)
    say(str(done.path))
    for line in (*_told(done), *_still_there(save, header, folder, new)):
        say(line, 1)
    return 0


def _header(save: Path) -> Header:
    from tabletop.errors import SaveError
    from tabletop.exercise.header import HeaderError
    from tabletop.exercise.save import open_save, read_header

    with open_save(save) as file:
        try:
            return read_header(file)[0]
        except HeaderError as error:
            raise SaveError(f"{save}:1: {error}") from None


def _told(done: Forgotten) -> Iterator[str]:
    yield f"texts removed: {done.texts}, said from {', '.join(done.seats)}"
    if done.named:
        yield f"texts of others that still hold the name: {done.named}; read them yourself"
    if done.dropped:
        yield f"lines of the old save that cannot be used, and are left out: {done.dropped}"


def _still_there(save: Path, header: Header, folder: Path, new: Path) -> Iterator[str]:
    """Where else the words may be: a copy keeps what nobody looks for."""
    from tabletop.errors import SaveError
    from tabletop.exercise.bookmarks import notes_path
    from tabletop.exercise.listing import list_saves
    from tabletop.room.sidecar import beside

    yield f"still holds them: {save}"
    if notes_path(save).exists():
        yield f"may hold them too: {notes_path(save)}"
    if beside(save).exists():
        yield f"may hold the name in the list of its class: {beside(save)}"
    try:
        listed = list_saves(folder)
    except SaveError:
        return
    parent = header.parent.id if header.parent is not None else None
    for each in listed:
        branched = each.branched.id if each.branched is not None else None
        related = each.fault is None and (each.id in (header.id, parent) or branched == header.id)
        if related and each.path.resolve() not in (new.resolve(), save.resolve()):
            yield f"shares its past, and may hold them too: {each.path}"
