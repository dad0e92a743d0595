"""What made a run what it is, in order: decisions, draws and interventions, to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tabletop.exercise.events import Event
from tabletop.exercise.record import DRAW
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.scenario.moves import QUIET


@dataclass(frozen=True, slots=True)
class Input:
    """One decision, draw or intervention."""

    turn: int
    kind: Literal["decision", "draw", "control"]
    event: int
    key: tuple[object, ...]
    """Equal for equal inputs of different runs."""
    title: str
    """It in words, as its viewer may read them."""


def inputs_of(table: ReplayTable, viewer: Viewer, line: str) -> tuple[Input, ...]:
    """Everything that happened in a line, with what it shares with the line that it came from.

    Draws that the viewer heard nothing of are left out until EndEx.
    """
    return tuple(_inputs(table, viewer, line))


def _inputs(table: ReplayTable, viewer: Viewer, line: str) -> Iterator[Input]:
    for name, upto in _ancestry(table, line):
        knows_all = table.record.over or viewer.kind == "control"
        labels = {stop.event: stop.label for stop in table.steps(viewer, name)}
        for trace in table.cursor.traces[name]:
            number, turn = trace.event, trace.turn
            event = table.save.events[number - 1]
            if number <= upto and (knows_all or number in labels or event.what != DRAW):
                found = _input(event, turn, labels.get(number))
                if found is not None:
                    yield found


def _input(event: Event, turn: int, label: str | None) -> Input | None:
    data = event.data
    key: tuple[object, ...]
    match event.what:
        case "game.decision":
            key = (turn, data["response"], data["support"])
            return Input(turn, "decision", event.number, key, label or "")
        case "game.answer":
            key = (turn, data["inject"], data["answer"])
            return Input(turn, "decision", event.number, key, label or "")
        case "game.draw":
            site, outcome = data["site"], data["outcome"]
            unsaid = "no news" if outcome == QUIET else f"{site}: {outcome}".replace("_", " ")
            title = label or unsaid
            return Input(turn, "draw", event.number, (turn, site, outcome), title)
        case "game.fired":
            title = label or "Control puts an inject into play"
            return Input(turn, "control", event.number, (turn, data["inject"]), title)
        case "game.withheld":
            title = label or "Control holds an inject back, or lets it come"
            key = (turn, data["inject"], data["held"])
            return Input(turn, "control", event.number, key, title)
        case "game.override":
            parts = (data.get(key) for key in ("site", "outcome", "effects", "sets", "clears"))
            key = (turn, *(repr(part) for part in parts))
            return Input(turn, "control", event.number, key, label or "Control overrules")
    return None


def _ancestry(table: ReplayTable, line: str) -> list[tuple[str, int]]:
    """The lines that a line goes through, oldest first, each with the last event shared."""
    cards = {card.name: card for card in table.lines(CONTROL)}
    found = [(line, table.record.number)]
    while (parent := cards[line].came_from) is not None:
        opened = cards[line].first
        turn = table.save.events[opened - 1].data["turn"]
        while (waited := _waited(table, parent, turn, opened)) is None:
            # The turn was played before this line was opened: in the one that it came from.
            opened, parent = cards[parent].first, str(cards[parent].came_from)
        found.append((parent, waited))
        line = parent
    return found[::-1]


def _waited(table: ReplayTable, line: str, turn: int, before: int) -> int | None:
    """The last event before `before` after which a line waited for the decision of a turn."""
    return next(
        (
            trace.event
            for trace in reversed(table.cursor.traces[line])
            if trace.event < before and trace.turn == turn and trace.waits == "decide"
        ),
        None,
    )
