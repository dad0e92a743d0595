"""Every act of control by name, and why one cannot be done now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tabletop.exercise.console import (
    clock_acts,
    ruling_acts,
    seat_acts,
    story_acts,
    team_acts,
    wall_acts,
)
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.console.wording import following
from tabletop.exercise.hour.view import HourView, TeamRow

Flow = Callable[[Leading], Awaitable[str]]
"""Asks what an act needs and carries it out; gives a sentence that says what was done.

Raises `LeftError` where control goes back, and `ActionError` where it is refused.
"""

FLOWS: Final[Mapping[str, Flow]] = {
    "begin": clock_acts.begin,
    "next": clock_acts.go_on,
    "pause": clock_acts.pause,
    "resume": clock_acts.resume,
    "longer": clock_acts.longer,
    "shorter": clock_acts.shorter,
    "stretch": clock_acts.stretch,
    "timed": clock_acts.timed,
    "hold": clock_acts.hold,
    "govern": clock_acts.govern,
    "bar": clock_acts.bar,
    "enter": team_acts.enter,
    "unlock": team_acts.unlock,
    "standing": team_acts.standing,
    "rewind": team_acts.rewind,
    "override": ruling_acts.override,
    "effects": ruling_acts.effects,
    "fire": story_acts.fire,
    "withhold": story_acts.withhold,
    "allow": story_acts.allow,
    "write": story_acts.write,
    "edit": story_acts.edit,
    "deck": story_acts.release,
    "message": story_acts.message,
    "mark": story_acts.mark,
    "rename": seat_acts.rename,
    "move": seat_acts.move,
    "office": seat_acts.office,
    "remove": seat_acts.remove,
    "pin": seat_acts.pin,
    "projector_pin": seat_acts.projector_pin,
    "show": wall_acts.show,
    "reasons": wall_acts.reasons,
    "share": wall_acts.share,
}

_CLOCK: Final = frozenset({"longer", "shorter", "stretch"})
_OF_PLAY: Final = frozenset({"unlock", "enter", "override", "effects", "fire", "rewind"})
_OF_SEATS: Final = frozenset({"rename", "move", "office", "remove", "pin"})


def why_not(name: str, hour: HourView, row: TeamRow | None = None) -> str | None:
    """Why an act cannot be done now, about `row` where control has a team in view; else None."""
    if name in _OF_PLAY and not hour.begun:
        return "play has not begun"
    if name in _OF_SEATS and all(mate.empty for mate in hour.mates):
        return "nobody has taken a seat yet"
    if name in _CLOCK and not hour.timed:
        return "the hour runs by hand: there is no clock to stretch"
    return _of_the_hour(name, hour) or (_of_a_team(name, row) if row is not None else None)


def _of_the_hour(name: str, hour: HourView) -> str | None:
    over = _all_ended(hour)
    reasons = {
        "begin": hour.begun and "play has begun already",
        "next": following(hour) is None and "the hour is over",
        "pause": hour.paused and "the clock stands already",
        "resume": not hour.paused and "the clock is running",
        "reasons": not hour.said and "nobody has given a reason yet",
        "withhold": over and "every team has come to its end",
        "deck": not hour.deck and "no inject is held in the deck",
        "share": (hour.shared and "the debrief is released already")
        or (not over and "the debrief waits until every team has come to its end"),
    }
    return reasons.get(name) or None


def _all_ended(hour: HourView) -> bool:
    return all(row.ending for row in hour.teams)


def _of_a_team(name: str, row: TeamRow) -> str | None:
    if name == "unlock" and (not row.locked or row.ending):
        return f"team {row.team} has locked nothing that could be opened"
    if name == "enter" and row.ending:
        return f"team {row.team} has ended"
    if name == "enter" and row.locked:
        return f"team {row.team} has locked: unlock it first"
    if name == "standing" and row.ending:
        return f"team {row.team} has ended"
    return None
