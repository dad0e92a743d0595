"""Where a game can stand between two draws or choices, and the ways on from there.

The places of a program form one long road without loops: turn by turn, stage by stage,
step by step. They are laid from the end to the start, so that each knows at once what
still matters from there on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tabletop.odds.bounds import Reach, after, effects_of
from tabletop.odds.here import Here
from tabletop.odds.live import Live, nothing
from tabletop.odds.moves import Climb, Move, TurnOver
from tabletop.odds.packing import Bounds
from tabletop.rules.guards import always
from tabletop.rules.program import PRESET, Policy
from tabletop.rules.turn import (
    DecideStep,
    EndStep,
    EventStep,
    InjectStep,
    LadderStep,
    RandomInjectStep,
    Step,
)
from tabletop.scenario.expression import FlagSet

if TYPE_CHECKING:
    from tabletop.rules.guards import Addend, Test
    from tabletop.rules.play import Play
    from tabletop.rules.program import Chance, Effect, Inject, Program

Kind = Literal["chance", "flash", "decide", "respond", "pass"]


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """One way on from a place."""

    id: str
    """Of the outcome, answer, support, response or ending."""
    target: Place | str
    """The next place, or the id of an ending."""
    moves: tuple[Move, ...] = ()
    test: Test = always
    number: int = 0
    """Of the support or the response in the program, or of the outcome in its list."""
    addends: tuple[Addend, ...] = ()
    """For an outcome: the parts of its weight."""
    returns_to: int | None = None
    """For a rung that leads back: the stage that must have been come from."""


@dataclass(eq=False, slots=True)
class Place:
    """A place in a turn: what is decided there, by whom or by what, and what still matters.

    At a `pass` the first way whose guard holds is taken; at a `chance` one is drawn by
    weight; at a `flash`, a `decide` (supports) and a `respond` (responses) one is chosen.
    """

    kind: Kind
    turn: int
    stage: int
    ways: tuple[Way, ...]
    live: Live
    chance: Chance | None = None
    inject: Inject | None = None
    side: str = ""
    fixed: Policy | None = None
    """The doctrine that chooses here, by a timing plan, whoever plays."""
    over: int = 0
    """The flag, if any, that from here on can only end the game at the end of this turn."""
    passing: bool = False
    """Whether worlds go through without being brought together here."""


class Road:
    """All places of a program, and how to find the one where a game stands."""

    def __init__(self, program: Program, followed: Sequence[Policy] = ()) -> None:
        self.program = program
        self.followed = tuple(followed)
        """The doctrines whose guards count as alive where they decide."""
        self.reads_aim = False
        """Whether the aim decides more than weights: what can happen, or what it does."""
        self.reach = Reach(program)
        self.places: list[Place] = []
        self._steps: dict[tuple[int, int, int], Place] = {}
        self._flashes: dict[tuple[int, int, int, str], Place] = {}
        self._chances: dict[tuple[int, int, int, Chance], Place] = {}
        self._nothing = nothing(len(program.low))
        self._spans: dict[int, tuple[int, int]] = {}
        self._over = _certain_end(program)
        self._decided = False
        self._here: Here
        for turn in range(program.turns, 0, -1):
            first = len(self.places)
            stages = range(len(program.ladder.stages))
            heres = [Here(program, self.reach, turn, stage) for stage in stages]
            for at in range(len(program.steps[turn - 1]) - 1, -1, -1):
                steps = program.steps[turn - 1]
                self._decided = not any(isinstance(step, DecideStep) for step in steps[at + 1 :])
                for stage, self._here in enumerate(heres):
                    step = program.steps[turn - 1][at]
                    self._steps[turn, stage, at] = self._step(step, turn, stage, at)
            self._spans[turn] = (first, len(self.places))
            self.reads_aim = self.reads_aim or any(here.reads_aim for here in heres)

    @property
    def start(self) -> Place:
        """Where every game begins."""
        return self._steps[1, 0, 0]

    def of(self, play: Play) -> Place:
        """The place where a game stands."""
        world = play.world
        if play.chance is not None:
            return self._chances[world.turn, world.stage, play.at - 1, play.chance]
        if play.prompt is None:
            return self._steps[world.turn, world.stage, play.at]
        if play.prompt.kind == "flash":
            return self._flashes[world.turn, world.stage, play.at - 1, play.prompt.id]
        return self._steps[world.turn, world.stage, play.at - 1]

    def span(self, turn: int) -> tuple[int, int]:
        """The first and the last but one of a turn's places; each way leads to an earlier one."""
        return self._spans[turn]

    def bounds(self, place: Place) -> Bounds:
        """The values that tracks can have at a place."""
        return self.reach.settled if place.chance is None else self.reach.at(place.chance)

    def _add(self, place: Place) -> Place:
        if self._decided and place.kind in ("chance", "pass"):
            place.over = self._over
        self.places.append(place)
        return place

    def _step(self, step: Step, turn: int, stage: int, at: int) -> Place:
        following = self._steps.get((turn, stage, at + 1))
        where = (turn, stage, at)
        if isinstance(step, EndStep):
            return self._end(step, turn, stage)
        assert following is not None
        if isinstance(step, LadderStep):
            return self._ladder(where, following)
        if isinstance(step, InjectStep):
            entry = self._entered(step.inject, where, following)
            return self._guarded(step.inject.test, entry, where, following)
        if isinstance(step, EventStep):
            place = self._chance(step.event.chance, where, following)
            return self._guarded(step.event.test, self._into(place), where, following)
        if isinstance(step, RandomInjectStep):
            return self._chance(step.chance, where, following)
        if isinstance(step, DecideStep):
            return self._decide(step, where, following)
        raise TypeError(f"no place for {type(step).__name__}")

    # The ways of each kind of step.

    def _end(self, step: EndStep, turn: int, stage: int) -> Place:
        last = turn >= self.program.turns
        ways = [
            Way(ending.id, ending.id, test=ending.test)
            for ending in step.endings
            if last or ending.at_once
        ]
        if not last:
            following = self._steps[turn + 1, stage, 0]
            ways.append(Way("", following, (TurnOver(self.program),)))
        return self._pass((turn, stage), ways, passing=False)

    def _ladder(self, where: tuple[int, int, int], following: Place) -> Place:
        turn, stage, at = where
        program = self.program
        ways = []
        for rung in program.ladder.rungs:
            if rung.origin != stage:
                continue
            target = self._steps[turn, rung.target, at + 1]
            came_from = stage if rung.target in program.keeps_came_from else 0
            name = str(rung.index)
            moves = (Climb(came_from),)
            ways.append(Way(name, target, moves, rung.test, returns_to=rung.returns_to))
        ways.append(Way("", following))
        return self._pass((turn, stage), ways)

    def _guarded(
        self, test: Test, way: Way, where: tuple[int, int, int], following: Place
    ) -> Place:
        """The place before something that comes while a guard holds."""
        ways = [Way(way.id, way.target, way.moves, test), Way("", following)]
        turn, _, at = where
        decided = at > 0 and isinstance(self.program.steps[turn - 1][at - 1], DecideStep)
        return self._pass(where[:2], ways, passing=at > 0 and not decided)

    def _pass(self, where: tuple[int, int], ways: Iterable[Way], *, passing: bool = True) -> Place:
        """A place where the first way whose guard holds is taken; no place if there is one way."""
        kept: list[Way] = []
        live = self._nothing
        for way in ways:
            test, read = self._here.asked(way.test)
            if test is None:
                continue
            live = live | read | self._before(way)
            if way.returns_to is not None:
                live = live._replace(came_from=True)
            kept.append(replace(way, test=test))
            if test is always and way.returns_to is None:
                break
        if len(kept) == 1 and not kept[0].moves and isinstance(kept[0].target, Place):
            return kept[0].target
        return self._add(Place("pass", *where, tuple(kept), live, passing=passing))

    def _entered(self, inject: Inject, where: tuple[int, int, int], following: Place) -> Way:
        """How an inject comes: its effect, then its answers if it is a flash decision."""
        moves: tuple[Move, ...] = (self._here.apply(inject.effect),)
        moves += self._here.clamp(after(inject.effect, self.reach.settled))
        target = self._flash(inject, where, following) if inject.answers else following
        return Way(inject.id, target, moves)

    def _flash(self, inject: Inject, where: tuple[int, int, int], following: Place) -> Place:
        if (*where, inject.id) in self._flashes:
            return self._flashes[*where, inject.id]
        ways = tuple(
            self._then(answer.id, answer.effect, answer.reaction, where, following, number)
            for number, answer in enumerate(inject.answers)
        )
        place = Place("flash", *where[:2], ways, self._live(ways), inject=inject)
        place.fixed = self._automatic(where[0])
        self._flashes[*where, inject.id] = place
        return self._add(place)

    def _then(
        self,
        name: str,
        effect: Effect,
        chance: Chance | None,
        where: tuple[int, int, int],
        following: Place,
        number: int = 0,
        test: Test = always,
    ) -> Way:
        """An act with its effect, then the draw that it leads to or the next step."""
        bounds = after(effect, self.reach.settled)
        if chance is None:
            return Way(
                name, following, (self._here.apply(effect), *self._here.clamp(bounds)), test, number
            )
        target = self._chance(chance, where, following)
        return Way(name, target, (self._here.apply(effect),), test, number)

    def _chance(self, chance: Chance, where: tuple[int, int, int], following: Place) -> Place:
        if (*where, chance) in self._chances:
            return self._chances[*where, chance]
        bounds = self.reach.at(chance)
        ways = []
        live = self._nothing
        for number, outcome in enumerate(chance.outcomes):
            addends, read = self._here.weighed(chance.addends[number])
            if not addends:
                continue
            moves: tuple[Move, ...] = (self._here.apply(outcome.effect),)
            target = following
            if outcome.next is not None:
                target = self._chance(outcome.next, where, following)
            elif outcome.inject is not None:
                entry = self._entered(outcome.inject, where, following)
                assert isinstance(entry.target, Place)
                moves, target = (*moves, *entry.moves), entry.target
            else:
                moves = (*moves, *self._here.clamp(after(outcome.effect, bounds)))
            way = Way(outcome.id, target, moves, number=number, addends=addends)
            live = live | read | self._before(way)
            ways.append(way)
        place = Place("chance", *where[:2], tuple(ways), live, chance)
        self._chances[*where, chance] = place
        return self._add(place)

    def _decide(self, step: DecideStep, where: tuple[int, int, int], following: Place) -> Place:
        program = self.program
        turn, stage, _ = where
        respond = self._respond(step.side, where, following)
        ways = []
        live = self._nothing
        settled = self.reach.settled
        for number, support in enumerate(program.supports):
            test, read = self._here.asked(support.test)
            if test is None:
                continue
            moves: tuple[Move, ...] = (self._here.apply(support.effect),)
            moves += self._here.clamp(after(support.effect, settled))
            way = Way(support.id, respond, moves, test, number)
            live = live | read | self._before(way)
            ways.append(way)
        fixed = self._fixed(step)
        for policy in self.followed if fixed is None else (fixed,):
            for test, _, _ in policy.rules:
                live = live | self._here.asked(test)[1]
        return self._add(
            Place("decide", turn, stage, tuple(ways), live, side=step.side, fixed=fixed)
        )

    def _respond(self, side: str, where: tuple[int, int, int], following: Place) -> Place:
        turn, stage, _ = where
        ways = []
        live = self._nothing
        for number in self.program.offered[side, stage, turn]:
            response = self.program.responses[number]
            test, read = self._here.asked(response.test)
            consent, also_read = self._here.asked(response.consent)
            if test is None or consent is None:
                continue
            way = self._then(
                response.id,
                response.effect,
                response.reaction,
                where,
                following,
                number,
                _together(test, consent),
            )
            live = live | read | also_read | self._before(way)
            ways.append(way)
        return self._add(Place("respond", turn, stage, tuple(ways), live, side=side))

    # What ways are made of.

    def _fixed(self, step: DecideStep) -> Policy | None:
        if step.doctrine is not None:
            return self.program.policies[step.doctrine]
        if step.preset is None:
            return None
        response, support = step.preset
        return Policy("preset", uniform=False, rules=((always, (response,), support),), answers={})

    def _automatic(self, turn: int) -> Policy | None:
        """The doctrine that answers flash decisions by a timing plan; a preset takes the first."""
        doctrine = self.program.automatic[turn - 1]
        if doctrine is None:
            return None
        if doctrine == PRESET:
            return Policy("preset", uniform=False, rules=(), answers={})
        return self.program.policies[doctrine]

    def _into(self, place: Place) -> Way:
        return Way("", place)

    def _before(self, way: Way) -> Live:
        live = way.target.live if isinstance(way.target, Place) else self._nothing
        for move in reversed(way.moves):
            live = move.behind(live)
        return live

    def _live(self, ways: Iterable[Way]) -> Live:
        live = self._nothing
        for way in ways:
            live = live | self._before(way)
        return live


def _certain_end(program: Program) -> int:
    """The flag that is asked for by the first ending, alone and every turn; 0 if it can go again.

    Once it is set, no ending comes before this one, whatever else happens in the turn.
    """
    first = program.endings[0]
    guard = program.trees[first.test]
    if not first.at_once or not isinstance(guard, FlagSet):
        return 0
    flag = program.mask(guard.name)
    return 0 if any(effect.clears & flag for effect in effects_of(program)) else flag


def _together(test: Test, consent: Test) -> Test:
    if consent is always:
        return test
    if test is always:
        return consent
    return lambda world: test(world) & consent(world)
