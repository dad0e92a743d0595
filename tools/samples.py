"""Plays the sample saves: `python -m tools.samples [FOLDER]`, into a folder without them.

The draws, decisions and words are the same each time; ids, times and salts are new.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from uuid import uuid4

from tabletop.exercise.autoplay import autoplay
from tabletop.exercise.bookmarks import read_notes
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import SOLO, Action, Answer, Begin, Decide, Declare, Fire, Override
from tools.sample_run import Note, Ruling, Run
from tools.sample_runs import RUNS

FOLDER = Path(__file__).resolve().parents[1] / "saves" / "samples"
CRISIS = "north-korea-2017"
SEED = 2017
"""Of the two runs that a doctrine plays."""


def make(folder: Path) -> list[Path]:
    """Play every sample into `folder`, the first to be looked at last, and return their paths.

    Lists show the save that was played last on top: that is the small one, then the crisis
    as it went. Raises `SaveError` where one of them is there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(folder)
    made = [asyncio.run(_played(desk, run)) for run in RUNS]
    made.append(asyncio.run(_by_doctrine(desk, CRISIS, "history", f"{CRISIS}-history")))
    made.append(asyncio.run(_by_doctrine(desk, "first-game", "random", "first-game")))
    return made


async def _by_doctrine(desk: Desk, scenario: str, doctrine: str, name: str) -> Path:
    table = desk.new(scenario, seed=SEED, save=_path(desk, name))
    await autoplay(table, doctrine)
    await table.close()
    return table.path


async def _played(desk: Desk, run: Run) -> Path:
    """Play one run to its end and keep its notes beside it."""
    if run.branch_of:
        table = desk.branch(
            _path(desk, run.branch_of),
            run.branch_turn,
            same_luck=False,
            luck=run.luck,
            save=_path(desk, run.name),
        )
    else:
        table = desk.new(CRISIS, seed=run.seed, save=_path(desk, run.name), name=run.player)
        await _do(table, Declare(SOLO.name, run.objective))
        await _do(table, Begin())
    turns = iter(run.turns)
    while (view := table.view(SOLO)).phase != "ended":
        if view.flash is not None:
            reply = run.answers[view.flash.id]
            await _do(table, Answer(SOLO.name, reply.answer, reply.because))
            continue
        response, support, forecast, because = next(turns)
        await _do(table, Decide(SOLO.name, response, support, because, forecast))
        for ruling in run.rulings:
            if ruling.turn == view.turn:
                await _do(table, _act(ruling))
    await table.close()
    _keep_notes(table.path, run.notes)
    return table.path


async def _do(table: LocalTable, action: Action) -> None:
    await table.send(action, uuid4().hex)


def _act(ruling: Ruling) -> Action:
    if ruling.inject:
        return Fire(SOLO.name, ruling.inject, ruling.reason)
    return Override(
        SOLO.name,
        ruling.reason,
        site=ruling.site or None,
        outcome=ruling.outcome or None,
        effects=ruling.effects,
    )


def _keep_notes(path: Path, notes: tuple[Note, ...]) -> None:
    if not notes:
        return
    save = read_save(path)
    kept = read_notes(path, save.header.id)
    for note in notes:
        events = [event for event in save.events if event.what == note.what]
        event = events[note.number - 1]
        kept = kept.with_mark(event.number, event.line, note.label, note.text)
    kept.write()


def _path(desk: Desk, name: str) -> Path:
    return desk.folder / f"{name}.jsonl"


if __name__ == "__main__":
    for path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(path.name)
