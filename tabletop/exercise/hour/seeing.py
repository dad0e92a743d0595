"""Builds what one viewer may know of the hour: never a tally or a reason before the lock."""

from __future__ import annotations

from tabletop.exercise.hour import speaking
from tabletop.exercise.hour.deciding import tally
from tabletop.exercise.hour.hearing import Heard
from tabletop.exercise.hour.people import (
    asked,
    deciding,
    heads_of,
    is_chair,
    is_empty,
    people_of,
    preferences_of,
    seats_of,
)
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.hour.view import (
    HourView,
    LockedView,
    SeatRow,
    TallyRow,
    TeamRow,
)
from tabletop.exercise.record import Record
from tabletop.exercise.table import Viewer
from tabletop.exercise.words import read_words


class Seeing:
    """The hour as one viewer may see it at one moment."""

    def __init__(
        self,
        record: Record,
        hour: Hour,
        viewer: Viewer,
        now: float,
        rows: dict[str, SeatRow] | None = None,
    ) -> None:
        """`rows` keeps what is the same for every viewer of this record and hour."""
        self.rows = {} if rows is None else rows
        self.record = record
        self.hour = hour
        self.viewer = viewer
        self.now = now
        self.scenario = record.program.scenario
        self.control = viewer.kind == "control"
        self.seat = viewer.name if viewer.kind == "seat" else ""
        self.team = self._team()
        self.heard = Heard(record, hour, viewer, self.team)

    def _team(self) -> str:
        if self.viewer.kind == "team":
            return self.viewer.name
        if self.seat in self.hour.observers:
            return self.hour.observers[self.seat].team
        found = self.record.seats.get(self.seat)
        return found.team if found is not None and not found.gone else ""

    def view(self) -> HourView:
        """The whole view."""
        hour, span = self.hour, self.hour.span
        left = hour.remaining(self.now)
        running = left is not None and hour.paused_at is None
        plan = self.record.program.plan
        return HourView(
            phase=span.phase,
            round=span.round,
            rounds=hour.rounds,
            seconds=None if left is None else span.seconds + hour.stretched,
            ends_at=self.now + left if left is not None and running else None,
            remaining=None if running else left,
            paused=hour.paused_at is not None,
            held=hour.held,
            timed=hour.timed,
            barred=hour.barred,
            begun=self.record.begun,
            rule=hour.rule,
            plan=self.scenario.timings[plan].title if plan else "",
            spans=hour.spans,
            you=self._you(),
            team=self._team_row(self.team) if self.team else None,
            mates=self._mates(),
            preference=self._own_preference(),
            locked=self._locked(self.team) if self.team else None,
            tally=self._tally(self.team) if self.team and self.heard.told(self.team) else (),
            said=self.heard.said(),
            can=self._can(),
            messages=self.heard.messages(),
            teams=self._teams(),
            shown=self.heard.shown(),
            shared=hour.shared,
            marks=self.heard.marks(),
            tickets=self.heard.tickets(),
            deck=self.heard.deck(),
            doctrines=tuple(
                (name, self.scenario.doctrines[name].title) for name in self.record.program.policies
            ),
        )

    def _row(self, seat: str) -> SeatRow:
        if seat not in self.rows:
            self.rows[seat] = self._new_row(seat)
        return self.rows[seat]

    def _new_row(self, seat: str) -> SeatRow:
        found = self.record.seats[seat]
        role = self.scenario.roles[found.role]
        return SeatRow(
            id=seat,
            name=found.name or "",
            team=found.team,
            role=found.role,
            role_title=role.title,
            head=seat in heads_of(self.record, found.team),
            preferred=seat in preferences_of(self.record, self.hour, found.team),
            empty=is_chair(seat),
        )

    def _observer_row(self, seat: str) -> SeatRow:
        seen = self.hour.observers[seat]
        return SeatRow(
            seat, seen.name or "", seen.team, "", "Recorder", head=False, preferred=False
        )

    def _you(self) -> SeatRow | None:
        if self.seat in self.hour.observers:
            return self._observer_row(self.seat)
        return self._row(self.seat) if self.team and self.seat else None

    def _mates(self) -> tuple[SeatRow, ...]:
        teams = list(self.hour.teams) if self.control else [self.team] if self.team else []
        rows = [self._row(seat.id) for team in teams for seat in seats_of(self.record, team)]
        watching = self.hour.observers.values()
        return (*rows, *(self._observer_row(each.seat) for each in watching if each.team in teams))

    def _own_preference(self) -> str | None:
        said = self.hour.preferences.get(self.seat)
        return said.response if said is not None else None

    def _locked(self, team: str) -> LockedView | None:
        if team in self.hour.done:
            line = self.record.newest(team)
            made = line.decisions[-1] if line and line.decisions else None
            if made is None:
                return None
            return LockedView(
                made.said.seat,
                made.response,
                self.heard.title(made.response),
                made.support,
                made.said.rationale,
                made.said.forecast,
                made.said.by_default,
            )
        lock = self.hour.locks.get(team)
        if lock is None:
            return None
        return LockedView(
            lock.seat,
            lock.response,
            self.heard.title(lock.response),
            lock.support,
            read_words(lock.rationale),
            lock.forecast,
            by_default=False,
        )

    def _tally(self, team: str) -> tuple[TallyRow, ...]:
        counted = tally(self.record, self.hour, team)
        return tuple(TallyRow(name, self.heard.title(name), count) for name, count in counted)

    def _can(self) -> tuple[str, ...]:
        record, hour = self.record, self.hour
        if self.seat in hour.observers:
            return ("ticket",) if speaking.may_hand_in(hour) else ()
        if not (self.seat and self.team):
            return ()
        head = self.seat in heads_of(record, self.team)
        line = record.newest(self.team)
        verbs = {
            "declare": head and not record.begun,
            "prefer": speaking.may_prefer(record, hour, self.seat),
            "lock": head and hour.rule != "control" and speaking.may_lock(record, hour, self.team),
            "answer": head and hour.round > 0 and asked(line) is not None,
            "dissent": speaking.lost(record, hour, self.seat) is not None,
            "guess": bool(speaking.may_guess(record, hour, self.seat)),
            "stand": head and (line is None or line.play.ending is None),
            "ticket": speaking.may_hand_in(hour),
        }
        return tuple(verb for verb, may in verbs.items() if may)

    def _teams(self) -> tuple[TeamRow, ...]:
        if self.control or self.viewer.kind == "projector":
            return tuple(self._team_row(team) for team in self.hour.teams)
        if not (self.seat in self.record.seats and self.team):
            return ()
        waiting = speaking.may_guess(self.record, self.hour, self.seat)
        return tuple(self._team_row(team) for team in waiting)

    def _team_row(self, team: str) -> TeamRow:
        record, hour = self.record, self.hour
        line = record.newest(team)
        stages = list(self.scenario.stages)
        stage = stages[line.world.stage] if line else stages[0]
        ending = line.play.ending if line else None
        lock = hour.locks.get(team)
        open_to = self.control or team == self.team
        last = line.decisions[-1] if line and line.decisions else None
        return TeamRow(
            team=team,
            line=line.name if line else "",
            turn=line.world.turn if line else 1,
            stage=stage,
            stage_title=self.scenario.stages[stage].title,
            locked=lock is not None or team in hour.done,
            waiting=self._waiting(team),
            used=lock.used if lock is not None and open_to else None,
            last_choice=self.heard.title(last.response) if last is not None else "",
            ending=self.scenario.endings[ending].title if ending else "",
            seats=len(people_of(record, team)),
            preferences=len(preferences_of(record, hour, team)),
            standing=hour.standing.get(team, "") if open_to else "",
            empty=is_empty(record, team),
        )

    def _waiting(self, team: str) -> str:
        record, hour = self.record, self.hour
        line = record.newest(team)
        if line is None:
            count = len(people_of(record, team))
            return "nobody here yet" if not count else "StartEx"
        if line.play.ending is not None:
            return "has ended"
        if asked(line) is not None:
            return "an answer to a flash decision"
        if not hour.open or team in hour.done or not deciding(line):
            return "nothing"
        if team in hour.locks:
            return "the reveal"
        if is_empty(record, team):
            return "its standing order"
        people = len(people_of(record, team))
        said = len(preferences_of(record, hour, team))
        if hour.phase in ("read", "preference") and said < people:
            return f"{said} of {people} preferences"
        return "its head" if hour.rule != "control" else "control"
