"""What people do in the hour: take seats, prefer, lock, dissent, guess, and when each may.

Every one raises `ActionError` where it may not be done now.
"""

from __future__ import annotations

from tabletop.clean import clean_line
from tabletop.errors import ActionError
from tabletop.exercise.conduct import NAME_LIMIT, doctrine_of, joining, reason_of, words_of
from tabletop.exercise.events import Draft
from tabletop.exercise.hour import notes
from tabletop.exercise.hour.actions import (
    Dissent,
    Enter,
    Guess,
    Lock,
    Observe,
    Prefer,
    Stand,
    Ticket,
)
from tabletop.exercise.hour.course import Course
from tabletop.exercise.hour.deciding import Choice, allowed, check_open, on_offer
from tabletop.exercise.hour.people import (
    deciding,
    heads_of,
    is_chair,
    played,
    preferences_of,
    seat_of,
    seats_of,
)
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.record import LEFT, Record
from tabletop.exercise.seats import check_forecast
from tabletop.exercise.table import Join
from tabletop.exercise.words import seal_words


def join(course: Course, act: Join) -> None:
    """Take a seat in one of the teams; an empty chair is cleared for the first to come."""
    if course.hour.barred:
        raise ActionError("the room is closed to new seats: ask who leads the exercise")
    course.check_team(act.team)
    if act.seat in course.hour.observers:
        raise ActionError(f"seat {act.seat!r:.60} is taken")
    course.add(joining(act))
    for seat in seats_of(course.record, act.team):
        if is_chair(seat.id):
            course.add(Draft(LEFT, {"seat": seat.id}, "control", act.team))


def prefer(course: Course, act: Prefer) -> None:
    """A seat states what it prefers."""
    record, hour = course.record, course.hour
    seat = seat_of(record, act.seat)
    line = played(record, seat.team)
    if not may_prefer(record, hour, act.seat):
        raise ActionError("no preference is asked for now")
    if act.response not in on_offer(line.play):
        raise ActionError(f"there is no response {act.response!r:.60} to prefer now")
    course.note(
        notes.PREFERENCE,
        act.seat,
        line.name,
        seat=act.seat,
        turn=line.world.turn,
        response=act.response,
        reason=words_of(act.reason),
    )


def may_prefer(record: Record, hour: Hour, seat: str) -> bool:
    """Whether a seat may state what it prefers: silent phase or talk, until its team locks."""
    phases = {span.phase for span in hour.spans}
    closed = {"read"} if "preference" in phases else set()
    return hour.phase not in closed and _undecided(record, hour, record.seats[seat].team)


def _undecided(record: Record, hour: Hour, team: str) -> bool:
    """Whether a team still has its choice of this round to make."""
    return (
        hour.open
        and team not in hour.locks
        and team not in hour.done
        and deciding(record.newest(team))
    )


def may_lock(record: Record, hour: Hour, team: str) -> bool:
    """Whether a team's choice can be locked: once the silent phase is over."""
    phases = {span.phase for span in hour.spans if span.round}
    closed = {"read", "preference"} if {"preference", "talk"} & phases else set()
    return hour.phase not in closed and _undecided(record, hour, team)


def lock(course: Course, act: Lock) -> None:
    """A head locks its team's choice."""
    record, hour = course.record, course.hour
    team = seat_of(record, act.seat).team
    if act.seat not in heads_of(record, team):
        raise ActionError("only the head of the team locks its choice")
    if not may_lock(record, hour, team):
        raise ActionError("no choice can be locked now")
    allowed(record, hour, team, act.response)
    keep_lock(course, team, act, act.seat)


def keep_lock(course: Course, team: str, act: Lock | Enter, seat: str) -> None:
    """Keep a team's choice; raises `ActionError` where it is not open."""
    line = played(course.record, team)
    check_open(line.play, Choice(act.response, act.support))
    check_forecast(act.forecast)
    course.note(
        notes.LOCKED,
        seat or "control",
        line.name,
        seat=seat,
        team=team,
        turn=line.world.turn,
        response=act.response,
        support=act.support,
        rationale=words_of(act.rationale),
        forecast=act.forecast,
    )


def lost(record: Record, hour: Hour, seat: str) -> str | None:
    """The response that a seat preferred and its team did not take; None where none lost."""
    team = record.seats[seat].team
    said = preferences_of(record, hour, team).get(seat)
    if said is None:
        return None
    lock = hour.locks.get(team)
    taken = lock.response if lock is not None else None
    if team in hour.done:
        line = record.newest(team)
        taken = line.decisions[-1].response if line and line.decisions else taken
    return said.response if taken is not None and taken != said.response else None


def dissent(course: Course, act: Dissent) -> None:
    """A seat says why it would have chosen otherwise."""
    seat = seat_of(course.record, act.seat)
    response = lost(course.record, course.hour, act.seat)
    if response is None:
        raise ActionError("a dissent is a preference that lost, and yours has not")
    line = played(course.record, seat.team)
    turn = line.decisions[-1].turn if seat.team in course.hour.done else line.world.turn
    course.note(
        notes.DISSENT,
        act.seat,
        line.name,
        seat=act.seat,
        team=seat.team,
        turn=turn,
        response=response,
        reason=reason_of(act.reason),
    )


def may_guess(record: Record, hour: Hour, seat: str) -> tuple[str, ...]:
    """The teams whose turn a seat that waits may guess about."""
    own = record.seats[seat].team
    if not hour.open or (own not in hour.locks and deciding(record.newest(own))):
        return ()
    return tuple(team for team in hour.teams if team != own and deciding(record.newest(team)))


def guess(course: Course, act: Guess) -> None:
    """A seat that waits forecasts another team's turn."""
    seat_of(course.record, act.seat)
    if act.team not in may_guess(course.record, course.hour, act.seat):
        raise ActionError("no forecast about that team is asked for now")
    check_forecast(act.forecast)
    line = played(course.record, act.team)
    course.note(
        notes.GUESS,
        act.seat,
        line.name,
        seat=act.seat,
        team=act.team,
        turn=line.world.turn,
        forecast=act.forecast,
    )


def stand(course: Course, act: Stand) -> None:
    """A team gets a standing order."""
    record = course.record
    if act.seat is not None and act.seat not in heads_of(record, act.team):
        raise ActionError("only the head of the team gives its standing order")
    course.check_team(act.team)
    doctrine = doctrine_of(record, act.doctrine)
    course.note(notes.STANDING, act.seat or "control", team=act.team, doctrine=doctrine)


def ticket(course: Course, act: Ticket) -> None:
    """A seat hands in its exit ticket."""
    if act.seat not in course.hour.observers:
        seat_of(course.record, act.seat)
    if not may_hand_in(course.hour):
        raise ActionError("exit tickets are handed in at the end")
    course.note(notes.TICKET, act.seat, seat=act.seat, text=reason_of(act.text))


def may_hand_in(hour: Hour) -> bool:
    """Whether exit tickets are taken."""
    return hour.phase in ("endings", "hot_wash", "ticket", "pause", "over")


def observe(course: Course, act: Observe) -> None:
    """Somebody takes a recorder's seat."""
    course.check_team(act.team)
    if act.seat in course.record.seats or act.seat in course.hour.observers:
        raise ActionError(f"seat {act.seat!r:.60} is taken")
    name = seal_words(clean_line(act.name, NAME_LIMIT))
    course.note(notes.OBSERVER, act.seat, seat=act.seat, name=name, team=act.team)
