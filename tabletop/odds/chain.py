"""A doctrine's whole game as one table of draws: what each may bring, and which draw comes then.

Between two draws nothing is open where a doctrine decides by rules, so that a game is no more
than its draws. Worlds that no later guard tells apart are one here, as in exact odds: they meet
the same weights with the same roll, and come to the same ending.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import choices
from tabletop.odds.kernels import is_fast
from tabletop.odds.packing import Keys, Rows
from tabletop.odds.places import Place, Road
from tabletop.odds.rolls import Bits, mixed, picks
from tabletop.odds.size import Bounded
from tabletop.rules.chance import site_of

if TYPE_CHECKING:
    from tabletop.odds.expansion import Edge, Layer, Starts, Turn
    from tabletop.rules.program import Policy, Program

MOST = 3_000_000
"""Steps from world to world within one turn; of more the table would not pay for itself."""
WORTH_LOADING = 1_000_000
"""Games for which it pays to load the compiled loop."""


@dataclass(frozen=True, eq=False)
class Chain:
    """One doctrine at one program, as draws that lead to draws.

    A draw is known by a number from 0 on; an ending as its number in the program, counted from
    -1 down.
    """

    opening: Rows
    """By aim: the first draw."""
    row: Rows
    """By draw: its row of weights."""
    first: Rows
    """By draw: where in `target` the first of its outcomes stands."""
    target: Rows
    """By outcome of a draw: what comes next."""
    site: Bits
    """By row of weights: the part of the roll's key that the game does not settle."""
    sums: Keys
    """By aim, row of weights and outcome: the running sum of the weights, the last one on to the
    end of the row."""

    def arrays(self) -> tuple[Rows, Rows, Rows, Rows, Bits, Keys]:
        """All parts in their order."""
        return self.opening, self.row, self.first, self.target, self.site, self.sums


def by_rules(program: Program, policy: Policy) -> bool:
    """Whether nothing is chosen at random where a doctrine plays, nor by a timing plan."""
    plays = [program.policies[name] for name in program.automatic if name]
    return not any(each.uniform for each in (policy, *plays))


def chain(program: Program, policy: Policy) -> Chain:
    """The table of a doctrine; all must be chosen `by_rules`.

    Raises `TooLargeError` where there would be more than `MOST` steps within a turn.
    """
    assert by_rules(program, policy)
    road = Road(program, (policy,), brief=True)
    expander = Bounded(road, range(len(program.scenario.aims)), most=MOST)
    place, keys, rows = expander.opening()
    turns: list[Turn] = []
    starts: Starts = {place: keys}
    while starts:
        turns.append(expander.turn(starts, policy, brief=True))
        starts = turns[-1].next
    linking = _Linking(program, policy)
    while turns:
        linking.link(turns.pop())
    return linking.chain(linking.entries[place][rows])


class _Linking:
    """Goes from the last turn to the first, so that whatever a way leads to is known."""

    def __init__(self, program: Program, policy: Policy) -> None:
        self.policy = policy
        self.endings = {ending.id: -1 - number for number, ending in enumerate(program.endings)}
        self.entries: dict[Place, Rows] = {}
        """By place and world: the draw that comes next from there, or the ending."""
        self._responding: dict[Place, dict[int, Rows]] = {}
        """By place where responses are chosen: the same by response."""
        self._draws = self._outcomes = self._rows = 0
        self._row: list[Rows] = []
        self._first: list[Rows] = []
        self._target: list[Rows] = []
        self._site: list[Bits] = []
        self._sums: list[Keys] = []

    def chain(self, opening: Rows) -> Chain:
        """All that was linked, with the first draws by aim."""
        widest = max((sums.shape[2] for sums in self._sums), default=1)
        padded = [
            np.pad(sums, ((0, 0), (0, 0), (0, widest - sums.shape[2])), mode="edge")
            for sums in self._sums
        ]
        none = np.empty(0, dtype=np.int32)
        return Chain(
            opening=opening,
            row=np.concatenate([none, *self._row]),
            first=np.concatenate([none, *self._first]),
            target=np.concatenate([none, *self._target]),
            site=np.concatenate([np.empty(0, dtype=np.uint64), *self._site]),
            sums=np.concatenate([np.empty((len(opening), 0, widest), np.int64), *padded], axis=1),
        )

    def link(self, turn: Turn) -> None:
        """One turn, whose next one is linked already."""
        for layer in reversed([*turn.layers.values()]):
            kind = layer.place.kind
            if kind == "respond":
                self._responding[layer.place] = {}
                for edge in layer.edges:
                    known = self._responding[layer.place]
                    entry = known.setdefault(edge.way.number, _nowhere(layer))
                    self._lead(entry, edge)
                continue
            if kind == "chance":
                entry = self._drawn(layer, turn)
            else:
                entry = _nowhere(layer)
                if kind == "decide":
                    self._decide(entry, layer, turn)
                else:
                    for edge in layer.edges:
                        self._lead(entry, edge)
            self.entries[layer.place] = entry

    def _lead(self, entry: Rows, edge: Edge) -> None:
        entry[slice(None) if edge.rows is None else edge.rows] = self._onward(edge)

    def _onward(self, edge: Edge) -> Rows | int:
        """What comes next for the worlds of an edge."""
        if isinstance(edge.target, str):
            return self.endings[edge.target]
        return self.entries[edge.target][edge.to]

    def _decide(self, entry: Rows, layer: Layer, turn: Turn) -> None:
        respond = layer.place.ways[0].target
        assert not isinstance(respond, str)
        for choice in choices(turn, layer, layer.place.fixed or self.policy):
            entry[choice.rows] = self._responding[respond][choice.response][choice.at]

    def _drawn(self, layer: Layer, turn: Turn) -> Rows:
        """The draws of the worlds of a layer, with their weights and what their outcomes bring."""
        place, expander = layer.place, turn.expander
        assert place.chance is not None
        coded, patterns = expander.coded(layer), expander.patterns(place)
        present, codes = np.unique(coded.codes, return_inverse=True)
        weights = patterns.weights(coded.patterns[present]).astype(np.int64)
        count, width = len(layer.keys), len(place.ways)
        target = np.full((count, width), -1 - len(self.endings), dtype=np.int32)
        for edge in layer.edges:
            self._lead(target[:, patterns.numbers[edge.way.number]], edge)
        draws = np.arange(self._draws, self._draws + count, dtype=np.int32)
        self._row.append((self._rows + codes).astype(np.int32))
        self._first.append(self._outcomes + width * np.arange(count, dtype=np.int32))
        self._target.append(target.reshape(-1))
        self._site.append(np.full(len(present), site_of(place.chance.key, place.turn), np.uint64))
        self._sums.append(np.cumsum(weights, axis=1).transpose(0, 2, 1))
        self._draws += count
        self._rows += len(present)
        self._outcomes += count * width
        return draws


def _nowhere(layer: Layer) -> Rows:
    return np.zeros(len(layer.keys), dtype=np.int32)


Follower = Callable[[Chain, Bits, Keys], Keys]
"""Plays games to their endings, by the bases of their luck and their aims."""


def follower(games: int) -> Follower:
    """The loop for so many games: to load the compiled one pays for many only."""
    return compiled_follower() if games >= WORTH_LOADING and is_fast() else follow


def follow(table: Chain, base: Bits, aims: Keys) -> Keys:
    """The numbers of the endings of some games, all of which make one draw at a time."""
    found = np.empty(len(base), dtype=np.int64)
    games = np.arange(len(base))
    draw = table.opening[aims]
    outcomes = [np.ascontiguousarray(table.sums[:, :, at]) for at in range(table.sums.shape[2])]
    while len(games):
        over = draw < 0
        if over.any():
            found[games[over]] = -1 - draw[over]
            on = ~over
            games, draw, base, aims = games[on], draw[on], base[on], aims[on]
        row = table.row[draw]
        picked = picks(mixed(base + table.site[row]), outcomes[-1][aims, row])
        number = table.first[draw]
        for sums in outcomes[:-1]:
            number = number + (picked >= sums[aims, row])
        draw = table.target[number]
    return found


def compiled_follower() -> Follower:
    """The same, one game after another; raises `ImportError` where numba is not installed."""
    from tabletop.odds.compiled import follow_each

    def follow_compiled(table: Chain, base: Bits, aims: Keys) -> Keys:
        found = np.empty(len(base), dtype=np.int64)
        follow_each(base, aims, *table.arrays(), found)
        return found

    return follow_compiled
