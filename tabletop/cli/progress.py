"""A line on stderr that tells how far long work is, where somebody looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

PATIENCE = 1.0
"""Seconds of silence: what is done by then needs no bar."""
_PAUSE = 0.1
_ROOM = 30


@contextmanager
def progress(
    what: str, out: TextIO | None = None, clock: Callable[[], float] = monotonic
) -> Iterator[Callable[[float], None]]:
    """Hears how much is done, from 0 to 1, and shows it; wipes its line at the end.

    Where `out` (stderr unless given) is no terminal, nothing is shown.
    """
    stream = sys.stderr if out is None else out
    shown = 0
    started = clock()
    last = started

    def hear(done: float) -> None:
        nonlocal shown, last
        now = clock()
        if now - last < _PAUSE or now - started < PATIENCE:
            return
        last = now
        share = min(max(done, 0.0), 1.0)
        bar = "#" * int(share * _ROOM)
        line = f"{what} [{bar:<{_ROOM}}] {100 * share:3.0f}%"
        shown = max(shown, len(line))
        stream.write(f"\r{line}")
        stream.flush()

    def ignore(_: float) -> None:
        pass

    try:
        yield hear if stream.isatty() else ignore
    finally:
        if shown:
            stream.write(f"\r{' ' * shown}\r")
            stream.flush()
