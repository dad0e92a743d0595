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

    The widest ones give way first.
    """
    natural = [
        max(max(map(cell_len, clean_text(row[n], LONGEST).split("\n"))) for row in rows)
        for n in range(len(rows[0]))
    ]
    least = [min(each, _NARROWEST) for each in natural]
    room = width - _GAP * (len(natural) - 1)
    if sum(least) > room:
        return None
    widths = natural[:]
    while (over := sum(widths) - room) > 0:
        open_ = [n for n, each in enumerate(widths) if each > least[n]]
        widest = max(widths[n] for n in open_)
        tops = [n for n in open_ if widths[n] == widest]
        below = max((widths[n] for n in open_ if widths[n] < widest), default=0)
        step = max(1, min(widest - max(below, _NARROWEST), -(-over // len(tops))))
        for n in tops:
            widths[n] = max(least[n], widths[n] - step)
    return widths


def _drawn(
    columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[Content]:
    yield _line(columns, widths, [Ink.MUTED] * len(widths))
    inks = [Ink.MUTED, *[Ink.TEXT] * (len(widths) - 1)]
    cells = [
        [wrapped(cell, room) or [""] for cell, room in zip(row, widths, strict=True)]
        for row in rows
    ]
    airy = any(len(cell) > 1 for row in cells for cell in row)
    for number, row in enumerate(cells):
        if airy and number:
            yield BLANK
        for each in range(max(map(len, row))):
            parts = [cell[each] if each < len(cell) else "" for cell in row]
            yield _line(parts, widths, inks)


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
