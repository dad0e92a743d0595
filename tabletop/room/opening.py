"""Where a room is opened: a new one beside a new exercise, or the one that a save had."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tabletop.exercise.hour.opening import resume_class
from tabletop.exercise.hour.table import ClassTable
from tabletop.exercise.save import read_save
from tabletop.room.limits import Limits
from tabletop.room.room import Room
from tabletop.room.roster import Roster
from tabletop.room.sidecar import PORT, beside, last_alive, new_sidecar, read_sidecar

ANYWHERE = "0.0.0.0"  # noqa: S104 - phones are to reach it


def new_room(
    table: ClassTable,
    *,
    bind: str | None = None,
    port: int | None = None,
    roster: Roster | None = None,
    limits: Limits | None = None,
    url: str = "",
) -> Room:
    """A room with a new code; port 0 takes any that is free."""
    listed = tuple((roster or {}).values())
    kept = new_sidecar(bind or ANYWHERE, PORT if port is None else port, url, listed)
    return Room(table, kept, limits=limits)


def resume_room(
    save: Path,
    *,
    bind: str | None = None,
    port: int | None = None,
    limits: Limits | None = None,
    url: str = "",
    clock: Callable[[], float] = time.time,
) -> Room:
    """The room that a save had, under the same code and address, with the same seats and list.

    Raises `SaveError` where the save or what stands beside it cannot be used.
    """
    kept = read_sidecar(beside(save))
    alive = last_alive(beside(save))
    past = read_save(save).events
    table = resume_class(save, alive=alive, clock=clock)
    if kept is None:
        kept = new_sidecar(bind or ANYWHERE, PORT if port is None else port, url)
    else:
        port = kept.port if port is None else port
        kept = replace(kept, bind=bind or kept.bind, port=port, url=url or kept.url)
    return Room(table, kept, past=past, limits=limits)
