"""How the hour goes on: what is carried out where a phase ends, and when one ends by itself."""

from __future__ import annotations

from typing import Any

from tabletop.errors import ActionError
from tabletop.exercise.events import Draft
from tabletop.exercise.hour import notes
from tabletop.exercise.hour.course import Course
from tabletop.exercise.hour.deciding import Choice, by_default, by_doctrine, is_open
from tabletop.exercise.hour.people import (
    asked,
    deciding,
    heads_of,
    is_empty,
    people_of,
    preferences_of,
)
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.line import Line
from tabletop.exercise.record import ANSWER, DECISION, Record
from tabletop.rules.doctrine import answer
from tabletop.scenario.schema import PlannedTurn


def wants_to_go_on(record: Record, hour: Hour) -> bool:
    """Whether a phase has nothing left to wait for: all have said, or locked, what they can."""
    if not hour.open or hour.held or hour.paused_at is not None:
        return False
    waiting = [team for team in hour.teams if _waits(record, hour, team)]
    if not waiting:
        return True
    if hour.phase != "preference":
        return False
    return all(
        len(preferences_of(record, hour, team)) == len(people_of(record, team)) for team in waiting
    )


def _waits(record: Record, hour: Hour, team: str) -> bool:
    line = record.newest(team)
    if line is None or line.play.ending is not None or team in hour.done:
        return False
    return team not in hour.locks and not is_empty(record, team)


def next_place(record: Record, hour: Hour) -> int | None:
    """The phase that comes after this one; None at the end, or before StartEx.

    A round that nobody has anything to decide in is passed over, and so is what is left of
    a round once everybody has locked.
    """
    place = hour.place + 1
    if place >= len(hour.spans):
        return None
    span = hour.spans[place]
    if span.round and not record.begun:
        return None
    if hour.open and all(not _waits(record, hour, team) for team in hour.teams):
        return next(
            each
            for each in range(place, len(hour.spans))
            if hour.spans[each].phase == "reveal" or not hour.spans[each].round
        )
    if span.round > hour.round and record.over:
        return next(each for each in range(place, len(hour.spans)) if not hour.spans[each].round)
    return place


def leave(course: Course) -> None:
    """Carry out all that the end of the present phase brings, and enter the next one.

    Raises `ActionError` where there is none.
    """
    hour = course.hour
    place = next_place(course.record, hour)
    if place is None:
        before = "play has not begun: start it first" if not course.record.begun else "it is over"
        raise ActionError(before)
    target = hour.spans[place]
    if hour.round and hour.phase == "read":
        _answer_for_all(course)
    if hour.open and (target.phase == "reveal" or target.round != hour.round):
        _reveal(course)
    if not target.round and course.record.begun:
        _play_out(course)
    course.note(notes.PHASE, "clock", place=place, phase=target.phase, round=target.round)


def _answer_for_all(course: Course) -> None:
    for team in course.hour.teams:
        _answer(course, team)


def _answer(course: Course, team: str) -> None:
    """The answer that nobody gave in time: by a doctrine for an empty chair, else the first."""
    line = course.record.newest(team)
    inject = asked(line)
    while line is not None and inject is not None:
        program = course.record.program
        options = program.injects[inject]
        doctrine = course.hour.standing.get(team)
        if is_empty(course.record, team) and doctrine:
            given = answer(line.play, program.policies[doctrine], options)
        else:
            given = options.answers[0].id
        data: dict[str, Any] = {
            "seat": heads_of(course.record, team)[0],
            "inject": inject,
            "answer": given,
            "rationale": None,
            "by_default": True,
        }
        course.add(Draft(ANSWER, data, "clock", line.name))
        course.follow()
        line = course.record.newest(team)
        inject = asked(line)


def _reveal(course: Course) -> None:
    """Every team's choice is carried out; then the turns that a standing order plays."""
    for team in course.hour.teams:
        if team in course.hour.done:
            continue
        _answer(course, team)
        line = course.record.newest(team)
        if line is not None and deciding(line):
            course.add(_decision(course, team, line))
            course.follow()
    for team in course.hour.teams:
        while _stands(course, team):
            _stand_in(course, team)


def _stands(course: Course, team: str) -> bool:
    """Whether a team's turn is its standing order's, and a turn that people decide comes after."""
    line = course.record.newest(team)
    plan = _planned(course)
    if line is None or plan is None or not (deciding(line) or asked(line)):
        return False
    turn = line.world.turn
    later = any(each.mode == "decided" for each in plan[turn:])
    return plan[turn - 1].mode == "standing" and later


def _planned(course: Course) -> tuple[PlannedTurn, ...] | None:
    name = course.record.program.plan
    return course.record.program.scenario.timings[name].turns if name else None


def _play_out(course: Course) -> None:
    """What is left of every line is played by its team's standing order."""
    for team in course.hour.teams:
        line = course.record.newest(team)
        while line is not None and line.play.ending is None:
            _stand_in(course, team)
            line = course.record.newest(team)


def _stand_in(course: Course, team: str) -> None:
    _answer(course, team)
    line = course.record.newest(team)
    if line is None or not deciding(line):
        return
    doctrine = course.hour.standing[team]
    made = by_doctrine(line.play, doctrine)
    course.add(_made(course, team, line, made, {"by_default": True, "standing": doctrine}))
    course.follow()


def _decision(course: Course, team: str, line: Line) -> Draft:
    """The decision of a round: as it was locked, by a doctrine for empty chairs, by default."""
    hour, record = course.hour, course.record
    lock = hour.locks.get(team)
    choice = Choice(lock.response, lock.support) if lock is not None else None
    if lock is not None and choice is not None and is_open(line.play, choice):
        said = {"rationale": lock.rationale, "forecast": lock.forecast}
        actor = lock.seat if lock.seat in record.seats else "control"
        return _made(course, team, line, choice, said, actor)
    if is_empty(record, team):
        doctrine = hour.standing[team]
        made = by_doctrine(line.play, doctrine)
        return _made(course, team, line, made, {"by_default": True, "standing": doctrine})
    return _made(
        course, team, line, by_default(record, hour, team, line.play), {"by_default": True}
    )


def _made(
    course: Course,
    team: str,
    line: Line,
    choice: Choice,
    more: dict[str, Any],
    actor: str = "clock",
) -> Draft:
    speaking = heads_of(course.record, team)
    data: dict[str, Any] = {
        "seat": actor if actor in speaking else speaking[0],
        "turn": line.world.turn,
        "response": choice.response,
        "support": choice.support,
        "rationale": None,
        "forecast": None,
        **more,
    }
    return Draft(DECISION, data, actor, line.name)
