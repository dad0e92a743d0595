"""Draws docs/situation.svg: the situation screen of a real game, by the program itself.

    python -m tools.situation_picture

The game is settled by its seed, so the picture changes only when screen or scenario do.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO, Begin, Decide, Declare
from tabletop.tui.app import TabletopApp
from tabletop.tui.export import self_contained
from tabletop.tui.start import Resume

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "situation.svg"
SCENARIO = "north-korea-2017"
SEED = 7
TURNS = 2
SIZE = (120, 40)


async def draw() -> str:
    """The SVG of the situation after some turns, without fonts from elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        save = Path(folder) / "game.jsonl"
        desk = Desk(Path(folder))
        await _play(desk, save)
        app = TabletopApp(desk, desk.resume(save), start=Resume(save), reduced_motion=True)
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            picture = app.export_screenshot(title="tabletop", simplify=True)
    return re.sub(r"terminal-\d+", "terminal", self_contained(picture))


async def _play(desk: Desk, save: Path) -> None:
    """Keep to the present course, with the allies consulted, for the turns before the picture."""
    table = desk.new(SCENARIO, seed=SEED, save=save)
    await table.send(Declare(SOLO.name, table.view(SOLO).objectives[0].id), "objective")
    await table.send(Begin(), "begin")
    for turn in range(1, TURNS):
        course = next(each for each in table.view(SOLO).responses if each.course)
        support = course.supports[min(1, len(course.supports) - 1)]
        await table.send(Decide(SOLO.name, course.id, support, None, 50), f"turn {turn}")
    await table.close()


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
    print(f"{PICTURE.name} is drawn")
