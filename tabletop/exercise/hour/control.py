"""What control does in the hour, on the record: clock, seats, messages, projector, rewinds.

Every one raises `ActionError` where it may not be done now.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from tabletop.clean import clean_line
from tabletop.errors import ActionError
from tabletop.exercise.conduct import NAME_LIMIT, joining, reason_of
from tabletop.exercise.events import Draft
from tabletop.exercise.hour import notes
from tabletop.exercise.hour.actions import (
    Discard,
    Enter,
    Govern,
    Keep,
    Mark,
    Message,
    Pause,
    Remove,
    Reseat,
    Resume,
    Rewind,
    Share,
    Show,
    Start,
    Stretch,
    Unlock,
    Write,
)
from tabletop.exercise.hour.course import Course
from tabletop.exercise.hour.people import (
    deciding,
    is_empty,
    new_chair,
    played,
    seat_of,
    seats_of,
)
from tabletop.exercise.hour.speaking import keep_lock
from tabletop.exercise.line import Line
from tabletop.exercise.record import BEGUN, LEFT, RESEATED, REWOUND, WITHHELD, Record
from tabletop.exercise.seats import head_role
from tabletop.exercise.table import Join
from tabletop.exercise.words import seal_words

_RULES = ("head", "majority", "consensus", "control")
_SHOWN = ("situation", "ladder", "reasons", "debrief", "join", "nothing")
LONGEST_STRETCH = 3600
"""Seconds that one act can add to a phase or take from it."""


def enter(course: Course, act: Enter) -> None:
    """Control enters a team's choice."""
    record, hour = course.record, course.hour
    if not (hour.open and deciding(record.newest(act.team)) and act.team not in hour.done):
        raise ActionError(f"team {act.team!r:.60} has nothing to decide now")
    keep_lock(course, act.team, act, "")


def unlock(course: Course, act: Unlock) -> None:
    """Control opens a locked choice again."""
    if act.team not in course.hour.locks or act.team in course.hour.done:
        raise ActionError(f"team {act.team!r:.60} has locked nothing that could be opened")
    course.note(notes.UNLOCKED, team=act.team)


def reseat(course: Course, act: Reseat) -> None:
    """Control changes a seat."""
    if act.seat in course.hour.observers:
        seen = course.hour.observers[act.seat]
        name = clean_line(act.name or seen.name or "", NAME_LIMIT)
        team = act.team or seen.team
        course.check_team(team)
        course.note(notes.OBSERVER, seat=act.seat, name=seal_words(name), team=team)
        return
    seat_of(course.record, act.seat)
    if act.team is not None:
        course.check_team(act.team)
    name_words = None if act.name is None else seal_words(clean_line(act.name, NAME_LIMIT))
    data = {"seat": act.seat, "name": name_words, "team": act.team, "role": act.role}
    course.add(Draft(RESEATED, data, "control", act.team or course.record.team_of(act.seat)))
    _fill_chairs(course)


def remove(course: Course, act: Remove) -> None:
    """Control takes a seat away."""
    if act.seat in course.hour.observers:
        course.note(notes.OBSERVER, seat=act.seat, name=None, team=None)
        return
    seat = seat_of(course.record, act.seat)
    course.add(Draft(LEFT, {"seat": act.seat}, "control", seat.team))
    _fill_chairs(course)


def _fill_chairs(course: Course) -> None:
    """Every team that nobody sits in any more gets an empty chair, once play has begun."""
    if not course.record.begun:
        return
    for team in course.hour.teams:
        if not seats_of(course.record, team):
            course.add(_chair(course.record, team))


def _chair(record: Record, team: str) -> Draft:
    role = head_role(record.program.scenario.roles)
    chair = Join(new_chair(record, team), "Empty chair", team, role)
    return replace(joining(chair), actor="control")


def start(course: Course, _: Start) -> None:
    """StartEx."""
    if course.record.begun:
        raise ActionError("play has begun already")
    for team in course.hour.teams:
        if is_empty(course.record, team):
            course.add(_chair(course.record, team))
    data: dict[str, Any] = {}
    if course.hour.own_luck:
        data["luck"] = {team: secrets.randbits(63) + 1 for team in course.hour.teams}
    course.add(Draft(BEGUN, data, "control", ""))
    course.follow()


def pause(course: Course, _: Pause) -> None:
    """The clock stops."""
    if course.hour.paused_at is not None:
        raise ActionError("the clock stands already")
    course.note(notes.PAUSED)


def resume(course: Course, _: Resume) -> None:
    """The clock runs on."""
    if course.hour.paused_at is None:
        raise ActionError("the clock is running")
    course.note(notes.RESUMED)


def stretch(course: Course, act: Stretch) -> None:
    """The phase gets more seconds."""
    if not 0 < abs(act.seconds) <= LONGEST_STRETCH:
        raise ActionError(f"a phase is stretched by 1 to {LONGEST_STRETCH} seconds at a time")
    course.note(notes.STRETCHED, seconds=act.seconds)


def govern(course: Course, act: Govern) -> None:
    """Another deciding rule."""
    if act.rule not in _RULES:
        raise ActionError(f"there is no deciding rule {act.rule!r:.60}: {', '.join(_RULES)}")
    course.note(notes.RULE, rule=act.rule)


def message(course: Course, act: Message) -> None:
    """Control sends a message."""
    if act.team:
        course.check_team(act.team)
    if act.seat and act.seat not in course.hour.observers:
        seat_of(course.record, act.seat)
    course.note(notes.MESSAGE, text=reason_of(act.text), seat=act.seat, team=act.team)


def write(course: Course, act: Write) -> None:
    """Control puts an inject of its own into play."""
    if act.team:
        course.check_team(act.team)
    title, text = reason_of(act.title), reason_of(act.text)
    course.note(notes.WRITTEN, title=title, text=text, team=act.team)


def keep(course: Course, act: Keep) -> None:
    """Control holds an inject of its own in its deck."""
    course.note(notes.KEPT, title=reason_of(act.title), text=reason_of(act.text))


def discard(course: Course, act: Discard) -> None:
    """A held inject leaves the deck."""
    if all((post.kind, post.number) != (notes.KEPT, act.number) for post in course.hour.posted):
        raise ActionError("that inject is not in the deck any more")
    course.note(notes.DISCARDED, number=act.number)


def mark(course: Course, act: Mark) -> None:
    """Control notes something down."""
    if act.team:
        course.check_team(act.team)
    course.note(notes.MARK, text=reason_of(act.text), team=act.team)


def show(course: Course, act: Show) -> None:
    """The projector shows something else."""
    if act.what not in _SHOWN:
        raise ActionError(f"the projector shows {', '.join(_SHOWN)}, not {act.what!r:.60}")
    if act.team:
        course.check_team(act.team)
    course.note(notes.SHOWN, show=act.what, team=act.team, reasons=list(act.reasons))


def share(course: Course, _: Share) -> None:
    """The debrief is released."""
    if not course.record.over:
        raise ActionError("the debrief is released once every team has come to its end")
    course.note(notes.SHARED)


def rewind(course: Course, act: Rewind) -> None:
    """A team gets a new line at an earlier turn."""
    record = course.record
    line = played(record, act.team)
    number = sum(each.team == act.team for each in record.lines.values()) + 1
    luck = None if act.same_luck else secrets.randbits(63) + 1
    data = {
        "from": line.name,
        "turn": act.turn,
        "luck": luck,
        "reason": reason_of(act.reason),
    }
    name = f"{act.team}.{number}"
    course.add(Draft(REWOUND, data, "control", name))
    _hold_back_as_in(course, line, name)
    course.follow()


def _hold_back_as_in(course: Course, before: Line, name: str) -> None:
    """What control holds back by now it holds back in the new line as well."""
    now, then = before.play.withheld, course.record.line(name).play.withheld
    for inject in sorted(now ^ then):
        data = {"inject": inject, "held": inject in now, "reason": None}
        course.add(Draft(WITHHELD, data, "control", name))
