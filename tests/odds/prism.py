"""Writes a scenario in the PRISM language, so that another model checker can judge our odds.

Written from the scenario's parts and the turn as `docs/rules.md` tells it, and from nothing
else: neither the compiled program nor the tables had a hand in it. Under a doctrine the
model is a chain (dtmc); left open it is a decision process (mdp) for the best and the worst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.scenario.moves import Answer, Doctrine, Inject, Outcome
from tabletop.scenario.parts import Consequence
from tabletop.scenario.schema import Scenario
from tests.odds.prism_terms import Terms, Values, all_of, any_of

UNIFORM = "uniform"
"""As a doctrine: any open response, then any support under which it is open."""
Pair = tuple[str, str]
"""A response and a support."""


def export(
    scenario: Scenario,
    doctrine: str | None,
    *,
    aim: str | None = None,
    assumptions: Mapping[str, str] | None = None,
    plan: str | None = None,
    values: Mapping[str, float] | None = None,
) -> str:
    """The model of a scenario under a doctrine of its own or `UNIFORM`; an mdp for None.

    Without an aim, one is drawn first, by its weights. `values` become the reward `value`,
    which is paid once a game is over. Labels: each ending's position is `ending=N & at=over`.
    """
    return _Exporter(scenario, doctrine, aim, assumptions or {}, plan, values).text()


class _Exporter:
    """Collects constants, formulas and commands of one model."""

    def __init__(
        self,
        scenario: Scenario,
        doctrine: str | None,
        aim: str | None,
        assumptions: Mapping[str, str],
        plan: str | None,
        values: Mapping[str, float] | None,
    ) -> None:
        self.scenario, self.doctrine, self.aim, self.worth = scenario, doctrine, aim, values
        self.terms = Terms(scenario, assumptions)
        self.here = self.terms.here
        self.turns = scenario.timings[plan].turns if plan is not None else None
        self.stages = list(scenario.stages)
        self.places: dict[str, int] = {}
        self.formulas: list[str] = []
        self.commands: list[str] = []
        self.drawn: set[str] = set()
        scheduled = [name for name, part in scenario.injects.items() if part.turn is not None]
        self.by_chance = [name for name, part in scenario.injects.items() if part.turns is not None]
        self.order = [
            *(f"inject_{name}" for name in scheduled),
            *(["news"] if self.by_chance else []),
            "decide",
            *(f"event_{name}" for name in scenario.events),
            "climb",
            "close",
        ]

    def update(self, at: Values, place: str) -> str:
        """The assignments that make the values so and go on to a place."""
        changes = [f"(at' = {self.place(place)})"]
        for name, value in at.tracks.items():
            if value != f"t_{name}":
                changes.append(f"(t_{name}' = {value})")
        for name, value in at.flags.items():
            if value != f"f_{name}":
                changes.append(f"(f_{name}' = {value})")
        return " & ".join(changes)

    def place(self, name: str) -> str:
        """A place on the way through a turn, as a constant of the model."""
        self.places.setdefault(name, len(self.places))
        return f"at_{name}"

    def next(self, place: str) -> str:
        """The place of the step after this one."""
        return self.order[self.order.index(place) + 1]

    def command(self, place: str, when: str, *branches: tuple[str, str]) -> None:
        """One command: where, under which condition, and (probability, update) pairs."""
        body = " + ".join(f"{odds} : {update}" for odds, update in branches)
        self.commands.append(f"  [] at = {self.place(place)} & ({when}) -> {body};")

    # --- the steps of a turn

    def text(self) -> str:
        """The whole model."""
        self._begin()
        for name in self.scenario.injects:
            self._inject(name)
        self._news()
        self._decide()
        for name, event in self.scenario.events.items():
            place = f"event_{name}"
            when = self.terms.guard(event.when, self.here)
            self.command(place, f"!({when})", ("1", self.update(self.here, self.next(place))))
            self._draw(place, when, event.outcomes, self.next(place), reaction=False)
        self._climb()
        self._close()
        return "\n".join([*self._head(), "", "module game", *self._variables(), ""]) + "\n".join(
            ["", *self.commands, "endmodule", *self._rewards(), ""]
        )

    def _begin(self) -> None:
        first = self.place(self.order[0])
        if self.aim is not None:
            self.command("begin", "true", ("1", f"(at' = {first})"))
            return
        weights = [self.terms.weight(aim.weight, self.here) for aim in self.scenario.aims.values()]
        total = " + ".join(weights)
        branches = [
            (f"{weight} / ({total})", f"(at' = {first}) & (aim' = {number})")
            for number, weight in enumerate(weights)
        ]
        self.command("begin", "true", *branches)

    def _entered(self, name: str, following: str) -> str:
        part = self.scenario.injects[name]
        then = self.terms.clamped(self.terms.after(part, self.here, self.terms.spends(name)))
        return self.update(then, f"flash_{name}" if part.answers else following)

    def _inject(self, name: str) -> None:
        part = self.scenario.injects[name]
        if part.turn is None:
            following = self.next("news")
        else:
            place, comes = f"inject_{name}", self.terms.comes(name)
            following = self.next(place)
            self.command(place, comes, ("1", self._entered(name, following)))
            self.command(place, f"!({comes})", ("1", self.update(self.here, following)))
        if part.answers:
            self._flash(name, part, following)

    def _flash(self, name: str, part: Inject, following: str) -> None:
        place = f"flash_{name}"
        first = next(iter(part.answers))
        for when, who in self._players():
            updates = {
                answer: self._answered(name, answer, choice, following)
                for answer, choice in part.answers.items()
            }
            if who is None:
                for update in updates.values():
                    self.command(place, when, ("1", update))
            elif isinstance(who, Doctrine) and not who.uniform:
                self.command(place, when, ("1", updates[who.answers.get(name, first)]))
            elif isinstance(who, tuple):
                self.command(place, when, ("1", updates[first]))
            else:
                odds = f"1/{len(updates)}"
                self.command(place, when, *((odds, update) for update in updates.values()))

    def _answered(self, inject: str, answer: str, choice: Answer, following: str) -> str:
        then = self.terms.after(choice, self.here)
        if not choice.reaction:
            return self.update(self.terms.clamped(then), following)
        place = f"answer_{inject}_{answer}"
        self._draw(place, "true", choice.reaction, following, reaction=True)
        return self.update(then, place)

    def _news(self) -> None:
        if not self.by_chance:
            return
        following = self.next("news")
        weights = [self.terms.weight(self.scenario.quiet, self.here)]
        updates = [self.update(self.here, following)]
        for name in self.by_chance:
            weight = self.terms.weight(self.scenario.injects[name].weight or 0, self.here)
            weights.append(f"(({self.terms.comes(name)}) ? {weight} : 0)")
            updates.append(self._entered(name, following))
        total = " + ".join(weights)
        odds = [f"{weight} / ({total})" for weight in weights]
        self.command("news", "true", *zip(odds, updates, strict=True))

    def _draw(
        self,
        place: str,
        when: str,
        listed: Sequence[Outcome],
        following: str,
        *,
        reaction: bool,
    ) -> None:
        """A draw at a place; what it adds is clamped unless a table is drawn from next."""
        if place in self.drawn:
            return
        self.drawn.add(place)
        weights, updates = [], []
        for outcome in listed:
            kind = self.scenario.reactions.get(outcome.id) if reaction else None
            weights.append(self.terms.weight(outcome.weight, self.here, kind.shift if kind else 0))
            part = Consequence(
                effects=outcome.effects or (kind.effects if kind else {}),
                sets=outcome.sets or (kind.sets if kind else ()),
                clears=outcome.clears or (kind.clears if kind else ()),
                also=outcome.also or (kind.also if kind else ()),
            )
            then = self.terms.after(part, self.here)
            table = outcome.draw or (kind.draw if kind else None)
            if table is None:
                updates.append(self.update(self.terms.clamped(then), following))
                continue
            deeper = f"table_{table}_before_{following}"
            updates.append(self.update(then, deeper))
            outcomes = self.scenario.tables[table].outcomes
            self._draw(deeper, "true", outcomes, following, reaction=False)
        total = " + ".join(weights)
        odds = [f"{weight} / ({total})" for weight in weights]
        self.command(place, when, *zip(odds, updates, strict=True))

    # --- decisions

    def _players(self) -> list[tuple[str, Doctrine | Pair | str | None]]:
        """Who decides in which turns: a doctrine, a fixed pair, `UNIFORM`, or None: anybody."""
        named = self.scenario.doctrines.get(self.doctrine or "")
        free: Doctrine | str | None = named if named is not None else self.doctrine
        found: list[tuple[str, Doctrine | Pair | str | None]] = []
        open_turns = []
        for number, planned in enumerate(self.turns or (), start=1):
            if planned.mode == "decided":
                open_turns.append(f"turn = {number}")
            elif planned.mode == "standing":
                standing = self.scenario.doctrines[planned.doctrine or ""]
                found.append((f"turn = {number}", standing))
            else:
                support = planned.support or next(iter(self.scenario.supports))
                found.append((f"turn = {number}", (planned.response or "", support)))
        if self.turns is None:
            found.append(("true", free))
        elif open_turns:
            found.append((any_of(open_turns), free))
        return found

    def _decide(self) -> None:
        for support in self.scenario.supports:
            for response in self.scenario.responses:
                self._opening(response, support)
        for response, part in self.scenario.responses.items():
            then, place = self.terms.after(part, self.here), f"do_{response}"
            following = self.next("decide")
            if part.reaction:
                self.command(place, "true", ("1", self.update(then, f"react_{response}")))
                self._draw(f"react_{response}", "true", part.reaction, following, reaction=True)
            else:
                self.command(place, "true", ("1", self.update(self.terms.clamped(then), following)))
        for number, (when, who) in enumerate(self._players()):
            if who is None:
                for pair in self._pairs():
                    self.command("decide", f"({when}) & {self._is_open(pair)}", self._taken(pair))
            elif isinstance(who, tuple):
                self._first_of(f"free_{number}", when, [(self._is_open(who), who)])
            elif isinstance(who, Doctrine) and not who.uniform:
                self._first_of(f"free_{number}", when, self._rules(who))
            else:
                self._at_random(when)

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
        self.formulas.append(f"formula {self._is_open((response, support))} = {all_of(parts)};")

    def _pairs(self) -> list[Pair]:
        return [(one, two) for one in self.scenario.responses for two in self.scenario.supports]

    @staticmethod
    def _is_open(pair: Pair) -> str:
        return f"open_{pair[0]}_with_{pair[1]}"

    def _taken(self, pair: Pair, odds: str = "1") -> tuple[str, str]:
        then = self.terms.clamped(self.terms.after(self.scenario.supports[pair[1]], self.here))
        return odds, self.update(then, f"do_{pair[0]}")

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
        self.formulas.append(f"formula {free}_0 = {when};")
        for number, (holds, pair) in enumerate(options):
            self.command("decide", f"{free}_{number} & ({holds})", self._taken(pair))
            self.formulas.append(f"formula {free}_{number + 1} = {free}_{number} & !({holds});")
        for number, stage in enumerate(self.scenario.stages.values()):
            holds = f"{free}_{len(options)} & stage = {number}"
            self.command("decide", holds, self._taken((stage.course, first)))

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
        self.command("decide", when, *branches)

    # --- the end of a turn

    def _climb(self) -> None:
        blocked = "false"
        go_on = f"(at' = {self.place(self.next('climb'))})"
        for way in self.scenario.transitions:
            origins = self.stages if way.from_ == "any" else way.from_
            standing = any_of(f"stage = {self.stages.index(origin)}" for origin in origins)
            if way.to == "previous":
                target, there = "came", "came >= 0"
            else:
                target = str(self.stages.index(way.to))
                there = f"stage != {target}"
            fits = all_of([standing, there, self.terms.guard(way.when, self.here)])
            moved = f"{go_on} & (stage' = {target}) & (came' = stage)"
            self.command("climb", f"!({blocked}) & {fits}", ("1", moved))
            blocked = any_of([blocked, fits])
        self.command("climb", f"!({blocked})", ("1", go_on))

    def _close(self) -> None:
        last = len(self.scenario.calendar)
        blocked = "false"
        for number, ending in enumerate(self.scenario.endings.values()):
            due = "true" if ending.at == "any" else f"turn = {last}"
            fits = all_of([due, self.terms.guard(ending.when, self.here)])
            # What is left of the world does not matter any more: set back, all such states merge.
            over = f"(at' = {self.place('over')}) & (ending' = {number}) & {self._set_back()}"
            self.command("close", f"!({blocked}) & {fits}", ("1", over))
            blocked = any_of([blocked, fits])
        flags = dict(self.here.flags)
        for name, flag in self.scenario.flags.items():
            if flag.remembers:
                flags[name] = f"f_{flag.remembers}"
            elif flag.lasts == "turn":
                flags[name] = "false"
        opened = self.update(Values(self.here.tracks, flags), self.order[0])
        self.command(
            "close", f"!({blocked}) & turn < {last}", ("1", f"{opened} & (turn' = turn + 1)")
        )
        self.command("over", "true", ("1", f"(at' = {self.place('done')})"))
        self.command("done", "true", ("1", "true"))

    def _set_back(self) -> str:
        fixed = "(turn' = 1) & (stage' = 0) & (came' = -1) & (aim' = 0)"
        tracks = [f"(t_{name}' = {self.terms.start(name)})" for name in self.scenario.tracks]
        return " & ".join([fixed, *tracks, *(f"({name}' = false)" for name in self._flag_names())])

    # --- the frame

    def _flag_names(self) -> list[str]:
        return [f"f_{name}" for name in self.here.flags]

    def _head(self) -> list[str]:
        constants = [f"const int at_{name} = {place};" for name, place in self.places.items()]
        return ["mdp" if self.doctrine is None else "dtmc", "", *constants, "", *self.formulas]

    def _variables(self) -> list[str]:
        aims = list(self.scenario.aims)
        aim = 0 if self.aim is None else aims.index(self.aim)
        flags = self.scenario.flags
        starts = {f"f_{name}": name in flags and flags[name].start for name in self.here.flags}
        lines = [
            f"  at : [0..{len(self.places) - 1}] init at_begin;",
            f"  turn : [1..{len(self.scenario.calendar)}] init 1;",
            f"  stage : [0..{len(self.stages) - 1}] init 0;",
            f"  came : [-1..{len(self.stages) - 1}] init -1;",
            f"  aim : [0..{len(aims) - 1}] init {aim};",
            f"  ending : [-1..{len(self.scenario.endings) - 1}] init -1;",
        ]
        room = self.terms.overshoot()
        for name in self.scenario.tracks:
            low, high = self.terms.names.tracks[name]
            lines.append(
                f"  t_{name} : [{low - room}..{high + room}] init {self.terms.start(name)};"
            )
        lines += [f"  {flag} : bool init {str(on).lower()};" for flag, on in starts.items()]
        return lines

    def _rewards(self) -> list[str]:
        if self.worth is None:
            return []
        lines = [
            f"  at = at_over & ending = {number} : {self.worth[name]!r};"
            for number, name in enumerate(self.scenario.endings)
        ]
        return ["", 'rewards "value"', *lines, "endrewards"]
