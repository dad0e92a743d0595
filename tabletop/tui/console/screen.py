"""The console itself: the clock, one row a team, and how to join until play begins."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tabletop.exercise.console.wording import RULES, SHOWN
from tabletop.tui.actions import Act, bindings
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.console.alarm import Alarm
from tabletop.tui.console.detail import TeamDetail
from tabletop.tui.console.join import JoinText, QrCode
from tabletop.tui.console.sight import detail, everybody_here, team_lines
from tabletop.tui.console.teams import TeamTable
from tabletop.tui.hour.head import HourHead
from tabletop.tui.keybar import KeyBar
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import fitted, spread

_MARGIN = 4
_ROOMY = 100
"""Cells from which the title has room for what the projector shows."""


class ConsoleScreen(ConsoleScreenBase[None]):
    """Where control leads the hour from."""

    SCREEN = "console"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("console")]

    def compose(self) -> ComposeResult:
        """What and when above, who in the middle, the team under the cursor below."""
        yield Static(id="console-title")
        yield Alarm(id="console-alarm")
        yield HourHead(self.control.led.now, id="console-head")
        with Horizontal(id="console-body"):
            with Vertical(id="console-main"):
                yield JoinText(id="console-join")
                yield TeamTable(id="console-teams")
                yield TeamDetail(id="console-detail")
            yield QrCode(id="console-qr")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the hour as it stands."""
        qr = self.query_one(QrCode)
        qr.draw(tuple(self.control.facts.qr))
        qr.styles.width = qr.wide
        self.look_again()
        self.query_one(TeamTable).focus()

    def on_resize(self, event: Resize) -> None:
        """The title has a part at either end."""
        super().on_resize(event)
        self._title()

    @property
    def team(self) -> str:
        """The team under the cursor."""
        return self.query_one(TeamTable).team if self.is_mounted else ""

    # --- drawing

    def look_again(self) -> None:
        """Draw the hour anew; what has not changed is left alone."""
        hour, facts = self.hour, self.control.facts
        self.set_class(hour.begun, "-begun")
        self._title()
        self.query_one(Alarm).put(self.control.troubles())
        self.query_one(HourHead).put(hour, everybody_here(hour, facts.present))
        join = self.query_one(JoinText)
        join.display = not hour.begun
        join.put(facts, barred=hour.barred)
        self.query_one(QrCode).display = bool(facts.qr) and not hour.begun
        self.query_one(TeamTable).put(team_lines(hour, facts.present), begun=hour.begun)
        self._detail()
        self.refresh_keys()

    def _title(self) -> None:
        if not self.is_mounted:
            return
        hour, width = self.hour, max(20, self.app.size.width - _MARGIN)
        what = self.control.led.record.program.scenario.title
        right = Content.styled(self._settings(width), Ink.MUTED)
        plan = f" · {hour.plan}" if hour.plan else ""
        left = Content.styled(fitted(what + plan, width - right.cell_length - 3), Ink.MUTED)
        title = self.query_one("#console-title", Static)
        line = spread(left, right, width)
        if title.content != line:
            title.update(line)

    def _settings(self, width: int) -> str:
        """What holds for the whole room: the deciding rule, and what the projector shows."""
        rule, shown = RULES[self.hour.rule], SHOWN[self.hour.shown.what]
        return f"{rule} · projector: {shown}" if width >= _ROOMY else rule

    def _detail(self) -> None:
        row, panel = self.row, self.query_one(TeamDetail)
        panel.display = self.hour.begun and row is not None
        if row is not None and self.hour.begun:
            panel.draw(detail(self.control.led, self.hour, row, self.control.facts.present))

    @on(TeamTable.Moved)
    def _moved(self) -> None:
        self._detail()
        self.refresh_keys()

    # --- what can be done

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """What needs play, an ending, or a team."""
        hour = self.hour
        if act.id == "elsewhere" and self.control.warning is None:
            return "the save is written and whole"
        if act.id == "look_as" and not hour.begun:
            return "play has not begun: there is nothing to see yet"
        if act.id == "debrief" and not all(row.ending for row in hour.teams):
            return "the debrief waits until every team has come to its end"
        return super().why_not(act, digit)

    def offers(self, act: Act) -> bool:
        """StartEx is on the key line until it has come, and then what play needs."""
        begun = self.hour.begun
        ended = begun and all(row.ending for row in self.hour.teams)
        if act.id == "elsewhere":
            return self.control.warning is not None
        if act.id in {"begin", "bar", "join"}:
            return not begun
        if act.id in {"debrief", "share"}:
            return ended
        if act.id in {"enter", "unlock", "inject", "look_as"}:
            return begun and not ended
        return True

    @on(TeamTable.Opened)
    def action_open(self) -> None:
        """The team under the cursor, seat by seat."""
        from tabletop.tui.console.team import TeamScreen

        if self.team:
            self.app.push_screen(TeamScreen(self.team), self._came_back)

    def _came_back(self, team: str | None) -> None:
        """The cursor goes with the team that was looked at last."""
        names = [row.team for row in self.hour.teams]
        if team in names:
            self.query_one(TeamTable).go_to(names.index(team))

    def action_look_as(self) -> None:
        """The board, as anybody sees it."""
        from tabletop.tui.console.looking import LookAsScreen

        self.app.push_screen(LookAsScreen(self.team))

    def action_inject(self) -> None:
        """The deck of injects."""
        from tabletop.tui.console.deck import DeckScreen

        self.app.push_screen(DeckScreen(self.team))

    def action_join(self) -> None:
        """How to join, over the whole screen."""
        from tabletop.tui.console.join import JoinScreen

        self.app.push_screen(JoinScreen())

    def action_notes(self) -> None:
        """Marks, reasons and exit tickets."""
        from tabletop.tui.console.notes import NotesScreen

        self.app.push_screen(NotesScreen())

    def action_debrief(self) -> None:
        """Read the debrief here."""
        self.program.look_back("debrief", [self.control.led.path])

    def action_elsewhere(self) -> None:
        """Write the save to another file, where the first cannot be written."""
        from tabletop.tui.screens.elsewhere import ElsewhereScreen

        self.app.push_screen(ElsewhereScreen())

    async def action_quit(self) -> None:
        """Ask first."""
        await self.control.action_quit()
