"""The adviser's voice at the plain prompts: words on every option, for a player who wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tabletop.errors import TabletopError
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO
from tabletop.odds.advice_words import BESIDE, OFF, ON, THINKING, silent
from tabletop.plain.wording import joined

if TYPE_CHECKING:
    from tabletop.exercise.table import Table
    from tabletop.exercise.view import View
    from tabletop.odds.advice import Adviser

_NOBODY = "There is no adviser at this table."


class Voice:
    """An adviser who speaks when it is turned on; the game is solved when it first does.

    A game that cannot be solved leaves it silent, and it says so once. `tell` says that it
    is at work.
    """

    def __init__(self, table: Table, *, on: bool = False, tell: Callable[[str], None]) -> None:
        self._table = table if isinstance(table, LocalTable) else None
        self._on = on and self._table is not None
        self._tell = tell
        self._adviser: Adviser | None = None
        self._introduced = False
        self._trouble = ""

    def turn(self, view: View) -> list[str]:
        """Turn it on or off, and tell which; turned on, it speaks at once."""
        if self._table is None:
            return [_NOBODY]
        self._on = not self._on
        if not self._on:
            return [OFF]
        self._introduced = True
        words = self.words()
        if self._trouble:
            return [self._trouble]
        titles = {each.id: each.title for each in view.responses}
        if view.flash is not None:
            titles = {each.id: each.title for each in view.flash.answers}
        spoken = (joined(titles[name], f"In this model: {each}") for name, each in words.items())
        return [ON, *spoken]

    def words(self) -> Mapping[str, str]:
        """By id of the response or the answer: what it says of it; empty where it is silent."""
        if not self._on or self._table is None or self._trouble:
            return {}
        record = self._table.record
        team = record.team_of(SOLO.name)
        line = record.newest(team)
        if line is None:
            return {}
        try:
            if self._adviser is None:
                from tabletop.odds.advice import Adviser

                self._tell(THINKING)
                self._adviser = Adviser(record.program, record.objective_of(team))
            found = self._adviser.advise(line.play)
        except TabletopError as error:
            self._trouble = joined(silent(error))
            return {}
        if not self._introduced:
            self._introduced = True
            self._tell(ON)
        return {name: advice.words for name, advice in found.items()}

    def beside(self, name: str, option: str) -> str:
        """An option with what the adviser says of it, where it speaks."""
        words = self.words().get(name)
        return joined(option, f"{BESIDE}: {words}") if words else option
