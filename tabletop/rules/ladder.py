"""The escalation ladder as a `transitions` machine, behind one typed class.

The machine is built once a program, when it is first climbed, and reused: building one
costs more than a whole game, and loading its library as much as a briefing's first paint.
What it has said is kept, and it is not asked the same again.
The list of rungs stays readable for engines that walk it themselves.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from tabletop.rules.kept import Kept
from tabletop.rules.program import Rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tabletop.rules.guards import GuardCompiler, Test
    from tabletop.rules.kept import Reading
    from tabletop.rules.world import World
    from tabletop.scenario.schema import Scenario


class _Climber:
    """The machine's model: the stage it stands on, as a string that transitions can hold."""

    state: str

    def __init__(self) -> None:
        self.taken: tuple[Rung, ...] = ()


class Ladder:
    """The stages of a crisis and the moves between them."""

    def __init__(self, stages: Sequence[str], rungs: Sequence[Rung], reading: Reading) -> None:
        self.stages = tuple(stages)
        self.rungs = tuple(rungs)
        self._taken = Kept(reading, self._climb)
        self._climber: _Climber | None = None
        self._lock = Lock()
        self._guards = tuple(
            tuple(_guard(rung) for rung in self.rungs if rung.origin == stage)
            for stage in range(len(stages))
        )

    def climb(self, world: World) -> Rung | None:
        """The first rung whose guard holds in `world`; None where the stage holds."""
        taken = self._taken(world)
        return taken[0] if taken else None

    def _climb(self, world: World) -> tuple[Rung, ...]:
        """The rung that the machine takes, if any."""
        # To ask the machine costs more than the rest of a turn: not where no guard holds.
        if not any(guard(world) for guard in self._guards[world.stage]):
            return ()
        with self._lock:  # one machine serves every game, also those of other threads
            climber = self._climber = self._climber or self._machine()
            climber.state = self.stages[world.stage]
            climber.taken = ()
            climber.climb(world)  # type: ignore[attr-defined]
            return climber.taken

    def _machine(self) -> _Climber:
        """The model of a new machine, which hangs on it."""
        from transitions import Machine

        climber, stages = _Climber(), self.stages
        machine = Machine(
            model=climber, states=list(stages), initial=stages[0], auto_transitions=False
        )
        for rung in self.rungs:
            machine.add_transition(
                "climb",
                stages[rung.origin],
                stages[rung.target],
                conditions=_condition(climber, rung),
            )
        return climber


def _guard(rung: Rung) -> Test:
    if rung.returns_to is None:
        return rung.test
    return lambda world: (world.came_from == rung.returns_to) & rung.test(world)


def _condition(climber: _Climber, rung: Rung) -> Test:
    guard = _guard(rung)

    def holds(world: World) -> bool:
        if not guard(world):
            return False
        climber.taken = (rung,)
        return True

    return holds


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
