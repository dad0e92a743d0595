"""The turn to go back to: where most hung on a team's decision."""

from __future__ import annotations

from tabletop.exercise.record import Record
from tabletop.rules.stakes import stakes


def pivot(record: Record) -> int | None:
    """The turn of the first line at which the decision mattered most for the declared objective.

    None where no decision mattered, or none was made but by a standing order. Judged by
    sampled continuations (`tabletop.rules.stakes`); without an objective, by the scenario's first.
    """
    line = next(iter(record.lines.values()), None)
    if line is None:
        return None
    objectives = record.program.scenario.objectives
    values = objectives[record.objective_of(line.team)].values
    ordered = {made.turn for made in line.decisions if made.said.standing is not None}
    own = [opening for opening in line.openings if opening.turn not in ordered]
    found = {opening.turn: stakes(opening.play, values) for opening in own}
    best = max(found, key=lambda turn: found[turn], default=None)
    return best if best is not None and found[best] > 0 else None
