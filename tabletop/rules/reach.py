"""Which worlds can be reached at each decision, over every choice and every draw.

Counts what exact odds would have to solve. Every world is stepped by the same play that
people use; nothing is reduced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.rules.world import World


class TooManyError(Exception):
    """More worlds than the cap; `turn` is where counting stopped."""

    def __init__(self, turn: int, cap: int) -> None:
        super().__init__(f"more than {cap} decision states by turn {turn}")
        self.turn = turn


def decision_states(
    program: Program,
    aim: int,
    *,
    cap: int = 1_000_000,
    progress: Callable[[int, int], None] | None = None,
) -> list[int]:
    """The number of worlds in which a decision can be wanted, turn by turn, for one aim.

    Raises `TooManyError` beyond `cap` in all. `progress` hears the turn and its states.
    """
    waiting = _expand([begin(program, 0, aim=aim)])
    counts: list[int] = []
    for turn in range(1, program.turns + 1):
        counts.append(len(waiting))
        if sum(counts) > cap:
            raise TooManyError(turn, cap)
        if progress is not None:
            progress(turn, len(waiting))
        waiting = _expand(_decided(waiting.values()))
    return counts


def _decided(waiting: Iterable[Play]) -> Iterator[Play]:
    for play in waiting:
        for response, under in play.openings().items():
            for support in under:
                twin = play.copy()
                twin.carry_out(response, support)
                yield twin


def _expand(plays: Iterable[Play]) -> dict[World, Play]:
    """Every play that waits for a decision after all draws and flash answers, by its world."""
    seen: set[tuple[object, ...]] = set()
    found: dict[World, Play] = {}
    stack: list[Play] = []
    for start in plays:
        stack.append(start)
        while stack:
            play = stack.pop()
            key = (play.world, play.at, id(play.chance), play.prompt)
            if key in seen or play.ending is not None:
                continue
            seen.add(key)
            if play.prompt is not None and play.prompt.kind == "decide":
                found.setdefault(play.world, play)
            else:
                stack.extend(_branches(play))
    return found


def _branches(play: Play) -> Iterator[Play]:
    if play.prompt is not None:
        for answer in play.program.injects[play.prompt.id].answers:
            twin = play.copy()
            twin.answer(answer.id)
            yield twin
        return
    if play.chance is None:
        twin = play.copy()
        twin.walk()
        yield twin
        return
    for outcome, weight in zip(play.chance.outcomes, play.chance.weigh(play.world), strict=True):
        if weight > 0:
            twin = play.copy()
            twin.advance(outcome.id)
            yield twin
