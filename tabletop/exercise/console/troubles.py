"""What has gone wrong with the room, in plain words: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tabletop.exercise.console.facts import RoomFacts
    from tabletop.exercise.console.leading import ControlTable

SAVE = "save"
"""The id of the trouble that a save cannot be written."""


class Trouble(NamedTuple):
    """One thing that went wrong; it holds no word, name or secret of anybody."""

    id: str
    what: str
    """What has happened, in a sentence."""
    do: str
    """What it means and what to do, in a sentence or two."""
    after: str = ""
    """What is told when it is over; empty for what happens and is over by that."""
    at: float = 0.0
    """When it was noticed last, in seconds since 1970."""
    times: int = 1
    """How often it has happened."""

    @property
    def words(self) -> str:
        """All of it in one line."""
        often = f" ({self.times} times)" if self.times > 1 else ""
        return f"{self.what}{often} {self.do}"


def troubles(table: ControlTable, facts: RoomFacts) -> tuple[Trouble, ...]:
    """All that stands now or has just happened, the save first: it is what must not be lost."""
    return (*of_the_save(table), *facts.troubles())


def of_the_save(table: ControlTable) -> tuple[Trouble, ...]:
    """That the save cannot be written, where it cannot."""
    if not table.warning:
        return ()
    what, _, _ = table.warning.partition(": the game goes on")
    return (
        Trouble(
            SAVE,
            f"{what}.",
            "Play goes on, but what is said from now on would be lost with this program. Make"
            " room on that disk, or write the save elsewhere: `save FILE`, on the screen Ctrl+S.",
            f"{table.path} is written again: all of it is on the disk.",
        ),
    )


class Telling:
    """Tells a console of each trouble once, again where it happens again, and when it is over."""

    def __init__(self, found: Callable[[], Sequence[Trouble]]) -> None:
        self._found = found
        self._told: dict[str, Trouble] = {}

    def news(self) -> tuple[list[Trouble], list[str]]:
        """What is new since this was asked last, and what is over."""
        now = {each.id: each for each in self._found()}
        fresh = [
            each
            for each in now.values()
            if each.id not in self._told or each.times > self._told[each.id].times
        ]
        over = [each.after for name, each in self._told.items() if name not in now and each.after]
        # What happens now and then is counted on, so that it is not told for no more than age.
        passed = {name: each for name, each in self._told.items() if not each.after}
        self._told = passed | now
        return fresh, over
