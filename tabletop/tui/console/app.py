"""The application at whose console control sits: it follows the hour and carries out acts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from textual import work
from textual.content import Content
from textual.screen import Screen
from textual.worker import Worker

from tabletop.clean import clean_line
from tabletop.errors import ActionError, TabletopError
from tabletop.exercise.asking import LeftError
from tabletop.exercise.console.acts import FLOWS
from tabletop.exercise.console.facts import PAPER, RoomFacts
from tabletop.exercise.console.leading import ControlTable, Leading
from tabletop.exercise.console.troubles import Telling, Trouble, troubles
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import CONTROL
from tabletop.tui.app import Remember
from tabletop.tui.console.styles import SHEETS
from tabletop.tui.hour.following import FollowingApp

if TYPE_CHECKING:
    from tabletop.exercise.desk import Desk
    from tabletop.exercise.exercise import LocalTable

_SEEN = frozenset({"pause", "resume", "longer", "shorter", "timed", "hold", "bar", "next"})
"""Acts whose effect stands in the head of the console: nobody needs to be told."""
_COPIED = frozenset({"pin", "projector_pin"})
"""Acts that give what is typed somewhere else: it stays until it is closed."""


class ControlApp(FollowingApp):
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
        super().__init__(desk, **settings)
        self.led = table
        self.facts = facts
        self.hour: HourView = table.hour_view(CONTROL)
        """The hour as control saw it last."""
        self._telling = Telling(self.troubles)
        self._acting: Worker[None] | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The console."""
        from tabletop.tui.console.screen import ConsoleScreen

        return ConsoleScreen()

    # --- following the hour

    def on_ready(self) -> None:
        """Follow the exercise, and who comes and goes."""
        super().on_ready()
        self.facts.watch(self.stir)

    def changes(self) -> AsyncIterator[int]:
        """What happens at the table."""
        return self.led.changes()

    def look(self) -> None:
        """See the hour as it stands now, and what has gone wrong since or is well again."""
        self.hour = self.led.hour_view(CONTROL)
        fresh, over = self._telling.news()
        for trouble in fresh:
            self.say(trouble.words, "error")
        for words in over:
            self.say(words)

    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong now, the save first."""
        return troubles(self.led, self.facts)

    # --- acting

    @property
    def asks(self) -> bool:
        """Whether an act waits for an answer."""
        return self.asker.waits

    @property
    def _running_act(self) -> bool:
        return self._acting is not None and not self._acting.is_finished

    @property
    def busy(self) -> bool:
        """Whether an act is under way and waits for nobody."""
        return self._running_act and not self.asks

    def leading(self, team: str = "", seat: str = "") -> Leading:
        """What an act starts from."""
        return Leading(self.led, self.facts, self.asker, team, seat)

    def carry_out(self, name: str, team: str = "", seat: str = "") -> None:
        """Do an act of control; its questions are asked on the screen, a refusal is told."""
        tell = self._show if name in _COPIED else self._keep_quiet if name in _SEEN else None
        self.lead(FLOWS[name], self.leading(team, seat), tell=tell)

    def _show(self, done: str) -> None:
        from tabletop.tui.screens.sheet import SheetScreen

        self.push_screen(SheetScreen("For another screen", Content(clean_line(done, 300))))

    def _keep_quiet(self, done: str) -> None:
        """Nothing is told that stands on the screen already."""

    def lead(
        self, flow: Callable[..., Any], *given: Any, tell: Callable[[str], None] | None = None
    ) -> None:
        """Let an act run, one at a time; what it says goes to `tell`, or is told as usual."""
        if self._running_act:
            self.say("first the question that is open", "warning")
            return
        self._acting = self._lead(flow, given, tell or self.say)

    @work(group="act")
    async def _lead(
        self, flow: Callable[..., Any], given: tuple[Any, ...], tell: Callable[[str], None]
    ) -> None:
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
        if done:
            tell(done)

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
