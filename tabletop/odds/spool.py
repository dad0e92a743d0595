"""Expanded turns laid aside on disk until the way back: all of them at once would fill memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from tabletop.odds.expansion import Edge, Layer, Turn
from tabletop.odds.patterns import Coded

if TYPE_CHECKING:
    from tabletop.odds.expansion import Expander, Held, Starts
    from tabletop.odds.places import Place

SMALL = 2_000
"""Worlds of a layer that is not worth a place on disk."""


class Spool:
    """Turns in the order in which they were expanded, given back from the last to the first."""

    def __init__(self) -> None:
        self.worlds = 0
        """How many worlds there are, over all places of all turns."""
        self._file: IO[bytes] | None = None
        self._turns: list[tuple[Turn, Starts]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def expand(self, expander: Expander, starts: Starts) -> Turn:
        """A turn from some worlds on; its layers are laid aside as soon as they are known.

        Draws that can bring only one thing have no layer.
        """
        laid = Laid(self, expander)
        turn = LaidTurn(expander, laid)
        turn.expand(starts)
        laid.serve(turn)
        self._turns.append((turn, starts))
        return turn

    def put(self, turn: Turn, starts: Starts) -> None:
        """Lay aside a whole turn, which started from some worlds."""
        laid = Laid(self, turn.expander)
        for layer in turn.layers.values():
            laid.put(layer, turn.open.get(layer.place))
        laid.serve(turn)
        self._turns.append((turn, starts))

    def back(self, expander: Expander) -> Iterator[tuple[Turn, Starts]]:  # noqa: ARG002
        """Every turn with its start, from the last to the first; its layers are read anew."""
        while self._turns:
            yield self._turns.pop()

    def write(self, part: Any) -> int:
        """Write something at the end; where it stands."""
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - closed with the spool
        at = self._file.seek(0, 2)
        pickle.dump(part, self._file, protocol=5)
        return at

    def read(self, at: int) -> Any:
        """What stands somewhere."""
        assert self._file is not None
        self._file.seek(at)
        return pickle.load(self._file)  # noqa: S301 - we wrote it just now


class LaidTurn(Turn):
    """A turn whose layers are not in memory."""

    def __init__(self, expander: Expander, laid: Laid) -> None:
        super().__init__(expander, brief=True, done=laid.put)
        self._laid = laid

    def count(self, place: Place) -> int:
        """The number of worlds at a place, of this turn or at the start of the next."""
        known = self._laid.counts.get(place)
        return len(self.next[place]) if known is None else known


class Laid(Mapping["Place", Layer]):
    """The layers of one turn: each is read when it is asked for, and let go of again."""

    def __init__(self, spool: Spool, expander: Expander) -> None:
        self._spool = spool
        self._expander = expander
        self._places = expander.road.places
        self._numbers = {place: number for number, place in enumerate(self._places)}
        self._at: dict[Place, int] = {}
        self._small: dict[Place, Layer] = {}
        self._open = _Open(spool)
        self._order: list[Place] = []
        self.counts: dict[Place, int] = {}
        """By place: how many worlds there are."""
        self.targets: dict[Place, list[Place]] = {}
        """By place: where its edges lead, but for endings."""

    def serve(self, turn: Turn) -> None:
        """Be the layers of a turn from now on."""
        places = [*self._at, *self._small]
        self._order = sorted(places, key=self._numbers.__getitem__, reverse=True)
        turn.layers, turn.open = self, self._open

    def put(self, layer: Layer, held: Held | None) -> None:
        """Lay a layer aside, and what is open there."""
        place = layer.place
        self._spool.worlds += len(layer.keys)
        self.counts[place] = len(layer.keys)
        self.targets[place] = [
            edge.target for edge in layer.edges if not isinstance(edge.target, str)
        ]
        if len(layer.keys) < SMALL:
            self._small[place] = layer
            if held is not None:
                self._open.small[place] = held
            return
        ways = {id(way): number for number, way in enumerate(place.ways)}
        edges = [
            (
                ways[id(edge.way)],
                edge.target if isinstance(edge.target, str) else self._numbers[edge.target],
                edge.rows,
                edge.to,
            )
            for edge in layer.edges
        ]
        coded = None if layer.coded is None else tuple(layer.coded)
        self._at[place] = self._spool.write((layer.keys, edges, coded))
        if held is not None:
            self._open.at[place] = self._spool.write(held)

    def __getitem__(self, place: Place) -> Layer:
        if place in self._small:
            return self._small[place]
        keys, edges, coded = self._spool.read(self._at[place])
        layer = Layer(place, keys)
        if coded is not None:
            layer.coded = self._expander.patterns(place).known(Coded(*coded))
        for way, target, rows, to in edges:
            reached = target if isinstance(target, str) else self._places[target]
            layer.edges.append(Edge(place.ways[way], reached, rows, to))
        return layer

    def __contains__(self, place: object) -> bool:
        return place in self._small or place in self._at

    def __iter__(self) -> Iterator[Place]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)


class _Open(Mapping["Place", "Held"]):
    """What is open where responses are chosen, read when it is asked for."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.small: dict[Place, Held] = {}
        self.at: dict[Place, int] = {}

    def __getitem__(self, place: Place) -> Held:
        if place in self.small:
            return self.small[place]
        held: Held = self._spool.read(self.at[place])
        return held

    def __iter__(self) -> Iterator[Place]:
        yield from (*self.small, *self.at)

    def __len__(self) -> int:
        return len(self.small) + len(self.at)
