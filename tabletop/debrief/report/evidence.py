"""What each student left behind at each decision: the table that a teacher marks from.

A row is a student and a decision: what they would have chosen and why, before the talk; what
was decided; their forecast beside what came; their dissent; and the columns of the rubric,
blank. It quotes people, so that only whoever hears a team gets it. Who had which name is told
as it was at the decision, since seats change hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tabletop.debrief.comparison import Place
from tabletop.debrief.model import AnswerStory, DecisionStory
from tabletop.debrief.report.dataset import Column, Value, table
from tabletop.debrief.report.pseudonyms import Pseudonyms
from tabletop.debrief.said import Words
from tabletop.errors import UsageError
from tabletop.exercise.hour.people import is_chair
from tabletop.exercise.record import JOINED, RESEATED
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.rubric import CRITERIA, LEVELS
from tabletop.exercise.seats import Seat
from tabletop.exercise.table import Moment
from tabletop.exercise.viewers import hears
from tabletop.exercise.words import read_words

COLUMNS = (
    Column("save", "text", "the name of the save's file, or its pseudonym"),
    Column("scenario", "text", "the id of the scenario"),
    Column("version", "text", "the version of the scenario"),
    Column("played", "date", "the day on which the save was begun, in UTC"),
    Column("team", "text", "the team"),
    Column("line", "text", "the line of play: the team's name, and after a rewind name.2"),
    Column("student", "text", "who sat there then, or their pseudonym; empty where removed"),
    Column("seat", "text", "the seat"),
    Column("role", "text", "the office that the seat holds"),
    Column("turn", "integer", "the turn, from 1"),
    Column("event", "integer", "the number of the decision's event in the save"),
    Column("kind", "text", "decision, or flash for one that had to be answered at once"),
    Column("decided_by", "boolean", "whether this student spoke for the team"),
    Column("preference", "text", "what they would have chosen, before the talk"),
    Column("reason", "text", "why they would have chosen it"),
    Column("decided", "text", "what was chosen"),
    Column("rationale", "text", "the reason given for it; in the row of whoever gave it"),
    Column("agrees", "boolean", "whether it was their preference; empty where they had none"),
    Column("dissent", "text", "why they thought otherwise, said after their preference lost"),
    Column("forecast_percent", "integer", "their answer to the forecast question: 10 to 90"),
    Column("forecast_came", "boolean", "whether the thing that was forecast came"),
    Column("forecast_scored", "boolean", "false where it was given under luck already seen"),
    *(
        Column(f"rubric_{each.id}", "blank", f"yours to fill in, {'; '.join(LEVELS)}. {each.text}")
        for each in CRITERIA
    ),
    Column("comment", "blank", "yours to fill in"),
)


class Evidence(NamedTuple):
    """A student and a decision; the fields are those columns that are not blank."""

    save: str
    scenario: str
    version: str
    played: str
    team: str
    line: str
    student: str | None
    seat: str
    role: str
    turn: int
    event: int
    kind: str
    decided_by: bool
    preference: str | None
    reason: str | None
    decided: str
    rationale: str | None
    agrees: bool | None
    dissent: str | None
    forecast_percent: int | None
    forecast_came: bool | None
    forecast_scored: bool | None


def evidence_of(places: Sequence[Place], key: bytes | None = None) -> list[Evidence]:
    """Every student at every decision of these lines, in their order.

    With a key, names of people and of files are exchanged for pseudonyms. Raises `UsageError`
    where a viewer does not hear what the team said.
    """
    rows = [(place, each) for place in places for each in _of_line(place)]
    if key is None:
        return [each for _, each in rows]
    names = {name for place in places for name in _names(place.table) if name}
    known = Pseudonyms(key, names)
    return [_hidden(each, known, place.table.save.header.id) for place, each in rows]


def evidence_table(rows: Iterable[Evidence]) -> str:
    """The rows as CSV, with the blank columns of the rubric."""
    blank: Sequence[Value] = ("",) * (len(CRITERIA) + 1)
    return table([column.name for column in COLUMNS], ((*row, *blank) for row in rows))


def _hidden(row: Evidence, known: Pseudonyms, save: str) -> Evidence:
    return row._replace(
        save=known.save(save),
        student=row.student and known.person(row.student),
        reason=row.reason and known.text(row.reason),
        rationale=row.rationale and known.text(row.rationale),
        dissent=row.dissent and known.text(row.dissent),
    )


def _of_line(place: Place) -> Iterator[Evidence]:
    held, viewer, name = place
    line = held.record.lines[name]
    if not hears(held.record, viewer, line.team):
        raise UsageError(
            f"{held.path}: evidence quotes what team {line.team} said among itself:"
            " ask for it with --as control"
        )
    words = Words(held, viewer, line, held.view(viewer, Moment(name, held.record.number)))
    turns = sorted({made.turn for made in line.decisions} | {each.turn for each in line.answers})
    for turn in turns:
        for given in words.answers(turn):
            yield from _answered(place, given)
        made = words.decision(turn)
        if made is not None:
            yield from _decided(place, words, made)


def _decided(place: Place, words: Words, made: DecisionStory) -> Iterator[Evidence]:
    """A row for everybody who sat in the team when it decided."""
    held = place.table
    titles = held.program.scenario.responses
    wanted, unlike = words.preferences(made.turn), words.unlike(made.turn)
    for seat, holder in _holders(place, made.event).items():
        spoke = seat == made.by.seat and not made.by_default
        own = wanted.get(seat, {})
        wish = own.get("response")
        # Notes are what somebody wrote into a save: of any shape.
        known = isinstance(wish, str) and wish in titles
        chosen = str(wish) if known else made.response if spoke else None
        told = made.expected if seat == made.by.seat else None
        yield _row(place, holder, made.turn, made.event, "decision")._replace(
            decided_by=spoke,
            preference=None if chosen is None else titles[chosen].title,
            reason=read_words(own.get("reason")),
            decided=made.title,
            rationale=made.rationale if seat == made.by.seat else None,
            agrees=None if chosen is None else chosen == made.response,
            dissent=unlike.get(seat),
            forecast_percent=told.percent if told else None,
            forecast_came=told.came if told else None,
            forecast_scored=not told.luck_seen if told else None,
        )


def _answered(place: Place, given: AnswerStory) -> Iterator[Evidence]:
    """A row for whoever answered: nobody else is asked in a flash decision."""
    holder = _holders(place, given.event).get(given.by.seat)
    if holder is not None:
        yield _row(place, holder, given.turn, given.event, "flash")._replace(
            decided_by=True,
            preference=given.answer,
            decided=given.answer,
            rationale=given.rationale,
            agrees=True,
        )


def _row(place: Place, holder: Seat, turn: int, event: int, kind: str) -> Evidence:
    header, scenario = place.table.save.header, place.table.program.scenario
    return Evidence(
        save=place.table.path.name,
        scenario=header.scenario.id,
        version=header.scenario.version,
        played=header.created[:10],
        team=holder.team,
        line=place.line,
        student=holder.name or None,
        seat=holder.id,
        role=scenario.roles[holder.role].title,
        turn=turn,
        event=event,
        kind=kind,
        decided_by=False,
        preference=None,
        reason=None,
        decided="",
        rationale=None,
        agrees=None,
        dissent=None,
        forecast_percent=None,
        forecast_came=None,
        forecast_scored=None,
    )


def _holders(place: Place, upto: int) -> dict[str, Seat]:
    """The people who sat in the team at an event, by seat; an empty chair is nobody's."""
    seats = place.table.cursor.at(upto).seats
    team = place.table.record.lines[place.line].team
    return {
        name: seat
        for name, seat in seats.items()
        if seat.team == team and not seat.gone and not is_chair(name)
    }


def _names(held: ReplayTable) -> Iterator[str | None]:
    """Everybody who ever sat down, also in seats that others took over."""
    for event in held.save.events:
        if event.what in (JOINED, RESEATED):
            yield read_words(event.data.get("name"))
