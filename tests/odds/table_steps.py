"""One step of the tables from where a play stands, told as a step of play is told.

Of programs without a timing plan: what a plan decides is no step that one could see.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Layer, possible_ways
from tabletop.odds.packing import Keys
from tabletop.odds.places import Place, Road, Way
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.world import World
from tests.odds.oracle import ways

Label = tuple[str, ...]
Step = dict[Label, tuple[float | None, tuple[object, ...]]]
"""By label: the chance of a way on (None for a choice), and where it leads."""


@cache
def expander_of(program: Program) -> Expander:
    """The tables of a program, for all of its aims."""
    return Expander(Road(program), range(len(program.scenario.aims)))


def step_in_play(play: Play) -> Step:
    """The step as the interactive engine makes it, on to the next draw, prompt or turn."""
    found: Step = {}
    if play.chance is None and play.prompt is None:
        return {("walk",): (1.0, _standing(_walked(play)))}
    made = list(ways(play))
    total = sum(way.weight or 0 for way in made)
    for way in made:
        chance = None if way.weight is None else way.weight / total
        found[way.label] = (chance, _standing(_walked(way.play)))
    return found


def _walked(play: Play) -> Play:
    twin = play.copy()
    while twin.chance is None and twin.prompt is None and twin.ending is None:
        if twin.turn_over:
            break
        twin.walk()
    return twin


def _standing(play: Play) -> tuple[object, ...]:
    if play.ending is not None:
        return ("ended", play.ending)
    if play.turn_over:
        return ("next turn", play.world)
    if play.chance is not None:
        return ("draw", play.chance.site, play.chance.owner, play.world)
    assert play.prompt is not None
    return (play.prompt.kind, play.prompt.id, play.world)


def stands(play: Play) -> bool:
    """Whether the tables know the place where a play stands."""
    try:
        expander_of(play.program).road.of(play)
    except KeyError:
        return False
    return True


def step_in_tables(play: Play) -> Step:
    """The same step, looked up in the tables of the play's own program."""
    expander = expander_of(play.program)
    start = play.copy()
    if start.chance is None:
        start.settle()
    walker = _Walker(expander, start.world.aim)
    place = expander.road.of(start)
    keys = np.array([expander.packing.pack(start.world)])
    if start.chance is None and start.prompt is None:
        return {("walk",): (1.0, walker.on(place, keys))}
    if place.kind == "decide":
        return walker.decided(place, keys)
    if place.kind == "flash":
        return {("answer", way.id): (None, walker.along(place, way, keys)) for way in place.ways}
    chances = expander.chances(Layer(place, keys))
    return {
        ("draw", way.id): (float(chance), walker.along(place, way, keys))
        for way in place.ways
        if (chance := chances[way.number][start.world.aim, 0]) > 0
    }


class _Walker:
    """Follows one world along the road."""

    def __init__(self, expander: Expander, aim: int) -> None:
        self.expander = expander
        self.aim = aim

    def along(self, place: Place, way: Way, keys: Keys) -> tuple[object, ...]:
        """Where a way leads a world, on to the next draw, prompt or turn."""
        moved = self.moved(place, way, keys)
        if isinstance(way.target, str):
            return ("ended", way.target)
        if way.target.turn != place.turn:
            return ("next turn", self.world(way.target, moved))
        return self.on(way.target, moved)

    def moved(self, place: Place, way: Way, keys: Keys) -> Keys:
        """A world after the moves of a way."""
        for move in way.moves:
            columns = self.expander.columns(place, keys, self.aim)
            keys = move.ahead(self.expander.packing, columns)
        return keys

    def on(self, place: Place, keys: Keys) -> tuple[object, ...]:
        """Where a world stands next, from a place on."""
        if place.kind == "pass":
            columns = self.expander.columns(place, keys, self.aim)
            for way, mask in possible_ways(self.expander, place, columns):
                if mask is None or mask[0]:
                    return self.along(place, way, keys)
        world = self.world(place, keys)
        if place.kind == "chance":
            assert place.chance is not None
            return ("draw", place.chance.site, place.chance.owner, world)
        if place.kind == "flash":
            assert place.inject is not None
            return ("flash", place.inject.id, world)
        return ("decide", place.side, world)

    def decided(self, place: Place, keys: Keys) -> Step:
        """Every support and response that is open, and where they lead."""
        found: Step = {}
        columns = self.expander.columns(place, keys, self.aim)
        for way, mask in possible_ways(self.expander, place, columns):
            if mask is not None and not mask[0]:
                continue
            respond, after = way.target, self.moved(place, way, keys)
            assert not isinstance(respond, str)
            columns_after = self.expander.columns(respond, after, self.aim)
            for onward, open_to in possible_ways(self.expander, respond, columns_after):
                if open_to is None or open_to[0]:
                    label = ("decide", onward.id, way.id)
                    found[label] = (None, self.along(respond, onward, after))
        return found

    def world(self, place: Place, keys: Keys) -> World:
        """A world, unpacked."""
        packing, key = self.expander.packing, keys[:1]
        return World(
            place.turn,
            place.stage,
            int(packing.came_from.of(key)[0]),
            self.aim,
            int(key[0]) & ((1 << packing.flags) - 1),
            tuple(int(field.of(key)[0]) for field in packing.tracks),
        )
