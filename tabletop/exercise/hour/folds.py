"""How each event of a save moves the hour on: the one place where notes become its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from tabletop.exercise.events import Event
from tabletop.exercise.hour import notes
from tabletop.exercise.hour.state import (
    Dissented,
    Hour,
    Locked,
    Observer,
    Posted,
    Preference,
    Shown,
)
from tabletop.exercise.record import DECISION, REWOUND
from tabletop.exercise.words import read_words


def after(hour: Hour, event: Event) -> Hour:
    """The hour with one more event; what does not concern it, or is not whole, is passed over.

    A note can never stop a save from being read: what it means for the hour is lost, no more.
    """
    fold = _FOLDS.get(event.what)
    if fold is None:
        return hour
    try:
        return fold(hour, event)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return hour


def moment_of(event: Event) -> float:
    """When an event was written, in seconds since 1970."""
    return datetime.fromisoformat(event.at).timestamp()


def _opened(hour: Hour, event: Event) -> Hour:
    data, at = event.data, moment_of(event)
    return replace(
        hour,
        opened=True,
        teams=tuple(data["teams"]),
        rule=data["rule"],
        own_luck=bool(data["own_luck"]),
        timed=bool(data["timed"]),
        standing=dict.fromkeys(data["teams"], data["standing"]) if data["standing"] else {},
        since=at,
    )


def _phase(hour: Hour, event: Event) -> Hour:
    at, place = moment_of(event), event.data["place"]
    if not 0 <= place < len(hour.spans):
        raise ValueError(place)
    fresh = hour.spans[place].round != hour.round
    moved = replace(
        hour,
        place=place,
        since=at,
        stretched=0,
        rested=0.0,
        paused_at=at if hour.paused_at else None,
    )
    if fresh:
        moved = replace(moved, round_since=at, preferences={}, locks={}, done=frozenset())
    return moved


def _paused(hour: Hour, event: Event) -> Hour:
    if hour.paused_at is not None:
        return hour
    since = event.data.get("since")
    at = moment_of(event)
    return replace(hour, paused_at=max(hour.since, min(at, float(since))) if since else at)


def _resumed(hour: Hour, event: Event) -> Hour:
    if hour.paused_at is None:
        return hour
    rested = moment_of(event) - hour.paused_at
    return replace(
        hour,
        paused_at=None,
        rested=hour.rested + rested,
        round_since=hour.round_since + rested,
    )


def _stretched(hour: Hour, event: Event) -> Hour:
    return replace(hour, stretched=hour.stretched + int(event.data["seconds"]))


def _timed(hour: Hour, event: Event) -> Hour:
    # By the clock again: the phase begins anew, or it would be over at once.
    at = moment_of(event)
    return replace(hour, timed=bool(event.data["timed"]), since=at, rested=0.0, stretched=0)


def _preference(hour: Hour, event: Event) -> Hour:
    data = event.data
    said = Preference(event.number, data["response"], read_words(data["reason"]))
    return replace(hour, preferences={**hour.preferences, data["seat"]: said})


def _locked(hour: Hour, event: Event) -> Hour:
    data = event.data
    used = max(0.0, moment_of(event) - hour.round_since)
    lock = Locked(
        event.number,
        data["seat"],
        data["response"],
        data["support"],
        data["rationale"],
        data["forecast"],
        used,
    )
    return replace(hour, locks={**hour.locks, data["team"]: lock})


def _unlocked(hour: Hour, event: Event) -> Hour:
    kept = {team: lock for team, lock in hour.locks.items() if team != event.data["team"]}
    return replace(hour, locks=kept)


def _decision(hour: Hour, event: Event) -> Hour:
    team = event.line.partition(".")[0]
    return replace(hour, done=hour.done | {team}) if hour.round else hour


def _rewound(hour: Hour, event: Event) -> Hour:
    team = event.line.partition(".")[0]
    kept = {each: lock for each, lock in hour.locks.items() if each != team}
    return replace(hour, locks=kept)


def _dissent(hour: Hour, event: Event) -> Hour:
    data = event.data
    said = Dissented(
        event.number,
        data["seat"],
        data["team"],
        data["turn"],
        data["response"],
        read_words(data["reason"]) or "",
    )
    return replace(hour, dissents=(*hour.dissents, said))


def _guess(hour: Hour, event: Event) -> Hour:
    data = event.data
    key = (data["seat"], data["team"], hour.round)
    return replace(hour, guesses={**hour.guesses, key: data["forecast"]})


def _standing(hour: Hour, event: Event) -> Hour:
    data = event.data
    return replace(hour, standing={**hour.standing, data["team"]: data["doctrine"]})


def _observer(hour: Hour, event: Event) -> Hour:
    data = event.data
    seen = {seat: each for seat, each in hour.observers.items() if seat != data["seat"]}
    if data["team"] is not None:
        seen[data["seat"]] = Observer(data["seat"], read_words(data["name"]), data["team"])
    return replace(hour, observers=seen)


def _posted(hour: Hour, event: Event) -> Hour:
    data = event.data
    post = Posted(
        event.number,
        event.what,
        read_words(data.get("title")) or "",
        read_words(data["text"]) or "",
        data.get("seat", ""),
        data.get("team", ""),
        hour.round,
    )
    return replace(hour, posted=(*hour.posted, post))


def _discarded(hour: Hour, event: Event) -> Hour:
    gone = (notes.KEPT, event.data["number"])
    left = tuple(post for post in hour.posted if (post.kind, post.number) != gone)
    return replace(hour, posted=left)


def _shown(hour: Hour, event: Event) -> Hour:
    data = event.data
    return replace(hour, shown=Shown(data["show"], data["team"], tuple(data["reasons"])))


_FOLDS: Mapping[str, Callable[[Hour, Event], Hour]] = {
    notes.HOUR: _opened,
    notes.PHASE: _phase,
    notes.PAUSED: _paused,
    notes.RESUMED: _resumed,
    notes.STRETCHED: _stretched,
    notes.TIMED: _timed,
    notes.HELD: lambda hour, event: replace(hour, held=bool(event.data["held"])),
    notes.RULE: lambda hour, event: replace(hour, rule=event.data["rule"]),
    notes.BARRED: lambda hour, event: replace(hour, barred=bool(event.data["barred"])),
    notes.PREFERENCE: _preference,
    notes.LOCKED: _locked,
    notes.UNLOCKED: _unlocked,
    notes.DISSENT: _dissent,
    notes.GUESS: _guess,
    notes.STANDING: _standing,
    notes.OBSERVER: _observer,
    notes.TICKET: _posted,
    notes.MESSAGE: _posted,
    notes.WRITTEN: _posted,
    notes.KEPT: _posted,
    notes.DISCARDED: _discarded,
    notes.MARK: _posted,
    notes.SHOWN: _shown,
    notes.SHARED: lambda hour, _: replace(hour, shared=True),
    DECISION: _decision,
    REWOUND: _rewound,
}
