"""The moments of a save that are worth stopping at, by event and by turn, for one viewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tabletop.exercise.board import Board
from tabletop.exercise.events import CLOSED, Event
from tabletop.exercise.record import (
    ANSWER,
    BEGUN,
    BRANCHED,
    DECISION,
    ENDED,
    JOINED,
    OBJECTIVE,
    OVERRIDE,
    REWOUND,
    TURN,
    Record,
)
from tabletop.exercise.replay_cursor import Cursor, Trace
from tabletop.exercise.table import Viewer
from tabletop.exercise.telling import Told
from tabletop.exercise.viewers import hears, seated
from tabletop.exercise.words import read_words

Mark = Literal[
    "start",
    "turn",
    "decision",
    "inject",
    "flash",
    "launch",
    "stage",
    "override",
    "rewind",
    "branch",
    "ending",
]
"""What a stop is, for a timeline to show."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment worth stopping at when a save is stepped through."""

    line: str
    event: int
    turn: int
    label: str
    marks: tuple[Mark, ...] = ()
    """What happened at it; of a turn, everything that happened in it."""
    text: str = ""
    """Everything that was told or said there, as far as the viewer may know it."""


_ALWAYS = frozenset({BEGUN, TURN, DECISION, ANSWER, ENDED, BRANCHED, REWOUND, CLOSED})
"""Kinds of events that every viewer of a line notices."""
_MARKS: Mapping[str, tuple[Mark, ...]] = {
    BEGUN: ("start", "turn"),
    TURN: ("turn",),
    DECISION: ("decision",),
    ANSWER: ("decision",),
    ENDED: ("ending",),
    CLOSED: ("ending",),
    REWOUND: ("rewind",),
    BRANCHED: ("branch",),
}
_TOLD_MARKS: Mapping[str, Mark] = {"inject": "inject", "ladder": "stage", "override": "override"}


def turn_stops(cursor: Cursor, line: str) -> list[Stop]:
    """Where a line waited for a decision, oldest first, then where it ends."""
    own = cursor.traces[line]
    calendar = cursor.last.program.scenario.calendar
    begun, last = own[0].event, own[-1]
    waited = [(o.turn, o.event) for o in cursor.last.lines[line].openings if o.event >= begun]
    stops = [
        Stop(line, event, turn, f"Turn {turn}: {calendar[turn - 1].title}")
        for turn, event in waited or [(own[0].turn, begun)]
    ]
    over = next((trace for trace in own if trace.over), None)
    if over is not None:
        number = over.event
        # The closing record follows the last end at once, and carries the seal.
        if number < cursor.last.number and cursor.events[number].what == CLOSED:
            number += 1
        stops.append(Stop(line, number, over.turn, "EndEx"))
    elif last.event > stops[-1].event:
        stops.append(Stop(line, last.event, last.turn, "Where the save ends"))
    return stops


def marked(stops: Sequence[Stop], steps: Sequence[Stop]) -> list[Stop]:
    """Stops with the marks and words of all steps of their turn; the last of those at the end."""
    if not stops:
        return []
    end = stops[-1].event if len(stops) > 1 else 0
    found = []
    for stop in stops:
        last = stop is stops[-1]
        within = [
            step
            for step in steps
            if (step.event >= end if last else step.turn == stop.turn and step.event < end)
        ]
        marks = dict.fromkeys(mark for step in within for mark in step.marks)
        text = "\n".join(step.text for step in within if step.text)
        found.append(replace(stop, marks=tuple(marks), text=text))
    return found


def steps(cursor: Cursor, viewer: Viewer, line: str) -> list[Stop]:
    """Every event by which a viewer of a line learned something; control gets each of them."""
    own = cursor.traces[line]
    team = cursor.last.lines[line].team
    found = list(_before_play(cursor, viewer, team)) if own[0].what == BEGUN else []
    for run in _runs(own, cursor.events):
        # The newest record holds the whole log of a line but for what a ruling cut off.
        record = cursor.last if run[-1] is own[-1] else cursor.at(run[-1].event)
        told = {each.at: each for each in Board(record, seated(record, viewer, team), line).told}
        for trace in run:
            items = [told[at] for at in range(trace.told_from, trace.told_to) if at in told]
            stop = _step(cursor, viewer, team, trace, items)
            if stop is not None:
                found.append(stop)
    found += _closing(cursor, line)
    return found


def _runs(traces: Sequence[Trace], events: Sequence[Event]) -> Iterator[list[Trace]]:
    """Traces in runs through which the log only grew: an overruled draw cuts it back."""
    run: list[Trace] = []
    for trace in traces:
        if run and trace.what == OVERRIDE and events[trace.event - 1].data.get("site"):
            yield run
            run = []
        run.append(trace)
    yield run


def _step(
    cursor: Cursor, viewer: Viewer, team: str, trace: Trace, items: Sequence[Told]
) -> Stop | None:
    event, record = cursor.events[trace.event - 1], cursor.last
    all_seen = viewer.kind == "control"
    if not (items or trace.what in _ALWAYS or all_seen):
        return None
    marks = dict.fromkeys(_MARKS.get(trace.what, ()))
    for told in items:
        kind = _TOLD_MARKS.get(told.item.kind)
        if kind is not None:
            marks[kind] = None
        if told.arcs:
            marks["launch"] = None
    if trace.waits == "flash" and any(told.item.kind == "inject" for told in items):
        marks["flash"] = None
    said = _said(event) if hears(record, viewer, team) else None
    label = _label(record, event, trace, items)
    texts = [label, *(f"{each.item.title} {each.item.text}".strip() for each in items), said or ""]
    text = "\n".join(dict.fromkeys(each for each in texts if each))
    return Stop(trace.line, trace.event, trace.turn, label, tuple(marks), text)


def _said(event: Event) -> str | None:
    return read_words(event.data.get("rationale"))


def _label(record: Record, event: Event, trace: Trace, items: Sequence[Told]) -> str:
    scenario, data = record.program.scenario, event.data
    calendar = scenario.calendar[trace.turn - 1].title
    titles = _titles(items)
    match event.what:
        case "game.begun":
            return f"StartEx. Turn {trace.turn}: {calendar}"
        case "game.turn":
            return f"Turn {trace.turn}: {calendar}"
        case "game.decision":
            title = scenario.responses[data["response"]].title
            silent = data["support"] == next(iter(scenario.supports))
            helper = "" if silent else f", with: {scenario.supports[data['support']].title}"
            return f"Decided: {title}{helper}"
        case "game.answer":
            answers = scenario.injects[data["inject"]].answers
            return f"Answered: {answers[data['answer']].title}"
        case "game.ended":
            return f"The end: {scenario.endings[data['ending']].title}"
        case "game.branched":
            return "Branched here: other luck from now on"
        case "game.rewound":
            return f"Control goes back to turn {trace.turn} and opens the line {trace.line}"
        case "game.fired":
            return f"Control puts into play: {scenario.injects[data['inject']].title}"
        case "game.withheld":
            title = scenario.injects[data["inject"]].title
            return f"Control {'holds back' if data['held'] else 'lets come in its time'}: {title}"
        case "game.override":
            reason = read_words(data["reason"])
            return f"Control overrules{': ' if reason else ''}{reason or ''}"
        case "game.draw":
            return titles or f"Chance, {data['site']}: {data['outcome']}"
    return titles or f"Note: {event.what}"


def _titles(items: Iterable[Told]) -> str:
    titles = (told.item.title or told.item.text for told in items)
    return "; ".join(dict.fromkeys(title for title in titles if title))


def _before_play(cursor: Cursor, viewer: Viewer, team: str) -> Iterator[Stop]:
    """Who took a seat and what was declared, for the team's own people and for control."""
    record, scenario = cursor.last, cursor.last.program.scenario
    for event in cursor.events[: cursor.last.number]:
        data = event.data
        if event.what == BEGUN:
            return
        if event.what in (JOINED, OBJECTIVE) and data["team"] != team:
            continue
        if not hears(record, viewer, team):
            continue
        if event.what == JOINED:
            name = read_words(data["name"]) or data["seat"]
            label = f"{name} takes a seat: {scenario.roles[data['role']].title}"
        elif event.what == OBJECTIVE:
            label = f"Objective: {scenario.objectives[data['objective']].title}"
        elif viewer.kind == "control":
            label = f"Note: {event.what}"
        else:
            continue
        yield Stop("", event.number, 1, label, (), label)


def _closing(cursor: Cursor, line: str) -> Iterator[Stop]:
    """The closing record, which belongs to every line."""
    turn = cursor.last.lines[line].world.turn
    if cursor.last.closed:
        for event in reversed(cursor.events[: cursor.last.number]):
            if event.what == CLOSED:
                yield Stop(line, event.number, turn, "EndEx", ("ending",), "EndEx")
                return
