"""A window on lines that scrolls, and paints only those that stand in it.

Other lines in it, or more of them, cost no layout of the screen: the window keeps its size,
and the place of its scrollbar is always kept.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple, overload

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tabletop.tui.widgets.lines import joined


class Row(NamedTuple):
    """A line on the screen, and where it begins in the text that is selected and copied."""

    content: Content
    x: int
    y: int


class _Numbered(Sequence[Row]):
    """Rows made as they are asked for: of many lines only few are painted."""

    def __init__(self, lines: Sequence[Content]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        return Row(self._lines[index], 0, index)


def numbered(lines: Sequence[Content]) -> Sequence[Row]:
    """Rows that are lines of their text as well."""
    return _Numbered(lines)


class Window(ScrollView):
    """Lines for whatever width there is; the text of them can be selected and copied."""

    MARGIN: ClassVar[int] = 0
    """Cells that are kept free between the lines and the scrollbar."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        # It is always there: found out by the first layout, it would ask for a second one.
        self.set_reactive(Widget.show_vertical_scrollbar, True)
        self._rows: Sequence[Row] = ()
        self._strips: dict[int, Strip] = {}
        self._width = 0

    @abstractmethod
    def rows(self, width: int) -> Iterable[Row]:
        """The lines for a width in cells, which is 1 at least."""

    def text(self) -> Content:
        """The whole text, as it is copied."""
        return joined([row.content for row in self._rows])

    def lay_out(self) -> None:
        """Lay the lines out anew, since others are to be shown."""
        self._lay()
        self.refresh()

    def _lay(self) -> None:
        rows = self.rows(self._width) if self._width > 0 else ()
        self._rows = rows if isinstance(rows, Sequence) else tuple(rows)
        self._strips.clear()
        size = Size(self._width, len(self._rows))
        if size != self.virtual_size:
            # Assigned as usual it would have the whole screen laid out.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002
    ) -> bool:
        if size == self._size:
            # Nothing else depends on a layout, and the scrollbar would be painted again.
            return False
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        taken = self.styles.gutter.width + self.styles.scrollbar_size_vertical + self.MARGIN
        width = max(0, size.width - taken)
        if width != self._width:
            # The layout that gave another width paints already.
            self._width = width
            self._lay()
        return changed

    def render_line(self, y: int) -> Strip:
        """One line of what stands in the window now."""
        y += self.scroll_offset.y
        if not 0 <= y < len(self._rows):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self._strip(self._rows[y])
        return strip

    def _strip(self, row: Row) -> Strip:
        content, x, y = row
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            start, end = span
            ends = len(content) if end == -1 else end - x
            if ends > 0 and start - x < len(content):
                ink = Style.from_styles(self.screen.get_component_styles("screen--selection"))
                content = content.stylize(ink, max(start - x, 0), ends)
        ground, segments = self.visual_style, []
        for text, style in content.render(ground, end="", parse_style=self._get_style):
            segments.append(Segment(text, (ground + style).rich_style_with_offset(x, y)))
            x += len(text)
        return Strip(segments, content.cell_length)

    def render(self) -> Content:
        """The whole text."""
        return self.text()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that is selected."""
        return selection.extract(self.text().plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self._strips.clear()
        super().selection_updated(selection)

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        self._strips.clear()
        super().notify_style_update()
