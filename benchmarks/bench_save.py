"""The save: durable events a second in groups, seals checked, and a folder listed.

Each is measured beside the plainest way of doing the same on this disk and in this run.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, best_of, cpu_seconds, paired, percentile, show
from tabletop.exercise.events import Draft
from tabletop.exercise.header import Header, ScenarioRef, new_id, now
from tabletop.exercise.journal import Journal
from tabletop.exercise.listing import list_saves
from tabletop.exercise.save import read_save
from tabletop.exercise.words import seal_words

TEAMS = 8
GROUPS = 60
GROUP = 8
"""Events of one decision: what was chosen, the draws, the turn's digest."""
EVENTS = 50_000
SAVES = 100


def main() -> None:
    """Write, read and list saves in a folder of the system's own."""
    with tempfile.TemporaryDirectory(prefix="tabletop-bench-") as folder:
        show("Save: writing", _writing(Path(folder)))
        show("Save: reading", _reading(Path(folder)))


def _writing(folder: Path) -> list[Figure]:
    waits: list[float] = []
    grouped, plain = paired(
        3, partial(_class_plays, folder, waits), partial(_event_by_event, folder)
    )
    events = TEAMS * GROUPS * GROUP
    return [
        Figure("durable in groups, 8 teams at once", events / grouped, " events/s", 2000, "least"),
        Figure("one plain write and fsync an event", 300 / plain, " events/s"),
        Figure("ratio", (events / grouped) / (300 / plain), "x"),
        Figure("a team waits for the disk, 99 of 100", 1000 * percentile(waits, 0.99), " ms"),
        Figure("sealed without a disk", EVENTS / best_of(2, _sealing), " events/s"),
    ]


def _reading(folder: Path) -> list[Figure]:
    path = folder / "long.jsonl"
    with Journal.create(path, _header()) as journal:
        for _ in range(EVENTS // GROUP):
            journal.append(_group())
    lines = path.read_bytes().splitlines()[1:]
    sealed, plain = paired(
        3,
        partial(cpu_seconds, partial(read_save, path)),
        partial(cpu_seconds, partial(_parse, lines)),
    )
    shelf = folder / "shelf"
    for number in range(SAVES):
        with Journal.create(shelf / f"{number}.jsonl", _header()) as journal:
            journal.append(_group() * 10)
    listed = best_of(3, partial(_seconds, partial(list_saves, shelf)))
    return [
        Figure("seals checked, events read", EVENTS / sealed, " events/s", 100_000, "least"),
        Figure("JSON of the same lines, parsed alone", EVENTS / plain, " events/s"),
        Figure("ratio of the times", sealed / plain, "x"),
        Figure(f"{SAVES} saves listed", 1000 * listed, " ms"),
    ]


def _header() -> Header:
    """The header of a game of a scenario as long as the shipped one."""
    return Header(
        rules=1,
        id=new_id(),
        scenario=ScenarioRef("bench", "1.0", "0" * 64),
        files={"bench.yaml": "a line as long as lines of scenarios are, more or less\n" * 3000},
        seed=7,
        created=now(),
        program="0" * 64,
        assumptions={},
    )


def _group() -> list[Draft]:
    said = seal_words("Seoul asked for time, and nothing is lost by waiting a week.")
    decision = {"turn": 3, "response": "talks", "support": "none", "rationale": said}
    draw = {"turn": 3, "site": "decide:us/reaction", "outcome": "provokes"}
    turn = {"turn": 3, "stage": "exercises", "digest": "c3d4194045526154"}
    return [
        Draft("game.decision", {**decision, "seat": "solo", "forecast": 30}, "solo", "solo"),
        *[Draft("game.draw", draw, "rules", "solo")] * (GROUP - 2),
        Draft("game.turn", turn, "rules", "solo"),
    ]


def _class_plays(folder: Path, waits: list[float]) -> float:
    path = folder / f"class-{len(waits)}.jsonl"
    with Journal.create(path, _header()) as journal:

        async def team() -> None:
            for _ in range(GROUPS):
                began = time.perf_counter()
                await journal.durable(journal.append(_group())[-1].number)
                waits.append(time.perf_counter() - began)

        async def everybody() -> None:
            await asyncio.gather(*(team() for _ in range(TEAMS)))

        return _seconds(lambda: asyncio.run(everybody()))


def _event_by_event(folder: Path) -> float:
    line = b"x" * 230 + b"\n"
    with (folder / "plain").open("wb", buffering=0) as file:

        def write() -> None:
            for _ in range(300):
                file.write(line)
                os.fsync(file.fileno())

        return _seconds(write)


def _sealing() -> float:
    journal = Journal(Path("nowhere"), _header(), None, [b"\n"], "")
    groups = [_group() for _ in range(EVENTS // GROUP)]
    with journal:
        return _seconds(lambda: [journal.append(group) for group in groups])


def _parse(lines: list[bytes]) -> None:
    for line in lines:
        json.loads(line)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
