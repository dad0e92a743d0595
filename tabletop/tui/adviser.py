"""The adviser at the table: off until it is turned on, then beside every option, in words alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from tabletop.clean import clean_line, clean_text
from tabletop.errors import TabletopError
from tabletop.odds.advice_words import BESIDE, silent
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.view import View
    from tabletop.tui.app import TabletopApp

Words = Mapping[str, str]
"""By id of a response or an answer: what the adviser says of it."""


class Counsel:
    """What an adviser says of the moment that a player is at, asked for in the background."""

    def __init__(self, app: TabletopApp, heard: Callable[[Words], None]) -> None:
        """Tell `heard` when there are words, and when there are none any more."""
        self._app = app
        self._heard = heard
        self._asked: tuple[str, int] | None = None
        self.words: Words = {}

    def look(self, view: View) -> None:
        """Ask about the moment of a view, once; where the adviser is off, say nothing."""
        asked = (view.line, view.event) if self._app.advised else None
        if asked == self._asked:
            return
        self._asked = asked
        self._say({})
        if asked is None or view.phase not in {"deciding", "flash"}:
            self._app.workers.cancel_group(self._app, "adviser")
        else:
            work = self._ask(asked)
            self._app.run_worker(work, group="adviser", exclusive=True, exit_on_error=False)

    async def _ask(self, asked: tuple[str, int]) -> None:
        from tabletop.debrief.counsel import counsel

        try:
            words = await counsel(self._app.local.path, asked[0])
        except TabletopError as error:
            if asked == self._asked:
                self._app.advised = False
                self._asked = None
                self._app.say(silent(error), "warning")
            return
        # Who has decided meanwhile is not told of what is over.
        if asked == self._asked:
            self._say(words)

    def _say(self, words: Words) -> None:
        if words != self.words:
            self.words = words
            self._heard(words)


def advised(words: str) -> Content:
    """An adviser's words, with whose they are."""
    text = clean_text(words, 900) if "\n" in words else f"{clean_line(words)}."
    gap = "\n" if "\n" in words else " "
    return Content.assemble((f"{BESIDE}:", Ink.MUTED), gap, (text, Ink.TEXT))
