"""The table of teams: one row each, with a cursor; only rows that changed are painted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tabletop.exercise.console.wording import used_words
from tabletop.exercise.hour.view import TeamRow
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import padded


class TeamLine(NamedTuple):
    """A team with who of it is here, and its people's names."""

    row: TeamRow
    here: int
    names: tuple[str, ...]
    asked: bool = False
    """Whether a decision is being waited for."""


class _Column(NamedTuple):
    """A column of the table: its heading, its least width, and how much of the rest it takes."""

    name: str
    least: int
    share: int = 0


_GAP = 2
_EITHER = "waits for, or chose"
"""The column that stands for two where there is no room for both."""
_BEFORE = (_Column("team", 8, 1), _Column("here", 5), _Column("who", 8, 8))
_NARROW = (
    _Column("team", 8, 1),
    _Column("here", 5),
    _Column("turn", 4),
    _Column("stage", 19, 1),
    _Column(_EITHER, 18, 6),
    _Column("used", 4),
)
_WIDE = (
    _Column("team", 9, 1),
    _Column("here", 5),
    _Column("turn", 4),
    _Column("stage", 19, 1),
    _Column("waits for", 26, 3),
    _Column("used", 5),
    _Column("last choice", 22, 4),
)
_WIDE_FROM = 110
_MARGIN = 4
"""Cells before the first column: the cursor and the mark."""


class TeamTable(ScrollView, can_focus=True):
    """Rows of teams; arrows move the cursor, Enter or a click on it opens the team."""

    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("home", "move(-1000)", show=False),
        Binding("end", "move(1000)", show=False),
    ]

    class Moved(Message):
        """The cursor came to another team."""

    class Opened(Message):
        """The team under the cursor is to be looked at."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin without teams."""
        super().__init__(id=id)
        self.teams: tuple[TeamLine, ...] = ()
        self.begun = False
        self.at = 0
        self._strips: dict[object, Strip] = {}

    @property
    def team(self) -> str:
        """The team under the cursor; empty while there is none."""
        return self.teams[self.at].row.team if self.at < len(self.teams) else ""

    def put(self, teams: Sequence[TeamLine], *, begun: bool) -> None:
        """Show these teams; rows that are the same are left as they are."""
        before, self.teams = self.teams, tuple(teams)
        if begun != self.begun or len(before) != len(self.teams):
            self.begun = begun
            self.at = min(self.at, max(0, len(self.teams) - 1))
            self.virtual_size = Size(0, len(self.teams) + 1)
            self.refresh(layout=True)
            return
        for place, (old, new) in enumerate(zip(before, self.teams, strict=True)):
            if old != new:
                self._refresh_row(place)

    def _refresh_row(self, place: int) -> None:
        y = place + 1 - self.scroll_offset.y
        if 1 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A row a team, and the heading."""
        return len(self.teams) + 1

    def notify_style_update(self) -> None:
        """Another theme: nothing painted before is of use."""
        self._strips.clear()
        super().notify_style_update()

    def action_move(self, rows: int) -> None:
        """Move the cursor, as far as there are teams."""
        self.go_to(self.at + rows)

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, in sight."""
        place = max(0, min(place, len(self.teams) - 1))
        if place == self.at:
            return
        before, self.at = self.at, place
        top, rows = self.scroll_offset.y, self.size.height - 1
        if not top <= place < top + rows:
            self.scroll_to(y=place if place < top else place - rows + 1, animate=False)
        self._refresh_row(before)
        self._refresh_row(place)
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the cursor it opens the team."""
        place = event.y - 1 + self.scroll_offset.y
        if event.y < 1 or not 0 <= place < len(self.teams):
            return
        if place == self.at:
            self.post_message(self.Opened())
        else:
            self.go_to(place)

    # --- painting

    def render_line(self, y: int) -> Strip:
        """The heading, or a team's row."""
        width = self.size.width
        place = y - 1 + self.scroll_offset.y
        if y and not 0 <= place < len(self.teams):
            return Strip.blank(width, self.rich_style)
        cursor = y > 0 and place == self.at and self.has_focus
        marked = y > 0 and place == self.at
        key = (self.teams[place] if y else None, cursor, marked, width, self.begun)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > 500:
                self._strips.clear()
            content = self._heading(width) if not y else self._row(place, width)
            if cursor:
                content = content.stylize_before(Ink.CURSOR)
            strip = Visual.to_strips(self, content, width, 1, self.visual_style, pad=True)[0]
            self._strips[key] = strip
        return strip

    def on_focus(self) -> None:
        """The cursor shows."""
        self._refresh_row(self.at)

    def on_blur(self) -> None:
        """The cursor fades."""
        self._refresh_row(self.at)

    def columns(self, width: int) -> list[tuple[str, int]]:
        """The columns for a width, each with its own; one without room is left out."""
        wanted = _WIDE if width >= _WIDE_FROM else _NARROW
        chosen = wanted if self.begun else _BEFORE
        room = width - _MARGIN - sum(each.least + _GAP for each in chosen) + _GAP
        shares = sum(each.share for each in chosen)
        if room < 0 or not shares:
            return [(each.name, each.least) for each in chosen]
        return [(each.name, each.least + room * each.share // shares) for each in chosen]

    def _heading(self, width: int) -> Content:
        cells = [padded(name, cells) for name, cells in self.columns(width)]
        return Content.styled(" " * _MARGIN + (" " * _GAP).join(cells), Ink.MUTED)

    def _row(self, place: int, width: int) -> Content:
        line = self.teams[place]
        mark, ink = _mark(line)
        parts: list[Content] = [
            Content.assemble(("▸ " if place == self.at else "  ", Ink.MUTED), (f"{mark} ", ink))
        ]
        for at, (name, cells) in enumerate(self.columns(width)):
            text, style = _cell(line, name)
            parts.append(Content.styled((" " * _GAP if at else "") + padded(text, cells), style))
        return Content("").join(parts)


def _mark(line: TeamLine) -> tuple[str, str]:
    """A glyph for where a team is: locked, deciding, ended, played by a doctrine."""
    row = line.row
    if row.ending:
        return "■", Ink.MUTED
    if row.empty:
        return "◌", Ink.MUTED
    if row.locked:
        return "●", Ink.EASE
    return ("○", Ink.HERE) if line.asked else ("·", Ink.MUTED)


def _cell(line: TeamLine, name: str) -> tuple[str, str]:
    row = line.row
    absent = line.here < row.seats
    match name:
        case "team":
            return row.team, Ink.STRONG
        case "here":
            if row.empty:
                return "empty", Ink.MUTED
            return f"{line.here}/{row.seats}", Ink.HERE if absent else Ink.TEXT
        case "who":
            return ", ".join(line.names) or "nobody yet", Ink.TEXT if line.names else Ink.MUTED
        case "turn":
            return str(row.turn), Ink.TEXT
        case "stage":
            return row.stage_title, Ink.TEXT
        case "used":
            return used_words(row), Ink.MUTED
        case "last choice":
            return row.last_choice or "–", Ink.TEXT if row.last_choice else Ink.MUTED
    if row.ending:
        return row.ending, Ink.STRONG
    if name == _EITHER and row.waiting == "nothing" and row.last_choice:
        return row.last_choice, Ink.TEXT
    return row.waiting, Ink.MUTED if row.waiting == "nothing" else Ink.TEXT
