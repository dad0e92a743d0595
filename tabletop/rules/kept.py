"""Answers that depend on little of a world, kept: one that reads alike is not asked again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from tabletop.rules.world import World

Reading = Callable[["World"], Hashable]
"""What of a world some guards look at: they say the same of all worlds that read alike."""

Answer = TypeVar("Answer")

MOST = 4096
"""How many answers are kept, so that a long run does not fill the memory."""


class Kept(Generic[Answer]):
    """A function of worlds that remembers what it answered; its answers are never None."""

    __slots__ = ("_answers", "_ask", "_reading")

    def __init__(self, reading: Reading, ask: Callable[[World], Answer]) -> None:
        self._reading = reading
        """Must tell apart all worlds of which the function says different things."""
        self._ask = ask
        self._answers: dict[Hashable, Answer] = {}

    def __call__(self, world: World) -> Answer:
        """What the function says of a world."""
        read = self._reading(world)
        answer = self._answers.get(read)
        if answer is None:
            answer = self._ask(world)
            if len(self._answers) >= MOST:
                self._answers.clear()
            self._answers[read] = answer
        return answer
