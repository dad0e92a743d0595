"""A replay as a file: a cast that terminals play, or a picture of a moment, by the real screens."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tabletop.clean import clean_line
from tabletop.errors import UsageError
from tabletop.exercise.playhead import Playhead
from tabletop.tui.actions import Act, acts
from tabletop.tui.app import TabletopApp
from tabletop.tui.playing import BEAT, SPEEDS
from tabletop.tui.recording import Recording, RecordingDriver
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.start import Replay
from tabletop.tui.virtual_time import run_virtually

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.pilot import Pilot
    from textual.screen import Screen

    from tabletop.exercise.desk import Desk
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import Viewer

_SETTLED = 0.5
"""Seconds after which all that a step has to draw is drawn."""
_SURROUNDINGS = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_FOREIGN_FONT, _OWN_FONTS = "Fira Code,", "ui-monospace, Menlo, Consolas,"

Steps = Callable[["_Recorded", ReplayScreen], Awaitable[None]]


class Frame(NamedTuple):
    """How an export is to look."""

    columns: int = 120
    rows: int = 40
    theme: str | None = None
    """The name of one of our themes; the default one where absent."""


USUAL = Frame()


class Seen(NamedTuple):
    """Who looks at what: absent parts are as the screen has them when it opens."""

    viewer: Viewer | None = None
    line: str | None = None
    turn: int | None = None
    """The turn whose decision is waited for."""
    event: int | None = None
    """The number of an event, where it is not the opening of a turn."""


ALL = Seen()


class _Recorded(TabletopApp):
    """The app on a terminal that records what it is given to draw."""

    def __init__(
        self, desk: Desk, table: ReplayTable, seen: Seen, frame: Frame, *, still: bool
    ) -> None:
        self.recording = Recording(frame.columns, frame.rows)
        self.picture = ""
        self._told = ""
        with _surroundings():
            super().__init__(
                desk,
                table,
                start=Replay(table.path, seen.viewer, seen.line),
                theme=frame.theme,
                reduced_motion=still,
            )

    def get_default_screen(self) -> Screen[Any]:
        """The replay without the notes beside the save: a file goes to others, they do not."""
        screen = super().get_default_screen()
        if isinstance(screen, ReplayScreen):
            screen.notes = replace(screen.notes, marks=(), fault=None)
        return screen

    def get_driver_class(self) -> type[Driver]:
        """None that knows the terminal of this process."""
        return RecordingDriver

    def post_display_hook(self) -> None:
        """Mark where another turn has come on the screen, so that players can jump there."""
        if isinstance(self.screen, ReplayScreen):
            self._mark(self.screen)

    def film(self, screen: ReplayScreen) -> None:
        """Begin the recording with what stands on the screen now."""
        self.recording.begin(asyncio.get_running_loop().time())
        self._told = ""
        self._mark(screen)

    def _mark(self, screen: ReplayScreen) -> None:
        label = _chapter(screen)
        if label != self._told:
            self._told = label
            self.recording.add(asyncio.get_running_loop().time(), "m", label)


def cast(
    desk: Desk,
    table: ReplayTable,
    seen: Seen = ALL,
    *,
    speed: int = 1,
    frame: Frame = USUAL,
    heard: Callable[[float], None] | None = None,
) -> str:
    """The replay from a moment on, or from its first decision, as an asciicast of version 3.

    The screen plays itself at one of its speeds, and its clock is virtual: the same save
    gives the same bytes. `heard` is told how much is done, from 0 to 1. Raises `UsageError`
    where there is no such moment or line.
    """

    async def play(app: _Recorded, screen: ReplayScreen) -> None:
        _go_to(screen, seen)
        for _ in range(SPEEDS.index(speed)):
            await screen.action_do("faster")
        await asyncio.sleep(_SETTLED)
        app.film(screen)
        if screen.why_not(_act("play")) is None:
            await screen.action_do("play")
        while screen.player.playing and app.is_running:
            if heard is not None:
                heard(screen.head.place / len(screen.head.stops))
            await asyncio.sleep(BEAT / speed)
        await asyncio.sleep(BEAT)

    return _run(desk, table, seen, frame, play, still=False).recording.cast(_title(table))


def picture(desk: Desk, table: ReplayTable, seen: Seen = ALL, *, frame: Frame = USUAL) -> str:
    """The screen at a moment, or at the end, as SVG with nothing from elsewhere.

    Raises `UsageError` where there is no such moment or line.
    """

    async def draw(app: _Recorded, screen: ReplayScreen) -> None:
        if seen.turn is None and seen.event is None:
            await screen.action_do("end")
        _go_to(screen, seen)
        await asyncio.sleep(_SETTLED)
        app.picture = app.export_screenshot(title=_title(table), simplify=True)

    return self_contained(_run(desk, table, seen, frame, draw, still=True).picture)


def self_contained(svg: str) -> str:
    """A picture as Textual draws it, without the fonts that it would fetch from the network."""
    return _FONTS.sub("", svg).replace(_FOREIGN_FONT, _OWN_FONTS)


def _run(
    desk: Desk, table: ReplayTable, seen: Seen, frame: Frame, steps: Steps, *, still: bool
) -> _Recorded:
    """The app after it has gone through `steps` on its replay screen.

    Raises what they raise, and `KeyboardInterrupt` where it was stopped on the way.
    """
    _check(table, seen)
    app = _Recorded(desk, table, seen, frame, still=still)
    failed: list[Exception] = []

    async def drive(pilot: Pilot[object]) -> None:
        try:
            await asyncio.sleep(_SETTLED)
            screen = app.screen
            assert isinstance(screen, ReplayScreen)
            await steps(app, screen)
        except Exception as error:  # noqa: BLE001 - it is raised again where the app has ended
            failed.append(error)
        if app.is_running:
            app.recording.add(asyncio.get_running_loop().time(), "x", "0")
            app.recording.close()
        pilot.app.exit()

    size = (frame.columns, frame.rows)
    run_virtually(lambda: app.run_async(size=size, mouse=False, auto_pilot=drive))
    # What failed behind the steps, in a handler or a timer, Textual keeps to itself.
    fault = failed[0] if failed else app._exception  # noqa: SLF001
    if fault is not None:
        raise fault
    if not app.recording.closed:
        # Somebody stopped it, which Textual takes for a wish to leave.
        raise KeyboardInterrupt
    return app


def _check(table: ReplayTable, seen: Seen) -> None:
    """Raise `UsageError` where there is no such line or moment."""
    head, path = Playhead(table, seen.viewer, seen.line), table.path
    last = head.stops[-1].event
    if seen.event is not None and not 0 < seen.event <= last:
        raise UsageError(f"{path}: no event {seen.event} to look at: they go from 1 to {last}")
    if seen.turn is not None and head.opening_of(seen.turn) is None:
        raise UsageError(f"{path}: this save has no turn {seen.turn}")


def _go_to(screen: ReplayScreen, seen: Seen) -> None:
    """Show the moment that is asked for, which is there."""
    if seen.event is not None:
        screen.head.to_event(seen.event)
    elif seen.turn is not None:
        screen.head.to_turn(seen.turn)
    screen.draw()


def _act(name: str) -> Act:
    return next(act for act in acts(ReplayScreen.SCREEN) if act.id == name)


def _chapter(screen: ReplayScreen) -> str:
    """What is on the screen, for a list of chapters."""
    view = screen.view
    ending = view.ending.title if view.ending is not None else ""
    return clean_line(ending or f"Turn {view.turn}: {view.turn_title}", 80)


def _title(table: ReplayTable) -> str:
    return clean_line(f"tabletop replay: {table.program.scenario.title}", 120)


@contextmanager
def _surroundings() -> Iterator[None]:
    """A terminal with all colours, whatever this process runs in: a file outlives it."""
    before = dict(os.environ)
    os.environ.pop("NO_COLOR", None)
    os.environ.update(_SURROUNDINGS)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
