"""What comes to a place along its edges, brought together so that each world stands there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.packing import Keys, Rows

if TYPE_CHECKING:
    from tabletop.odds.expansion import Edge, Layer

AT_ONCE = 1_000_000
"""Worlds that may wait at a place before they are brought together."""


class Arrivals:
    """What comes to a place; brought together now and then, so that it takes little room."""

    def __init__(self) -> None:
        self.sources: list[Layer] = []
        """By edge: the layer that it comes from."""
        self._waiting: list[tuple[Keys, Edge | None]] = []
        self._count = 0
        self._found: list[tuple[Keys, list[Edge]]] = []
        """Different worlds, and the edges whose worlds stand among them for now."""

    def add(self, keys: Keys, edge: Edge | None = None, source: Layer | None = None) -> None:
        """Worlds come along an edge; without one, where a turn starts."""
        self._waiting.append((keys, edge))
        self._count += len(keys)
        if source is not None:
            self.sources.append(source)
        if self._count > AT_ONCE:
            self._gather()

    def merged(self) -> Keys:
        """The worlds, each once and in ascending order; the edges learn where theirs stand."""
        self._gather()
        if len(self._found) == 1:
            return self._found[0][0]
        keys, where = each_once(np.concatenate([found for found, _ in self._found]))
        at = 0
        for found, edges in self._found:
            stands = where[at : at + len(found)]
            at += len(found)
            for edge in edges:
                edge.to = stands[edge.to]
        return keys

    def _gather(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting, self._count = self._waiting, [], 0
        edges = [edge for _, edge in waiting]
        counts = [len(keys) for keys, _ in waiting]
        arrived = waiting[0][0] if len(waiting) == 1 else np.concatenate([k for k, _ in waiting])
        waiting.clear()
        found, where = each_once(arrived)
        at = 0
        for edge, count in zip(edges, counts, strict=True):
            if edge is not None:
                edge.to = where[at : at + count]
            at += count
        self._found.append((found, [edge for edge in edges if edge is not None]))


def each_once(arrived: Keys) -> tuple[Keys, Rows]:
    """The different keys in ascending order, and the place of each that arrived among them."""
    # What arrives is made of runs that ascend already, because most moves add the same to
    # every key: a stable sort merges runs, and takes a fifth of the time of numpy's default.
    order = np.argsort(arrived, kind="stable")
    keys = arrived.take(order)
    first = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    where = np.empty(len(keys), dtype=np.int32)
    where[order] = np.cumsum(first, dtype=np.int32) - 1
    return keys.compress(first), where
