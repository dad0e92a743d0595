"""Which parts of a scenario were not seen to come where everything that can come was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tabletop.scenario.findings import Noticed

if TYPE_CHECKING:
    from tabletop.odds.coverage import Coverage
    from tabletop.scenario.moves import Outcome
    from tabletop.scenario.schema import Scenario
    from tabletop.scenario.wording import Path

IN_VAIN = "make room for it, or take it out"


def unreached(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    """All that never comes, in the order of the file."""
    yield from _stages(scenario, coverage)
    yield from _choices(scenario, coverage)
    yield from _drawn(scenario, coverage)
    yield from _injects(scenario, coverage)
    for name in scenario.endings:
        if name not in coverage.endings:
            what = "no game ends like this"
            yield Noticed("unreached ending", name, ("endings", name), what, IN_VAIN)


def _stages(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    stages = list(scenario.stages)
    reached = {stages[number] for number in coverage.stages}
    for name in stages:
        if name not in reached:
            what = "no play comes to this stage"
            yield Noticed("unreached stage", name, ("stages", name), what, IN_VAIN)
    for place, transition in enumerate(scenario.transitions):
        fired = {stages[stage] for rung, stage in coverage.rungs if rung == place}
        origins = transition.from_ if isinstance(transition.from_, tuple) else ()
        if not origins and not fired:
            origins = ("any",)
        for origin in origins:
            if origin not in fired and origin in (*reached, "any"):
                what = f"never leads from {origin} to {transition.to}"
                of = f"{origin}.{transition.to}"
                path = ("transitions", place)
                todo = "loosen its guard, let it stand before others, or take it out"
                yield Noticed("unreached transition", of, path, what, todo)


def _choices(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    for number, name in enumerate(scenario.supports):
        if number not in coverage.supports:
            what = "can never be chosen"
            yield Noticed("unreached support", name, ("supports", name), what, IN_VAIN)
    for number, (name, response) in enumerate(scenario.responses.items()):
        path: Path = ("responses", name)
        if number not in coverage.responses:
            what = f"{response.title!r} can never be chosen"
            yield Noticed("unreached response", name, path, what, IN_VAIN)
        else:
            listed = (*path, "reaction")
            yield from _outcomes(coverage, "reaction", name, listed, response.reaction)


def _drawn(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    drawn = {owner for source, owner, _ in coverage.outcomes if source == "table"}
    for name, table in scenario.tables.items():
        path: Path = ("tables", name)
        if name in drawn:
            yield from _outcomes(coverage, "table", name, (*path, "outcomes"), table.outcomes)
        else:
            yield Noticed("unreached table", name, path, "is never drawn from", IN_VAIN)
    for name, event in scenario.events.items():
        path = ("events", name)
        if name in coverage.events:
            yield from _outcomes(coverage, "event", name, (*path, "outcomes"), event.outcomes)
        else:
            what = "its guard never holds"
            yield Noticed("unreached event", name, path, what, IN_VAIN)


def _injects(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    for name, inject in scenario.injects.items():
        path: Path = ("injects", name)
        turns = inject.turns if inject.turn is None else (inject.turn,)
        came = [turn for turn in turns or () if (name, turn) in coverage.injects]
        idle = [turn for turn in turns or () if turn not in came]
        if not came:
            what = f"cannot come when it may, in {_turns(idle)}: its guard never holds then"
            todo = "give it another turn or guard, or take it out"
            yield Noticed("unreached inject", name, path, what, todo)
            continue
        if idle:
            what = f"may come in {_turns(turns or ())}, and never can in {_turns(idle)}"
            todo = "take the turns out that it cannot come in"
            yield Noticed("idle turn", name, path, what, todo)
        for answer, given in inject.answers.items():
            listed = (*path, "answers", answer, "reaction")
            yield from _outcomes(coverage, "answer", f"{name}.{answer}", listed, given.reaction)


def _outcomes(
    coverage: Coverage, source: str, owner: str, path: Path, listed: Iterable[Outcome]
) -> Iterator[Noticed]:
    for place, outcome in enumerate(listed):
        if (source, owner, outcome.id) not in coverage.outcomes:
            what = "is never drawn: its weight is above 0 in no situation that play comes to"
            of = f"{owner}.{outcome.id}"
            yield Noticed("unreached outcome", of, (*path, place), what, IN_VAIN)


def _turns(turns: Iterable[int]) -> str:
    names = [str(turn) for turn in turns]
    return f"turn{'s' if len(names) > 1 else ''} {', '.join(names)}"
