"""Makes the program of a scenario: guards parsed, effects turned into integers, steps laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from tabletop.errors import UsageError
from tabletop.rules.chance import site_key
from tabletop.rules.fingerprint import fingerprint
from tabletop.rules.guards import always
from tabletop.rules.kept import Reading
from tabletop.rules.ladder import Ladder, rungs_of
from tabletop.rules.pieces import FLASH_FLAG, Pieces, fired
from tabletop.rules.program import (
    Answer,
    Chance,
    Effect,
    Ending,
    Inject,
    Outcome,
    Policy,
    Program,
    Response,
    Rung,
    Support,
)
from tabletop.rules.timetable import Timetable
from tabletop.scenario.expression import FlagSet, Not
from tabletop.scenario.moves import CHANCE
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

    def program(self) -> Program:
        """The whole program."""
        scenario, names = self.scenario, self.names
        ranges = [names.tracks[name] for name in scenario.tracks]
        responses = self.responses
        offered = self._offered(responses)
        supports = tuple(self._support(name) for name in scenario.supports)
        rungs = rungs_of(scenario, self.guards)
        turns = Timetable(self.pieces, self.plan, self.injects, self.endings)
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
            supports=supports,
            responses=responses,
            offered=offered,
            course=tuple(self.pieces.responses[stage.course] for stage in scenario.stages.values()),
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
            automatic=turns.automatic(),
            steps=turns.steps(),
            ladder=self._ladder(rungs),
            keeps_came_from=frozenset(rung.origin for rung in rungs if rung.returns_to is not None),
            trees=self.guards.trees,
            hash=fingerprint(scenario, self.settings, self.plan),
            deciding=self._deciding(supports, responses, offered),
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
        return self.pieces.weighed("start/aim", key, "aim", "aim", outcomes, weights)

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

    def _deciding(
        self,
        supports: tuple[Support, ...],
        responses: tuple[Response, ...],
        offered: Mapping[tuple[str, int, int], tuple[int, ...]],
    ) -> dict[tuple[str, int, int], Reading]:
        """What tells at each decision which responses are open, and under which supports."""
        tests = [
            test
            for support in supports
            for test in (support.test, *(extra.test for extra in support.effect.also))
        ]
        readings = {}
        for place, numbers in offered.items():
            asked = [responses[number] for number in numbers]
            about = [test for each in asked for test in (each.test, each.consent)]
            readings[place] = self.guards.reading([*tests, *about])
        return readings

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

    def _ladder(self, rungs: Sequence[Rung]) -> Ladder:
        tests = (rung.test for rung in rungs)
        return Ladder(self.stages, rungs, self.guards.reading(tests, "stage", "came_from"))

    def _policy(self, name: str) -> Policy:
        part = self.scenario.doctrines[name]
        rules = tuple(
            (
                self.guards.test(rule.when),
                tuple(self.pieces.responses[response] for response in rule.choose),
                self.pieces.supports[rule.support] if rule.support else 0,
            )
            for rule in part.rules
        )
        return Policy(name, part.uniform, rules, part.answers)
