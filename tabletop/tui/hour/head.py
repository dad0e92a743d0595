"""The head of the console: the phase with its clock, where it is in the plan, and who is here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.content import Content
from textual.timer import Timer

from tabletop.exercise.console.wording import (
    PHASES,
    chain,
    clock,
    following,
    left,
    plural,
    round_words,
    states,
)
from tabletop.exercise.hour.view import HourView
from tabletop.tui.hour.digits import ROWS, large
from tabletop.tui.hour.laid_out import LaidOut
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import fitted

_HERE, _PASSED, _AHEAD = "●", "○", "·"
_SOON = 30
"""Seconds from which on the clock stands out."""
_CLOCK_ROOM = 24


class Told(NamedTuple):
    """The hour as it stands, and the time that the clock shows."""

    hour: HourView
    shown: str
    """What stands on the clock; empty where the phase runs by hand."""
    soon: bool
    over: bool
    here: int
    """People whose pages are open."""


class HourHead(LaidOut[Told]):
    """Ticks once a second while the clock runs, and is still when it does not."""

    def __init__(self, now: Callable[[], float], *, id: str | None = None) -> None:  # noqa: A002
        """Read the time from `now`."""
        super().__init__(id=id)
        self._now = now
        self._timer: Timer | None = None
        self._hour: HourView | None = None
        self._here = 0

    def put(self, hour: HourView, here: int) -> None:
        """Show the hour as it stands, with so many people here."""
        self._hour, self._here = hour, here
        self._tick()

    def _tick(self) -> None:
        hour = self._hour
        if hour is None:
            return
        seconds = left(hour, self._now())
        self.draw(
            Told(
                hour,
                "" if seconds is None else clock(seconds),
                seconds is not None and 0 < seconds <= _SOON,
                seconds is not None and seconds < 0,
                self._here,
            )
        )
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if hour.ends_at is not None and seconds is not None:
            # The next moment at which another second stands on the clock.
            self._timer = self.set_timer(seconds % 1 + 0.01 if seconds % 1 else 1.0, self._tick)

    def lines(self, subject: Told, width: int, height: int | None) -> list[Content]:
        """Three lines: the clock at the left, words beside it."""
        del height
        digits = large(subject.shown) if subject.shown and width >= 2 * _CLOCK_ROOM else []
        room = len(digits[0]) + 3 if digits else 0
        words = [
            _phase(subject, width - room),
            _chain(subject.hour, width - room),
            self.below(subject, width - room),
        ]
        ink = _clock_ink(subject)
        return [
            Content.assemble((digits[at] + "   " if digits else "", ink), words[at])
            for at in range(ROWS)
        ]

    def below(self, subject: Told, width: int) -> Content:
        """The last line: what comes next, and who is here."""
        return _below(subject, width)


def _clock_ink(told: Told) -> str:
    if told.hour.paused:
        return Ink.MUTED
    if told.over:
        return Ink.DANGER
    return Ink.HERE if told.soon else Ink.TEXT


def _phase(told: Told, width: int) -> Content:
    hour = told.hour
    parts: list[Content] = [Content.styled(PHASES[hour.phase], Ink.STRONG)]
    parts.append(Content.styled(round_words(hour), Ink.MUTED))
    if told.shown and width < _CLOCK_ROOM:
        parts.insert(0, Content.styled(told.shown, _clock_ink(told)))
    alarm = {"paused", "reveal held"}
    parts += [
        Content.styled(words, Ink.HERE if words in alarm else Ink.MUTED) for words in states(hour)
    ]
    return Content("   ").join(parts).truncate(max(1, width), ellipsis=True)


def _chain(hour: HourView, width: int) -> Content:
    """The phases of this round, with the present one marked."""
    spans = list(chain(hour)) if hour.spans else []
    here = next((at for at, span in enumerate(spans) if span.phase == hour.phase), None)
    if here is None:
        return Content("")
    full = _links(hour, here, names=range(len(spans)))
    if full.cell_length <= width:
        return full
    near = _links(hour, here, names=range(here, min(here + 2, len(spans))))
    return near.truncate(max(1, width), ellipsis=True)


def _links(hour: HourView, here: int, names: range) -> Content:
    parts = []
    for at, span in enumerate(chain(hour)):
        mark = _HERE if at == here else _PASSED if at < here else _AHEAD
        ink = Ink.HERE if at == here else Ink.MUTED
        name = f" {PHASES[span.phase]}" if at in names else ""
        parts.append(Content.styled(f"{mark}{name}", ink))
    return Content.styled(" ─ ", Ink.FAINT).join(parts)


def _below(told: Told, width: int) -> Content:
    hour = told.hour
    after = following(hour)
    people = sum(row.seats for row in hour.teams)
    parts = []
    if after is not None:
        waits = "StartEx" if after.round and not hour.begun else PHASES[after.phase]
        length = f", {clock(after.seconds)}" if hour.timed and after.seconds else ""
        parts.append(f"then {waits}{length}")
    playing = [row for row in hour.teams if not row.ending]
    if hour.round:
        locked = sum(row.locked for row in playing)
        parts.append(f"{locked} of {len(playing)} locked")
    parts.append(f"{told.here} of {plural(people, 'person')} here")
    return Content.styled(fitted(" · ".join(parts), width), Ink.MUTED)
