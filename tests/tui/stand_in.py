"""A desk and a table that play the hand-made views in order, for tests of screens alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from tabletop.errors import ActionError, SaveError
from tabletop.exercise.desk import DialCard, PresetCard, ScenarioCard
from tabletop.exercise.header import Parent
from tabletop.exercise.listing import SaveSummary
from tabletop.exercise.replay import LineCard, Stop
from tabletop.exercise.table import (
    CONTROL,
    SOLO,
    Action,
    Answer,
    Begin,
    Decide,
    Declare,
    Moment,
    Receipt,
    Viewer,
)
from tabletop.exercise.view import View
from tabletop.exercise.viewers import Perspective
from tabletop.tui.app import TabletopApp
from tabletop.tui.seat import open_table
from tabletop.tui.start import Home
from tests.tui.sample_view import briefing_view, ended_view, flash_view, late_view, sample_view


class StandInTable:
    """Briefing, turn 2, turn 5, then the end; it remembers what it was sent."""

    def __init__(self, views: list[View] | None = None, path: Path = Path("game.jsonl")) -> None:
        self.views = views or [briefing_view(), sample_view(), late_view(), ended_view()]
        self.place = 0
        self.sent: list[Action] = []
        self.path = path
        self.warning: str | None = None
        self.closed = False
        self.refusal: str | None = None
        self.objective: str | None = None
        self.saved_to: Path | None = None

    def view(self, viewer: Viewer, moment: Moment | None = None) -> View:
        view = self.views[self.place if moment is None else moment.event]
        return replace(view, objective=self.objective or view.objective, warning=self.warning)

    async def send(self, action: Action, op_id: str) -> Receipt:
        if self.refusal is not None:
            raise ActionError(self.refusal)
        self.sent.append(action)
        if isinstance(action, Declare):
            self.objective = action.objective
        if isinstance(action, Begin | Answer | Decide):
            self.place += 1
        return Receipt(op_id, len(self.sent))

    async def changes(self) -> AsyncIterator[int]:
        yield len(self.sent)

    async def close(self) -> None:
        self.closed = True

    async def save_elsewhere(self, path: Path) -> None:
        if "missing" in path.parts:
            raise SaveError(f"{path}: no such folder")
        self.saved_to = path
        self.warning = None


class StandInReplay(StandInTable):
    """The same views as a replay, the event being the place of a view: it refuses all actions."""

    fault: str | None = None
    viewer = SOLO
    viewers = (Perspective(SOLO, "Ann, the President"), Perspective(CONTROL, "Control"))
    save = SimpleNamespace(header=SimpleNamespace(id="0000000000000001"))
    moments: tuple[Stop, ...] = (
        Stop("solo", 1, 2, "Turn 2 opens", ("turn", "inject"), "Turn 2 opens"),
        Stop("solo", 2, 5, "Turn 5 opens", ("turn", "launch"), "Turn 5 opens"),
        Stop("solo", 3, 6, "EndEx", ("ending",), "EndEx"),
    )

    def lines(self, viewer: Viewer) -> tuple[LineCard, ...]:
        return (LineCard("solo", "solo", 1, 3, 6, over=True),)

    def line(self, viewer: Viewer, name: str | None = None) -> str:
        return "solo"

    def turns(self, viewer: Viewer, line: str) -> tuple[Stop, ...]:
        return self.moments

    steps = turns

    def aim(self, viewer: Viewer, line: str) -> str | None:
        return "Security first"

    async def send(self, action: Action, op_id: str) -> Receipt:
        raise ActionError("a replay cannot be played")


ASSUMED = (
    (
        DialCard("provoke", "Do exercises provoke?", "Studies disagree.", ("no", "a_bit"), "no"),
        DialCard("kept", "Are bargains kept?", "Some were.", ("seldom", "often"), "seldom"),
    ),
    (
        PresetCard("hopeful", "As the hopeful see it", "Bargains hold.", (("kept", "often"),)),
        PresetCard("wary", "As the wary see it", "Drills feed fear.", (("provoke", "a_bit"),)),
    ),
)
"""The dials and presets of every stand-in scenario."""


def scenario_card(name: str, title: str, turns: int, *, lesson: str | None = None) -> Any:
    """A card as the desk gives it."""
    summary = "Spring 2017: a new administration, an old programme, and four missiles at once."
    return ScenarioCard(name, title, summary, turns, Path(f"{name}.yaml"), lesson, *ASSUMED)


def save_card(name: str, **rest: Any) -> SaveSummary:
    """A save as the desk lists it."""
    known: dict[str, Any] = {
        "path": Path(f"{name}.jsonl"),
        "scenario": "north-korea-2017",
        "title": "The First Test",
        "turn": 3,
        "turns": 6,
        "stage": "Salvo launch",
        "played": "2026-05-04T19:20:00Z",
    }
    return SaveSummary(**{**known, **rest})


class StandInDesk:
    """Opens stand-in tables; `opened` tells what was asked of it."""

    def __init__(self, views: list[View] | None = None) -> None:
        self.views = views
        self.opened: list[tuple[Any, ...]] = []
        self.tables: list[StandInTable] = []
        self.fault: str | None = None
        self.assumptions: Mapping[str, str] | None = None

    def scenarios(self) -> list[Any]:
        return [
            scenario_card("north-korea-2017", "The First Test", 6),
            scenario_card("first-game", "The Lighthouse", 3, lesson="The keys."),
        ]

    def saves(self) -> list[Any]:
        return [
            save_card("b", played="2026-05-05T09:00:00Z"),
            save_card("a", ended=True, ending="Containment holds", turn=6),
            save_card(
                "a-branch",
                parent="a.jsonl",
                branched=Parent("0000000000000001", 40, 3, "solo"),
                luck="same",
                turn=4,
                played="2026-05-04T20:00:00Z",
            ),
            save_card("torn", fault="torn.jsonl:1: this is not a save"),
        ]

    def samples(self) -> list[Any]:
        return [save_card("sample-history", ended=True, ending="Containment holds", turn=6)]

    def _open(self, table: StandInTable, *asked: Any) -> Any:
        if self.fault is not None:
            raise SaveError(self.fault)
        self.opened.append(asked)
        self.tables.append(table)
        return table

    def new(
        self,
        scenario: str,
        *,
        seed: int | None = None,
        assumptions: Mapping[str, str] | None = None,
        plan: str | None = None,
        save: Path | None = None,
        name: str = "",
    ) -> Any:
        self.assumptions = assumptions
        return self._open(StandInTable(self.views), "new", scenario)

    def again(self, table: Any, name: str = "") -> Any:
        return self._open(StandInTable(self.views), "again", table.path)

    def resume(self, path: Path) -> Any:
        table = StandInTable(self.views, path)
        table.place = 1
        return self._open(table, "resume", path)

    def branch(
        self, path: Path, turn: int, *, same_luck: bool = True, save: Path | None = None
    ) -> Any:
        table = StandInTable(self.views, path)
        table.place = 1
        return self._open(table, "branch", turn, same_luck)

    def replay(self, path: Path) -> Any:
        return self._open(StandInReplay(self.views, path), "replay", path)


def flash_views() -> list[View]:
    """A game in which an inject asks for an answer before the first decision."""
    return [briefing_view(), flash_view(), sample_view(), ended_view()]


def an_app(desk: Any = None, start: Any = None, *, table: Any = None, **rest: Any) -> TabletopApp:
    """The app at a stand-in desk, without motion unless asked."""
    desk = desk if desk is not None else StandInDesk()
    beginning = start if start is not None else Home()
    opened = table if table is not None else open_table(desk, beginning)
    rest.setdefault("reduced_motion", True)
    return TabletopApp(desk, opened, start=beginning, **rest)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until the work in the background is done and shown."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    app = pilot.app
    while app._exception is None and not (
        app.screen.size and app.screen._compositor.visible_widgets
    ):
        await pilot.pause()  # a screen that has just been pushed is not laid out yet


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after another, each when the one before has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def told(app: TabletopApp) -> list[str]:
    """What the app has said in its notifications."""
    return [note.message for note in app._notifications]


def text_of(app: TabletopApp) -> str:
    """The text on the screen, row by row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)


def shows(app: App[Any], screen: type) -> bool:
    """Whether a screen of that kind is on top."""
    return isinstance(app.screen, screen)


def flat(app: TabletopApp) -> str:
    """The same as running text, without the line breaks of the layout."""
    return " ".join(text_of(app).split())
