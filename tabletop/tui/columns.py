"""Two columns of text: short labels, and running text that wraps under itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

Row = tuple[Content | str, Content | str]
_NARROWEST = 12


def columns(rows: Sequence[Row], label_width: int, width: int, gap: int = 0) -> list[Content]:
    """Lines of `width` cells: labels on the left, each text wrapped within its own column."""
    room = max(width - label_width, _NARROWEST)
    lines: list[Content] = []
    for place, (label, text) in enumerate(rows):
        if place:
            lines.extend([Content("")] * gap)
        left = label if isinstance(label, Content) else Content(label)
        right = text if isinstance(text, Content) else Content(text)
        lead = left.truncate(label_width, pad=True)
        for part in right.wrap(room) or [Content("")]:
            lines.append(lead + part.rstrip())
            lead = Content(" " * label_width)
    return lines


class Entry(Visual):
    """An entry of a list in two columns, of one or more rows."""

    def __init__(self, *rows: Row, label_width: int) -> None:
        """Hold `rows` with labels of `label_width` cells."""
        self._rows = rows
        self._label_width = label_width

    def _content(self, width: int) -> Content:
        return Content("\n").join(columns(self._rows, self._label_width, width))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines at that width."""
        return self._content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """As wide as the widest text on one line."""
        widest = (
            text.cell_length if isinstance(text, Content) else Content(text).cell_length
            for _, text in self._rows
        )
        return self._label_width + max(widest, default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """The number of lines at that width."""
        return len(columns(self._rows, self._label_width, width))


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
        self._wrapped: tuple[int, list[Content]] = (-1, [])

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._rows = tuple(rows)
        self._wrapped = (-1, [])
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The number of lines at that width."""
        return len(self._lines(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """All of the room there is."""
        return container.width

    def render(self) -> Content:
        """The rows, wrapped to the width of the widget."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        """The lines for a width; Textual asks for them several times for one picture."""
        if self._wrapped[0] != width:
            self._wrapped = (width, self._wrap(width))
        return self._wrapped[1]

    def _wrap(self, width: int) -> list[Content]:
        return columns(self._rows, self._label_width, width, self._gap)
