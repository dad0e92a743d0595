"""A table laid out in cells: columns as wide as they need, or its rows one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from tabletop.clean import clean_text
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import BLANK, LONGEST, padded, wrapped

_GAP = 2
_NARROWEST = 13
"""Cells below which a column of running text is hard to read."""


def table_lines(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Content]:
    """A table for a width; where its columns have no room, each row as a list of its cells."""
    if not rows:
        return []
    widths = column_widths([columns, *rows], width)
    return list(_flat(columns, rows, width) if widths is None else _drawn(columns, rows, widths))


def column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column is; None where they cannot all be read at that width.

    What is left when each can be read goes, cell by cell, to the column with the tallest cell.
    """
    cells = [[clean_text(row[n], LONGEST) for row in rows] for n in range(len(rows[0]))]
    natural = [max(max(map(cell_len, text.split("\n"))) for text in column) for column in cells]
    longest = [max(map(cell_len, column)) for column in cells]
    widths = [min(each, _NARROWEST) for each in natural]
    left = width - _GAP * (len(natural) - 1) - sum(widths)
    if left < 0:
        return None
    for _ in range(left):
        open_ = [n for n, each in enumerate(widths) if each < natural[n]]
        if not open_:
            break
        widths[max(open_, key=lambda n: longest[n] / widths[n])] += 1
    return widths


def _drawn(
    columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[Content]:
    muted = [Ink.MUTED] * len(widths)
    inks = [Ink.MUTED, *[Ink.TEXT] * (len(widths) - 1)]
    head, *body = (
        [wrapped(*each) or [""] for each in zip(row, widths, strict=True)]
        for row in (columns, *rows)
    )
    airy = any(len(cell) > 1 for row in body for cell in row)
    yield from _row(head, widths, muted)
    for number, row in enumerate(body):
        if airy and number:
            yield BLANK
        yield from _row(row, widths, inks)


def _row(
    cells: Sequence[Sequence[str]], widths: Sequence[int], inks: Sequence[str]
) -> Iterator[Content]:
    """The lines of a row; a cell with fewer of them ends earlier."""
    for each in range(max(map(len, cells))):
        yield _line([cell[each] if each < len(cell) else "" for cell in cells], widths, inks)


def _line(texts: Sequence[str], widths: Sequence[int], inks: Sequence[str]) -> Content:
    parts = [
        Content.styled(padded(text, room), ink)
        for text, room, ink in zip(texts, widths, inks, strict=True)
    ]
    return Content(" " * _GAP).join(parts).rstrip()


def _flat(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[Content]:
    """Each row by itself: its heading, then its cells, named by their columns."""
    label = min(max(map(cell_len, columns[1:]), default=0) + 2, width // 3)
    for number, row in enumerate(rows):
        if number:
            yield BLANK
        yield Content.assemble(
            (f"{columns[0]} ", Ink.MUTED),
            (padded(row[0], width - cell_len(columns[0]) - 1), "bold"),
        ).rstrip()
        for name, cell in zip(columns[1:], row[1:], strict=True):
            lead = padded(name, label)
            for text in wrapped(cell, width - label) or [""]:
                yield Content.assemble((lead, Ink.MUTED), (text, Ink.TEXT))
                lead = " " * label
