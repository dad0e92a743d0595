"""Lists to choose from with the cursor, a digit or the mouse; the chosen line keeps its mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.tui.theme import Ink


class Menu(OptionList):
    """A list without a frame; Enter or a click selects."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "cursor_down", "Down"),
        ("k", "cursor_up", "Up"),
    ]

    def __init__(self, *options: Option, id: str | None = None) -> None:  # noqa: A002
        """Show `options`; texts are never read as markup."""
        super().__init__(*options, id=id, markup=False, compact=True)

    def put(self, options: Sequence[Option]) -> None:
        """Show other options, with the cursor where it was."""
        place = self.highlighted
        self.set_options(options)
        if options:
            self.highlighted = min(place or 0, len(options) - 1)


class Choice(Menu):
    """A menu of which one line is chosen and marked, apart from where the cursor is."""

    def __init__(
        self,
        labels: Sequence[tuple[str, Content]],
        *,
        chosen: str | None = None,
        closed: Sequence[str] = (),
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Offer `labels` by name; those in `closed` are shown and cannot be chosen."""
        self._labels = dict(labels)
        self._closed = frozenset(closed)
        self.chosen = chosen
        super().__init__(*self._marked(), id=id)
        names = list(self._labels)
        self.highlighted = names.index(chosen) if chosen in names else None

    def _marked(self) -> list[Option]:
        return [
            Option(self._prompt(name, label), id=name, disabled=name in self._closed)
            for name, label in self._labels.items()
        ]

    def _prompt(self, name: str, label: Content) -> VisualType:
        mark = "●" if name == self.chosen else ("×" if name in self._closed else "○")
        return Content.assemble((f"{mark} ", Ink.HERE if name == self.chosen else Ink.MUTED), label)

    def choose(self, name: str) -> bool:
        """Mark `name`, if it can be chosen."""
        if name not in self._labels or name in self._closed:
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
