"""How an act asks for what it needs: questions that a screen or a line of text can put."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class LeftError(Exception):
    """Whoever was asked went back: the act is not done."""


class Option(NamedTuple):
    """One answer to choose."""

    id: str
    title: str
    note: str = ""
    closed: str = ""
    """Why it cannot be chosen now; empty where it can."""


class Blank(NamedTuple):
    """A line or a text to fill in."""

    label: str
    value: str = ""
    """What stands there already."""
    hint: str = ""
    needed: bool = True
    long: bool = False
    """Whether it may run over several lines."""


class Asker(Protocol):
    """Puts questions to control; every one raises `LeftError` where control goes back."""

    async def pick(self, question: str, options: Sequence[Option], start: str = "") -> str:
        """The id of the option that is chosen; the cursor begins at `start`."""

    async def several(
        self, question: str, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The ids of all that are chosen, in the order of the options; perhaps none."""

    async def fill(self, title: str, blanks: Sequence[Blank]) -> tuple[str, ...]:
        """What is filled in, one text a blank; what is needed is never empty."""

    async def sure(self, question: str, warning: str) -> None:
        """Return where control means it."""
