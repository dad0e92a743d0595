"""Real games on the smallest scenario, played through the desk as front ends play them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft, event_line
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.header import header_line
from tabletop.exercise.save import read_save
from tabletop.exercise.table import SOLO, Action, Answer, Begin, Decide, Declare

SCENARIO = Path(__file__).parents[1] / "fixtures" / "scenarios" / "minimal.yaml"
REASON = "because the lamp 등대 was lit"


def play(
    save: Path,
    *,
    seed: int = 3,
    turns: int = 99,
    between: Sequence[Action] = (),
    scenario: Path = SCENARIO,
) -> Path:
    """Play a new game for some turns; `between` is done after each of the first decisions."""
    table = Desk(save.parent).new(str(scenario), seed=seed, save=save, name="Ann")
    asyncio.run(play_on(table, turns=turns, between=between))
    return save


async def play_on(table: LocalTable, *, turns: int = 99, between: Sequence[Action] = ()) -> None:
    """Go on at a table and close it; always the first response that is open, with a reason."""
    extra = iter(between)
    operations = (f"op-{number}" for number in itertools.count())
    view = table.view(SOLO)
    if view.phase == "briefing":
        await table.send(Declare("solo", view.objectives[0].id), next(operations))
        await table.send(Begin(), next(operations))
    decided = 0
    while decided < turns and (view := table.view(SOLO)).phase != "ended":
        if view.flash is not None:
            await table.send(Answer("solo", view.flash.answers[0].id), f"flash-{view.event}")
            continue
        choice = next(response for response in view.responses if response.supports)
        decision = Decide("solo", choice.id, choice.supports[0], REASON, 30)
        await table.send(decision, f"turn-{view.turn}")
        decided += 1
        for action in itertools.islice(extra, 1):
            await table.send(action, next(operations))
    await table.close()


def rewrite(path: Path, change: Callable[[Draft], Draft | None]) -> None:
    """Change or drop events of a save and seal it anew, as somebody with this program could."""
    save = read_save(path)
    line, seal = header_line(save.header)
    lines = [line]
    for event in save.events:
        draft = change(Draft(event.what, event.data, event.actor, event.line))
        if draft is not None:
            line, sealed = event_line(seal, len(lines), event.at, draft)
            lines.append(line)
            seal = sealed.seal
    path.write_bytes(b"".join(line + b"\n" for line in lines))
