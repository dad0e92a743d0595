"""Worlds and positions of a program that play might never come to, and still must treat alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from hypothesis import strategies as st

from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.world import World
from tests.odds.generated_terms import Draw
from tests.odds.oracle import ways

Pick = Callable[[int], int]
"""A number from 0 to one below the given one: Hypothesis' choice, or a seeded one."""
MOST_MOVES = 4


@st.composite
def worlds(draw: Draw, program: Program, *, turn: int | None = None) -> World:
    """Any world in range, whether play can reach it or not; every flag as it may fall."""
    return _world(program, lambda size: draw(st.integers(0, size - 1)), turn)


@st.composite
def places(draw: Draw, program: Program, *, turn: int | None = None) -> Play:
    """A game anywhere: any world before any step of its turn, and up to four moves on from there.

    The moves are those of the rules, so that a draw or a prompt waits as they would leave it,
    with tracks run over where they may be. A game that is over is no place.
    """
    return _place(program, lambda size: draw(st.integers(0, size - 1)), turn)


def sampled_places(program: Program, each: int, seed: int = 0) -> list[Play]:
    """Places by a seeded choice, for searches that are too long for Hypothesis.

    For every step of every turn so many worlds, and from each the rest of the turn: one place
    for every step, draw and prompt that it can come to, however unlikely.
    """
    lots, found = Random(seed), list[Play]()
    for turn, steps in enumerate(program.steps, start=1):
        for at in range(len(steps)):
            for _ in range(each):
                start = Play(program, 0, _world(program, lots.randrange, turn))
                start.at = at
                found += _rest_of_the_turn(start, lots)
    return found


def _rest_of_the_turn(start: Play, lots: Random) -> Iterator[Play]:
    """A place and one for each point of the turn where the game can stand after it."""
    seen, waiting = set[object](), [start]
    while waiting:
        play = waiting.pop()
        key = (play.at, id(play.chance), play.prompt, play.unsettled)
        if key in seen or play.ending is not None or play.turn_over:
            continue
        seen.add(key)
        yield play
        following = list(ways(play))
        lots.shuffle(following)
        waiting += [way.play for way in following]


def _world(program: Program, pick: Pick, turn: int | None) -> World:
    stage = pick(len(program.ladder.stages))
    entered = sorted(
        {0, *(rung.returns_to or 0 for rung in program.ladder.rungs if rung.origin == stage)}
    )
    return World(
        turn=1 + pick(program.turns) if turn is None else turn,
        stage=stage,
        # Where nothing leads back, the rules keep 0.
        came_from=entered[pick(len(entered))],
        aim=pick(len(program.aims.outcomes)),
        flags=pick(1 << len(program.layout.flags)),
        tracks=tuple(
            low + pick(high - low + 1) for low, high in zip(program.low, program.high, strict=True)
        ),
    )


def _place(program: Program, pick: Pick, turn: int | None) -> Play:
    world = _world(program, pick, turn)
    play = Play(program, 0, world)
    play.at = pick(len(program.steps[world.turn - 1]))
    for _ in range(pick(MOST_MOVES + 1)):
        found = list(ways(play))
        following = found[pick(len(found))].play
        if following.ending is not None or following.turn_over:
            break
        play = following
    return play
