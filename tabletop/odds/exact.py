"""The game solved exactly: the best and the worst that play can do, from any world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.backward import Backward
from tabletop.odds.choosing import ANYTHING, Options, Ruled
from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Starts, Turn
from tabletop.odds.forward import Forward, Mass
from tabletop.odds.kernels import Kernels, Worth, kernels
from tabletop.odds.packing import Keys, Numbers
from tabletop.odds.places import Place, Road
from tabletop.odds.spool import Spool

if TYPE_CHECKING:
    from tabletop.rules.play import Play
    from tabletop.rules.program import Program

AT_ONCE = 34_000_000
"""Values of one turn that are worked out at a time; about a third of them are there at once."""

Progress = Callable[[int], None]


def quietly(turn: int) -> None:
    """The progress that nobody hears."""


@dataclass(eq=False)
class Opening:
    """Worlds at the start of one turn in one stage, each once, and what they are worth."""

    place: Place
    keys: Keys
    worth: Worth

    @property
    def values(self) -> Numbers:
        """What they are worth, by aim, column and world."""
        return self.worth.transpose(1, 2, 0)


class UnsolvedError(LookupError):
    """A world that was not reached when the game was solved: control has changed it."""


class Exact:
    """A solved game: what every world at the start of every turn is worth, for every objective.

    Best and worst play know the adversary's aim and every chance, which no player does:
    their values are bounds.
    """

    def __init__(
        self,
        program: Program,
        aims: Sequence[int] | None = None,
        objectives: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        """All aims and the scenario's own objectives, unless fewer or others are asked for."""
        self.program = program
        if objectives is None:
            objectives = {name: each.values for name, each in program.scenario.objectives.items()}
        self.objectives = tuple(objectives)
        self.endings = {
            ending.id: np.array([each[ending.id] for each in objectives.values()] * 2)
            for ending in program.endings
        }
        """By ending: its worth in each column: the objectives for best play, then for worst."""
        self.road = Road(program, brief=True)
        if aims is None:
            aims = range(len(program.scenario.aims))
        self.expander = Expander(self.road, aims)
        self.openings: dict[Place, Opening] = {}
        self.at_random: dict[str, Numbers] | None = None
        """By ending: its probability by aim under random play, if it was asked for."""

    def solve(
        self,
        start: Play | None = None,
        progress: Progress = quietly,
        *,
        at_random: bool = False,
    ) -> None:
        """Solve the game from its start, or from where a play stands.

        `progress` hears the turn that is worked on, from the first to the last and back. With
        `at_random` the odds under random play are worked out on the way, which takes less than
        to ask for them alone.
        """
        place, keys, rows = self.expander.opening(start)
        starts: Starts = {place: keys}
        mass: dict[Place, Mass] = {place: np.eye(len(keys))[rows]}
        odds = {ending: np.zeros(len(rows)) for ending in self.endings}
        with Spool() as spool:
            while starts:
                progress(next(iter(starts)).turn)
                turn = spool.expand(self.expander, starts)
                if at_random:
                    loops = kernels(spool.worlds)
                    deciding = Ruled(turn, ANYTHING)
                    forward = Forward(turn, mass, deciding, keep=False, kernels=loops)
                    mass = forward.next()
                    for ending, found in forward.endings.items():
                        odds[ending] += found
                starts = turn.next
            self.at_random = odds if at_random else None
            loops = kernels(spool.worlds)
            following: dict[Place, Worth] = {}
            for turn, starts in spool.back(self.expander):
                progress(next(iter(starts)).turn)
                following = self._before(turn, starts, following, loops)
                for place, keys in starts.items():
                    self.openings[place] = Opening(place, keys, following[place])

    def _before(
        self, turn: Turn, starts: Starts, following: Mapping[Place, Worth], loops: Kernels
    ) -> dict[Place, Worth]:
        """By place where a turn starts: what its worlds are worth."""
        aims, columns = len(self.expander.aims), 2 * len(self.objectives)
        # What belongs to one aim lies together, as it is worked out and asked for together.
        worths = {
            place: np.empty((aims, len(keys), columns)).transpose(1, 0, 2)
            for place, keys in starts.items()
        }
        for group, some in self._parts(turn.size()):
            first, last = group[0], group[-1] + 1
            after = {place: worth[:, first:last, some] for place, worth in following.items()}
            endings = {name: worth[some] for name, worth in self.endings.items()}
            solved = Backward(turn, after, endings, keep=starts, kernels=loops, aims=group)
            for place, worth in worths.items():
                worth[:, first:last, some] = solved.values[place]
        return worths

    def _parts(self, worlds: int) -> Iterator[tuple[list[int], slice | list[int]]]:
        """Aims, and columns, to be solved at a time: the values of all could fill memory."""
        half, aims = len(self.objectives), range(len(self.expander.aims))
        fitting = AT_ONCE // (2 * max(worlds, 1))
        if fitting >= half:
            step = fitting // half
            yield from (([*aims[at : at + step]], slice(None)) for at in aims[::step])
            return
        step = max(fitting, 1)
        for aim in aims:
            for at in range(0, half, step):
                some = range(at, min(at + step, half))
                yield [aim], [*some, *(half + column for column in some)]

    def worth(self) -> Numbers:
        """By aim and column: what the game is worth before its first step."""
        place, _, rows = self.expander.opening()
        found: Numbers = self.openings[place].worth[rows, np.arange(len(rows))]
        return found

    def key(self, play: Play) -> tuple[Place, int]:
        """Where a play stands, and the packed world that stands for its own."""
        place = self.road.of(play)
        packed = np.array([self.expander.packing.pack(play.world)])
        return place, int(self.expander.reduced(place, packed)[0])

    def around(self, *plays: Play) -> Local:
        """The values of all that can follow some plays of one turn until the next one starts.

        Raises `UnsolvedError` where the game that was solved does not lead.
        """
        turn = self.expander.turn(self._starts(plays))
        following = {place: self.known(place, keys) for place, keys in turn.next.items()}
        return Local(self, turn, Backward(turn, following, self.endings))

    def _starts(self, plays: Sequence[Play]) -> Starts:
        starts: dict[Place, Keys] = {}
        for play in plays:
            place, keys, _ = self.expander.opening(play)
            starts[place] = np.union1d(starts[place], keys) if place in starts else keys
        return starts

    def known(self, place: Place, keys: Keys) -> Worth:
        """What worlds at the start of a turn are worth, by world, aim and column.

        Raises `UnsolvedError` where the game that was solved does not lead to all of them.
        """
        opening = self.openings.get(place)
        if opening is None:
            raise UnsolvedError(f"turn {place.turn} was not reached in this stage")
        at = np.minimum(np.searchsorted(opening.keys, keys), len(opening.keys) - 1)
        if (opening.keys[at] != keys).any():
            raise UnsolvedError(f"a world of turn {place.turn} was not reached")
        worth: Worth = opening.worth[at]
        return worth


class Local:
    """One turn from where a play stood, solved; it answers for every place within it."""

    def __init__(self, exact: Exact, turn: Turn, solved: Backward) -> None:
        self.exact = exact
        self.turn = turn
        self.solved = solved

    def value(self, play: Play) -> Numbers:
        """By aim and column: what a play of this turn is worth where it stands now.

        It stands before a draw or a decision, at the start of the next turn, or at its end.
        """
        if play.ending is not None:
            worth = self.exact.endings[play.ending]
            return np.broadcast_to(worth, (len(self.turn.expander.aims), len(worth)))
        place, key = self.exact.key(play)
        keys = self.turn.next[place] if play.turn_over else self.turn.layers[place].keys
        found: Numbers = self.solved.values[place][_place_of(keys, key)]
        return found

    def options(self, play: Play) -> dict[tuple[int, int], Numbers]:
        """At a decision: by response and support, by number, the value of choosing them."""
        place, key = self.exact.key(play)
        layer = self.turn.layers[place]
        at = _place_of(layer.keys, key)
        options = Options(self.turn, layer)
        found = {}
        for response, held in options.open.items():
            values = self.solved.option(options.respond, response)
            for support, rows in options.supported.items():
                if rows[at] >= 0 and held[rows[at]]:
                    found[response, support] = values[rows[at]]
        return found

    def outcomes(self, play: Play) -> dict[str, tuple[Numbers, Numbers]]:
        """Before a draw or a flash decision: by outcome or answer, chance by aim, and value."""
        place, key = self.exact.key(play)
        layer = self.turn.layers[place]
        at = _place_of(layer.keys, key)
        chances = self.turn.expander.chances(layer) if place.kind == "chance" else {}
        found = {}
        for edge in layer.edges:
            row = at if edge.rows is None else int(np.searchsorted(edge.rows, at))
            if edge.rows is not None and (row == len(edge.rows) or edge.rows[row] != at):
                continue
            value = self.solved.after(edge, row)
            chance = chances[edge.way.number][:, at] if chances else np.ones(len(value))
            found[edge.way.id] = (chance, value)
        return found


def _place_of(keys: Keys, key: int) -> int:
    at = int(np.searchsorted(keys, key))
    if at == len(keys) or keys[at] != key:
        raise UnsolvedError("this world cannot be reached from there")
    return at
