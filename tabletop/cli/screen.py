"""Opens the terminal interface with what the settings say of it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import click

from tabletop.cli.faults import unknown
from tabletop.cli.settings import keep
from tabletop.cli.surroundings import desk_of, settings_of
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.tui.start import Start


def open_screen(ctx: click.Context, start: Start) -> int:
    """Run the terminal interface from `start` on; the exit code of the process.

    Raises `UsageError` for a theme that does not exist, and what opening `start` raises.
    """
    # All that is made until the first paint stays: to look for garbage among it takes a
    # tenth of the start. The interface lets the collector go on when it has painted.
    gc.disable()
    try:
        return _open(ctx, start)
    finally:
        gc.enable()


def _open(ctx: click.Context, start: Start) -> int:
    from tabletop.tui.app import run
    from tabletop.tui.theme import NAMES

    settings = settings_of(ctx)
    if settings.theme is not None and settings.theme not in NAMES:
        raise UsageError(f"settings: {unknown('theme', settings.theme, NAMES)}")
    return run(
        lambda: desk_of(ctx),
        start=start,
        theme=settings.theme,
        reduced_motion=settings.reduced_motion,
        remember=keep,
        advised=settings.adviser,
    )
