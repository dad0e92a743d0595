"""Questions with answers to choose from: one of them, or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as Line

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.asking import Option
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.columns import Entry
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import fitted

_NUMBERED = 9
_NUMBER = 3
"""Cells for the number before an answer."""
_ON_ONE_LINE = 74
"""Cells up to which an answer and its note stand side by side."""


class PickScreen(TabletopSheet[str]):
    """One question; Enter, a digit or a click answers it."""

    SCREEN = "question"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("question")]

    def __init__(self, question: str, options: Sequence[Option], start: str = "") -> None:
        """Ask `question`, with the cursor on the answer `start`."""
        super().__init__()
        self.question = clean_line(question, 300)
        self.choices = tuple(options)
        self.start = start
        self._room = _title_room(self.choices)

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(classes="page"):
            yield Static(self.question, classes="title", markup=False)
            yield Menu(*(self._line(at) for at in range(len(self.choices))))
        yield KeyBar()

    def _line(self, at: int) -> Line:
        option = self.choices[at]
        number = str(at + 1) if at < _NUMBERED else ""
        head = Content.styled(f"{number:<{_NUMBER}}", Ink.MUTED)
        return Line(
            Entry((head, answer(option, self._room)), label_width=_NUMBER),
            disabled=bool(option.closed),
        )

    def on_mount(self) -> None:
        """The cursor begins where it is most useful."""
        menu = self.query_one(Menu)
        ids = [each.id for each in self.choices]
        if self.start in ids and not self.choices[ids.index(self.start)].closed:
            menu.highlighted = ids.index(self.start)
        else:
            menu.action_first()
        menu.focus()

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Only answers that are there and open."""
        if act.id != "nth" or digit is None:
            return None
        if digit > len(self.choices):
            return f"there are {len(self.choices)} answers"
        return self.choices[digit - 1].closed or None

    def action_nth(self, digit: int) -> None:
        """Answer by number."""
        self.dismiss(self.choices[digit - 1].id)

    def action_choose(self) -> None:
        """Answer with the line under the cursor."""
        self.query_one(Menu).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[message.option_index].id)


class SeveralScreen(TabletopSheet[tuple[str, ...]]):
    """One question with several answers: Space marks a line, Enter is done."""

    SCREEN = "several"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("several")]

    def __init__(
        self, question: str, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> None:
        """Ask `question`, with these answers marked already."""
        super().__init__()
        self.question = clean_line(question, 300)
        self.choices = tuple(options)
        self.marked = {each.id for each in options if each.id in chosen}

    def compose(self) -> ComposeResult:
        """The question, and every answer with its mark."""
        with Vertical(classes="page"):
            yield Static(self.question, classes="title", markup=False)
            yield Menu(*(Line(self._prompt(each)) for each in self.choices))
        yield KeyBar()

    def _prompt(self, option: Option) -> Entry:
        on_ = option.id in self.marked
        mark = Content.styled("● " if on_ else "○ ", Ink.HERE if on_ else Ink.MUTED)
        return Entry((mark, answer(option)), label_width=2)

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(Menu).focus()

    def action_mark(self) -> None:
        """Mark the line under the cursor, or take its mark away."""
        menu = self.query_one(Menu)
        if menu.highlighted is not None:
            option = self.choices[menu.highlighted]
            self.marked ^= {option.id}
            menu.replace_option_prompt_at_index(menu.highlighted, self._prompt(option))

    def action_done(self) -> None:
        """These, and no others."""
        self.dismiss(tuple(each.id for each in self.choices if each.id in self.marked))

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_done()


def _title_room(options: Sequence[Option]) -> int:
    """The cells at which notes line up; 0 where they have no room beside the answers."""
    titles = max((Content(clean_line(each.title, 300)).cell_length for each in options), default=0)
    notes = max((len(each.closed or each.note) for each in options), default=0)
    return titles if titles + notes < _ON_ONE_LINE else 0


def answer(option: Option, room: int = 0) -> Content:
    """An answer with its note beside it, or below it where it is long, or why it is closed.

    Notes line up at `room` cells where that is more than 0.
    """
    title = Content.styled(clean_text(option.title, 600), Ink.MUTED if option.closed else Ink.TEXT)
    note = option.closed or option.note
    if not note:
        return title
    short = clean_line(note, 300)
    gap = "\n"
    if room or title.cell_length + len(short) < _ON_ONE_LINE - 10:
        gap = " " * max(0, room - title.cell_length) + "   "
    return Content.assemble(title, gap, (fitted(short, 300), Ink.MUTED))
