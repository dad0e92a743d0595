"""Plays the saves that tests pin for a format, so that a later program cannot break them unseen.

Run once for each new format, in an empty folder: a pinned save is never made again.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.header import FORMAT
from tabletop.exercise.journal import Journal
from tabletop.exercise.table import SOLO, Action, Answer, Begin, Decide, Declare, Fire, Override

TOP = Path(__file__).resolve().parents[1]
SHIPPED = TOP / "scenarios" / "north-korea-2017.yaml"
SMALL = TOP / "tests" / "fixtures" / "scenarios" / "minimal.yaml"
HOSTILE = '등대 \u2028 \x1b]52;c;eA==\x07 \u202e[/] "quoted" \\ 🙂\n2nd line'


def main(folder: Path) -> int:
    """Play the three saves into `folder`; 1 where one of them is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"format-{FORMAT}{odd}.jsonl" for odd in ("-minimal", "", "-odd")]
    minimal, full, odd = (folder / name for name in names)
    if any(path.exists() for path in (minimal, full, odd)):
        print(f"{folder}: saves of format {FORMAT} are pinned already", file=sys.stderr)
        return 1
    desk = Desk(folder)
    asyncio.run(desk.new(str(SMALL), seed=1, save=minimal).close())
    table = desk.new(str(SHIPPED), seed=2017, save=full, name="Ann", preset="critics_world")
    asyncio.run(_play(table))
    _play_odd(desk, odd)
    for path in (minimal, full, odd):
        print(path.name, path.stat().st_size)
    return 0


def _play_odd(desk: Desk, path: Path) -> None:
    """Control intervenes, a later program leaves a note, the game is branched, Windows edits."""
    past = path.with_name("past.jsonl")
    table = desk.new(str(SMALL), seed=2**64 - 1, save=past, name=HOSTILE)
    override = Override("solo", HOSTILE, effects=(("tension", -1),), sets=("flared",))
    asyncio.run(_play(table, turns=1, between=[override, Fire("solo", "cousin", "a letter")]))
    with Journal.resume(past)[0] as journal:
        journal.append([Draft("note.later", {"emoji": "🙂"}, "solo", "solo")])
    asyncio.run(_play(desk.resume(past), turns=1))
    asyncio.run(_play(desk.branch(past, 3, same_luck=False, save=path)))
    past.unlink()
    # The name is removed on request, and the file goes through an editor of Windows.
    whole = path.read_bytes()
    name = re.search(rb'"salt":"[0-9a-f]{32}","words":"(?:[^"\\]|\\.)*"', whole)
    assert name
    whole = whole.replace(name[0], b'"salt":null,"words":null')
    path.write_bytes(whole.replace(b"\n", b"\r\n"))


async def _play(table: LocalTable, *, turns: int = 99, between: list[Action] | None = None) -> None:
    view = table.view(SOLO)
    if view.phase == "briefing":
        await table.send(Declare("solo", view.objectives[-1].id), "objective")
        await table.send(Begin(), "begin")
    done = 0
    while (view := table.view(SOLO)).phase != "ended" and done < turns:
        if view.flash:
            await table.send(Answer("solo", view.flash.answers[-1].id, "at once"), "flash")
            continue
        open_ones = [response for response in view.responses if response.supports]
        chosen = open_ones[view.turn % len(open_ones)]
        forecast = (None, 10, 30, 50, 70, 90)[view.turn % 6]
        act = Decide("solo", chosen.id, chosen.supports[-1], f"{HOSTILE} {view.turn}", forecast)
        await table.send(act, f"turn-{view.turn}")
        done += 1
        for number, action in enumerate(between or ()):
            await table.send(action, f"control-{number}")
    await table.close()


if __name__ == "__main__":
    sys.exit(main(TOP / "tests" / "fixtures" / "saves"))
