"""Makes the program of a scenario: guards parsed, effects turned into integers, steps laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from tabletop.errors import UsageError
from tabletop.rules.chance import site_key
from tabletop.rules.fingerprint import fingerprint
from tabletop.rules.guards import Count, GuardCompiler, Layout, Test, always
from tabletop.rules.ladder import Ladder
from tabletop.rules.program import (
    PRESET,
    Answer,
    Chance,
    Conditional,
    Effect,
    Ending,
    Event,
    Inject,
    Outcome,
    Policy,
    Program,
    Response,
    Rung,
    Source,
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
from tabletop.scenario import moves
from tabletop.scenario.expression import names_of
from tabletop.scenario.parts import Consequence
from tabletop.scenario.reactions import complete
from tabletop.scenario.schema import Scenario

FLASH_FLAG = "flash decision used"
CHANCE = "chance"
QUIET = "quiet"


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
        self.layout = Layout(
            {name: index for index, name in enumerate(scenario.tracks)},
            {name: bit for bit, name in enumerate(self._flags())},
        )
        values = {
            name: scenario.assumptions[name].values[value] for name, value in settings.items()
        }
        self.names = names_of(scenario)
        self.guards = GuardCompiler(self.names, self.layout, values)
        self.response_numbers = {name: index for index, name in enumerate(scenario.responses)}
        self.support_numbers = {name: index for index, name in enumerate(scenario.supports)}
        self._tables: dict[tuple[str, str, str], Chance] = {}

    def _flags(self) -> list[str]:
        own = list(self.scenario.flags)
        if any(inject.answers for inject in self.scenario.injects.values()):
            own.append(FLASH_FLAG)
        return own + [
            _fired(name)
            for name, inject in self.scenario.injects.items()
            if inject.turns is not None and len(inject.turns) > 1
        ]

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
            ladder=Ladder(self.stages, self._rungs()),
            keeps_came_from=frozenset(
                rung.origin for rung in self._rungs() if rung.returns_to is not None
            ),
            hash=fingerprint(scenario, self.settings, self.plan),
        )

    def _start(self, name: str) -> int:
        start = self.scenario.tracks[name].start
        return start if isinstance(start, int) else self.names.levels[name][start]

    def _effect(self, part: Consequence, by: str, *more_sets: str) -> Effect:
        return Effect(
            by=by,
            deltas=self._deltas(part.effects),
            sets=self.layout.mask((*part.sets, *more_sets)),
            clears=self.layout.mask(part.clears),
            also=tuple(
                Conditional(
                    self.guards.test(extra.when),
                    Effect(
                        by=extra.by or by,
                        deltas=self._deltas(extra.effects),
                        sets=self.layout.mask(extra.sets),
                        clears=self.layout.mask(extra.clears),
                        text=extra.text,
                    ),
                )
                for extra in part.also
            ),
        )

    def _deltas(self, effects: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
        return tuple((self.layout.tracks[name], delta) for name, delta in effects.items() if delta)

    def _chance(
        self,
        step: str,
        name: str,
        source: Source,
        owner: str,
        by: str,
        listed: Iterable[moves.Outcome],
    ) -> Chance:
        kinds = self.scenario.reactions if source in ("reaction", "answer") else {}
        outcomes, weights = list[Outcome](), list[int | Count]()
        for short in listed:
            outcome = complete(short, kinds)
            shift = kinds[outcome.id].shift if outcome.id in kinds else 0
            caused_by = outcome.by or by
            following = None if outcome.draw is None else self._table(step, outcome.draw, caused_by)
            outcomes.append(Outcome(outcome.id, self._effect(outcome, caused_by), following))
            weights.append(self.guards.count(outcome.weight, shift))
        return _chance(
            f"{step}/{name}", site_key(step, CHANCE, name), source, owner, outcomes, weights
        )

    def _table(self, step: str, name: str, by: str) -> Chance:
        key = (step, name, by)
        if key not in self._tables:
            listed = self.scenario.tables[name].outcomes
            self._tables[key] = self._chance(step, name, "table", name, by, listed)
        return self._tables[key]

    def _aims(self) -> Chance:
        outcomes = [Outcome(name, Effect(CHANCE)) for name in self.scenario.aims]
        weights = [self.guards.count(aim.weight) for aim in self.scenario.aims.values()]
        key = site_key("start", CHANCE, "aim")
        return _chance("start/aim", key, "aim", "aim", outcomes, weights)

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
            told=part.when is None or part.closed is not None,
            consent=self.guards.test(part.consent.when) if part.consent else always,
            effect=self._effect(part, side),
            reaction=self._chance(step, "reaction", "reaction", name, CHANCE, part.reaction)
            if part.reaction
            else None,
        )

    def _support(self, name: str) -> Support:
        part = self.scenario.supports[name]
        side = next(iter(self.scenario.sides))
        return Support(name, self.guards.test(part.when), self._effect(part, side))

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
        spent += [_fired(name)] if _fired(name) in self.layout.flags else []
        step, side = f"inject:{name}", next(iter(self.scenario.sides))
        answers = tuple(
            Answer(
                id=answer,
                effect=self._effect(choice, side),
                reaction=self._chance(
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
        test = _unless(self.layout.mask(tuple(spent)), self.guards.test(part.when))
        return Inject(name, test, self._effect(part, part.by or CHANCE, *spent), answers)

    @cached_property
    def endings(self) -> tuple[Ending, ...]:
        """Every ending, in file order."""
        return tuple(
            Ending(name, self.guards.test(part.when), part.at == "any")
            for name, part in self.scenario.endings.items()
        )

    def _event(self, name: str) -> Event:
        part = self.scenario.events[name]
        chance = self._chance(f"event:{name}", name, "event", name, part.by, part.outcomes)
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

    def _rungs(self) -> list[Rung]:
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
        return [
            origin
            for origin in self.stages
            if any(
                part.to == stage and (part.from_ == "any" or origin in part.from_)
                for part in self.scenario.transitions
            )
        ]

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
        weights = [self.guards.count(self.scenario.quiet)]
        for name in names:
            weight = self.guards.count(self.scenario.injects[name].weight or 0)
            weights.append(_while(self.injects[name].test, weight))
        key = site_key("inject", CHANCE, "random")
        return _chance("inject/random", key, "inject", "random", outcomes, weights)


def _fired(inject: str) -> str:
    return f"inject {inject} came"


def _chance(
    site: str,
    key: int,
    source: Source,
    owner: str,
    outcomes: list[Outcome],
    weights: list[int | Count],
) -> Chance:
    fixed = tuple(weight if isinstance(weight, int) else 0 for weight in weights)
    counts = tuple(
        (place, weight) for place, weight in enumerate(weights) if not isinstance(weight, int)
    )
    return Chance(site, key, source, owner, tuple(outcomes), fixed, counts)


def _unless(mask: int, test: Test) -> Test:
    if mask == 0:
        return test
    return lambda world: ((world.flags & mask) == 0) & test(world)


def _while(test: Test, weight: int | Count) -> int | Count:
    if test is always:
        return weight
    if isinstance(weight, int):
        return lambda world: weight * test(world)
    return lambda world: weight(world) * test(world)
