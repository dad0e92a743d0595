"""Works out the rungs of the ladder: every move from stage to stage, ways back among them."""

from __future__ import annotations

from tabletop.rules.guards import GuardCompiler
from tabletop.rules.program import Rung
from tabletop.scenario.schema import Scenario


def rungs_of(scenario: Scenario, guards: GuardCompiler) -> list[Rung]:
    """Every move along the ladder of a scenario, in file order."""
    stages = list(scenario.stages)
    ways = _ways_on(scenario)
    rungs = []
    for number, part in enumerate(scenario.transitions):
        test = guards.test(part.when)
        returning = part.to == "previous"
        for origin in stages if part.from_ == "any" else part.from_:
            # A stage can be entered by a way back too, so that it is gone back to from there.
            ways_in = [stage for stage in stages if origin in ways[stage]]
            for target in ways_in if returning else [part.to]:
                if target == origin:
                    continue
                back = stages.index(target) if returning else None
                rung = Rung(number, stages.index(origin), stages.index(target), test, back)
                rungs.append(rung)
    return rungs


def _ways_on(scenario: Scenario) -> dict[str, set[str]]:
    """By stage: the stages that follow it, closed over the ways back."""
    ways: dict[str, set[str]] = {stage: set() for stage in scenario.stages}
    backs: set[str] = set()
    for part in scenario.transitions:
        for origin in scenario.stages if part.from_ == "any" else part.from_:
            if part.to == "previous":
                backs.add(origin)
            elif part.to != origin:
                ways[origin].add(part.to)
    while True:
        found = {
            (stage, origin)
            for stage in backs
            for origin in scenario.stages
            if stage in ways[origin] and origin not in ways[stage]
        }
        if not found:
            return ways
        for stage, origin in found:
            ways[stage].add(origin)
