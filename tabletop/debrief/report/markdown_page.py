"""A report as Markdown: every text escaped, so that it is shown as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.debrief.escaping import markdown
from tabletop.debrief.report.blocks import (
    Block,
    Charts,
    Contents,
    Grid,
    Heading,
    Items,
    Paragraph,
)
from tabletop.debrief.sparkline import sparkline


def markdown_page(blocks: Sequence[Block]) -> str:
    """The document, with a blank line between its blocks."""
    return "\n\n".join(text for block in blocks if (text := "\n".join(_lines(block)))) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {markdown(text)}"
        case Paragraph(text, label):
            yield f"**{markdown(label)}:** {markdown(text)}".rstrip() if label else markdown(text)
        case Items(items, ordered):
            for number, (text, notes) in enumerate(items, 1):
                yield f"{f'{number}.' if ordered else '-'} {markdown(text)}"
                yield from (f"    - {markdown(note)}" for note in notes)
        case Grid():
            yield from _table(block)
        case Charts(caption, charts):
            yield f"*{markdown(caption)}*"
            yield ""
            for chart in charts:
                line = chart.series[0] if len(chart.series) == 1 else ()
                blocks = sparkline(line, chart.low, chart.high)
                yield f"- {markdown(chart.words)}{f' {blocks}' if blocks else ''}"
        case Contents():
            return


def _table(grid: Grid) -> Iterator[str]:
    yield f"*{markdown(grid.caption)}*"
    yield ""
    yield _row(grid.columns)
    yield _row(["---"] * len(grid.columns), escape=False)
    yield from map(_row, grid.rows)


def _row(cells: Sequence[str], *, escape: bool = True) -> str:
    shown = (_cell(cell) for cell in cells) if escape else cells
    return f"| {' | '.join(shown)} |"


def _cell(text: str) -> str:
    """A cell of a table; `<br>` is the one way to break a line in it."""
    return "<br>".join(map(markdown, text.split("\n")))
