"""Why a game cannot be solved exactly: data that needs no numpy."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.errors import TabletopError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A game that is too large to be solved exactly, and what makes it so."""

    text: str
    """In words, with the ids of the scenario."""
    turn: int = 0
    """The turn that is too large; 0 where a single world is."""
    track: str = ""
    """The id of the track that multiplies situations most; "" where none does."""
    inject: str = ""
    """The id of the inject whose traces multiply them most; "" where none does."""


class TooLargeError(TabletopError):
    """A game that is too large to be solved exactly."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal
