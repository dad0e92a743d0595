"""The base of the hour's widgets: lines for a size, drawn again only when they would differ."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tabletop.tui.widgets.lines import BLANK, joined

Subject = TypeVar("Subject")
"""What a widget draws: plain data that can be compared."""


class LaidOut(Widget, Generic[Subject]):
    """Draws what it is given, and does nothing where it shows that already."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.subject: Subject | None = None

    def draw(self, subject: Subject) -> None:
        """Draw this."""
        if subject == self.subject:
            return
        before = self._height()
        self.subject = subject
        self.refresh(layout=self._height() != before)

    def _height(self) -> int:
        """The lines that it takes, where its height follows its text."""
        if self.subject is None or not self.styles.is_auto_height or not self.size.width:
            return -1
        return len(self.lines(self.subject, self.size.width, None))

    @abstractmethod
    def lines(self, subject: Subject, width: int, height: int | None) -> list[Content]:
        """Its lines for a size in cells; as many as it likes where `height` is None."""

    def render(self) -> Content:
        """The lines for the present size."""
        width, height = self.size
        if self.subject is None or width < 1 or height < 1:
            return BLANK
        room = None if self.styles.is_auto_height else height
        return joined(self.lines(self.subject, width, room)[:height])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """How many lines it takes at a width."""
        return 0 if self.subject is None else len(self.lines(self.subject, width, None))
