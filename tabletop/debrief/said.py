"""Who said what at the decisions of a line, as far as a viewer may hear it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from tabletop.debrief.forecasts import luck_seen_after
from tabletop.debrief.model import (
    AnswerStory,
    DecisionStory,
    Dissent,
    Expected,
    Person,
    Ruling,
)
from tabletop.exercise.aftermath import standing_title
from tabletop.exercise.console.deck import draws_of
from tabletop.exercise.events import Event
from tabletop.exercise.line import Decided, Line, Said
from tabletop.exercise.record import FIRED, OVERRIDE, REWOUND, WITHHELD
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import Viewer
from tabletop.exercise.view import FORECASTS, View
from tabletop.exercise.viewers import hears
from tabletop.exercise.words import read_words

PREFERENCE = "note.preference"
"""One seat's silent choice before the talk: `seat`, `turn`, `response`, `reason` (words)."""
DISSENT = "note.dissent"
"""Why a seat would have chosen otherwise, after its preference lost: `seat`, `turn`, `reason`."""


class Words:
    """The decisions of one line with their words, for one viewer."""

    def __init__(self, table: ReplayTable, viewer: Viewer, line: Line, view: View) -> None:
        self.table = table
        self.line = line
        self._news = {(item.turn, item.title) for item in view.wire if item.kind == "inject"}
        self.scenario = table.program.scenario
        self.heard = hears(table.record, viewer, line.team)
        """Whether the viewer may hear what the team said among itself."""
        self.unsealed = table.record.over
        self.knows_all = self.unsealed or viewer.kind == "control"
        self._seen_after = luck_seen_after(table.save, line.name)

    def decision(self, turn: int) -> DecisionStory | None:
        """The decision of a turn; None where nobody made one."""
        made = next((done for done in self.line.decisions if done.turn == turn), None)
        return None if made is None else self._decision(made)

    def answers(self, turn: int) -> tuple[AnswerStory, ...]:
        """The flash decisions of a turn that this viewer knows of."""
        return tuple(self._answers(turn))

    def preferences(self, turn: int) -> Mapping[str, Mapping[str, Any]]:
        """The last preference of each seat of the team in a turn, as its note has it."""
        return self._preferences.get(turn, {}) if self.heard else {}

    def rulings(self, turn: int) -> tuple[Ruling, ...]:
        """What control did in a turn, as far as this viewer may know it."""
        return tuple(ruling for ruling in self._rulings if ruling.turn == turn)

    def person(self, seat: str) -> Person:
        """Who holds a seat; the name is for their own team and for control."""
        holder = self.table.record.seats[seat]
        name = holder.name or None
        role = self.scenario.roles[holder.role].title
        return Person(seat if self.heard else "", name if self.heard else None, role)

    def _decision(self, made: Decided) -> DecisionStory:
        scenario = self.scenario
        silent = made.support == next(iter(scenario.supports))
        titles = (scenario.responses[name].title for name in made.offered if name != made.response)
        return DecisionStory(
            event=made.event,
            turn=made.turn,
            response=made.response,
            title=scenario.responses[made.response].title,
            support=None if silent else scenario.supports[made.support].title,
            by=self.person(made.said.seat),
            by_default=made.said.by_default,
            rationale=made.said.rationale if self.heard else None,
            dissents=tuple(self._dissents(made)) if self.heard else (),
            expected=self._expected(made, made.said) if self.heard else None,
            offered=tuple(titles),
            seconds=self._seconds(made) if self.heard else None,
            standing=standing_title(scenario, made.said),
        )

    def _expected(self, made: Decided, said: Said) -> Expected | None:
        if said.forecast is None:
            return None
        seen = self._seen_after is not None and made.event > self._seen_after
        percent = said.forecast if self.knows_all else None
        return Expected(dict(FORECASTS)[said.forecast], percent, made.came, seen)

    def _dissents(self, made: Decided) -> Iterator[Dissent]:
        for seat, data in self._preferences.get(made.turn, {}).items():
            name = data.get("response")
            if not isinstance(name, str):
                continue
            if name in self.scenario.responses and name != made.response:
                title = self.scenario.responses[name].title
                # What they said after it had lost tells why it should not have.
                reason = self.unlike(made.turn).get(seat) or read_words(data.get("reason"))
                yield Dissent(self.person(seat), title, reason)

    def unlike(self, turn: int) -> Mapping[str, str]:
        """By seat: why it would have chosen otherwise, in its last words on that turn."""
        return self._unlike.get(turn, {})

    @cached_property
    def _unlike(self) -> Mapping[int, dict[str, str]]:
        """The same by turn; notes of other shapes say nothing."""
        found: dict[int, dict[str, str]] = {}
        for event in self._own_events():
            seat, turn = event.data.get("seat"), event.data.get("turn")
            if event.what != DISSENT or not isinstance(seat, str) or type(turn) is not int:
                continue
            reason = read_words(event.data.get("reason"))
            if reason:
                found.setdefault(turn, {})[seat] = reason
        return found

    @cached_property
    def _preferences(self) -> Mapping[int, dict[str, Mapping[str, Any]]]:
        """The last preference of each seat of the team, by turn; notes of other shapes are none."""
        found: dict[int, dict[str, Mapping[str, Any]]] = {}
        seats = self.table.record.seats
        for event in self._own_events():
            seat, turn = event.data.get("seat"), event.data.get("turn")
            if event.what != PREFERENCE or not isinstance(seat, str) or type(turn) is not int:
                continue
            if seat in seats and seats[seat].team == self.line.team:
                found.setdefault(turn, {})[seat] = event.data
        return found

    def _seconds(self, made: Decided) -> float | None:
        """How long a decision was waited for."""
        opening = next((o for o in self.line.openings if o.turn == made.turn), None)
        if opening is None:
            return None
        events = self.table.save.events
        return max(0.0, _clock(events[made.event - 1]) - _clock(events[opening.event - 1]))

    def _answers(self, turn: int) -> Iterator[AnswerStory]:
        for given in self.line.answers:
            inject = self.scenario.injects[given.inject]
            if given.turn != turn or (turn, inject.title) not in self._news:
                continue
            yield AnswerStory(
                event=given.event,
                turn=turn,
                asked=inject.title,
                answer=inject.answers[given.answer].title,
                by=self.person(given.said.seat),
                rationale=given.said.rationale if self.heard else None,
                offered=tuple(
                    choice.title for name, choice in inject.answers.items() if name != given.answer
                ),
                standing=standing_title(self.scenario, given.said),
            )

    @cached_property
    def _rulings(self) -> list[Ruling]:
        """Everything that control did in the line, in order."""
        turns = {trace.event: trace.turn for trace in self.table.cursor.traces[self.line.name]}
        found = []
        for event in self._own_events():
            turn, reason = turns.get(event.number, 1), read_words(event.data.get("reason"))
            if event.what == OVERRIDE:
                done = self._overridden(event) if self.knows_all else None
                found.append(Ruling(event.number, turn, "override", done, reason))
            elif event.what == FIRED and self.knows_all:
                title = self.scenario.injects[event.data["inject"]].title
                found.append(Ruling(event.number, turn, "inject", title, reason))
            elif event.what == WITHHELD and self.knows_all:
                title = self.scenario.injects[event.data["inject"]].title
                what = "withheld" if event.data["held"] else "allowed"
                found.append(Ruling(event.number, turn, what, title, reason))
            elif event.what == REWOUND:
                done = f"{event.line} goes on from turn {turn} of {event.data['from']}"
                found.append(Ruling(event.number, turn, "rewind", done, reason))
        return found

    def _own_events(self) -> Iterator[Event]:
        end = self.table.record.number
        return (e for e in self.table.save.events[:end] if e.line == self.line.name)

    def _overridden(self, event: Event) -> str:
        """An override in words."""
        data = event.data
        if data.get("site"):
            return self._redrawn(event.number, data["site"], data["outcome"])
        tracks, flags = self.scenario.tracks, self.scenario.flags
        parts = [f"{tracks[name].title} {delta:+d}" for name, delta in data["effects"].items()]
        parts += [f"now true: {flags[name].title}" for name in data["sets"]]
        parts += [f"no longer true: {flags[name].title}" for name in data["clears"]]
        return "; ".join(parts)

    def _redrawn(self, number: int, site: str, outcome: str) -> str:
        """What a draw brought by control's ruling, and what it had brought by chance."""
        before = self.table.cursor.at(number - 1)
        cards = draws_of(before, before.lines[self.line.name])
        card = next(each for each in cards if each.site == site)
        titles = dict(card.outcomes)
        ruled, drawn = titles[outcome], titles[card.outcome]
        if ruled == drawn:
            # The scenario gave the two one title, and only their ids tell them apart.
            ruled, drawn = outcome, card.outcome
        return f"{card.title}: “{ruled}” instead of “{drawn}”, which was drawn"


def _clock(event: Event) -> float:
    """Seconds of a moment as saves write it; the format of it was checked, its day was not."""
    try:
        return datetime.fromisoformat(event.at).timestamp()
    except (ValueError, OverflowError):
        return 0.0
