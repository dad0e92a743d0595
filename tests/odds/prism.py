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
from tests.odds.prism_decisions import UNIFORM, Decisions
from tests.odds.prism_model import Model
from tests.odds.prism_terms import Terms, Values, all_of, any_of

__all__ = ["UNIFORM", "export"]


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
        self.model = Model()
        planned = scenario.timings[plan].turns if plan is not None else None
        self.decisions = Decisions(self.terms, self.model, doctrine, planned)
        self.stages = list(scenario.stages)
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

    def next(self, place: str) -> str:
        """The place of the step after this one."""
        return self.order[self.order.index(place) + 1]

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
            self.model.command(
                place, f"!({when})", ("1", self.model.update(self.here, self.next(place)))
            )
            self._draw(place, when, event.outcomes, self.next(place), reaction=False)
        self._climb()
        self._close()
        return "\n".join([*self._head(), "", "module game", *self._variables(), ""]) + "\n".join(
            ["", *self.model.commands, "endmodule", *self._rewards(), ""]
        )

    def _begin(self) -> None:
        first = self.model.place(self.order[0])
        if self.aim is not None:
            self.model.command("begin", "true", ("1", f"(at' = {first})"))
            return
        weights = [self.terms.weight(aim.weight, self.here) for aim in self.scenario.aims.values()]
        total = " + ".join(weights)
        branches = [
            (f"{weight} / ({total})", f"(at' = {first}) & (aim' = {number})")
            for number, weight in enumerate(weights)
        ]
        self.model.command("begin", "true", *branches)

    def _entered(self, name: str, following: str) -> str:
        part = self.scenario.injects[name]
        then = self.terms.clamped(self.terms.after(part, self.here, self.terms.spends(name)))
        return self.model.update(then, f"flash_{name}" if part.answers else following)

    def _inject(self, name: str) -> None:
        part = self.scenario.injects[name]
        if part.turn is None:
            following = self.next("news")
        else:
            place, comes = f"inject_{name}", self.terms.comes(name)
            following = self.next(place)
            self.model.command(place, comes, ("1", self._entered(name, following)))
            self.model.command(place, f"!({comes})", ("1", self.model.update(self.here, following)))
        if part.answers:
            self._flash(name, part, following)

    def _flash(self, name: str, part: Inject, following: str) -> None:
        place = f"flash_{name}"
        first = next(iter(part.answers))
        for when, who in self.decisions.players():
            updates = {
                answer: self._answered(name, answer, choice, following)
                for answer, choice in part.answers.items()
            }
            if who is None:
                for update in updates.values():
                    self.model.command(place, when, ("1", update))
            elif isinstance(who, Doctrine) and not who.uniform:
                self.model.command(place, when, ("1", updates[who.answers.get(name, first)]))
            elif isinstance(who, tuple):
                self.model.command(place, when, ("1", updates[first]))
            else:
                odds = f"1/{len(updates)}"
                self.model.command(place, when, *((odds, update) for update in updates.values()))

    def _answered(self, inject: str, answer: str, choice: Answer, following: str) -> str:
        then = self.terms.after(choice, self.here)
        if not choice.reaction:
            return self.model.update(self.terms.clamped(then), following)
        place = f"answer_{inject}_{answer}"
        self._draw(place, "true", choice.reaction, following, reaction=True)
        return self.model.update(then, place)

    def _news(self) -> None:
        if not self.by_chance:
            return
        following = self.next("news")
        weights = [self.terms.weight(self.scenario.quiet, self.here)]
        updates = [self.model.update(self.here, following)]
        for name in self.by_chance:
            weight = self.terms.weight(self.scenario.injects[name].weight or 0, self.here)
            weights.append(f"(({self.terms.comes(name)}) ? {weight} : 0)")
            updates.append(self._entered(name, following))
        total = " + ".join(weights)
        odds = [f"{weight} / ({total})" for weight in weights]
        self.model.command("news", "true", *zip(odds, updates, strict=True))

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
                updates.append(self.model.update(self.terms.clamped(then), following))
                continue
            deeper = f"table_{table}_before_{following}"
            updates.append(self.model.update(then, deeper))
            outcomes = self.scenario.tables[table].outcomes
            self._draw(deeper, "true", outcomes, following, reaction=False)
        total = " + ".join(weights)
        odds = [f"{weight} / ({total})" for weight in weights]
        self.model.command(place, when, *zip(odds, updates, strict=True))

    # --- decisions

    def _decide(self) -> None:
        for response, part in self.scenario.responses.items():
            then, place = self.terms.after(part, self.here), f"do_{response}"
            following = self.next("decide")
            if part.reaction:
                self.model.command(
                    place, "true", ("1", self.model.update(then, f"react_{response}"))
                )
                self._draw(f"react_{response}", "true", part.reaction, following, reaction=True)
            else:
                self.model.command(
                    place, "true", ("1", self.model.update(self.terms.clamped(then), following))
                )
        self.decisions.write()

    # --- the end of a turn

    def _climb(self) -> None:
        blocked = "false"
        go_on = f"(at' = {self.model.place(self.next('climb'))})"
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
            self.model.command("climb", f"!({blocked}) & {fits}", ("1", moved))
            blocked = any_of([blocked, fits])
        self.model.command("climb", f"!({blocked})", ("1", go_on))

    def _close(self) -> None:
        last = len(self.scenario.calendar)
        blocked = "false"
        for number, ending in enumerate(self.scenario.endings.values()):
            due = "true" if ending.at == "any" else f"turn = {last}"
            fits = all_of([due, self.terms.guard(ending.when, self.here)])
            # What is left of the world does not matter any more: set back, all such states merge.
            over = f"(at' = {self.model.place('over')}) & (ending' = {number}) & {self._set_back()}"
            self.model.command("close", f"!({blocked}) & {fits}", ("1", over))
            blocked = any_of([blocked, fits])
        flags = dict(self.here.flags)
        for name, flag in self.scenario.flags.items():
            if flag.remembers:
                flags[name] = f"f_{flag.remembers}"
            elif flag.lasts == "turn":
                flags[name] = "false"
        opened = self.model.update(Values(self.here.tracks, flags), self.order[0])
        self.model.command(
            "close", f"!({blocked}) & turn < {last}", ("1", f"{opened} & (turn' = turn + 1)")
        )
        self.model.command("over", "true", ("1", f"(at' = {self.model.place('done')})"))
        self.model.command("done", "true", ("1", "true"))

    def _set_back(self) -> str:
        fixed = "(turn' = 1) & (stage' = 0) & (came' = -1) & (aim' = 0)"
        tracks = [f"(t_{name}' = {self.terms.start(name)})" for name in self.scenario.tracks]
        return " & ".join([fixed, *tracks, *(f"({name}' = false)" for name in self._flag_names())])

    # --- the frame

    def _flag_names(self) -> list[str]:
        return [f"f_{name}" for name in self.here.flags]

    def _head(self) -> list[str]:
        constants = [f"const int at_{name} = {place};" for name, place in self.model.places.items()]
        return [
            "mdp" if self.doctrine is None else "dtmc",
            "",
            *constants,
            "",
            *self.model.formulas,
        ]

    def _variables(self) -> list[str]:
        aims = list(self.scenario.aims)
        aim = 0 if self.aim is None else aims.index(self.aim)
        flags = self.scenario.flags
        starts = {f"f_{name}": name in flags and flags[name].start for name in self.here.flags}
        lines = [
            f"  at : [0..{len(self.model.places) - 1}] init at_begin;",
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
