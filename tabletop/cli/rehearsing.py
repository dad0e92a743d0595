"""Runs the scripted class of `tabletop host --rehearse`, and tells what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from tabletop.cli.hosting import USUAL_PLAN, check_room
from tabletop.cli.surroundings import saves_folder
from tabletop.cli.writing import say

if TYPE_CHECKING:
    from tabletop.room.rehearsal import Outcome

LATE = 60.0
"""Seconds by which the hot wash may miss the plan."""


def rehearsed(ctx: click.Context, scenario: str, plan: str | None, seed: int | None) -> int:
    """0 where the class held, 1 where something went wrong that should not."""
    check_room()
    from tabletop.exercise.verify import verify
    from tabletop.room.rehearsal import Rehearsal

    folder = saves_folder(ctx)
    folder.mkdir(parents=True, exist_ok=True)
    rehearsal = Rehearsal(folder, scenario, plan=plan or USUAL_PLAN, seed=seed, tell=say)
    outcome = asyncio.run(rehearsal.run())
    faults = _faults(outcome)
    if not verify(outcome.save).ok:
        faults.append("the save does not verify")
    _tell(outcome)
    for fault in faults:
        say(f"WRONG: {fault}")
    return 1 if faults else 0


def _faults(outcome: Outcome) -> list[str]:
    found = []
    if outcome.lost:
        found.append(f"{outcome.lost} preferences that a page was told of are not in the save")
    if outcome.doubled:
        found.append(f"{outcome.doubled} preferences are in the save twice")
    if abs(outcome.hot_wash_after - outcome.planned) > LATE:
        found.append("the hot wash did not begin by the plan")
    return found


def _tell(outcome: Outcome) -> None:
    say(f"{outcome.seats} seats; the host was back in {outcome.back_after:.1f} s")
    say(
        f"The hot wash began {outcome.hot_wash_after / 60:.1f} minutes after StartEx;"
        f" the plan says {outcome.planned / 60:.1f}"
    )
    say(f"The slow team: {outcome.slow_by_default} decisions by default")
    for team, ending in outcome.endings.items():
        say(f"{team}: {ending}")
    say(f"A script, not people. The save: {outcome.save}")
