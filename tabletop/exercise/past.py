"""A sequence that only grows: a longer one shares all that came before with the shorter ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Past(Sequence[T_co]):
    """What has happened, in order; never changed, since adding to it makes another one.

    Adding costs what is added, however much there was before, and several may grow from
    the same past. Going through it costs its length, and so does looking anything up.
    """

    __slots__ = ("added", "before", "length")

    def __init__(self, items: Iterable[T_co] = (), before: Past[T_co] | None = None) -> None:
        self.before = before
        """The past that this one goes on from."""
        self.added = tuple(items)
        self.length: int = len(self.added) + (0 if before is None else before.length)

    def plus(self, items: Iterable[T_co]) -> Past[T_co]:
        """This past with more behind it."""
        longer = Past(items, self if self.length else None)
        return longer if longer.added else self

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[T_co]:
        parts: list[tuple[T_co, ...]] = []
        part: Past[T_co] | None = self
        while part is not None:
            parts.append(part.added)
            part = part.before
        for items in reversed(parts):
            yield from items

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return tuple(self)[index]

    def __repr__(self) -> str:
        return f"Past({list(self)!r})"
