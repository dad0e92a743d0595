"""What the map costs while missiles fly, and while it stands still."""

from __future__ import annotations

import sys

from benchmarks.figures import Figure, show
from benchmarks.shipped import own_folders
from benchmarks.terminal import Terminal

SECONDS = 10.0


def main() -> None:
    """Measure both in a terminal of 120x40."""
    moving, written = _share("flying")
    still, idle = _share("still")
    show(
        "The map: six missiles in the air all the time",
        [
            Figure("processor while they fly", moving, "%", 4, note="of a core"),
            Figure("output while they fly", written / 1024, " KiB/s"),
            Figure("processor while it stands still", still, "%", note="of a core"),
            Figure("output while it stands still", idle, " B/s", 0),
        ],
    )


def _share(how: str) -> tuple[float, float]:
    """Percent of a core and bytes a second over some seconds."""
    with own_folders() as folder:
        command = [sys.executable, "-m", "benchmarks.map_app", how]
        with Terminal(command, folder=folder) as terminal:
            terminal.rest(3.0)
            before = terminal.cpu()
            written = terminal.rest(SECONDS)
            return 100 * (terminal.cpu() - before) / SECONDS, written / SECONDS


if __name__ == "__main__":
    main()
