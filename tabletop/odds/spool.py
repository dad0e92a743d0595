"""Expanded turns laid aside on disk until the way back: all of them at once would fill memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from tabletop.odds.expansion import Edge, Layer, Turn

if TYPE_CHECKING:
    from tabletop.odds.expansion import Expander, Starts
    from tabletop.odds.places import Place


class Spool:
    """Turns in the order in which they were expanded, given back from the last to the first."""

    def __init__(self) -> None:
        self.worlds = 0
        """How many worlds there are, over all places of all turns."""
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._at: list[int] = []
        self._starts: list[Starts] = []
        self._last: Turn | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def put(self, turn: Turn, starts: Starts) -> None:
        """Lay a turn aside, which started from some worlds; the last one stays in memory."""
        self.worlds += turn.size()
        if self._last is not None:
            self._write(self._last)
        self._starts.append(starts)
        self._last = turn

    def back(self, expander: Expander) -> Iterator[tuple[Turn, Starts]]:
        """Every turn with its start, from the last to the first."""
        turn, self._last = self._last, None
        while turn is not None:
            yield turn, self._starts.pop()
            turn = None  # let go of the last one before the next is read
            if self._at:
                turn = self._read(expander, self._at.pop())

    def _write(self, turn: Turn) -> None:
        places = {place: number for number, place in enumerate(turn.expander.road.places)}
        self._at.append(self._file.tell())
        for layer in turn.layers.values():
            place = layer.place
            edges = [
                (
                    place.ways.index(edge.way),
                    edge.target if isinstance(edge.target, str) else places[edge.target],
                    edge.rows,
                    edge.to,
                )
                for edge in layer.edges
            ]
            held = turn.open.get(place)
            self._dump((places[place], layer.keys, edges, held))
        self._dump(None)

    def _dump(self, part: Any) -> None:
        pickle.dump(part, self._file, protocol=5)

    def _read(self, expander: Expander, at: int) -> Turn:
        """A turn as it was; what it left for the next one is not wanted any more."""
        places = expander.road.places
        turn = Turn(expander)
        self._file.seek(at)
        while (part := pickle.load(self._file)) is not None:  # noqa: S301 - we wrote it just now
            number, keys, edges, held = part
            place: Place = places[number]
            layer = turn.layers[place] = Layer(place, keys)
            for way, target, rows, to in edges:
                reached = target if isinstance(target, str) else places[target]
                layer.edges.append(Edge(place.ways[way], reached, rows, to))
            if held is not None:
                turn.open[place] = held
        return turn
