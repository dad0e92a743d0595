"""The menu of responses, by number: instrument, title, and why one is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from tabletop.exercise.view import ResponseView, View
from tabletop.tui.theme import MARKS, Ink
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.lines import BLANK, fitted, indented, spread

_CURSOR = "▸"
_MARGIN = 8
"""Cells before a title: cursor, number, glyph and letter, and the gaps between."""
_MOST = 9
"""Responses that the number keys reach."""

_FORMS = ((True, 2, True), (True, 2, False), (False, 2, False), (False, 1, False))
"""From airy to tight: all reasons or the cursor's, their lines, blanks between."""


class _Row(NamedTuple):
    """A line of the menu and the response it belongs to (None: a blank)."""

    content: Content
    number: int | None


Responses = tuple[ResponseView, ...]


class ResponseMenu(Drawn[Responses], can_focus=True):
    """Up to nine responses; arrows move, a digit, Enter or a click chooses.

    A closed response can be looked at but not chosen: choosing it posts `Refused` with
    the reason. The reason stands under it where there is room, else only while the cursor
    is on it.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("home", "move(-9)", show=False),
        Binding("end", "move(9)", show=False),
        Binding("enter", "choose", show=False),
        *(Binding(str(digit), f"pick({digit})", show=False) for digit in range(1, _MOST + 1)),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor came to a response."""

        response_id: str

    @dataclass
    class Chosen(Message):
        """An open response was chosen."""

        response_id: str

    @dataclass
    class Refused(Message):
        """A closed response was chosen; the reason is the author's."""

        response_id: str
        reason: str

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._at = 0
        self._drawn: tuple[int | None, ...] = ()
        self._advice: Mapping[str, str] = {}

    def advise(self, words: Mapping[str, str]) -> None:
        """Put an adviser's words under the responses, by id; none take them away."""
        if words != self._advice:
            self._advice = words
            self.refresh()

    @property
    def responses(self) -> Responses:
        """What is on offer."""
        return self._subject or ()

    @property
    def highlighted(self) -> ResponseView | None:
        """The response under the cursor."""
        return self.responses[self._at] if self._at < len(self.responses) else None

    def pick(self, view: View) -> Responses:
        """The responses on offer, at most nine."""
        return view.responses[:_MOST]

    def draw(self, subject: Responses) -> None:
        """Draw another menu; the cursor stays on its response, or goes to the first."""
        if subject == self._subject:
            return
        known = self.highlighted
        super().draw(subject)
        ids = [response.id for response in subject]
        self._at = ids.index(known.id) if known is not None and known.id in ids else 0
        if self.highlighted is not None:
            self.post_message(self.Highlighted(self.highlighted.id))

    def highlight(self, number: int) -> None:
        """Move the cursor to the response of a number, counted from 0; others are ignored."""
        if 0 <= number < len(self.responses) and number != self._at:
            self._at = number
            self.refresh()
            self.post_message(self.Highlighted(self.responses[number].id))

    def action_move(self, by: int) -> None:
        """Move the cursor, stopping at either end."""
        self.highlight(max(0, min(len(self.responses) - 1, self._at + by)))

    def action_pick(self, digit: int) -> None:
        """Move to the response of a number key and choose it.

        A digit beyond the menu is left to the screen, which says why it does nothing.
        """
        if digit > len(self.responses):
            raise SkipAction
        self.highlight(digit - 1)
        self.action_choose()

    def action_choose(self) -> None:
        """Choose the response under the cursor."""
        response = self.highlighted
        if response is None:
            raise SkipAction
        if response.closed is None:
            self.post_message(self.Chosen(response.id))
        else:
            self.post_message(self.Refused(response.id, response.closed))

    def on_click(self, event: events.Click) -> None:
        """Choose the response that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._drawn):
            return
        number = self._drawn[offset.y]
        if number is not None:
            event.stop()
            self.action_pick(number + 1)

    def watch_has_focus(self, value: bool) -> None:  # noqa: FBT001
        """Show or hide the ground under the cursor."""
        super().watch_has_focus(value)
        self.refresh()

    def lines(self, subject: Responses, width: int, height: int | None) -> list[Content]:
        """The airiest form that fits; where not even that, the part around the cursor."""
        rows: list[_Row] = []
        for reasons, most, airy in _FORMS:
            rows = self._rows(subject, width, most, reasons=reasons, airy=airy)
            if height is None or len(rows) <= height:
                break
        else:
            rows = self._window(rows, height or 0)
        self._drawn = tuple(row.number for row in rows)
        return [row.content for row in rows]

    def _rows(
        self, subject: Responses, width: int, most: int, *, reasons: bool, airy: bool
    ) -> list[_Row]:
        rows: list[_Row] = []
        for number, response in enumerate(subject):
            if airy and rows:
                rows.append(_Row(BLANK, None))
            here = number == self._at
            told = response.closed is not None and (reasons or here)
            tag = "" if told else _tag(response)
            lines = [_title(number, response, tag, width, cursor=here)]
            if response.closed is not None and told:
                lines += indented(response.closed, width, Ink.MUTED, indent=_MARGIN, most=most)
            elif response.id in self._advice and (reasons or here):
                words = self._advice[response.id]
                lines += indented(words, width, Ink.MUTED, indent=_MARGIN, most=most)
            if here and self.has_focus:
                lines = [_ground(line, width) for line in lines]
            rows += [_Row(line, number) for line in lines]
        return rows

    def _window(self, rows: list[_Row], height: int) -> list[_Row]:
        """As many rows as there is room for, the cursor among them."""
        mine = [i for i, row in enumerate(rows) if row.number == self._at]
        first = min(max(0, mine[-1] - height + 1), mine[0])
        return rows[first : first + height]


def _ground(line: Content, width: int) -> Content:
    """A line on the ground of the cursor, to the right edge."""
    return line.pad_right(width - line.cell_length).stylize(Ink.CURSOR)


def _tag(response: ResponseView) -> str:
    """What is special about a response, in a word or two."""
    if response.closed is not None:
        return "closed"
    return "present course" if response.course else ""


def _title(number: int, response: ResponseView, tag: str, width: int, *, cursor: bool) -> Content:
    """Number, instrument, title, and a tag at the right."""
    mark = MARKS[response.instrument]
    closed = response.closed is not None
    room = width - _MARGIN
    if not closed and cell_len(tag) + 2 + cell_len(response.title) > room:
        tag = ""
    title = fitted(response.title, room - (cell_len(tag) + 2 if tag else 0))
    line = Content.assemble(
        (f"{_CURSOR if cursor else ' '} ", Ink.HERE),
        (str(number + 1), Ink.MUTED if closed else Ink.STRONG),
        "  ",
        (f"{mark.glyph}{mark.letter}", Ink.MUTED if closed else mark.style),
        " ",
        (title, Ink.MUTED if closed else Ink.STRONG if cursor else Ink.TEXT),
    )
    return spread(line, Content.styled(tag, Ink.MUTED), width)
