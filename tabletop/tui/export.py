"""A replay as a file: a cast that terminals play, or a picture of a moment, by the real screens."""

from __future__ import annotations

import asyncio
import os
import re
import typing
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tabletop.clean import clean_line
from tabletop.errors import UsageError
from tabletop.exercise.table import Moment
from tabletop.tui.actions import Act, acts
from tabletop.tui.app import TabletopApp
from tabletop.tui.recording import Recording, RecordingDriver
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.start import Replay
from tabletop.tui.virtual_time import run_virtually

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.pilot import Pilot

    from tabletop.exercise.desk import Desk
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import Viewer
    from tabletop.exercise.view import View

BEAT = 6.0
"""Seconds for which a moment stays on the screen, at once the speed."""
_SETTLED = 0.5
"""Seconds after which all that a step has to draw is drawn."""
_DIGITS = 9
"""The turns that a key of their own leads to."""
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
    """Who looks at which line of play."""

    viewer: Viewer
    line: str


class _Look:
    """A replay as one viewer may follow one line of it, and nothing besides."""

    def __init__(self, table: ReplayTable, seen: Seen | None) -> None:
        viewer = seen.viewer if seen is not None else table.viewer
        line = table.line(viewer, seen.line if seen is not None else None)
        self.path, self.fault = table.path, table.fault
        self.moments = table.turns(viewer, line)
        self._table, self._viewer = table, viewer
        self._last = Moment(line, self.moments[-1].event)

    def view(self, _: Viewer, moment: Moment | None = None) -> View:
        """What the viewer could know at a moment of the line, or at its end."""
        return self._table.view(self._viewer, moment or self._last)


class _Recorded(TabletopApp):
    """The app on a terminal that records what it is given to draw."""

    def __init__(self, desk: Desk, look: _Look, frame: Frame) -> None:
        self.recording = Recording(frame.columns, frame.rows)
        self.picture = ""
        self._told = ""
        with _surroundings():
            super().__init__(
                desk,
                typing.cast("ReplayTable", look),
                start=Replay(look.path),
                theme=frame.theme,
                reduced_motion=True,
            )

    def get_driver_class(self) -> type[Driver]:
        """None that knows the terminal of this process."""
        return RecordingDriver

    def post_display_hook(self) -> None:
        """Mark where another turn has come on the screen, so that players can jump there."""
        if isinstance(self.screen, ReplayScreen):
            label = _chapter(self.screen)
            if label != self._told:
                self._told = label
                self.recording.add(asyncio.get_running_loop().time(), "m", label)


def cast(
    desk: Desk,
    table: ReplayTable,
    *,
    seen: Seen | None = None,
    turn: int | None = None,
    speed: float = 1,
    frame: Frame = USUAL,
) -> str:
    """The replay from a turn on, or from its beginning, as an asciicast of version 3.

    The screen plays itself, and its clock is virtual: the same save gives the same bytes.
    Without `seen` it is the first line as the only player saw it, else the public. Raises
    `UsageError` where there is no such turn.
    """

    async def play(_: _Recorded, screen: ReplayScreen) -> None:
        await _go_to(screen, turn)
        forth = _act("forth")
        while screen.why_not(forth) is None:
            await asyncio.sleep(BEAT / speed)
            await screen.action_do(forth.id)
        await asyncio.sleep(BEAT / speed)

    app = _run(desk, _Look(table, seen), frame, play)
    return app.recording.cast(_title(table))


def picture(
    desk: Desk,
    table: ReplayTable,
    *,
    seen: Seen | None = None,
    turn: int | None = None,
    frame: Frame = USUAL,
) -> str:
    """The screen at the opening of a turn, or at the end, as SVG with nothing from elsewhere.

    Without `seen` as for a cast. Raises `UsageError` where there is no such turn.
    """

    async def draw(app: _Recorded, screen: ReplayScreen) -> None:
        if turn is None:
            await screen.action_do("end")
        await _go_to(screen, turn)
        await asyncio.sleep(_SETTLED)
        app.picture = app.export_screenshot(title=_title(table), simplify=True)

    return self_contained(_run(desk, _Look(table, seen), frame, draw).picture)


def self_contained(svg: str) -> str:
    """A picture as Textual draws it, without the fonts that it would fetch from the network."""
    return _FONTS.sub("", svg).replace(_FOREIGN_FONT, _OWN_FONTS)


def _run(desk: Desk, look: _Look, frame: Frame, steps: Steps) -> _Recorded:
    """The app after it has gone through `steps` on its replay screen. Raises what they raise."""
    app = _Recorded(desk, look, frame)
    failed: list[Exception] = []

    async def drive(pilot: Pilot[object]) -> None:
        try:
            await asyncio.sleep(_SETTLED)
            screen = app.screen
            assert isinstance(screen, ReplayScreen)
            await steps(app, screen)
        except Exception as error:  # noqa: BLE001 - it is raised again where the app has ended
            failed.append(error)
        app.recording.add(asyncio.get_running_loop().time(), "x", "0")
        app.recording.close()
        pilot.app.exit()

    size = (frame.columns, frame.rows)
    run_virtually(lambda: app.run_async(size=size, mouse=False, auto_pilot=drive))
    # What failed behind the steps, in a handler or a timer, Textual keeps to itself.
    fault = failed[0] if failed else app._exception  # noqa: SLF001
    if fault is not None:
        raise fault
    return app


async def _go_to(screen: ReplayScreen, turn: int | None) -> None:
    """To the opening of a turn, by the screen's own steps."""
    if turn is None:
        return
    if turn <= _DIGITS and screen.why_not(_act("turn"), turn) is None:
        await screen.action_do("turn", turn)
        return
    forth = _act("forth")
    while screen.view.turn != turn and screen.why_not(forth) is None:
        await screen.action_do(forth.id)
    if screen.view.turn != turn:
        raise UsageError(f"{screen.table.path}: this save has no turn {turn}")


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
