"""Who decides where odds follow one way to play: a doctrine, or best play for an objective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tabletop.odds.backward import Backward, rows_of
from tabletop.odds.choosing import Choice, Deciding, Options, Ruled, Share
from tabletop.odds.exact import UnsolvedError
from tabletop.odds.packing import Keys, Mask, Numbers, Rows
from tabletop.odds.places import Road

if TYPE_CHECKING:
    from tabletop.odds.exact import Exact
    from tabletop.odds.expansion import Layer, Turn
    from tabletop.odds.kernels import Worth
    from tabletop.odds.places import Place
    from tabletop.rules.program import Policy, Program


class Conduct(Protocol):
    """One way to play a whole game."""

    road: Road
    """Where its worlds stand."""
    policies: Sequence[Policy]
    """The doctrine that it is; none for one that may choose anything."""

    def deciding(self, turn: Turn) -> Deciding:
        """What is chosen in one turn."""


class ByDoctrine:
    """A doctrine plays; it chooses the same in every turn and under every aim."""

    def __init__(self, program: Program, policy: Policy) -> None:
        self.road = Road(program, (policy,), brief=True)
        self.policies: Sequence[Policy] = (policy,)
        self._policy = policy

    def deciding(self, turn: Turn) -> Deciding:
        """What the doctrine chooses in one turn."""
        return Ruled(turn, self._policy)


class ByBest:
    """Play that does the best for one objective, or the worst; it knows the aim.

    Where several choices are equally good it takes the first of them.
    """

    def __init__(self, exact: Exact, objective: str, *, worst: bool = False) -> None:
        """`exact` is solved for all aims, and for this objective among others."""
        self.road = exact.road
        self.policies: Sequence[Policy] = ()
        self._exact = exact
        place = exact.objectives.index(objective)
        self._column = place + len(exact.objectives) if worst else place
        self._better = np.less if worst else np.greater
        worth = {name: float(found[self._column]) for name, found in exact.endings.items()}
        # Both halves of the columns, best and worst, are worked out; one of them is read.
        self._endings = {name: np.array([value, value]) for name, value in worth.items()}
        self._read = int(worst)

    def deciding(self, turn: Turn) -> Deciding:
        """The best choices of one turn; raises `UnsolvedError` where no solution is known."""
        following = {place: self._known(place, keys) for place, keys in turn.next.items()}
        solved = Backward(turn, following, self._endings)
        return _Best(solved, self._read, self._better)

    def _known(self, place: Place, keys: Keys) -> Worth:
        opening = self._exact.openings.get(place)
        if opening is None:
            raise UnsolvedError(f"turn {place.turn} was not reached in this stage")
        at = np.minimum(np.searchsorted(opening.keys, keys), len(opening.keys) - 1)
        if (opening.keys[at] != keys).any():
            raise UnsolvedError(f"a world of turn {place.turn} was not reached")
        found: Worth = opening.worth[at][:, :, [self._column] * 2]
        return found


class _Best:
    def __init__(self, solved: Backward, read: int, better: np.ufunc) -> None:
        self.turn = solved.turn
        self.solved = solved
        self.read = read
        self.better = better

    def taken(self, layer: Layer) -> Iterator[Choice]:
        if layer.place.fixed is not None:
            yield from Ruled(self.turn, layer.place.fixed).taken(layer)
            return
        options = Options(self.turn, layer)
        pairs: list[tuple[int, Rows]] = []
        values: list[Numbers] = []
        for response, held in options.open.items():
            value = self.solved.option(options.respond, response)[:, :, self.read]
            for at in options.supported.values():
                found = np.full((options.count, value.shape[1]), np.nan)
                rows = np.flatnonzero((at >= 0) & held[at])
                found[rows] = value[at[rows]]
                pairs.append((response, at))
                values.append(found)
        for (response, at), first in zip(pairs, self._firsts(values), strict=True):
            where: Rows = np.flatnonzero(first.any(axis=1)).astype(np.int32)
            if len(where):
                share = first[where].T.astype(np.float64)
                yield Choice(where, response, at[where], share)

    def given(self, layer: Layer) -> Mapping[int, Share]:
        if layer.place.fixed is not None:
            return Ruled(self.turn, layer.place.fixed).given(layer)
        values = []
        for edge in layer.edges:
            rows = rows_of(edge, layer)
            found = np.full((len(layer.keys), self.solved.shape[0]), np.nan)
            for place, row in enumerate(rows):
                found[row] = self.solved.after(edge, place)[:, self.read]
            values.append(found)
        numbers = [edge.way.number for edge in layer.edges]
        firsts = [first.T.astype(np.float64) for first in self._firsts(values)]
        given: dict[int, Share] = {}
        for number, first in zip(numbers, firsts, strict=True):
            given[number] = given.get(number, 0.0) + first
        return given

    def _firsts(self, values: list[Numbers]) -> list[Mask]:
        """Of several options: where each is the first of the best ones, by world and aim."""
        best = values[0].copy()
        for value in values[1:]:
            better = self.better(value, best) | np.isnan(best)
            best[better] = value[better]
        left = np.ones(best.shape, dtype=np.bool_)
        firsts = []
        for value in values:
            first = left & (value == best)
            left &= ~first
            firsts.append(first)
        return firsts
