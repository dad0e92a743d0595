"""Chapters line by line: what a screen shows as tables and charts, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.debrief.chapters import Part, Tornado
from tabletop.debrief.report.blocks import Grid, Heading, Items, Paragraph
from tabletop.debrief.report.model import Run
from tabletop.odds.tornado import percent
from tabletop.plain.wording import joined, sentence


def part_lines(parts: Iterable[Part]) -> Iterator[str]:
    """Each part in lines of its own; charts of gauges are told elsewhere."""
    for part in parts:
        match part:
            case Heading():
                yield sentence(part.text)
            case Paragraph():
                yield joined(f"{part.label}: {part.text}" if part.label else part.text)
            case Items():
                yield from _items(part)
            case Grid():
                yield sentence(part.caption)
                yield from (_row(part.columns, row) for row in part.rows)
            case Tornado():
                yield sentence(f"{part.caption}; now {percent(part.now)}")
                yield from (
                    f"{swing.label}: from {percent(swing.low)} to {percent(swing.high)}."
                    for swing in part.swings
                )


def _items(part: Items) -> Iterator[str]:
    for number, (text, notes) in enumerate(part.items, 1):
        yield sentence(f"{number}. {text}" if part.ordered else text)
        yield from map(sentence, notes)


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> str:
    """A row with its heading first, then each cell named by its column."""
    cells = (f"{name}: {cell}" for name, cell in zip(columns[1:], row[1:], strict=True))
    return joined(row[0], "; ".join(cells))


def beside_decisions(run: Run) -> Iterator[str]:
    """What the model says of each decision."""
    for each in run.review.beside if run.review else ():
        yield joined(*each.words)
