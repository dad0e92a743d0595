"""The terminal application: it owns the table, opens screens and carries actions to the table."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from textual import on, work
from textual.app import App
from textual.binding import BindingType
from textual.events import Key
from textual.message import Message
from textual.screen import Screen

from tabletop.clean import clean_line
from tabletop.errors import TabletopError
from tabletop.exercise.table import SOLO, Action, Begin, Decide, Declare, Table
from tabletop.exercise.view import View
from tabletop.tui import start as begin
from tabletop.tui.actions import EVERYWHERE, act_for_key, acts, bindings
from tabletop.tui.screens.base import Catalogued
from tabletop.tui.theme import NAMES, NIGHT, themes, variable_defaults

if TYPE_CHECKING:
    from textual.command import Provider

    from tabletop.exercise.desk import Desk, LocalTable

Remember = Callable[[str, object], None]
"""Keeps a setting (its name and value) for the next time."""


def _commands() -> type[Provider]:
    from tabletop.tui.commands import CatalogueCommands

    return CatalogueCommands


class TabletopApp(App[int]):
    """Everything on the screen; it knows desks, tables and views, and no rules."""

    TITLE = "tabletop"
    CSS_PATH: ClassVar[str] = "styles/app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]
    COMMANDS: ClassVar[Any] = {_commands}
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (100, "-wide"),
        (160, "-vast"),
    ]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-short"),
        (32, "-tall"),
        (46, "-high"),
    ]

    class Opened(Message):
        """A table was opened and waits to be shown."""

        def __init__(self, table: Table) -> None:
            """Carry the table."""
            super().__init__()
            self.table = table

    class Played(Message):
        """An action was carried out and is durable."""

        def __init__(self, action: Action) -> None:
            """Carry the action."""
            super().__init__()
            self.action = action

    class Refused(Message):
        """Something could not be done; `reason` is one clear line."""

        def __init__(self, reason: str, action: Action | None = None) -> None:
            """Carry the reason, and the action if it was one."""
            super().__init__()
            self.reason = reason
            self.action = action

    def __init__(
        self,
        desk: Desk,
        table: Table | None = None,
        *,
        start: begin.Start,
        theme: str | None = None,
        reduced_motion: bool = False,
        remember: Remember | None = None,
    ) -> None:
        """Begin at `table` where there is one, else at the home screen."""
        super().__init__()
        self.desk = desk
        self.table = table
        self.beginning = start
        self.remember = remember
        for own in themes():
            self.register_theme(own)
        self.theme = theme if theme in NAMES else NIGHT
        if reduced_motion:
            self.animation_level = "none"

    # --- the way in and out

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, for a theme that is not ours."""
        return variable_defaults()

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: that of the table it was opened with, or home."""
        return self._screen_of_table() if self.table is not None else self._home()

    def on_mount(self) -> None:
        """Let the signals that end a process restore the terminal first."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self.exit, None, 128 + number)

    async def on_unmount(self) -> None:
        """Close the save with the program."""
        await self._close(self.table)

    @staticmethod
    async def _close(table: Table | None) -> None:
        close = getattr(table, "close", None)
        if close is not None:
            with suppress(TabletopError):
                await close()

    # --- screens

    def _home(self) -> Screen[Any]:
        from tabletop.tui.screens.home import HomeScreen

        return HomeScreen()

    def _screen_of_table(self) -> Screen[Any]:
        table = self.table
        assert table is not None
        if hasattr(table, "moments"):
            from tabletop.tui.screens.replay import ReplayScreen

            return ReplayScreen(table)
        view = table.view(SOLO)
        if view.phase == "briefing":
            from tabletop.tui.screens.briefing import BriefingScreen

            wanted = getattr(self.beginning, "objective", None)
            return BriefingScreen(view, wanted)
        if view.phase == "ended":
            from tabletop.tui.screens.endex import EndExScreen

            return EndExScreen(view)
        from tabletop.tui.screens.situation import SituationScreen

        return SituationScreen(view)

    def go(self, screen: Screen[Any]) -> None:
        """Make `screen` the one and only screen."""
        self.uncover()
        self.switch_screen(screen)

    def uncover(self) -> Screen[Any]:
        """Take all sheets away and return the screen below them."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        return self.screen

    def go_home(self) -> None:
        """Leave the table, whose save is kept, for the home screen."""
        table, self.table = self.table, None
        self.run_worker(self._close(table), group="close", exit_on_error=False)
        self.beginning = begin.Home()
        self.go(self._home())

    def go_on(self) -> None:
        """Show the table at the phase that it has reached."""
        self.go(self._screen_of_table())

    # --- the table

    def open(self, start: begin.Start) -> None:
        """Open a table in the background and show it; a fault is told in one line."""
        self.beginning = start
        self._open(lambda: open_table(self.desk, start))

    @work(group="open", exclusive=True)
    async def _open(self, opener: Callable[[], Table | None]) -> None:
        try:
            table = await asyncio.to_thread(opener)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            if table is not None:
                self.post_message(self.Opened(table))

    @on(Opened)
    async def _show_table(self, message: Opened) -> None:
        await self._close(self.table)
        self.table = message.table
        self.go_on()

    def play_again(self, *, from_turn: int | None) -> None:
        """Start again at once: from a turn with the same luck, or with a new adversary."""
        table, beginning = self.table, self.beginning
        view = table.view(SOLO) if table is not None else None
        if table is None or view is None:
            return
        if from_turn is not None:
            path = self.local.path
            self._open(lambda: self.desk.branch(path, from_turn, same_luck=True))
        else:
            self._begin_anew(view, beginning)

    @work(group="open", exclusive=True)
    async def _begin_anew(self, view: View, beginning: begin.Start) -> None:
        again = (
            beginning
            if isinstance(beginning, begin.NewGame)
            else begin.NewGame(view.scenario, name=view.player or "")
        )
        start = begin.NewGame(again.scenario, assumptions=again.assumptions, name=again.name)
        try:
            table = await asyncio.to_thread(open_table, self.desk, start)
            assert table is not None
            if view.objective is not None:
                await table.send(Declare("solo", view.objective), uuid4().hex)
            await table.send(Begin(), uuid4().hex)
        except TabletopError as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.beginning = start
            self.post_message(self.Opened(table))

    def replay_this(self) -> None:
        """Step through the save of the game at the table."""
        self.open(begin.Replay(self.local.path))

    def decide(self, decision: Decide) -> None:
        """Make the decision on the situation, below the sheets on which it was prepared."""
        from tabletop.tui.screens.situation import SituationScreen

        with self.batch_update():
            below = self.uncover()
            if isinstance(below, SituationScreen):
                below.decided(decision)

    def show_again(self) -> None:
        """Show the table as it stands now, on the screen that is on top."""
        if self.table is not None and isinstance(self.screen, Catalogued):
            self.screen.show(self.table.view(SOLO))

    def send(self, action: Action) -> None:
        """Carry `action` to the table; the screens hear of it when it is durable."""
        if self.table is not None:
            self._send(self.table, action)

    @work(group="send")
    async def _send(self, table: Table, action: Action) -> None:
        try:
            await table.send(action, uuid4().hex)
        except TabletopError as error:
            self.post_message(self.Refused(str(error), action))
        else:
            self.post_message(self.Played(action))

    @on(Played)
    def _tell_played(self, message: Played) -> None:
        if self.table is None:
            return
        view = self.table.view(SOLO)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Catalogued):
                screen.played(message.action, view)

    @on(Refused)
    def _tell_refused(self, message: Refused) -> None:
        self.say(message.reason, severity="error")
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Catalogued):
                screen.refused(message.action)

    @property
    def local(self) -> LocalTable:
        """The table as one that is played here and has a save."""
        return self.table  # type: ignore[return-value]

    @property
    def warning(self) -> str | None:
        """One line about the save, where it cannot be written."""
        return getattr(self.table, "warning", None)

    # --- small things that every screen uses

    def say(self, text: str, severity: Any = "information") -> None:
        """Tell the player something in one line."""
        self.notify(clean_line(text, 300), severity=severity, markup=False)

    @property
    def still(self) -> bool:
        """Whether nothing on the screen may move."""
        return self.animation_level == "none"

    def keep(self, settings: Mapping[str, object]) -> None:
        """Keep settings for the next time, if somebody keeps them."""
        if self.remember is None:
            return
        try:
            for name, value in settings.items():
                self.remember(name, value)
        except (TabletopError, OSError) as error:
            self.say(f"the setting holds for now but could not be kept: {error}", "warning")

    def on_key(self, event: Key) -> None:
        """A key that cannot be used now says why."""
        screen = self.screen
        if isinstance(screen, Catalogued):
            act = act_for_key(screen.SCREEN, event.key)
            if act is not None:
                screen.explain(act, event.key)

    async def action_attempt(self, name: str) -> None:
        """Do what the key line or the palette names on the screen that is on top."""
        screen = self.screen
        if isinstance(screen, Catalogued):
            act = next((act for act in acts(screen.SCREEN) if act.id == name), None)
            if act is not None:
                await screen.attempt(act)

    # --- what can be done everywhere

    def action_help(self) -> None:
        """The help of the screen on top."""
        from tabletop.tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, Catalogued) and not isinstance(screen, HelpScreen):
            self.push_screen(HelpScreen(screen.SCREEN))

    def action_command_palette(self) -> None:
        """Everything that can be done here, found by typing."""
        from tabletop.tui.commands import QuietPalette

        if not QuietPalette.is_open(self):
            self.push_screen(QuietPalette(id="--command-palette"))

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected: people who press it want to leave."""
        self.say("Ctrl+Q leaves the program; every game is kept in its save.")

    def action_next_theme(self) -> None:
        """Change to the next of our themes."""
        place = NAMES.index(self.theme) if self.theme in NAMES else -1
        self.choose_theme(NAMES[(place + 1) % len(NAMES)])

    def choose_theme(self, name: str) -> None:
        """Change the theme and keep it."""
        self.theme = name
        self.keep({"theme": name})

    def action_toggle_motion(self) -> None:
        """Let things move, or keep them still."""
        self.animation_level = "full" if self.still else "none"
        self.keep({"reduced_motion": self.still})
        self.say("Nothing moves now." if self.still else "Movement is on.")

    def action_picture(self) -> None:
        """Keep a picture of the screen."""
        self.deliver_screenshot()

    async def action_quit(self) -> None:
        """Leave the program; the save is on disk already."""
        self.exit(0)


def open_table(desk: Desk, start: begin.Start) -> Table | None:
    """The table at which `start` begins; None for the home screen.

    Raises `TabletopError` where the scenario or the save cannot be read.
    """
    if isinstance(start, begin.NewGame):
        return desk.new(
            start.scenario,
            seed=start.seed,
            assumptions=start.assumptions,
            save=start.save,
            name=start.name,
        )
    if isinstance(start, begin.Resume):
        return desk.resume(start.path)
    if isinstance(start, begin.Replay):
        return desk.replay(start.path)
    return None


def run(
    desk: Desk,
    *,
    start: begin.Start | None = None,
    theme: str | None = None,
    reduced_motion: bool = False,
    remember: Remember | None = None,
) -> int:
    """Run the terminal interface and return the exit code of the process.

    `theme` is the name of one of our themes; anything else means the default one.
    `remember` is called with `theme` or `reduced_motion` and the new value when the
    player changes a setting. Raises `TabletopError`, before anything is drawn, where
    the scenario or the save that `start` names cannot be opened.
    """
    beginning = start if start is not None else begin.Home()
    app = TabletopApp(
        desk,
        open_table(desk, beginning),
        start=beginning,
        theme=theme,
        reduced_motion=reduced_motion,
        remember=remember,
    )
    app.run()
    return app.return_code or 0
