"""The application at whose console control sits: it follows the hour and carries out acts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tabletop.clean import clean_line
from tabletop.errors import ActionError, TabletopError
from tabletop.exercise.console.acts import FLOWS
from tabletop.exercise.console.asking import LeftError
from tabletop.exercise.console.facts import PAPER, RoomFacts
from tabletop.exercise.console.leading import ControlTable, Leading
from tabletop.exercise.console.troubles import Telling, Trouble, troubles
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import CONTROL
from tabletop.tui import start as begin
from tabletop.tui.app import Remember, TabletopApp
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.console.asker import ScreenAsker
from tabletop.tui.console.styles import SHEETS

if TYPE_CHECKING:
    from tabletop.exercise.desk import Desk
    from tabletop.exercise.exercise import LocalTable

PACE = 0.25
"""Seconds between two looks at the hour: what happens within is seen at once."""
_SEEN = frozenset({"pause", "resume", "longer", "shorter", "timed", "hold", "bar", "next"})
"""Acts whose effect stands in the head of the console: nobody needs to be told."""


class ControlApp(TabletopApp):
    """The one application, opened at the console of a live exercise."""

    CSS_PATH = [*SHEETS]  # noqa: RUF012

    def __init__(
        self,
        desk: Desk | Callable[[], Desk],
        table: ControlTable,
        facts: RoomFacts = PAPER,
        **settings: Any,
    ) -> None:
        """Lead `table`, whose room tells `facts`; the table stays open for its owner."""
        super().__init__(desk, None, start=begin.Home(), **settings)
        self.led = table
        self.facts = facts
        self.hour: HourView = table.hour_view(CONTROL)
        """The hour as control saw it last."""
        self.asker = ScreenAsker(self)
        self._telling = Telling(self.troubles)
        self._stirred = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._acting: asyncio.Task[None] | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The console."""
        from tabletop.tui.console.screen import ConsoleScreen

        return ConsoleScreen()

    # --- following the hour

    def on_ready(self) -> None:
        """Follow the exercise, and who comes and goes."""
        super().on_ready()
        self._spawn(self._listen())
        self._spawn(self._follow())
        self.facts.watch(self.stir)

    def stir(self, seat: str = "") -> None:  # noqa: ARG002
        """Somebody came or went: look at the hour again soon."""
        self._stirred.set()

    def _spawn(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._handle_exception(fault)  # type: ignore[arg-type]

    async def _listen(self) -> None:
        async for _ in self.led.changes():
            self._stirred.set()

    async def _follow(self) -> None:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            self.look_again()
            await asyncio.sleep(PACE)

    def look_again(self) -> None:
        """See the hour as it stands now, on every screen that shows it."""
        self.hour = self.led.hour_view(CONTROL)
        for screen in self.screen_stack:
            if isinstance(screen, ConsoleScreenBase) and screen.is_mounted:
                screen.look_again()
        fresh, over = self._telling.news()
        for trouble in fresh:
            self.say(trouble.words, "error")
        for words in over:
            self.say(words)

    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong now, the save first."""
        return troubles(self.led, self.facts)

    async def on_unmount(self) -> None:
        """Follow no more."""
        for task in list(self._tasks):
            task.cancel()

    # --- acting

    @property
    def asks(self) -> bool:
        """Whether an act waits for an answer."""
        return self.asker.waits

    @property
    def busy(self) -> bool:
        """Whether an act is under way and waits for nobody."""
        return self._acting is not None and not self._acting.done() and not self.asks

    def leading(self, team: str = "", seat: str = "") -> Leading:
        """What an act starts from."""
        return Leading(self.led, self.facts, self.asker, team, seat)

    def carry_out(self, name: str, team: str = "", seat: str = "") -> None:
        """Do an act of control; its questions are asked on the screen, a refusal is told."""
        self.lead(FLOWS[name], self.leading(team, seat), told=name not in _SEEN)

    def lead(self, flow: Callable[..., Any], *given: Any, told: bool = True) -> None:
        """Let an act run, one at a time; what it says is told where nothing else shows it."""
        if self._acting is not None and not self._acting.done():
            self.say("first the question that is open", "warning")
            return
        self._acting = self._spawn(self._lead(flow, given, told=told))

    async def _lead(self, flow: Callable[..., Any], given: tuple[Any, ...], *, told: bool) -> None:
        try:
            done = await flow(*given)
        except LeftError:
            return
        except ActionError as refused:
            self.say(str(refused), "warning")
            return
        except TabletopError as fault:
            self.say(str(fault), "error")
            return
        self.look_again()
        if told and done:
            self.say(clean_line(done, 300))

    @property
    def local(self) -> LocalTable:
        """The table, whose save can be written elsewhere."""
        return self.led  # type: ignore[return-value]

    @property
    def warning(self) -> str | None:
        """One line about the save, where it cannot be written."""
        return self.led.warning

    # --- leaving

    def go_home(self) -> None:
        """Home is the console here."""
        self.uncover()

    async def action_quit(self) -> None:
        """Ask first: with the console, the room closes."""
        self.lead(self._leave)

    async def _leave(self) -> str:
        await self.asker.sure(
            "Close the room?",
            "Every page loses its host until you start again with --resume. "
            f"All is kept in {clean_line(str(self.led.path), 120)}",
        )
        self.exit(0)
        return ""


async def control(
    desk: Desk | Callable[[], Desk],
    table: ControlTable,
    facts: RoomFacts = PAPER,
    *,
    theme: str | None = None,
    reduced_motion: bool = False,
    remember: Remember | None = None,
) -> int:
    """Run the console in the loop of the caller until control leaves; gives the exit code.

    The caller opens and closes `table` and the room. `theme` and `remember` are as in
    `tabletop.tui.app.run`.
    """
    app = ControlApp(
        desk, table, facts, theme=theme, reduced_motion=reduced_motion, remember=remember
    )
    await app.run_async()
    return app.return_code or 0
