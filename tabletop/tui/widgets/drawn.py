"""The base of widgets that lay out lines of text for whatever size they get."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tabletop.exercise.view import View
from tabletop.tui.widgets.lines import BLANK, joined

Subject = TypeVar("Subject")
"""What a widget takes from a view: plain data that can be compared."""


class Drawn(Widget, Generic[Subject]):
    """A widget that draws one part of a view, and again only when that part has changed.

    It is text all through, so it can be selected and copied, and a height of `auto` is
    the number of lines that its width needs.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._subject: Subject | None = None

    def show(self, view: View) -> None:
        """Draw this view's part; does nothing where it shows that already."""
        self.draw(self.pick(view))

    def draw(self, subject: Subject) -> None:
        """Draw a subject that was picked already."""
        if subject != self._subject:
            self._subject = subject
            self.redraw()

    def redraw(self) -> None:
        """Lay out again, with the layout of the screen where the height follows the text."""
        self.refresh(layout=self.styles.auto_dimensions)

    @abstractmethod
    def pick(self, view: View) -> Subject:
        """The part of a view that this widget shows."""

    @abstractmethod
    def lines(self, subject: Subject, width: int, height: int | None) -> list[Content]:
        """Its lines for a size in cells; as many as it likes where `height` is None."""

    def render(self) -> Content:
        """The lines for the present size."""
        width, height = self.size
        if self._subject is None or width < 1 or height < 1:
            return BLANK
        room = None if self.styles.is_auto_height else height
        return joined(self.lines(self._subject, width, room)[:height])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines it takes at a width."""
        del container, viewport
        return 0 if self._subject is None else len(self.lines(self._subject, width, None))
