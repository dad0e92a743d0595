"""Expanded turns laid aside on disk until the way back: all of them at once would fill memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from io import FileIO
from tempfile import TemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from tabletop.odds.expansion import Edge, Layer, Turn
from tabletop.odds.patterns import Coded

if TYPE_CHECKING:
    from tabletop.odds.expander import Expander
    from tabletop.odds.expansion import Held, Starts
    from tabletop.odds.places import Place, Way
    from tabletop.rules.program import Policy

SMALL = 2_000
"""Worlds of a layer that is not worth a place on disk."""
HELD = 64_000_000
"""Bytes of larger layers that are kept in memory all the same: a game of middling size needs no
disk."""


class Stored(NamedTuple):
    """Where an array stands on disk, and what it is."""

    at: int
    kind: np.dtype[Any]
    shape: tuple[int, ...]
    held: Any = None
    """The array itself, where it was kept in memory."""


class Spool:
    """Turns in the order in which they were expanded, given back from the last to the first."""

    def __init__(self) -> None:
        self.worlds = 0
        """How many worlds there are, over all places of all turns."""
        self._file: FileIO | None = None
        self._held = 0
        """Bytes that were kept in memory."""
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

    def expand(self, expander: Expander, starts: Starts, *policies: Policy) -> Turn:
        """A turn from some worlds on; its layers are laid aside as soon as they are known.

        With policies, only what can follow where one of them decides. Draws that can bring
        only one thing have no layer.
        """
        laid = Laid(self, expander)
        turn = LaidTurn(expander, laid, policies)
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

    def write(self, array: Any) -> Stored:
        """Lay an array aside; where it stands."""
        if self._held + array.nbytes <= HELD:
            self._held += array.nbytes
            return Stored(-1, array.dtype, array.shape, array)
        if self._file is None:
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the spool
        at = self._file.seek(0, os.SEEK_END)
        left = memoryview(np.ascontiguousarray(array).data).cast("B")
        while left:
            left = left[self._file.write(left) :]
        return Stored(at, array.dtype, array.shape)

    def read(self, stored: Stored) -> Any:
        """The array that stands somewhere."""
        if stored.held is not None:
            return stored.held
        assert self._file is not None
        found = np.empty(stored.shape, stored.kind)
        self._file.seek(stored.at)
        left = memoryview(found.data).cast("B")
        while left:
            left = left[self._file.readinto(left) :]
        return found


class LaidTurn(Turn):
    """A turn whose layers are not in memory."""

    def __init__(self, expander: Expander, laid: Laid, policies: Sequence[Policy]) -> None:
        super().__init__(expander, policies, brief=True, done=laid.put)
        self._laid = laid

    def size(self) -> int:
        """The number of worlds, over all places."""
        return sum(self._laid.counts.values())

    def count(self, place: Place) -> int:
        """The number of worlds at a place, of this turn or at the start of the next."""
        known = self._laid.counts.get(place)
        return len(self.next[place]) if known is None else known


class _Record(NamedTuple):
    """A layer on disk."""

    keys: Stored
    coded: tuple[Stored, Stored] | None
    edges: list[tuple[Way, Place | str, Stored | None, Stored | None]]


class Laid(Mapping["Place", Layer]):
    """The layers of one turn: each is read when it is asked for, and let go of again."""

    def __init__(self, spool: Spool, expander: Expander) -> None:
        self._spool = spool
        self._expander = expander
        self._numbers = {place: number for number, place in enumerate(expander.road.places)}
        self._at: dict[Place, _Record] = {}
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
        record = _Record(self._store(layer.keys), self._coded(layer), [])
        for edge in layer.edges:
            rows = None if edge.rows is None else self._store(edge.rows)
            to = None if isinstance(edge.target, str) else self._store(edge.to)
            record.edges.append((edge.way, edge.target, rows, to))
        self._at[place] = record
        if held is not None:
            self._open.at[place] = {number: self._store(mask) for number, mask in held.items()}

    def _store(self, array: Any) -> Stored:
        return self._spool.write(array)

    def _coded(self, layer: Layer) -> tuple[Stored, Stored] | None:
        if layer.coded is None:
            return None
        return self._store(layer.coded.codes), self._store(layer.coded.patterns)

    def __getitem__(self, place: Place) -> Layer:
        if place in self._small:
            return self._small[place]
        read, record = self._spool.read, self._at[place]
        layer = Layer(place, read(record.keys))
        if record.coded is not None:
            codes, patterns = record.coded
            layer.coded = self._expander.patterns(place).known(Coded(read(codes), read(patterns)))
        for way, target, rows, to in record.edges:
            edge = Edge(way, target, None if rows is None else read(rows))
            if to is not None:
                edge.to = read(to)
            layer.edges.append(edge)
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
        self.at: dict[Place, dict[int, Stored]] = {}

    def __getitem__(self, place: Place) -> Held:
        if place in self.small:
            return self.small[place]
        return {number: self._spool.read(mask) for number, mask in self.at[place].items()}

    def __iter__(self) -> Iterator[Place]:
        yield from (*self.small, *self.at)

    def __len__(self) -> int:
        return len(self.small) + len(self.at)
