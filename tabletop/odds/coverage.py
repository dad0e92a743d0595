"""What comes in any game at all, whoever plays and whatever is drawn: found by exact expansion.

Every choice and every draw that is possible is followed, turn by turn. What has no world
in which it could come is not rare; it never comes. All aims are looked at together first;
what one aim would have to bring before another brings the rest is then taken out again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from tabletop.odds.choosing import Options
from tabletop.odds.doctrines import prior
from tabletop.odds.moves import Climb
from tabletop.odds.places import Road
from tabletop.odds.size import Bounded

if TYPE_CHECKING:
    from tabletop.odds.expansion import Layer, Starts, Turn
    from tabletop.odds.places import Way
    from tabletop.rules.program import Program

MOST = 240_000_000
"""Steps from world to world within one turn: more take minutes, and more memory than most have."""


class Coverage:
    """All that was seen to come, over the turns that were looked at."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.stages: set[int] = set()
        self.supports: set[int] = set()
        self.responses: set[int] = set()
        self.outcomes: set[tuple[str, str, str]] = set()
        """Kind of list, its owner, and the outcome."""
        self.injects: set[tuple[str, int]] = set()
        """Inject and turn."""
        self.events: set[str] = set()
        self.rungs: set[tuple[int, int]] = set()
        """Places in the scenario's list of transitions, and the stages that were left by them."""
        self.endings: set[str] = set()
        self.decisions: Counter[int] = Counter()
        """By turn: different situations in which somebody decides, those alike counted once."""
        self.dead: Counter[tuple[int, int]] = Counter()
        """By turn and stage: those in which nothing at all is open."""

    def seen(self) -> tuple[set[Any], ...]:
        """All that came, by kind."""
        return (
            self.stages, self.supports, self.responses, self.outcomes, self.injects,
            self.events, self.rungs, self.endings, set(self.dead),
        )  # fmt: skip

    def confirm(self, other: Coverage) -> None:
        """Take out what another look did not find."""
        for mine, known in zip(self.seen(), other.seen(), strict=True):
            mine.intersection_update(known)
        for place in set(self.dead) - set(other.dead):
            del self.dead[place]

    def note(self, turn: Turn) -> None:
        """Take in one turn, every place of which has a layer of its own."""
        for layer in turn.layers.values():
            self.stages.add(layer.place.stage)
            if layer.place.kind == "decide":
                self._decide(turn, layer)
            for edge in layer.edges:
                if isinstance(edge.target, str):
                    self.endings.add(edge.target)
                self._way(layer, edge.way)

    def _way(self, layer: Layer, way: Way) -> None:
        place = layer.place
        if place.kind == "respond":
            self.responses.add(way.number)
        elif place.kind == "chance" and place.chance is not None:
            chance = place.chance
            self.outcomes.add((chance.source, chance.owner, way.id))
            if chance.source == "event":
                self.events.add(chance.owner)
            elif chance.source == "inject":
                self.injects.add((way.id, place.turn))
        elif place.kind == "pass":
            if any(isinstance(move, Climb) for move in way.moves):
                self.rungs.add((int(way.id), place.stage))
            elif way.id in self.program.injects and way.moves:
                self.injects.add((way.id, place.turn))

    def _decide(self, turn: Turn, layer: Layer) -> None:
        place, count = layer.place, len(layer.keys)
        self.decisions[place.turn] += count
        stuck = np.ones(count, dtype=np.bool_)
        if layer.edges:
            options = Options(turn, layer)
            for support in options.supported:
                for response in options.open:
                    held = options.is_open(response, support)
                    if held.any():
                        self.supports.add(support)
                        stuck &= ~held
        if stuck.any():
            self.dead[place.turn, place.stage] += int(stuck.sum())


def cover(coverage: Coverage) -> Iterator[int]:
    """Take in all that comes from the start of a game; each turn is told once it is looked at.

    What was taken in is right when all turns have been told.

    Raises `TooLargeError` where a turn has more steps than can be followed.
    """
    road, aims = laid_open(coverage.program), possible_aims(coverage.program)
    for turn in _turns(road, aims):
        coverage.note(turn)
        yield next(iter(turn.layers)).turn
    confirmed = Coverage(coverage.program)
    for aim in aims if len(aims) > 1 else ():
        if confirmed.seen() == coverage.seen():
            break
        for turn in _turns(road, [aim]):
            confirmed.note(turn)
    if len(aims) > 1:
        coverage.confirm(confirmed)


def _turns(road: Road, aims: list[int]) -> Iterator[Turn]:
    """Every turn of a game, with all that can come under one of some aims or another."""
    expander = Bounded(road, aims, MOST)
    place, keys, _ = expander.opening()
    starts: Starts = {place: keys}
    while starts:
        turn = expander.turn(starts)
        starts = turn.next
        yield turn


def laid_open(program: Program) -> Road:
    """A road on which nothing is passed over: each guard is a place where worlds are counted."""
    road = Road(program)
    for place in road.places:
        place.passing = False
        # What is as good as over still climbs the ladder: it counts as having come.
        place.over = 0
    return road


def possible_aims(program: Program) -> list[int]:
    """The aims that an adversary can have."""
    return [aim for aim, share in enumerate(prior(program)) if share > 0]
