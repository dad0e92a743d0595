"""The debrief of a save: its story, forecasts, review, questions and history, chapter by chapter.

What the odds say is worked out in a process of its own; the page stands meanwhile, and the
chapters that wait for it fill themselves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from tabletop.debrief.aside import Answer, Doing, NoReview, ask
from tabletop.debrief.chapters import Chapter, Odds, debrief_chapters, for_whom
from tabletop.debrief.comparison import Place
from tabletop.debrief.report.gather import SEALED, run_of
from tabletop.debrief.report.model import Review, Run
from tabletop.odds.tornado import Sensitivity
from tabletop.tui import start
from tabletop.tui.actions import Act, bindings
from tabletop.tui.screens.chapters import ChaptersScreen

_WAITS = "This is being worked out in the background; the page fills itself."
_NOTHING = "nobody plays this game by rules, so that nothing can be told of it"

Ask = Callable[[Place], AsyncIterator[Answer]]
"""Asks what the odds say of a line of play."""


class DebriefScreen(ChaptersScreen):
    """The debrief of one line of play for one viewer; both can be changed by a key."""

    SCREEN = "debrief"
    ENOUGH: ClassVar[tuple[type[Answer], ...]] = ()
    """Answers after which nothing more is wanted."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("debrief")]

    class Heard(Message):
        """The odds layer has said something of a place; None at its end."""

        def __init__(self, place: Place, answer: Answer | None) -> None:
            """Carry what it was asked of, and what it said."""
            super().__init__()
            self.place = place
            self.answer = answer

    def __init__(self, place: Place, consult: Ask = ask, *, run: Run | None = None) -> None:
        """Tell of `place`, as `run` has it; `consult` is asked what the odds say of it."""
        super().__init__()
        self.at = place
        self.consult = consult
        self.run = run or run_of(place)
        self.odds = Odds()

    def told(self) -> Sequence[Chapter]:
        """Its chapters, as far as everything is known."""
        return debrief_chapters(self.run, self.run.story.score, self.odds)

    def heading(self) -> str:
        """What is told, and for whom."""
        line = self.at.line
        several = f" · {line}" if len(self.at.table.record.lines) > 1 else ""
        return f"Debrief · {for_whom(self.run.story)}{several}"

    def on_mount(self) -> None:
        """Tell what is known, and ask for the odds once the page stands."""
        self._begin()

    def _begin(self) -> None:
        if self._is_sealed:
            self.run = replace(self.run, no_review=SEALED)
        else:
            self.odds = Odds(waits=_WAITS)
            self.call_after_refresh(self._consult, self.at)

    @property
    def _is_sealed(self) -> bool:
        return not (self.at.table.record.over or self.at.viewer.kind == "control")

    @work(group="odds", exclusive=True)
    async def _consult(self, place: Place) -> None:
        answers = self.consult(place)
        async for answer in answers:
            self.post_message(self.Heard(place, answer))
            if isinstance(answer, self.ENOUGH):
                break
        # Whoever has heard enough lets go of the process at once.
        close = getattr(answers, "aclose", None)
        if close is not None:
            await close()
        self.post_message(self.Heard(place, None))

    @on(Heard)
    def _hear(self, message: Heard) -> None:
        if message.place is not self.at:
            return
        answer = message.answer
        if isinstance(answer, Doing):
            self.say_doing(f"{answer.what} {answer.share:.0%}")
            return
        if isinstance(answer, Review):
            self.run = replace(self.run, review=answer)
        elif isinstance(answer, NoReview):
            self.run = replace(self.run, no_review=answer.why)
            self.odds = self.odds._replace(instead=answer.instead)
        elif isinstance(answer, Sensitivity):
            self.odds = self.odds._replace(hangs_on=answer)
        else:
            why = self.run.no_review or _NOTHING
            nothing = None if self.odds.hangs_on else f"{why[:1].upper()}{why[1:]}."
            self.odds = self.odds._replace(waits=nothing)
            self.say_doing("")
        self.tell_again()

    # --- other viewers, other lines

    @property
    def _lines(self) -> list[str]:
        return [card.name for card in self.at.table.lines(self.at.viewer)]

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Another line only where there are several."""
        if act.id == "other_line" and len(self._lines) < 2:
            return "this save has one line of play to look at from here"
        return super().why_not(act, digit)

    def offers(self, act: Act) -> bool:
        """The key of the lines shows where there are several."""
        return act.id != "other_line" or len(self._lines) > 1

    def action_other_viewer(self) -> None:
        """Tell it for the next who may look at this line."""
        table = self.at.table
        known = [
            each.viewer
            for each in table.viewers
            if self.at.line in {card.name for card in table.lines(each.viewer)}
        ]
        place = known.index(self.at.viewer) if self.at.viewer in known else -1
        self._turn_to(self.at._replace(viewer=known[(place + 1) % len(known)]))

    def action_other_line(self) -> None:
        """The next line of play that this viewer may look at."""
        lines = self._lines
        place = lines.index(self.at.line) if self.at.line in lines else -1
        self._turn_to(self.at._replace(line=lines[(place + 1) % len(lines)]))

    def _turn_to(self, place: Place) -> None:
        self.run = run_of(place)
        self.at = place
        self.odds = Odds()
        self.workers.cancel_group(self, "odds")
        self.say_doing("")
        self._begin()
        self.tell_again()

    def action_replay(self) -> None:
        """Step through this save."""
        self.program.open(start.Replay(self.at.table.path))
