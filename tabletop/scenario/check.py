"""Finds what an author should look at in a scenario that is valid: loose ends, crowded cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tabletop.scenario.balance import drawn_lists
from tabletop.scenario.expression import Guard, Weight, mentions, names_of
from tabletop.scenario.findings import Finding, Read, named
from tabletop.scenario.problem import Problem
from tabletop.scenario.references import Expressions
from tabletop.scenario.schema import Scenario
from tabletop.scenario.walk import GUARD, WEIGHT, leaves

if TYPE_CHECKING:
    from tabletop.scenario.moves import Response
    from tabletop.scenario.source import Loaded

MAX_CARD_WORDS = 70


def check(loaded: Loaded) -> list[Finding]:
    """What an author should look at, in file order; none of it keeps the scenario from play."""
    scenario = loaded.scenario
    reads = _Reads(scenario)
    found = [
        *_tracks(scenario, reads),
        *_flags(scenario, reads),
        *_evidence(scenario, reads),
        *_cards(scenario),
        *_loose(scenario, reads),
        *_outcomes(scenario, reads),
        *_aims(scenario, reads),
        *_injects(scenario),
        *_plans(scenario),
    ]
    if loaded.path is not None and loaded.path.stem != scenario.id:
        what = f"the file is called {loaded.path.name}: name it {scenario.id}.yaml"
        found.append(("other name", Problem(("id",), what)))
    return sorted(
        Finding(problem.fault(loaded.positions), kind, named(problem.path))
        for kind, problem in found
    )


_Found = Iterator[tuple[Read, Problem]]


class _Reads:
    """What the expressions and the parts of a scenario mention."""

    def __init__(self, scenario: Scenario) -> None:
        self.expressions = Expressions(names_of(scenario))
        self.in_rules: set[str] = set()
        """Names in guards and weights that decide something in play."""
        self.in_goals: set[str] = set()
        self.named: dict[str, set[str]] = {}
        """By what is named (`fact`, `table`): the names that are mentioned."""
        for leaf in leaves(scenario):
            if leaf.kind == GUARD:
                target = self.in_goals if leaf.path[-1] == "met" else self.in_rules
                target |= self.of_guard(leaf.value)
            elif leaf.kind == WEIGHT:
                for term in self.weight(leaf.value).terms:
                    self.in_rules |= set() if term.guard is None else mentions(term.guard)
            else:
                self.named.setdefault(leaf.kind, set()).add(leaf.value)

    def of_guard(self, text: str | None) -> frozenset[str]:
        """What a guard mentions."""
        if text is None:
            return frozenset()
        read = self.expressions.guard(text)
        assert isinstance(read, Guard)
        return mentions(read)

    def weight(self, text: int | str) -> Weight:
        """The terms of a weight of a valid scenario."""
        read = self.expressions.weight(text)
        assert isinstance(read, Weight)
        return read


def _tracks(scenario: Scenario, reads: _Reads) -> _Found:
    for name in scenario.tracks:
        if name not in reads.in_rules:
            what = "no guard or weight reads this track: nothing depends on it"
            yield "unread track", Problem(("tracks", name), what, is_key=True)


def _flags(scenario: Scenario, reads: _Reads) -> _Found:
    changed = {
        leaf.value for leaf in leaves(scenario) if leaf.kind == "flag" and "sets" in leaf.path
    }
    remembered = {flag.remembers for flag in scenario.flags.values()}
    for name, flag in scenario.flags.items():
        path = ("flags", name)
        if name not in reads.in_rules | reads.in_goals | remembered:
            yield "unused flag", Problem(path, "is never read", is_key=True)
        if flag.remembers is not None and name in changed:
            what = "is set by an effect, but holds only what it remembers from the turn before"
            yield "lost memory", Problem(path, what, is_key=True)
        elif flag.remembers is None and not flag.start and name not in changed:
            yield "unused flag", Problem(path, "is never set", is_key=True)


def _evidence(scenario: Scenario, reads: _Reads) -> _Found:
    for name in scenario.facts:
        if name not in reads.named.get("fact", ()):
            yield "uncited evidence", Problem(("facts", name), "is cited nowhere", is_key=True)
    for name in scenario.sources:
        if name not in reads.named.get("source", ()):
            what = "no evidence comes from this source"
            yield "uncited evidence", Problem(("sources", name), what, is_key=True)


def _cards(scenario: Scenario) -> _Found:
    for name, response in scenario.responses.items():
        count = card_words(response)
        path = ("responses", name)
        if count > MAX_CARD_WORDS:
            what = f"its card has {count} words, at most {MAX_CARD_WORDS} are read"
            yield "crowded card", Problem(path, what, is_key=True)
        if response.closed is not None and response.when is None:
            yield "idle reason", Problem((*path, "closed"), "is never shown: there is no when")


def card_words(response: Response) -> int:
    """The words on a response's card: act, both cases, the unknown, the ally's refusal."""
    refusal = response.consent.refusal if response.consent else None
    texts = (response.act, response.for_.text, response.against.text, response.unknown, refusal)
    return sum(len(text.split()) for text in texts if text)


def _loose(scenario: Scenario, reads: _Reads) -> _Found:
    for name in scenario.tables:
        if name not in reads.named.get("table", ()):
            what = "nothing draws from this table"
            yield "undrawn table", Problem(("tables", name), what, is_key=True)
    used = {
        outcome.id
        for _, outcomes, is_reaction in drawn_lists(scenario)
        if is_reaction
        for outcome in outcomes
    }
    for name in scenario.reactions:
        if name not in used:
            yield (
                "unused reaction",
                Problem(("reactions", name), "no response brings it", is_key=True),
            )


def _outcomes(scenario: Scenario, reads: _Reads) -> _Found:
    for path, outcomes, is_reaction in drawn_lists(scenario):
        for place, outcome in enumerate(outcomes):
            kind = scenario.reactions.get(outcome.id) if is_reaction else None
            most = reads.weight(outcome.weight).highest()
            most += reads.weight(kind.shift).highest() if kind else 0
            if most < 1:
                what = "never comes: its weight is never above 0"
                yield "dead outcome", Problem((*path, place, "weight"), what)


def _aims(scenario: Scenario, reads: _Reads) -> _Found:
    """What players see open or closed must not give the hidden aim away."""
    told = "tells the hidden aim to anybody who sees it open or closed"
    for name, response in scenario.responses.items():
        path = ("responses", name)
        if "aim" in reads.of_guard(response.when):
            yield "leaking aim", Problem((*path, "when"), told)
        if response.consent and "aim" in reads.of_guard(response.consent.when):
            yield "leaking aim", Problem((*path, "consent", "when"), told)
    for name, support in scenario.supports.items():
        if "aim" in reads.of_guard(support.when):
            yield "leaking aim", Problem(("supports", name, "when"), told)
    for name, doctrine in scenario.doctrines.items():
        for place, rule in enumerate(doctrine.rules):
            if "aim" in reads.of_guard(rule.when):
                what = "a doctrine cannot know the hidden aim"
                yield "leaking aim", Problem(("doctrines", name, "rules", place, "when"), what)


def _injects(scenario: Scenario) -> _Found:
    for name, inject in scenario.injects.items():
        if inject.answers and inject.to:
            what = "demands an answer of everybody, but only some may read it"
            yield "private flash", Problem(("injects", name, "to"), what, is_key=True)


def _plans(scenario: Scenario) -> _Found:
    for name, timing in scenario.timings.items():
        decided = sum(planned.mode == "decided" for planned in timing.turns)
        total = timing.before + decided * sum(timing.turn.values()) + sum(timing.after.values())
        if total > timing.minutes:
            what = f"takes {total:g} minutes, more than its {timing.minutes}"
            yield "long plan", Problem(("timings", name, "minutes"), what)
