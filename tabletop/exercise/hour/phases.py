"""The plan of an hour as phases: what comes when, for how long, and what each is for."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.exercise.hour.view import PhaseName, Span
from tabletop.scenario.schema import Timing

ROUND: tuple[PhaseName, ...] = ("read", "preference", "talk", "lock", "reveal", "changed")
"""The phases of a round, in the order in which a plan may name them."""
MINUTES: Mapping[PhaseName, float] = {
    "read": 1,
    "preference": 0.5,
    "talk": 3,
    "lock": 1,
    "reveal": 0.75,
    "changed": 0.75,
}
"""Minutes a phase of a round where no plan is in force: seven together."""
OPEN: frozenset[PhaseName] = frozenset({"read", "preference", "talk", "lock"})
"""The phases in which a round waits for decisions."""
_KINDS: Mapping[str, PhaseName] = {
    **{name: name for name in ROUND},
    "situation": "read",
    "decision": "lock",
    "reaction": "reveal",
    "ending": "endings",
    "hot_wash": "hot_wash",
    "ticket": "ticket",
    "pause": "pause",
}
"""What the words of plans mean here; one of any other name is time to talk."""
_AFTER: tuple[Span, ...] = (
    Span("endings", 0, 240),
    Span("hot_wash", 0, 840),
    Span("ticket", 0, 60),
)
_BEFORE = (Span("join", 0, 240), Span("brief", 0, 180))


def schedule(timing: Timing | None, turns: int) -> tuple[Span, ...]:
    """Every phase of the hour in order; without a plan each of the `turns` is a round.

    A round always has a phase to lock in and one to reveal in, a plan always a moment
    for the endings: what it leaves out takes no time.
    """
    if timing is None:
        rounds = [
            Span(name, number, _seconds(minutes))
            for number in range(1, turns + 1)
            for name, minutes in MINUTES.items()
        ]
        return (*_BEFORE, *rounds, *_AFTER, Span("over", 0, 0))
    brief = min(timing.brief, timing.before)
    before = (
        Span("join", 0, _seconds(timing.before - brief)),
        Span("brief", 0, _seconds(brief)),
    )
    decided = sum(planned.mode == "decided" for planned in timing.turns)
    one = _round(timing.turn)
    rounds = [
        Span(name, number, seconds) for number in range(1, decided + 1) for name, seconds in one
    ]
    after = [
        Span(_KINDS.get(name, "pause"), 0, _seconds(each)) for name, each in timing.after.items()
    ]
    if all(span.phase != "endings" for span in after):
        after.insert(0, Span("endings", 0, 0))
    return (*before, *rounds, *after, Span("over", 0, 0))


def _round(minutes: Mapping[str, float]) -> list[tuple[PhaseName, int]]:
    """The phases of one round with their seconds, in the order of `ROUND`."""
    found: dict[PhaseName, int] = {}
    for name, each in minutes.items():
        kind = _KINDS.get(name, "talk")
        kind = kind if kind in ROUND else "talk"
        found[kind] = found.get(kind, 0) + _seconds(each)
    found.setdefault("lock", 0)
    found.setdefault("reveal", 0)
    return sorted(found.items(), key=lambda each: ROUND.index(each[0]))


def _seconds(minutes: float) -> int:
    return round(minutes * 60)
