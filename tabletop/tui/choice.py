"""Lists to choose from with the cursor, a digit or the mouse; the chosen line keeps its mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.tui.columns import Entry
from tabletop.tui.theme import Ink

_REVERSED = Style(reverse=True)


class Menu(OptionList):
    """A list without a frame; Enter or a click selects."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "cursor_down", "Down"),
        ("k", "cursor_up", "Up"),
    ]

    def __init__(self, *options: Option, id: str | None = None) -> None:  # noqa: A002
        """Show `options`; texts are never read as markup."""
        super().__init__(*options, id=id, markup=False, compact=True)
        self._painted_width = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint, and remember for what width."""
        self._painted_width = self.scrollable_content_region.width
        return super().render_lines(crop)

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out anew for another width alone: Textual would paint all of them twice."""
        if self.scrollable_content_region.width == self._painted_width:
            event.prevent_default()

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Textual's own, and the line with the cursor reversed where there are no shades."""
        style = super().get_visual_style(*component_classes, partial=partial)
        on_cursor = "option-list--option-highlighted" in component_classes and self.has_focus
        return style + _REVERSED if on_cursor and self.app.native_ansi_color else style

    def put(self, options: Sequence[Option]) -> None:
        """Show other options, with the cursor where it was."""
        place = self.highlighted
        self.set_options(options)
        if options:
            self.highlighted = min(place or 0, len(options) - 1)


class Field(Menu):
    """A menu that is one field of a form: beyond its ends the cursor goes to the next field."""

    def action_cursor_down(self) -> None:
        """One line down, or on to the next field."""
        if self.highlighted == self._ends()[1]:
            self.screen.focus_next()
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """One line up, or back to the field before."""
        if self.highlighted == self._ends()[0]:
            self.screen.focus_previous()
        else:
            super().action_cursor_up()

    def action_select(self) -> None:
        """Pick the line with the cursor; where there is none yet, say how to get one."""
        if self.highlighted is None:
            self.notify("Pick with a digit, or move with the arrows first.", severity="warning")
        else:
            super().action_select()

    def _ends(self) -> tuple[int | None, int | None]:
        open_lines = [place for place, option in enumerate(self.options) if not option.disabled]
        return (open_lines[0], open_lines[-1]) if open_lines else (None, None)


class Choice(Field):
    """A menu of which one line is chosen and marked, apart from where the cursor is."""

    def __init__(
        self,
        labels: Sequence[tuple[str, Sequence[Content | str]]],
        *,
        chosen: str | None = None,
        closed: Sequence[str] = (),
        numbered: bool = False,
        start: int | None = 0,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Offer lines of text by name; those in `closed` are shown and cannot be chosen.

        `numbered` writes the digit that picks a line before it; `start` is where the cursor
        is while nothing is chosen.
        """
        self._labels = dict(labels)
        self._shut = frozenset(closed)
        self._numbered = numbered
        self.chosen = chosen
        super().__init__(*self._marked(), id=id)
        names = list(self._labels)
        self.highlighted = names.index(chosen) if chosen in names else start

    def _marked(self) -> list[Option]:
        return [Option(self._prompt(name, label), id=name) for name, label in self._labels.items()]

    def _prompt(self, name: str, texts: Sequence[Content | str]) -> Entry:
        mark = "●" if name == self.chosen else ("×" if name in self._shut else "○")
        ink = Ink.HERE if name == self.chosen else Ink.MUTED
        number = f"{list(self._labels).index(name) + 1}  " if self._numbered else ""
        head = Content.assemble((f"{mark} ", ink), (number, Ink.MUTED))
        marks = (head, *[Content("")] * (len(texts) - 1))
        return Entry(*zip(marks, texts, strict=True), label_width=head.cell_length)

    def choose(self, name: str) -> bool:
        """Mark `name`, if it can be chosen."""
        if name not in self._labels or name in self._shut:
            return False
        before, self.chosen = self.chosen, name
        for changed in {before, name} - {None}:
            assert changed is not None
            self.replace_option_prompt(changed, self._prompt(changed, self._labels[changed]))
        self.highlighted = list(self._labels).index(name)
        return True

    def nth(self, number: int) -> str | None:
        """The name of the line that a digit means, counted from 1."""
        names = list(self._labels)
        return names[number - 1] if 0 < number <= len(names) else None
