"""Chapters of a debrief on the screen: the blocks that reports are made of, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tabletop.debrief.chapters import Courses, Part, Tornado
from tabletop.debrief.report.blocks import Charts, Contents, Grid, Heading, Items, Paragraph
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.courses import course_lines, tornado_lines
from tabletop.tui.widgets.lines import BLANK, fitted, indented, joined, padded, wrapped
from tabletop.tui.widgets.table import table_lines
from tabletop.tui.widgets.window import Row, Window, numbered

MEASURE = 92
"""Cells that running text is not made wider than: longer lines are hard to read."""
_LABEL = 20
"""Cells of the labels at the left of paragraphs."""


class Parts(Widget):
    """One chapter, laid out for whatever width it gets; its height is the number of lines."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        """Show these parts."""
        super().__init__()
        self._parts = tuple(parts)
        self._laid: tuple[int, list[Content]] = (-1, [])

    def put(self, parts: Sequence[Part]) -> None:
        """Show other parts; does nothing where they are the same."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self._laid = (-1, [])
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at that width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines for the present width."""
        return joined(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._laid[0] != width:
            self._laid = (width, part_lines(self._parts, width))
        return self._laid[1]


class Page(Window):
    """A chapter in a window of its own under its title; only the lines in sight are painted."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = ""
        self._parts: tuple[Part, ...] = ()

    def put(self, title: str, parts: Sequence[Part]) -> None:
        """Show a chapter, at the place that the window is at; nothing is done for the same one."""
        if (title, tuple(parts)) != (self._title, self._parts):
            self._title, self._parts = title, tuple(parts)
            self.lay_out()

    def rows(self, width: int) -> Sequence[Row]:
        """The title and, below it, the parts."""
        title = Content.styled(fitted(self._title, width), Ink.STRONG)
        return numbered([title, BLANK, *part_lines(self._parts, width)])


def part_lines(parts: Sequence[Part], width: int) -> list[Content]:
    """Parts below one another with a blank line between them; labelled ones stand close."""
    lines: list[Content] = []
    close = False
    rest = list(reversed(parts))
    while rest:
        part = rest.pop()
        labelled = isinstance(part, Paragraph) and bool(part.label)
        if lines and not (labelled and close):
            lines.append(BLANK)
            if isinstance(part, Heading):
                lines.append(BLANK)
        if isinstance(part, Paragraph) and not part.text and rest and isinstance(rest[-1], Items):
            lines += _listed(part.label, rest.pop(), width)
        else:
            lines += _lines(part, width)
        close = labelled
    return [line.truncate(width) if line.cell_length > width else line for line in lines]


def _listed(label: str, items: Part, width: int) -> Iterator[Content]:
    """A list with its label in the column of labels."""
    lead = padded(label, _LABEL)
    for row in _lines(items, min(width, MEASURE) - _LABEL):
        yield Content.assemble((lead, Ink.MUTED), row)
        lead = " " * _LABEL


def _lines(part: Part, width: int) -> list[Content]:
    match part:
        case Heading():
            return [Content.styled(fitted(part.text, width), Ink.STRONG)]
        case Paragraph():
            return list(_paragraph(part, min(width, MEASURE)))
        case Items():
            return list(_items(part, min(width, MEASURE)))
        case Grid():
            caption = indented(part.caption, min(width, MEASURE), Ink.MUTED)
            return [*caption, BLANK, *table_lines(part.columns, part.rows, width)]
        case Courses():
            caption = indented(part.caption, min(width, MEASURE), Ink.MUTED)
            return [*caption, BLANK, *course_lines(part, width)]
        case Tornado():
            caption = indented(part.caption, min(width, MEASURE), Ink.MUTED)
            return [*caption, BLANK, *tornado_lines(part, width)]
        case Charts() | Contents():
            # Reports on paper have these; a screen has its own charts and its own contents.
            return []
    raise TypeError(part)


def _paragraph(part: Paragraph, width: int) -> Iterator[Content]:
    """Text, with its label in a column of its own on the left."""
    if not part.label:
        yield from indented(part.text, width, Ink.TEXT)
        return
    if cell_len(part.label) >= _LABEL or not part.text:
        yield Content.styled(fitted(part.label, width), Ink.MUTED)
        lead = " " * _LABEL
    else:
        lead = padded(part.label, _LABEL)
    ink = Ink.STRONG if part.label == "Decided" else Ink.TEXT
    for text in wrapped(part.text, width - _LABEL):
        yield Content.assemble((lead, Ink.MUTED), (text, ink))
        lead = " " * _LABEL


def _items(part: Items, width: int) -> Iterator[Content]:
    """Entries with a number or a dash, what they rest on in a lower voice below each."""
    airy = part.ordered or any(notes for _, notes in part.items)
    for number, (text, notes) in enumerate(part.items, 1):
        if airy and number > 1:
            yield BLANK
        lead = f"{number:>2}. " if part.ordered else "–   "
        for line in wrapped(text, width - 4):
            yield Content.assemble((lead, Ink.MUTED), (line, Ink.TEXT))
            lead = " " * 4
        for note in notes:
            yield from indented(note, width, Ink.MUTED, indent=4)
