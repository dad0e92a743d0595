"""The console of a class of forty teams: keys while every row changes four times a second.

A key counts as answered when the cursor has been painted in its new row. At rest, with a clock
that stands, the console writes nothing.
"""

from __future__ import annotations

import os
import sys
import time

from benchmarks.figures import Figure, percentile, show
from benchmarks.shipped import own_folders
from benchmarks.terminal import Terminal

KEYS, ROUNDS = 60, 3
_CURSOR = "▸"
_BESIDE = ("\x1b[B", "\x1b[A")


def main() -> None:
    """Print keys, rest, memory and processor time."""
    with own_folders():
        show("The console: forty teams, two hundred people", [*_at_rest(), *_at_work()])


def _opened(*words: str) -> Terminal:
    terminal = Terminal((sys.executable, "-m", "benchmarks.console_app", *words))
    terminal.shows("indigo", 60)
    return terminal


def _at_rest() -> list[Figure]:
    with _opened() as terminal:
        terminal.settle(1.5)
        idle = terminal.rest(5.0)
        moved = [1000 * _move(terminal, number) for number in range(KEYS)]
    return [
        Figure("idle output in 5 s, the clock standing", idle, " bytes", 0),
        Figure("moving the cursor at rest, p95", percentile(moved, 0.95), " ms", 50),
    ]


def _at_work() -> list[Figure]:
    with _opened("busy") as terminal:
        terminal.rest(3.0)
        before, start = terminal.cpu(), time.perf_counter()
        written = terminal.rest(4.0)
        share = 100 * (terminal.cpu() - before) / (time.perf_counter() - start)
        moved = min((_moves(terminal) for _ in range(ROUNDS)), key=_slow)
        memory = terminal.memory()
    return [
        Figure("moving the cursor at 4 Hz, p50", percentile(moved, 0.5), " ms"),
        Figure("moving the cursor at 4 Hz, p95", _slow(moved), " ms", 50),
        Figure("moving the cursor at 4 Hz, slowest", max(moved), " ms"),
        Figure("written at 4 Hz", written / 4000, " kB/s"),
        Figure("processor at 4 Hz", share, "%", note="of a core, forty votes a second with it"),
        Figure("memory", memory, " MB"),
    ]


def _moves(terminal: Terminal) -> list[float]:
    """Milliseconds of some keys, each at another part of a beat."""
    moved = []
    for number in range(KEYS):
        moved.append(1000 * _move(terminal, number))
        terminal.rest(0.037)
    return moved


def _slow(moved: list[float]) -> float:
    """What a round is known by: noise of the machine only ever adds."""
    return percentile(moved, 0.95)


def _move(terminal: Terminal, number: int) -> float:
    """Seconds from an arrow key to the cursor in its new row."""
    while terminal.read(0):
        pass  # what was on its way before the key
    seen = len(terminal.text)
    start = time.perf_counter()
    os.write(terminal.master, _BESIDE[number % 2].encode())
    while _CURSOR not in terminal.text[seen:]:
        if not terminal.read(1.0):
            break
    return terminal.last_output - start


if __name__ == "__main__":
    main()
