"""How hand-outs name what a scenario holds: evidence without what is sealed, plans, turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tabletop.scenario.evidence import Fact
from tabletop.scenario.schema import PlannedTurn, Scenario, Timing


def open_facts(scenario: Scenario, cites: Iterable[str]) -> dict[str, Fact]:
    """The facts of these ids that players may read before EndEx, each once, in this order."""
    found = {name: scenario.facts[name] for name in cites if name in scenario.facts}
    return {name: fact for name, fact in found.items() if not fact.sealed}


def cited(scenario: Scenario, cites: Iterable[str]) -> str:
    """Evidence by its short names, without what is sealed."""
    return ", ".join(open_facts(scenario, cites))


def numbered(facts: Iterable[Fact]) -> dict[str, int]:
    """The sources of these facts, numbered from 1 in the order in which they come."""
    return {name: number for number, name in enumerate(dict.fromkeys(f.source for f in facts), 1)}


def fact_line(name: str, fact: Fact, sources: Mapping[str, int]) -> str:
    """A fact with its name, the number of its source, and whoever disputes it."""
    number = sources[fact.source]
    place = f"{number}, {fact.where}" if fact.where else f"{number}"
    contested = f" Contested: {fact.contested}" if fact.contested else ""
    return f"{name}. {fact.text} [{place}]{contested}"


def source_line(scenario: Scenario, name: str) -> str:
    """A source in short: who, what, when."""
    source = scenario.sources[name]
    return f"{source.by}: {source.title}, {source.published}"


def sources_line(scenario: Scenario, sources: Mapping[str, int]) -> str:
    """The numbered sources in one paragraph."""
    told = (f"[{number}] {source_line(scenario, name)}" for name, number in sources.items())
    return "; ".join(told) + "."


def minutes(number: float) -> str:
    """A span of time in words."""
    whole = int(number) if number == int(number) else number
    return f"{whole} minute" if whole == 1 else f"{whole} minutes"


def phases(plan: Timing) -> Iterator[tuple[str, str]]:
    """The phases of a plan in order, with their minutes."""
    yield "before: joining, brief, objective", minutes(plan.before)
    for name, span in plan.turn.items():
        yield f"each decided turn: {_words(name)}", minutes(span)
    for name, span in plan.after.items():
        yield f"after: {_words(name)}", minutes(span)


def planned(scenario: Scenario, turn: PlannedTurn) -> str:
    """What a plan does with a turn."""
    if turn.mode == "preset" and turn.response is not None:
        return f"set beforehand: {scenario.responses[turn.response].title}"
    if turn.mode == "standing":
        if turn.doctrine is None:
            return "left to the team's standing order"
        return f"left to a doctrine: {scenario.doctrines[turn.doctrine].title}"
    return "decided by the team"


def decided(scenario: Scenario, plan: Timing | None) -> list[int]:
    """The turns that people decide; all of them without a plan."""
    if plan is None:
        return list(range(1, len(scenario.calendar) + 1))
    return [number for number, turn in enumerate(plan.turns, 1) if turn.mode == "decided"]


def listed(words: Iterable[str]) -> str:
    """Words in a row: a, b and c."""
    found = list(words)
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _words(name: str) -> str:
    return name.replace("_", " ")
