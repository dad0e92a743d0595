"""Lays the places of a program from the end to the start, so that each knows what follows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.odds.bounds import Reach, after, effects_of
from tabletop.odds.here import Here
from tabletop.odds.live import NOTHING
from tabletop.odds.moves import Climb, Move, TurnOver
from tabletop.odds.places import Place, Way
from tabletop.rules.guards import always
from tabletop.rules.program import PRESET, Conditional, Effect, Policy
from tabletop.rules.turn import (
    DecideStep,
    EndStep,
    EventStep,
    InjectStep,
    LadderStep,
    RandomInjectStep,
    Step,
)
from tabletop.scenario.expression import FlagSet, Guard

if TYPE_CHECKING:
    from tabletop.rules.guards import Test
    from tabletop.rules.program import Chance, Inject, Program

Where = tuple[int, int, int]
"""Turn, stage and step."""


class Laying:
    """The places of a program, laid as soon as it is made."""

    def __init__(self, program: Program, followed: Sequence[Policy], *, brief: bool) -> None:
        self.program = program
        self.followed = followed
        self.brief = brief
        self.reach = Reach(program)
        self.here = Here(program, self.reach)
        self.places: list[Place] = []
        self.spans: dict[int, tuple[int, int]] = {}
        self.steps: dict[Where, Place] = {}
        self.flashes: dict[tuple[int, int, int, str], Place] = {}
        self.chances: dict[tuple[int, int, int, Chance], Place] = {}
        self._turn_over = TurnOver(program)
        self._last: dict[tuple[tuple[str, Guard], ...], Place] = {}
        """Where the game ends for good, by what is asked there."""
        self._over = _certain_end(program)
        self._decided = False
        for turn in range(program.turns, 0, -1):
            self._lay(turn)

    def _lay(self, turn: int) -> None:
        first = len(self.places)
        steps = self.program.steps[turn - 1]
        for at in range(len(steps) - 1, -1, -1):
            self._decided = not any(isinstance(step, DecideStep) for step in steps[at + 1 :])
            for stage in range(len(self.program.ladder.stages)):
                self.here.at(turn, stage)
                self.steps[turn, stage, at] = self._step(steps[at], turn, stage, at)
        self.spans[turn] = (first, len(self.places))

    def _add(self, place: Place) -> Place:
        if self._decided and place.kind in ("chance", "pass"):
            place.over = self._over
        self.places.append(place)
        return place

    def _step(self, step: Step, turn: int, stage: int, at: int) -> Place:
        following = self.steps.get((turn, stage, at + 1))
        where = (turn, stage, at)
        if isinstance(step, EndStep):
            return self._end(step, turn, stage)
        assert following is not None
        if isinstance(step, LadderStep):
            return self._ladder(where, following)
        if isinstance(step, InjectStep):
            entry = self._entered(step.inject, where, following)
            place = self._guarded(step.inject.test, entry, where, following)
            if place is not following and not step.inject.effect.also:
                self._narrow(place, step.inject, following)
            return place
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
            following = self.steps[turn + 1, stage, 0]
            ways.append(Way("", following, (self._turn_over,)))
            return self._pass((turn, stage), ways, passing=False)
        if not self.brief:
            return self._pass((turn, stage), ways, passing=False)
        # How a game ends for good is mostly the same in every stage; then the ladder no longer
        # matters, nor what it asks for.
        asked = tuple((way.id, self.here.meaning(way.test)[0]) for way in ways)
        if asked not in self._last:
            self._last[asked] = self._pass((turn, stage), ways, passing=False)
        return self._last[asked]

    def _ladder(self, where: Where, following: Place) -> Place:
        turn, stage, at = where
        program = self.program
        ways = []
        for rung in program.ladder.rungs:
            if rung.origin != stage:
                continue
            target = self.steps[turn, rung.target, at + 1]
            came_from = stage if rung.target in program.keeps_came_from else 0
            name = str(rung.index)
            kept = not self.brief or target.live & self.here.matters.came_from
            moves = (Climb(came_from),) if kept else ()
            ways.append(Way(name, target, moves, rung.test, returns_to=rung.returns_to))
        ways.append(Way("", following))
        return self._pass((turn, stage), ways)

    def _guarded(self, test: Test, way: Way, where: Where, following: Place) -> Place:
        """The place before something that comes while a guard holds."""
        ways = [Way(way.id, way.target, way.moves, test), Way("", following)]
        turn, _, at = where
        decided = at > 0 and isinstance(self.program.steps[turn - 1][at - 1], DecideStep)
        return self._pass(where[:2], ways, passing=at > 0 and not decided)

    def _narrow(self, place: Place, inject: Inject, following: Place) -> None:
        """Keep of what matters before an inject what matters before its effect, if it comes.

        Where it is "below 2, one more" that does both, 1 and 2 need not be told apart.
        """
        if len(place.ways) == 2 and all(way.target is following for way in place.ways):
            effect = Effect(inject.effect.by, also=(Conditional(inject.test, inject.effect),))
            moves: tuple[Move, ...] = (
                self.here.apply(effect),
                *self.here.clamp(after(inject.effect, self.reach.settled)),
            )
            place.live = self.here.before(Way("", following, moves))

    def _pass(self, where: tuple[int, int], ways: Iterable[Way], *, passing: bool = True) -> Place:
        """A place where the first way whose guard holds is taken; no place if there is one way."""
        kept: list[Way] = []
        live = NOTHING
        for way in ways:
            test, read = self.here.asked(way.test)
            if test is None:
                continue
            live |= read | self.here.before(way)
            if way.returns_to is not None:
                live |= self.here.matters.came_from
            kept.append(replace(way, test=test))
            if test is always and way.returns_to is None:
                break
        target = kept[0].target
        if isinstance(target, Place) and not any(way.moves for way in kept):
            alike = all(way.target is target for way in kept)
            if len(kept) == 1 or (self.brief and alike):
                return target
        return self._add(Place("pass", *where, tuple(kept), live, passing=passing))

    def _entered(self, inject: Inject, where: Where, following: Place) -> Way:
        """How an inject comes: its effect, then its answers if it is a flash decision."""
        moves: tuple[Move, ...] = (self.here.apply(inject.effect),)
        moves += self.here.clamp(after(inject.effect, self.reach.settled))
        target = self._flash(inject, where, following) if inject.answers else following
        return Way(inject.id, target, moves)

    def _flash(self, inject: Inject, where: Where, following: Place) -> Place:
        if (*where, inject.id) in self.flashes:
            return self.flashes[*where, inject.id]
        ways = tuple(
            self._then(answer.id, answer.effect, answer.reaction, where, following, number)
            for number, answer in enumerate(inject.answers)
        )
        place = Place("flash", *where[:2], ways, self.here.before_any(ways), inject=inject)
        place.fixed = self._automatic(where[0])
        self.flashes[*where, inject.id] = place
        return self._add(place)

    def _then(
        self,
        name: str,
        effect: Effect,
        chance: Chance | None,
        where: Where,
        following: Place,
        number: int = 0,
        test: Test = always,
    ) -> Way:
        """An act with its effect, then the draw that it leads to or the next step."""
        bounds = after(effect, self.reach.settled)
        if chance is None:
            return Way(
                name,
                following,
                (self.here.apply(effect), *self.here.clamp(bounds)),
                test,
                number,
            )
        target = self._chance(chance, where, following)
        return Way(name, target, (self.here.apply(effect),), test, number)

    def _chance(self, chance: Chance, where: Where, following: Place) -> Place:
        if (*where, chance) in self.chances:
            return self.chances[*where, chance]
        bounds = self.reach.at(chance)
        ways = []
        live = NOTHING
        for number, outcome in enumerate(chance.outcomes):
            addends, read = self.here.weighed(chance.addends[number])
            if not addends:
                continue
            moves: tuple[Move, ...] = (self.here.apply(outcome.effect),)
            target = following
            if outcome.next is not None:
                target = self._chance(outcome.next, where, following)
            elif outcome.inject is not None:
                entry = self._entered(outcome.inject, where, following)
                assert isinstance(entry.target, Place)
                moves, target = (*moves, *entry.moves), entry.target
            else:
                moves = (*moves, *self.here.clamp(after(outcome.effect, bounds)))
            way = Way(outcome.id, target, moves, number=number, addends=addends)
            live |= read | self.here.before(way)
            ways.append(way)
        place = Place("chance", *where[:2], tuple(ways), live, chance)
        self.chances[*where, chance] = place
        return self._add(place)

    def _decide(self, step: DecideStep, where: Where, following: Place) -> Place:
        program = self.program
        turn, stage, _ = where
        respond = self._respond(step.side, where, following)
        ways = []
        live = NOTHING
        settled = self.reach.settled
        for number, support in enumerate(program.supports):
            test, read = self.here.asked(support.test)
            if test is None:
                continue
            moves: tuple[Move, ...] = (self.here.apply(support.effect),)
            moves += self.here.clamp(after(support.effect, settled))
            way = Way(support.id, respond, moves, test, number)
            live |= read | self.here.before(way)
            ways.append(way)
        fixed = self._fixed(step)
        for policy in self.followed if fixed is None else (fixed,):
            for test, _, _ in policy.rules:
                live |= self.here.asked(test)[1]
        return self._add(
            Place("decide", turn, stage, tuple(ways), live, side=step.side, fixed=fixed)
        )

    def _respond(self, side: str, where: Where, following: Place) -> Place:
        turn, stage, _ = where
        ways = []
        live = NOTHING
        for number in self.program.offered[side, stage, turn]:
            response = self.program.responses[number]
            test, read = self.here.asked(response.test)
            consent, also_read = self.here.asked(response.consent)
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
            live |= read | also_read | self.here.before(way)
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
