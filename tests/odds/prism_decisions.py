"""The decisions of a PRISM model: what is open, and who takes it, by rule, by lot or freely."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.scenario.moves import Doctrine
from tabletop.scenario.schema import PlannedTurn
from tests.odds.prism_model import Model
from tests.odds.prism_terms import Terms, all_of, any_of

UNIFORM = "uniform"
"""As a doctrine: any open response, then any support under which it is open."""
Pair = tuple[str, str]
"""A response and a support."""
Player = Doctrine | Pair | str | None
"""A doctrine, a fixed pair, `UNIFORM`, or None: anybody, however well."""


class Decisions:
    """Writes the commands at `decide`; each leads to `do_` and the response that was taken."""

    def __init__(
        self,
        terms: Terms,
        model: Model,
        doctrine: str | None,
        planned: Sequence[PlannedTurn] | None,
    ) -> None:
        self.terms, self.model, self.doctrine, self.planned = terms, model, doctrine, planned
        self.scenario, self.here = terms.scenario, terms.here
        self.stages = list(terms.scenario.stages)

    def write(self) -> None:
        """Every way to decide, in every turn."""
        for pair in self._pairs():
            self._opening(*pair)
        for number, (when, who) in enumerate(self.players()):
            if who is None:
                for pair in self._pairs():
                    self.model.command(
                        "decide", f"({when}) & {self._is_open(pair)}", self._taken(pair)
                    )
            elif isinstance(who, tuple):
                self._first_of(f"free_{number}", when, [(self._is_open(who), who)])
            elif isinstance(who, Doctrine) and not who.uniform:
                self._first_of(f"free_{number}", when, self._rules(who))
            else:
                self._at_random(when)

    def players(self) -> list[tuple[str, Player]]:
        """Who decides in which turns: a doctrine, a fixed pair, `UNIFORM`, or None: anybody."""
        named = self.scenario.doctrines.get(self.doctrine or "")
        free: Player = named if named is not None else self.doctrine
        found: list[tuple[str, Player]] = []
        open_turns = []
        for number, planned in enumerate(self.planned or (), start=1):
            if planned.mode == "decided":
                open_turns.append(f"turn = {number}")
            elif planned.mode == "standing":
                standing = self.scenario.doctrines[planned.doctrine or ""]
                found.append((f"turn = {number}", standing))
            else:
                support = planned.support or next(iter(self.scenario.supports))
                found.append((f"turn = {number}", (planned.response or "", support)))
        if self.planned is None:
            found.append(("true", free))
        elif open_turns:
            found.append((any_of(open_turns), free))
        return found

    def _opening(self, response: str, support: str) -> None:
        """The formula that tells whether a response is open together with a support."""
        part, helper = self.scenario.responses[response], self.scenario.supports[support]
        then = self.terms.clamped(self.terms.after(helper, self.here))
        parts = [
            self.terms.guard(helper.when, self.here),
            any_of(f"stage = {self.stages.index(stage)}" for stage in part.stages),
            self.terms.guard(part.when, then),
            self.terms.guard(part.consent.when, then) if part.consent else "true",
        ]
        if part.turns is not None:
            parts.append(any_of(f"turn = {turn}" for turn in part.turns))
        self.model.formulas.append(
            f"formula {self._is_open((response, support))} = {all_of(parts)};"
        )

    def _pairs(self) -> list[Pair]:
        return [(one, two) for one in self.scenario.responses for two in self.scenario.supports]

    @staticmethod
    def _is_open(pair: Pair) -> str:
        return f"open_{pair[0]}_with_{pair[1]}"

    def _taken(self, pair: Pair, odds: str = "1") -> tuple[str, str]:
        then = self.terms.clamped(self.terms.after(self.scenario.supports[pair[1]], self.here))
        return odds, self.model.update(then, f"do_{pair[0]}")

    def _rules(self, doctrine: Doctrine) -> list[tuple[str, Pair]]:
        first = next(iter(self.scenario.supports))
        found = []
        for rule in doctrine.rules:
            when = self.terms.guard(rule.when, self.here)
            for response in rule.choose:
                pair = (response, rule.support or first)
                found.append((all_of([when, self._is_open(pair)]), pair))
        return found

    def _first_of(self, free: str, when: str, options: Sequence[tuple[str, Pair]]) -> None:
        """The first option whose condition holds, else the present course of the stage."""
        first = next(iter(self.scenario.supports))
        self.model.formulas.append(f"formula {free}_0 = {when};")
        for number, (holds, pair) in enumerate(options):
            self.model.command("decide", f"{free}_{number} & ({holds})", self._taken(pair))
            self.model.formulas.append(
                f"formula {free}_{number + 1} = {free}_{number} & !({holds});"
            )
        for number, stage in enumerate(self.scenario.stages.values()):
            holds = f"{free}_{len(options)} & stage = {number}"
            self.model.command("decide", holds, self._taken((stage.course, first)))

    def _at_random(self, when: str) -> None:
        """Any open response, then any support under which it is open."""
        ways = {
            response: " + ".join(
                f"({self._is_open((response, support))} ? 1 : 0)"
                for support in self.scenario.supports
            )
            for response in self.scenario.responses
        }
        total = " + ".join(f"(({count}) > 0 ? 1 : 0)" for count in ways.values())
        branches = [
            self._taken(
                pair,
                f"({self._is_open(pair)} ? 1 : 0) / (max(1, {ways[pair[0]]}) * ({total}))",
            )
            for pair in self._pairs()
        ]
        self.model.command("decide", when, *branches)
