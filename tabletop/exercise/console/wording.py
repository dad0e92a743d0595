"""The words of the console that every front end shares: phases, clocks, teams and seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.exercise.console.facts import Reached
from tabletop.exercise.hour.view import HourView, PhaseName, SeatRow, Span, TeamRow

PHASES: Mapping[PhaseName, str] = {
    "join": "Joining",
    "brief": "Brief and objective",
    "read": "Read",
    "preference": "Silent preference",
    "talk": "Talk",
    "lock": "Lock",
    "reveal": "Reveal",
    "changed": "What changed",
    "endings": "Endings and history",
    "hot_wash": "Hot wash",
    "ticket": "Exit ticket",
    "pause": "Break",
    "over": "Over",
}
"""What each phase is called."""
RULES: Mapping[str, str] = {
    "head": "the head decides",
    "majority": "the majority decides",
    "consensus": "by consensus",
    "control": "control decides",
}
SHOWN: Mapping[str, str] = {
    "join": "how to join",
    "situation": "the situation",
    "ladder": "the ladder of all teams",
    "reasons": "reasons, without names",
    "debrief": "the debrief",
    "nothing": "nothing",
}
"""What the projector can show."""


def plural(count: int, one: str, many: str = "") -> str:
    """`1 person`, `3 people`, `2 teams`."""
    more = many or {"person": "people"}.get(one, f"{one}s")
    return f"{count} {one if count == 1 else more}"


def reach_words(found: Reached) -> str:
    """Which devices have opened the test page; empty where none has."""
    if not found.phones:
        return "The test page: only this machine so far, which says nothing." if found.own else ""
    reached = f"{plural(found.phones, 'device')} reached the test page"
    if found.whole == found.phones:
        return f"{reached}, and the line works there."
    return f"{reached}; the line works on {found.whole}."


def clock(seconds: float) -> str:
    """`2:41`; a clock that ran over counts on with a sign before it."""
    whole = -int(-seconds // 1) if seconds > 0 else int(seconds)
    minutes, rest = divmod(abs(whole), 60)
    return f"{'+' if whole < 0 else ''}{minutes}:{rest:02}"


def left(hour: HourView, now: float) -> float | None:
    """Seconds that the phase has left; None where it runs by hand."""
    return hour.remaining if hour.ends_at is None else hour.ends_at - now


def place(hour: HourView) -> int:
    """Which of the spans the hour is in."""
    here = (hour.phase, hour.round)
    return next((at for at, span in enumerate(hour.spans) if (span.phase, span.round) == here), 0)


def following(hour: HourView) -> Span | None:
    """The phase that the plan has next; None at its end."""
    at = place(hour) + 1
    return hour.spans[at] if at < len(hour.spans) else None


def chain(hour: HourView) -> Sequence[Span]:
    """The phases that belong together with this one: its round, or what is before or after."""
    at = place(hour)
    first = last = at
    while first and hour.spans[first - 1].round == hour.round:
        first -= 1
    while last + 1 < len(hour.spans) and hour.spans[last + 1].round == hour.round:
        last += 1
    return hour.spans[first : last + 1]


def round_words(hour: HourView) -> str:
    """`Round 2 of 3`; before and after, which side of play it is."""
    if hour.round:
        return f"Round {hour.round} of {hour.rounds}"
    return "After EndEx" if hour.begun else "Before StartEx"


def states(hour: HourView) -> list[str]:
    """What is out of the ordinary about the clock and the room, in a few words each."""
    found = {
        "paused": hour.paused,
        "reveal held": hour.held,
        "by hand": not hour.timed,
        "room closed": hour.barred,
        "debrief released": hour.shared,
    }
    return [words for words, holds in found.items() if holds]


def waiting_words(row: TeamRow) -> str:
    """What a team waits for; its ending once it has one."""
    return row.ending or row.waiting


def stands(row: TeamRow) -> str:
    """Where a team stands, as a clause: `waits for its head`, `ended: Talks`."""
    if row.ending:
        return f"ended: {row.ending}"
    return row.waiting if row.waiting.startswith("nobody") else f"waits for {row.waiting}"


def seat_name(row: SeatRow) -> str:
    """What somebody is called; a seat without a name by its id."""
    return row.name or row.id


def used_words(row: TeamRow) -> str:
    """The time from the start of the round to the lock; a dash while it is open."""
    return "–" if row.used is None else clock(row.used)
