"""Builds the view of one viewer: the situation, what led to it, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tabletop.errors import ActionError
from tabletop.exercise.aftermath import aftermath, decision_views
from tabletop.exercise.endex import ending_view
from tabletop.exercise.line import Line, Opening
from tabletop.exercise.menu import flash_view, response_views, support_views
from tabletop.exercise.record import Record
from tabletop.exercise.seats import Seat
from tabletop.exercise.table import Viewer
from tabletop.exercise.telling import Known, Teller, Told
from tabletop.exercise.view import (
    FORECASTS,
    ArcView,
    ChangeView,
    EvidenceView,
    FlashView,
    ForecastView,
    ObjectiveView,
    Phase,
    PlaceView,
    RoleView,
    RungView,
    TheatreView,
    TrackView,
    View,
    WireView,
)
from tabletop.rules.world import World, clamped
from tabletop.scenario.schema import Track

Memory = dict[tuple[int | None, bool, bool], Known]
"""What was told of a save, by what the words hang on: the aim, EndEx, and who sees all."""


class Board:
    """One line of a record as one viewer may see it."""

    def __init__(
        self, record: Record, viewer: Viewer, line: str | None = None, memory: Memory | None = None
    ) -> None:
        """Look at a record; `memory` keeps what was told, for those who look again and again."""
        self.record = record
        self.viewer = viewer
        self.program = record.program
        self.scenario = record.program.scenario
        self.seat = self._seat()
        self.line = self._line(line)
        # In the middle of a turn gauges may run over their ends: nobody sees that.
        self.world = clamped(self.program, self.line.world) if self.line else self._first_world()
        aim, all_seen = self.world.aim if self.line else None, viewer.kind == "control"
        known: Known = {}
        if memory is not None:
            known = memory.setdefault((aim, record.over, all_seen), known)
        self.teller = Teller(
            self.program, aim, unsealed=record.over, sees_all=all_seen, known=known
        )

    def _seat(self) -> Seat | None:
        if self.viewer.kind != "seat":
            return None
        if self.viewer.name not in self.record.seats:
            raise ActionError(f"there is no seat {self.viewer.name!r}")
        return self.record.seats[self.viewer.name]

    def _line(self, name: str | None) -> Line | None:
        lines = self.record.lines
        team = self.seat.team if self.seat else self.viewer.name
        newest = self.record.newest(team)
        bound = self.viewer.kind in ("seat", "team")
        if name and name in lines and not (bound and lines[name].team != team):
            return lines[name]
        if name and lines:
            raise ActionError(f"there is no line {name!r} to look at from here")
        if newest is not None or bound:
            return newest
        return next(iter(lines.values()), None)

    def _first_world(self) -> World:
        program = self.program
        return World(1, 0, 0, 0, program.start_flags, program.start)

    @cached_property
    def told(self) -> list[Told]:
        """The line's log in words, as far as this viewer may read it."""
        told = self.teller.tell(self.line.log if self.line else ())
        return [each for each in told if self._may_read(each.to)]

    def _may_read(self, roles: tuple[str, ...]) -> bool:
        if not roles or self.viewer.kind == "control":
            return True
        if self.seat is None:
            return False
        held = {seat.role for seat in self.record.seats.values() if seat.team == self.seat.team}
        # News for an office that nobody holds goes to whoever decides.
        decides = self.scenario.roles[self.seat.role].decides
        return self.seat.role in roles or (decides and not held & set(roles))

    @property
    def phase(self) -> Phase:
        """What the line waits for."""
        if self.line is None:
            return "briefing" if self.record.seats else "joining"
        if self.line.play.ending is not None:
            return "ended"
        prompt = self.line.play.prompt
        if prompt is None:
            return "resolving"
        return "flash" if prompt.kind == "flash" else "deciding"

    @cached_property
    def last(self) -> Opening | None:
        """The decision that was made last."""
        if self.line is None or not self.line.decisions:
            return None
        turn = self.line.decisions[-1].turn
        return next(done for done in self.line.openings if done.turn == turn)

    def view(self) -> View:
        """The whole view."""
        scenario, phase, told = self.scenario, self.phase, self.told
        stage = list(scenario.stages)[self.world.stage]
        moment = scenario.calendar[self.world.turn - 1]
        play = self.line.play if self.line else None
        deciding = phase == "deciding" and play is not None
        brief, brief_cites = self._brief(stage)
        return View(
            scenario=scenario.id,
            title=scenario.title,
            summary=scenario.summary,
            content_note=scenario.content_note,
            phase=phase,
            line=self.line.name if self.line else "",
            event=self.record.number,
            seat=self.seat.id if self.seat else None,
            player=self.seat.name if self.seat else None,
            turn=self.world.turn,
            turns=self.program.turns,
            date=moment.date,
            turn_title=moment.title,
            stage=stage,
            stage_title=scenario.stages[stage].title,
            brief=brief,
            brief_cites=brief_cites,
            rungs=self._rungs(),
            tracks=self.tracks(),
            wire=self._wire(told),
            arcs=self._arcs(told),
            theatre=self._theatre(),
            responses=response_views(play, self.teller) if deciding and play else (),
            supports=support_views(play) if deciding and play else (),
            flash=self._flash() if phase == "flash" else None,
            forecast=ForecastView(scenario.forecast.question, FORECASTS),
            aftermath=aftermath(self),
            decisions=decision_views(self),
            role=self._role(ended=phase == "ended"),
            objective=self.record.objectives.get(self.seat.team) if self.seat else None,
            objectives=self._objectives(),
            ending=ending_view(self) if phase == "ended" else None,
            lesson=scenario.lesson,
            assumptions=self.assumptions(),
        )

    def assumptions(self) -> tuple[tuple[str, str, bool], ...]:
        """Every dial's title, the value in force, and whether that is the default."""
        settings = self.program.assumptions
        return tuple(
            (dial.title, settings[name].replace("_", " "), settings[name] == dial.default)
            for name, dial in self.scenario.assumptions.items()
        )

    def _flash(self) -> FlashView | None:
        play = self.line.play if self.line else None
        if play is None or play.prompt is None:
            return None
        may_read = self._may_read(self.scenario.injects[play.prompt.id].to)
        return flash_view(play, self.teller) if may_read else None

    def _brief(self, stage: str) -> tuple[str, tuple[EvidenceView, ...]]:
        part = self.scenario.stages[stage]
        moment = self.scenario.calendar[self.world.turn - 1]
        extra = self.teller.words(part)
        text = " ".join(each for each in (part.brief, extra) if each)
        cites = self.teller.cites((*part.cites, *moment.cites))
        opening = self.teller.words(moment)
        if opening and (not self._entered_now() or self.line is None):
            text = opening
        return text, cites

    def _entered_now(self) -> bool:
        if self.line is None or self.world.turn == 1:
            return True
        return any(
            done.kind == "ladder" and done.turn == self.world.turn - 1 for done in self.line.log
        )

    def _rungs(self) -> tuple[RungView, ...]:
        stages = list(self.scenario.stages)
        reached: dict[str, list[str]] = {stage: [] for stage in stages}
        reached[stages[0]].append(f"Turn 1: {self.scenario.calendar[0].title}")
        for done in self.line.log if self.line else ():
            if done.kind == "ladder":
                part = self.scenario.transitions[int(done.id)]
                reached[done.outcome].append(f"Turn {done.turn}: {part.text}")
        here = stages[self.world.stage]
        return tuple(
            RungView(
                stage,
                self.scenario.stages[stage].title,
                "here" if stage == here else "passed" if reached[stage] else "ahead",
                tuple(reached[stage]),
            )
            for stage in stages
        )

    def tracks(
        self, before: World | None = None, after: World | None = None, turn: int | None = None
    ) -> tuple[TrackView, ...]:
        """Every gauge that this viewer may see, by default as it moved since the last decision.

        `turn` leaves out the changes of every other turn.
        """
        opening = self.last
        before = before or (opening.play.world if opening else self._first_world())
        changes = self._changes(opening.logged if opening else 0, turn)
        past = self._past()
        return tuple(
            self._track(index, name, part, before, after or self.world, changes, past)
            for index, (name, part) in enumerate(self.scenario.tracks.items())
            if part.visibility == "public" or self.viewer.kind == "control"
        )

    def _track(
        self,
        index: int,
        name: str,
        part: Track,
        before: World,
        after: World,
        changes: Mapping[int, list[ChangeView]],
        past: list[World],
    ) -> TrackView:
        value = after.tracks[index]
        return TrackView(
            id=name,
            title=part.title,
            value=value,
            low=self.program.low[index],
            high=self.program.high[index],
            before=before.tracks[index],
            start=self.program.start[index],
            low_means=part.low,
            high_means=part.high,
            danger=part.danger,
            why=part.why,
            level=part.levels[value].replace("_", " ") if part.levels else None,
            changes=tuple(changes.get(index, ())),
            past=tuple(world.tracks[index] for world in past),
        )

    def _changes(self, since: int, turn: int | None) -> dict[int, list[ChangeView]]:
        found: dict[int, list[ChangeView]] = {}
        for told in self.told:
            item = told.item
            if told.at < since or turn not in (None, item.turn):
                continue
            for change in told.changes:
                reason = change.text or item.title
                cause = self.teller.cause(change.by)
                found.setdefault(change.track, []).append(
                    ChangeView(item.turn, cause, reason, change.delta)
                )
        return found

    def _past(self) -> list[World]:
        """The world at the opening of every turn so far, and as it stands."""
        closings = self.line.closings if self.line else ()
        worlds = [self._first_world(), *(world for _, world in closings)]
        return worlds if worlds[-1].tracks == self.world.tracks else [*worlds, self.world]

    def _wire(self, told: list[Told]) -> tuple[WireView, ...]:
        return tuple(each.item for each in told if each.item.kind != "ladder" or each.item.text)

    def _arcs(self, told: list[Told]) -> tuple[ArcView, ...]:
        since = self.world.turn - 1
        return tuple(arc for each in told for arc in each.arcs if arc.turn >= since)

    def _theatre(self) -> TheatreView | None:
        theatre = self.scenario.theatre
        if theatre is None:
            return None
        places = tuple(
            PlaceView(name, place.title, place.longitude, place.latitude, place.label)
            for name, place in theatre.places.items()
        )
        return TheatreView(theatre.west, theatre.south, theatre.east, theatre.north, places)

    def _objectives(self) -> tuple[ObjectiveView, ...]:
        endings = self.scenario.endings
        return tuple(
            ObjectiveView(
                name,
                part.title,
                part.text,
                tuple((endings[ending].title, value) for ending, value in part.values.items()),
            )
            for name, part in self.scenario.objectives.items()
        )

    def _role(self, *, ended: bool) -> RoleView | None:
        if self.seat is None:
            return None
        part = self.scenario.roles[self.seat.role]
        goals = tuple(
            (goal.text, self._met(goal.met) if ended and goal.met else None) for goal in part.goals
        )
        return RoleView(self.seat.role, part.title, part.brief, part.private, goals)

    def _met(self, guard: str) -> bool:
        return bool(self.program.goals[guard](self.world))
