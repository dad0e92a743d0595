"""The terminal application: which screen shows, and what can be done on all of them."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from tabletop.errors import TabletopError
from tabletop.tui import start as begin
from tabletop.tui.actions import EVERYWHERE, acts, bindings
from tabletop.tui.retrospect import RetrospectiveApp
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.seat import open_table
from tabletop.tui.theme import NAMES, NIGHT, themes, variable_defaults

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.theme import Theme

    from tabletop.exercise.desk import Desk
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import Decide, Table

Remember = Callable[[str, object], None]
"""Keeps a setting (its name and value) for the next time."""

_GARBAGE = (20_000, 20, 20)
"""How much is made between two searches for garbage: one that meets a key costs 10 to 30 ms."""

_CRASHED = 1
"""The return code that Textual gives after an exception."""


def _commands() -> type[Provider]:
    from tabletop.tui.commands import CatalogueCommands

    return CatalogueCommands


class TabletopApp(RetrospectiveApp):
    """Everything on the screen; it knows desks, tables and views, and no rules."""

    TITLE = "tabletop"
    CSS_PATH = ["styles/app.tcss", "styles/widgets.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]
    COMMANDS: ClassVar[Any] = {_commands}
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (116, "-wide"),
        (160, "-vast"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (34, "-tall"),
    ]

    def __init__(
        self,
        desk: Desk | Callable[[], Desk],
        table: Table | None = None,
        *,
        start: begin.Start,
        theme: str | None = None,
        reduced_motion: bool = False,
        remember: Remember | None = None,
    ) -> None:
        """Begin at `table` where there is one, else at the home screen."""
        self._ours = {own.name: own for own in themes()}
        # Set before the style sheets are read, the theme does not make them be read twice.
        self.set_reactive(App.theme, theme if theme in NAMES else NIGHT)
        super().__init__(desk, table, start)
        self.remember = remember
        for own in self._ours.values():
            self.register_theme(own)
        if reduced_motion:
            self.animation_level = "none"

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by name, ours first: Textual asks for every line that it paints."""
        return self._ours.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, for a theme that is not ours."""
        return variable_defaults()

    def get_default_screen(self) -> Screen[Any]:
        """The first screen: that of the table it was opened with, a look back, or home."""
        if isinstance(self.beginning, begin.Debrief):
            return self.looking_back("debrief", (self.beginning.place,))
        if isinstance(self.beginning, begin.Compare):
            return self.looking_back("compare", self.beginning.places)
        if self.table is not None:
            return self._screen_of_table()
        return self._home() if self.introduction is None else self._introductory_screen()

    def on_mount(self) -> None:
        """Let signals that end a process restore the terminal first."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                # Windows has no SIGHUP, and no handlers in its loop.
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self.exit, None, 128 + number)

    def on_ready(self) -> None:
        """Look for garbage again, where that waited for the first paint."""
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(*_GARBAGE)
            gc.enable()
        if self.table is None and self.introduction is not None:
            self.open_first()

    # --- screens

    def _introductory_screen(self) -> Screen[Any]:
        from tabletop.tui.screens.briefing import BriefingScreen

        assert self.introduction is not None
        wanted = getattr(self.beginning, "objective", None)
        return BriefingScreen(self.introduction, wanted=wanted)

    def _home(self) -> Screen[Any]:
        from tabletop.tui.screens.home import HomeScreen

        return HomeScreen()

    def _screen_of_table(self) -> Screen[Any]:
        table = self.table
        assert table is not None
        if hasattr(table, "moments"):
            from tabletop.tui.screens.replay import ReplayScreen

            asked = self.beginning if isinstance(self.beginning, begin.Replay) else None
            shown = cast("ReplayTable", table)
            if asked is None:
                return ReplayScreen(shown)
            return ReplayScreen(shown, asked.viewer, asked.line, asked.turn)
        view = self.view_of(table)
        if view.phase == "briefing":
            from tabletop.exercise.introduction import Introduction
            from tabletop.tui.screens.briefing import BriefingScreen

            told = Introduction(view.title, view.content_note, view.summary, view.turns)
            return BriefingScreen(told, view, getattr(self.beginning, "objective", None))
        if view.phase == "ended":
            from tabletop.tui.screens.endex import EndExScreen

            return EndExScreen(view)
        from tabletop.tui.screens.situation import SituationScreen

        return SituationScreen(view)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Screens that may be seen through the one on top: none through ours, which are opaque.

        Textual counts the screen below any other, and would lay it out and paint it again
        with each sheet that opens.
        """
        stack = self._screen_stack
        return (
            [] if stack and isinstance(stack[-1], TabletopScreen) else super()._background_screens
        )

    def uncover(self) -> Screen[Any]:
        """Take all sheets away and return the screen below them."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        return self.screen

    def go(self, screen: Screen[Any]) -> None:
        """Make `screen` the one and only screen."""
        self.uncover()
        self.switch_screen(screen)

    def go_home(self) -> None:
        """Leave the table, whose save is kept, for the home screen."""
        self.leave_table()
        self.go(self._home())

    def go_on(self) -> None:
        """Show the table at the phase that it has reached."""
        self.go(self._screen_of_table())

    def decide(self, decision: Decide) -> None:
        """Make the decision on the situation, below the sheets on which it was prepared."""
        from tabletop.tui.screens.situation import SituationScreen

        below = self.uncover()
        if isinstance(below, SituationScreen):
            # In the situation's own turn: results come back to whoever pushed a screen, and
            # the sheet that calls here is on its way out.
            below.call_next(below.decided, decision)

    # --- settings

    @property
    def still(self) -> bool:
        """Whether nothing on the screen may move."""
        return self.animation_level == "none"

    def choose_theme(self, name: str) -> None:
        """Change the theme and keep it."""
        self.theme = name
        self.keep({"theme": name})

    def keep(self, settings: Mapping[str, object]) -> None:
        """Keep settings for the next time, if somebody keeps them."""
        if self.remember is None:
            return
        try:
            for name, value in settings.items():
                self.remember(name, value)
        except (TabletopError, OSError) as error:
            self.say(f"the setting holds for now but could not be kept: {error}", "warning")

    # --- what can be done everywhere

    async def attempt(self, name: str) -> None:
        """Do what a menu names on the screen that is on top, or say why it cannot be done."""
        screen = self.screen
        if isinstance(screen, TabletopScreen):
            act = next((act for act in acts(screen.SCREEN) if act.id == name), None)
            if act is not None:
                await screen.attempt(act)

    def action_help(self) -> None:
        """The help of the screen on top."""
        from tabletop.tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, TabletopScreen) and not isinstance(screen, HelpScreen):
            self.push_screen(HelpScreen(screen.SCREEN))

    def action_command_palette(self) -> None:
        """Everything that can be done here, found by typing."""
        from tabletop.tui.commands import QuietPalette

        if isinstance(self.screen, TabletopScreen):
            self.push_screen(QuietPalette(id="--command-palette"))

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected: people who press it want to leave."""
        self.say("Ctrl+Q leaves the program; every game is kept in its save.")

    def action_next_theme(self) -> None:
        """Change to the next of our themes."""
        place = NAMES.index(self.theme) if self.theme in NAMES else -1
        self.choose_theme(NAMES[(place + 1) % len(NAMES)])

    def action_toggle_motion(self) -> None:
        """Let things move, or keep them still."""
        self.animation_level = "full" if self.still else "none"
        self.keep({"reduced_motion": self.still})
        self.say("Nothing moves now." if self.still else "Movement is on.")

    def action_picture(self) -> None:
        """Keep a picture of the screen in the folder that the program was started in."""
        try:
            path = self.save_screenshot()
        except OSError as error:
            self.say(f"the picture could not be kept: {error}", "error")
        else:
            self.say(f"The picture is kept in {path}")

    async def action_quit(self) -> None:
        """Leave the program; the save is on disk already."""
        self.exit(0)


def run(
    desk: Desk | Callable[[], Desk],
    *,
    start: begin.Start | None = None,
    theme: str | None = None,
    reduced_motion: bool = False,
    remember: Remember | None = None,
    advised: bool = False,
) -> int:
    """Run the terminal interface and return the exit code of the process.

    `desk` may be a function that makes one: home then paints before anything of the
    exercise is loaded. `theme` is the name of one of our themes; anything else means the
    default one.
    `remember` is called with `theme` or `reduced_motion` and the new value when the
    player changes a setting. Where the player is `advised`, an adviser speaks from the first
    decision on. Raises `TabletopError` where the scenario or the save that
    `start` names cannot be opened: before anything is drawn, but for a new game, whose
    introduction is drawn before its save is made.
    """
    beginning = start if start is not None else begin.Home()
    if callable(desk) and not isinstance(beginning, begin.Home | begin.Debrief | begin.Compare):
        desk = desk()
    new = isinstance(beginning, begin.NewGame) and not callable(desk)
    app = TabletopApp(
        desk,
        None if callable(desk) or new else open_table(desk, beginning),
        start=beginning,
        theme=theme,
        reduced_motion=reduced_motion,
        remember=remember,
    )
    app.advised = advised
    if isinstance(beginning, begin.NewGame) and not callable(desk):
        app.introduction = desk.introduction(beginning.scenario)
    app.run()
    if app.fault is not None:
        raise TabletopError(app.fault)
    path = getattr(app.table, "path", None)
    if app.return_code == _CRASHED and path is not None:
        sys.stderr.write(f"The game is kept in {path}: --resume goes on with it.\n")
    return app.return_code or 0
