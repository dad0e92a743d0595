"""The console of a real host at a terminal, while a class votes: how soon it answers a key."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from benchmarks.terminal import Terminal

HOST = (sys.executable, "-c", "import sys; from tabletop.cli import main; sys.exit(main())")
CURSOR = "▸"
"""Painted with every move of the cursor over the teams, and with nothing else."""
KEYS = 60
_PATIENCE = 2.0


def keys_beside(
    browsers: int, folder: Path, load: Callable[[dict[str, object], threading.Event], None]
) -> list[float]:
    """Seconds from a key to the moved cursor, `load` running in a thread until it is told to end.

    `load` is given the room's port, code and the tokens of its seats.
    """
    saves = folder / "saves"
    command = (
        *HOST, "--saves", str(saves), "host", "--teams", "10", "--untimed", "--bind", "127.0.0.1",
        "--port", "0",
    )  # fmt: skip
    with Terminal(command, folder=folder) as terminal:
        terminal.shows("Code")
        room = json.loads(next(saves.glob("*.room.json")).read_text())
        facts = {"port": room["port"], "code": room["code"], "tokens": _join(room, browsers)}
        for keys in ("b", "y", "n"):
            terminal.press(keys)
            terminal.settle(0.6)
        over = threading.Event()
        work = threading.Thread(target=load, args=(facts, over))
        work.start()
        time.sleep(2.0)
        found = [_press(terminal, "\x1b[A" if turn % 2 else "\x1b[B") for turn in range(KEYS + 1)]
        over.set()
        work.join()
    return found[1:]


def _join(room: dict[str, object], browsers: int) -> list[str]:
    origin = f"http://127.0.0.1:{room['port']}"
    tokens = []
    for number in range(browsers):
        with httpx.Client(base_url=f"{origin}/{room['code']}", headers={"Origin": origin}) as one:
            one.post("/join", data={"op": f"operation-{number}", "name": f"P{number}"})
            tokens.append(one.cookies["seat"])
    return tokens


def _press(terminal: Terminal, key: str) -> float:
    """Seconds from a key to its cursor; everything that waits is read first."""
    while terminal.read(0.0):
        pass
    before, start = len(terminal.text), time.perf_counter()
    os.write(terminal.master, key.encode())
    while CURSOR not in terminal.text[before:]:
        terminal.read(0.05)
        if time.perf_counter() - start > _PATIENCE:
            raise RuntimeError(f"no cursor moved: {terminal.seen()[-400:]!r}")
    taken = terminal.last_output - start
    time.sleep(0.11)
    return taken
