"""A process that writes saves to be killed: forks a light writer for each line on its input.

A line is `SAVE SEED`. The answer is the writer's process id at once, and `gone` when it has
ended, however it ended. The writer appends groups to the save, and notes the number of each
event in `SAVE.shown` once it is durable, as a screen would show it.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from tabletop.exercise.events import Draft
from tabletop.exercise.journal import Journal
from tests.exercise.saves import header

_MOST_GROUPS = 5000


def write(path: Path, seed: int) -> None:
    """Append groups of events until killed, in no more than 5,000 groups."""
    lots = random.Random(seed)
    journal = Journal.resume(path)[0] if path.exists() else Journal.create(path, header())
    shown = os.open(f"{path}.shown", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for _ in range(_MOST_GROUPS):
        for _ in range(lots.randint(1, 3)):
            first = journal.number + 1
            size = lots.choice((1, 2, 5, 40))
            journal.append([draft(number) for number in range(first, first + size)])
        journal.flush()
        os.write(shown, f"{journal.number}\n".encode())


def draft(number: int) -> Draft:
    """The event that is always written under this number; some are long."""
    return Draft("game.test", {"number": number, "text": "x" * (number * 37 % 900)}, "solo", "red")


def main() -> None:
    """Serve until the input ends."""
    for order in sys.stdin:
        path, seed = order.split()
        child = os.fork()
        if child == 0:
            try:
                write(Path(path), int(seed))
            finally:
                os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
