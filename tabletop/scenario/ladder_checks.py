"""Checks the escalation ladder: that every stage can be reached and left with something to do."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.moves import Transition
from tabletop.scenario.problem import Problem
from tabletop.scenario.schema import MAX_OFFERED, Scenario
from tabletop.scenario.soundness import ANY, PREVIOUS, turns_within


def unclimbable(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with stages, the ways between them and what they offer."""
    reached = reachable(scenario)
    for stage in scenario.stages:
        if stage not in reached:
            yield Problem(
                ("stages", stage), "cannot be reached: no transition leads here", is_key=True
            )
    for place, transition in enumerate(scenario.transitions):
        yield from _transition(scenario, place, transition)
    for name in scenario.stages:
        yield from _course(scenario, name)
    for name, response in scenario.responses.items():
        if response.turns is not None:
            path = ("responses", name, "turns")
            yield from turns_within(path, response.turns, len(scenario.calendar))
    yield from _offers(scenario)


def reachable(scenario: Scenario) -> set[str]:
    """The stages that play can come to from the first one, by guards that may hold."""
    first = next(iter(scenario.stages), None)
    reached = set() if first is None else {first}
    ways = [(way.from_, way.to) for way in scenario.transitions if way.to in scenario.stages]
    growing = True
    while growing:
        new = {to for origins, to in ways if origins == ANY or reached & set(origins)} - reached
        reached |= new
        growing = bool(new)
    return reached


def _transition(scenario: Scenario, place: int, way: Transition) -> Iterator[Problem]:
    path = ("transitions", place)
    origins = scenario.stages if way.from_ == ANY else way.from_
    if not origins:
        yield Problem((*path, "from"), "is empty: list at least one stage")
    if way.to == PREVIOUS:
        entered = [stage for stage in origins if _is_entered(scenario, stage)]
        for stage in origins:
            if (
                stage in scenario.stages
                and stage not in entered
                and (way.from_ != ANY or not entered)
            ):
                what = f"nothing leads to {stage}, so that it has no previous stage"
                yield Problem((*path, "to"), what)
    elif way.from_ != ANY and way.to in origins:
        yield Problem((*path, "to"), f"leads from {way.to} to itself")


def _is_entered(scenario: Scenario, stage: str) -> bool:
    return any(
        way.to == stage and (way.from_ == ANY or any(origin != stage for origin in way.from_))
        for way in scenario.transitions
    )


def _course(scenario: Scenario, name: str) -> Iterator[Problem]:
    course = scenario.stages[name].course
    response = scenario.responses.get(course)
    if response is None:
        return  # told already, as an unknown name
    path = ("stages", name, "course")
    if name not in response.stages:
        yield Problem(
            path, f"{course} is not offered in this stage: it lists {', '.join(response.stages)}"
        )
    limits = [
        limit for limit in ("when", "consent", "turns") if getattr(response, limit) is not None
    ]
    if limits:
        what = f"{course} must always be open, and it has {' and '.join(limits)}"
        yield Problem(path, what)


def _offers(scenario: Scenario) -> Iterator[Problem]:
    """Stages that offer too much in some turn, or may leave a side with nothing to do."""
    sides = list(scenario.sides)
    for stage in scenario.stages:
        crowded: dict[tuple[str, ...], list[int]] = {}
        empty: dict[str, list[int]] = {}
        for side in sides:
            for turn in range(1, len(scenario.calendar) + 1):
                offered = _offered(scenario, side, sides[0], stage, turn)
                if len(offered) > MAX_OFFERED:
                    crowded.setdefault(tuple(offered), []).append(turn)
                if not any(_always_open(scenario, name) for name in offered):
                    empty.setdefault(side, []).append(turn)
        for names, turns in crowded.items():
            what = f"offers {len(names)} responses in {_turns(turns)}, at most {MAX_OFFERED} fit"
            yield Problem(("stages", stage), f"{what}: {', '.join(names)}", is_key=True)
        for side, turns in empty.items():
            if side == sides[0] or any(each.side == side for each in scenario.responses.values()):
                what = (
                    f"may leave {side} with no response in {_turns(turns)}: one must always be open"
                )
                yield Problem(("stages", stage), what, is_key=True)


def _offered(scenario: Scenario, side: str, first: str, stage: str, turn: int) -> list[str]:
    return [
        name
        for name, response in scenario.responses.items()
        if (response.side or first) == side
        and stage in response.stages
        and (response.turns is None or turn in response.turns)
    ]


def _always_open(scenario: Scenario, name: str) -> bool:
    response = scenario.responses[name]
    return response.when is None and response.consent is None


def _turns(turns: list[int]) -> str:
    numbers = ", ".join(str(turn) for turn in turns)
    return f"turn {numbers}" if len(turns) == 1 else f"turns {numbers}"
