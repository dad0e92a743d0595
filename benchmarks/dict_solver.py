"""Exact odds in plain Python: every world that a game can come to in one dict, solved backward.

What anybody would write first, by the play that people use: `benchmarks.odds` compares with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tabletop.rules.play import Play


class State(NamedTuple):
    """A position, its ways on with their chances (None for a choice), and how it ended."""

    ways: tuple[tuple[float | None, int], ...]
    ending: str | None


def explored(start: Play) -> list[State]:
    """All positions from a start on, each after those that it leads to; the start is last."""
    numbers: dict[object, int] = {}
    states: list[State] = []

    def number(play: Play) -> int:
        chance = None if play.chance is None else id(play.chance)
        key = (play.world, play.at, chance, play.prompt, play.interrupted, play.ending)
        if key not in numbers:
            ways = tuple((share, number(after)) for share, after in _onward(play))
            numbers[key] = len(states)
            states.append(State(ways, play.ending))
        return numbers[key]

    number(start)
    return states


def solved(states: Sequence[State], endings: Mapping[str, Sequence[float]]) -> list[float]:
    """What the start is worth in each column: best play in the first half, worst in the second."""
    values: list[list[float]] = []
    for ways, ending in states:
        if ending is not None:
            values.append(list(endings[ending]))
            continue
        columns = list(zip(*(values[after] for _, after in ways), strict=True))
        half = len(columns) // 2
        if ways[0][0] is None:
            values.append([*map(max, columns[:half]), *map(min, columns[half:])])
        else:
            shares = [share or 0.0 for share, _ in ways]
            values.append(
                [
                    sum(share * value for share, value in zip(shares, column, strict=True))
                    for column in columns
                ]
            )
    return values[-1]


def _onward(play: Play) -> Iterator[tuple[float | None, Play]]:
    if play.ending is not None:
        return
    if play.chance is not None:
        weights = play.chance.weigh(play.world)
        for outcome, weight in zip(play.chance.outcomes, weights, strict=True):
            if weight > 0:
                twin = play.copy()
                twin.draw(outcome.id)
                yield weight / sum(weights), twin
    elif play.prompt is None:
        twin = play.copy()
        twin.walk()
        yield 1.0, twin
    elif play.prompt.kind == "flash":
        for each in play.program.injects[play.prompt.id].answers:
            twin = play.copy()
            twin.answer(each.id)
            yield None, twin
    else:
        for response, supports in play.openings().items():
            for support in supports:
                twin = play.copy()
                twin.carry_out(response, support)
                yield None, twin
