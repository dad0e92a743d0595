"""Makes the program of a scenario: guards parsed, effects turned into integers, steps laid out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tabletop.errors import UsageError
from tabletop.rules.chance import site_key
from tabletop.rules.fingerprint import fingerprint
from tabletop.rules.guards import Addend, Test, always
from tabletop.rules.ladder import Ladder
from tabletop.rules.pieces import FLASH_FLAG, Pieces, fired, weighed
from tabletop.rules.program import (
    PRESET,
    Answer,
    Chance,
    Effect,
    Ending,
    Event,
    Inject,
    Outcome,
    Policy,
    Program,
    Response,
    Rung,
    Support,
)
from tabletop.rules.turn import (
    DecideStep,
    EndStep,
    EventStep,
    InjectStep,
    LadderStep,
    RandomInjectStep,
    Step,
)
from tabletop.scenario.expression import FlagSet, Not
from tabletop.scenario.moves import CHANCE, QUIET
from tabletop.scenario.schema import Scenario


def settings_of(scenario: Scenario, chosen: Mapping[str, str]) -> dict[str, str]:
    """The value's name of every assumption: the chosen ones, else the defaults.

    Raises `UsageError` for an unknown assumption or value.
    """
    settings = {name: dial.default for name, dial in scenario.assumptions.items()}
    for name, value in chosen.items():
        if name not in settings:
            known = ", ".join(settings) or "none"
            raise UsageError(f"unknown assumption {name!r}: this scenario has {known}")
        values = scenario.assumptions[name].values
        if value not in values:
            raise UsageError(f"{name} cannot be {value!r}: it is one of {', '.join(values)}")
        settings[name] = value
    return settings


def compile_program(
    scenario: Scenario, assumptions: Mapping[str, str] | None = None, plan: str | None = None
) -> Program:
    """The program of a valid scenario under some assumptions and a timing plan.

    Raises `UsageError` for an unknown assumption, value or plan.
    """
    settings = settings_of(scenario, assumptions or {})
    if plan is not None and plan not in scenario.timings:
        known = ", ".join(scenario.timings) or "none"
        raise UsageError(f"unknown plan {plan!r}: this scenario has {known}")
    return _Compiler(scenario, settings, plan).program()


class _Compiler:
    """Walks a scenario once; every method makes one kind of piece."""

    def __init__(self, scenario: Scenario, settings: dict[str, str], plan: str | None) -> None:
        self.scenario = scenario
        self.settings = settings
        self.plan = plan
        self.stages = list(scenario.stages)
        self.pieces = Pieces(scenario, settings)
        self.layout = self.pieces.layout
        self.names = self.pieces.names
        self.guards = self.pieces.guards
        self.response_numbers = {name: index for index, name in enumerate(scenario.responses)}
        self.support_numbers = {name: index for index, name in enumerate(scenario.supports)}

    def program(self) -> Program:
        """The whole program."""
        scenario, names = self.scenario, self.names
        ranges = [names.tracks[name] for name in scenario.tracks]
        responses = self.responses
        return Program(
            scenario=scenario,
            assumptions=self.settings,
            plan=self.plan,
            layout=self.layout,
            turns=len(scenario.calendar),
            low=tuple(low for low, _ in ranges),
            high=tuple(high for _, high in ranges),
            start=tuple(self._start(name) for name in scenario.tracks),
            start_flags=self.layout.mask(
                tuple(name for name, flag in scenario.flags.items() if flag.start)
            ),
            turn_flags=self.layout.mask(
                tuple(name for name, flag in scenario.flags.items() if flag.lasts == "turn")
            ),
            remembered=tuple(
                (self.layout.mask((flag.remembers,)), self.layout.mask((name,)))
                for name, flag in scenario.flags.items()
                if flag.remembers
            ),
            aims=self._aims(),
            supports=tuple(self._support(name) for name in scenario.supports),
            responses=responses,
            offered=self._offered(responses),
            course=tuple(self.response_numbers[stage.course] for stage in scenario.stages.values()),
            injects=self.injects,
            endings=self.endings,
            occurs=self.guards.test(scenario.forecast.occurs),
            goals={
                goal.met: self.guards.test(goal.met)
                for role in scenario.roles.values()
                for goal in role.goals
                if goal.met
            },
            policies={name: self._policy(name) for name in scenario.doctrines},
            automatic=tuple(self._automatic(turn) for turn in range(len(scenario.calendar))),
            steps=tuple(self._steps(turn) for turn in range(1, len(scenario.calendar) + 1)),
            ladder=Ladder(self.stages, self.rungs),
            keeps_came_from=frozenset(
                rung.origin for rung in self.rungs if rung.returns_to is not None
            ),
            trees=self.guards.trees,
            hash=fingerprint(scenario, self.settings, self.plan),
        )

    def _start(self, name: str) -> int:
        start = self.scenario.tracks[name].start
        return start if isinstance(start, int) else self.names.levels[name][start]

    def _aims(self) -> Chance:
        outcomes = [Outcome(name, Effect(CHANCE)) for name in self.scenario.aims]
        weights = [
            self.guards.addends(aim.weight, f"aims.{name}.weight")
            for name, aim in self.scenario.aims.items()
        ]
        key = site_key("start", CHANCE, "aim")
        return weighed("start/aim", key, "aim", "aim", outcomes, weights)

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """Every response, in file order."""
        return tuple(self._response(name) for name in self.scenario.responses)

    def _response(self, name: str) -> Response:
        part = self.scenario.responses[name]
        side = part.side or next(iter(self.scenario.sides))
        step = f"decide:{side}"
        return Response(
            id=name,
            side=side,
            stages=frozenset(self.stages.index(stage) for stage in part.stages),
            turns=None if part.turns is None else frozenset(part.turns),
            test=self.guards.test(part.when),
            consent=self.guards.test(part.consent.when) if part.consent else always,
            effect=self.pieces.effect(part, side),
            reaction=self.pieces.chance(step, "reaction", "reaction", name, CHANCE, part.reaction)
            if part.reaction
            else None,
        )

    def _support(self, name: str) -> Support:
        part = self.scenario.supports[name]
        side = next(iter(self.scenario.sides))
        return Support(name, self.guards.test(part.when), self.pieces.effect(part, side))

    def _offered(
        self, responses: tuple[Response, ...]
    ) -> dict[tuple[str, int, int], tuple[int, ...]]:
        turns = range(1, len(self.scenario.calendar) + 1)
        return {
            (side, stage, turn): tuple(
                number
                for number, response in enumerate(responses)
                if response.side == side
                and stage in response.stages
                and (response.turns is None or turn in response.turns)
            )
            for side in self.scenario.sides
            for stage in range(len(self.stages))
            for turn in turns
        }

    @cached_property
    def injects(self) -> dict[str, Inject]:
        """Every inject, with its once-only and flash bits worked into guard and effect."""
        return {name: self._inject(name) for name in self.scenario.injects}

    def _inject(self, name: str) -> Inject:
        part = self.scenario.injects[name]
        spent = [FLASH_FLAG] if part.answers else []
        spent += [fired(name)] if fired(name) in self.layout.flags else []
        step, side = f"inject:{name}", next(iter(self.scenario.sides))
        answers = tuple(
            Answer(
                id=answer,
                effect=self.pieces.effect(choice, side),
                reaction=self.pieces.chance(
                    f"{step}/{answer}",
                    "reaction",
                    "answer",
                    f"{name}.{answer}",
                    CHANCE,
                    choice.reaction,
                )
                if choice.reaction
                else None,
            )
            for answer, choice in part.answers.items()
        )
        test = self.guards.test(part.when)
        for flag in spent:
            test = self.guards.both(self.guards.compiled(Not(FlagSet(flag))), test)
        return Inject(name, test, self.pieces.effect(part, part.by or CHANCE, *spent), answers)

    @cached_property
    def endings(self) -> tuple[Ending, ...]:
        """Every ending, in file order."""
        return tuple(
            Ending(name, self.guards.test(part.when), part.at == "any")
            for name, part in self.scenario.endings.items()
        )

    def _event(self, name: str) -> Event:
        part = self.scenario.events[name]
        chance = self.pieces.chance(f"event:{name}", name, "event", name, part.by, part.outcomes)
        return Event(name, self.guards.test(part.when), chance)

    def _policy(self, name: str) -> Policy:
        part = self.scenario.doctrines[name]
        rules = tuple(
            (
                self.guards.test(rule.when),
                tuple(self.response_numbers[response] for response in rule.choose),
                self.support_numbers[rule.support] if rule.support else 0,
            )
            for rule in part.rules
        )
        return Policy(name, part.uniform, rules, part.answers)

    @cached_property
    def rungs(self) -> list[Rung]:
        """Every move along the ladder, in file order."""
        rungs = []
        for number, part in enumerate(self.scenario.transitions):
            origins = self.stages if part.from_ == "any" else part.from_
            for origin in origins:
                returning = part.to == "previous"
                targets = self._ways_in(origin) if returning else [part.to]
                for target in targets:
                    if target == origin:
                        continue
                    index = self.stages.index(target)
                    rungs.append(
                        Rung(
                            number,
                            self.stages.index(origin),
                            index,
                            self.guards.test(part.when),
                            index if returning else None,
                        )
                    )
        return rungs

    def _ways_in(self, stage: str) -> list[str]:
        """The stages that a stage can be entered from, by a way back too."""
        return [origin for origin in self.stages if stage in self._ways_on[origin]]

    @cached_property
    def _ways_on(self) -> dict[str, set[str]]:
        """By stage: the stages that follow it, closed over the ways back."""
        ways: dict[str, set[str]] = {stage: set() for stage in self.stages}
        backs: set[str] = set()
        for part in self.scenario.transitions:
            for origin in self.stages if part.from_ == "any" else part.from_:
                if part.to == "previous":
                    backs.add(origin)
                elif part.to != origin:
                    ways[origin].add(part.to)
        while True:
            found = {
                (stage, origin)
                for stage in backs
                for origin in self.stages
                if stage in ways[origin] and origin not in ways[stage]
            }
            if not found:
                return ways
            for stage, origin in found:
                ways[stage].add(origin)

    def _automatic(self, turn: int) -> str | None:
        if self.plan is None:
            return None
        planned = self.scenario.timings[self.plan].turns[turn]
        if planned.mode == "decided":
            return None
        return planned.doctrine if planned.mode == "standing" else PRESET

    def _decide(self, side: str, turn: int) -> Step:
        automatic = self._automatic(turn - 1)
        if automatic is None:
            return DecideStep(side)
        if automatic != PRESET:
            return DecideStep(side, doctrine=automatic)
        planned = self.scenario.timings[self.plan or ""].turns[turn - 1]
        support = self.support_numbers[planned.support] if planned.support else 0
        return DecideStep(side, preset=(self.response_numbers[planned.response or ""], support))

    def _steps(self, turn: int) -> tuple[Step, ...]:
        scheduled = [name for name, part in self.scenario.injects.items() if part.turn == turn]
        steps: list[Step] = [InjectStep(self.injects[name]) for name in scheduled]
        chance = self._random_injects(turn)
        if chance is not None:
            steps.append(RandomInjectStep(chance))
        deciding = {response.side for response in self.responses}
        steps += [self._decide(side, turn) for side in self.scenario.sides if side in deciding]
        steps += [EventStep(self._event(name)) for name in self.scenario.events]
        return (
            *steps,
            LadderStep(),
            EndStep(self.endings, self.guards.test(self.scenario.forecast.occurs)),
        )

    def _random_injects(self, turn: int) -> Chance | None:
        names = [
            name
            for name, part in self.scenario.injects.items()
            if part.turns is not None and turn in part.turns
        ]
        if not names:
            return None
        news = [Outcome(name, Effect(CHANCE), inject=self.injects[name]) for name in names]
        outcomes = [Outcome(QUIET, Effect(CHANCE)), *news]
        weights = [self.guards.addends(self.scenario.quiet, "quiet")]
        for name in names:
            parts = self.guards.addends(
                self.scenario.injects[name].weight or 0, f"injects.{name}.weight"
            )
            weights.append([self._while(self.injects[name].test, part) for part in parts])
        key = site_key("inject", CHANCE, "random")
        return weighed("inject/random", key, "inject", "random", outcomes, weights)

    def _while(self, test: Test, part: Addend) -> Addend:
        return part._replace(test=self.guards.both(test, part.test))
