"""Two columns of text: short labels on the left, running text on the right that wraps under itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Row = tuple[Content | str, Content | str]


class Columns(Widget):
    """Rows of a label and a text; wrapped lines stay in their column."""

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        label_width: int,
        gap: int = 0,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Show `rows` with labels `label_width` cells wide and `gap` blank lines between rows."""
        super().__init__(id=id, classes=classes)
        self._rows = tuple(rows)
        self._label_width = label_width
        self._gap = gap

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._rows = tuple(rows)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at that width."""
        return len(self._lines(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All of the room there is."""
        return container.width

    def render(self) -> Content:
        """The rows, wrapped to the width of the widget."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        room = max(width - self._label_width, 12)
        lines: list[Content] = []
        for place, (label, text) in enumerate(self._rows):
            if place:
                lines.extend([Content("")] * self._gap)
            left = label if isinstance(label, Content) else Content(label)
            right = text if isinstance(text, Content) else Content(text)
            for number, part in enumerate(right.wrap(room) or [Content("")]):
                lead = left.truncate(self._label_width, pad=True) if number == 0 else None
                lines.append((lead or Content(" " * self._label_width)) + part.rstrip())
        return lines
