"""A report as one HTML file that asks nothing of the network (see `tabletop.webpage`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from xml.etree.ElementTree import Element, SubElement

from tabletop.debrief.report.blocks import (
    Block,
    Charts,
    Contents,
    Grid,
    Heading,
    Items,
    Paragraph,
)
from tabletop.debrief.report.chart import svg
from tabletop.debrief.report.style import STYLE
from tabletop.webpage import begun, fill, finished, labelled, plain


def page(title: str, blocks: Sequence[Block]) -> str:
    """The whole page."""
    html, main = begun(title, STYLE, "report", "To the report")
    writer = _Writer(main)
    for block in blocks:
        writer.write(block)
    return finished(html)


class _Writer:
    """Writes blocks below one element."""

    def __init__(self, main: Element) -> None:
        self._main = main
        self._ids = (f"part-{number}" for number in count(1))

    def write(self, block: Block) -> None:
        match block:
            case Heading(level, text, anchor):
                own = {"id": anchor} if anchor else {}
                SubElement(self._main, f"h{level}", own).text = plain(text)
            case Paragraph(text, label):
                self._paragraph(text, label)
            case Items():
                self._items(block)
            case Grid():
                self._grid(block)
            case Charts():
                self._charts(block)
            case Contents(entries):
                self._contents(entries)

    def _paragraph(self, text: str, label: str) -> None:
        paragraph = SubElement(self._main, "p")
        if label:
            labelled(paragraph, label, text)
        else:
            fill(paragraph, text)

    def _items(self, block: Items) -> None:
        listed = SubElement(self._main, "ol" if block.ordered else "ul")
        for text, notes in block.items:
            item = SubElement(listed, "li")
            fill(item, text)
            if notes:
                below = SubElement(item, "ul", {"class": "notes"})
                for note in notes:
                    fill(SubElement(below, "li"), note)

    def _grid(self, grid: Grid) -> None:
        name = next(self._ids)
        # A wide table is scrolled by keys too, and so can be reached by them.
        around = {"class": "wide", "role": "group", "aria-labelledby": name, "tabindex": "0"}
        table = SubElement(SubElement(self._main, "div", around), "table")
        SubElement(table, "caption", {"id": name}).text = plain(grid.caption)
        row = SubElement(SubElement(table, "thead"), "tr")
        for column in grid.columns:
            SubElement(row, "th", {"scope": "col"}).text = plain(column)
        body = SubElement(table, "tbody")
        for first, *cells in grid.rows:
            row = SubElement(body, "tr")
            fill(SubElement(row, "th", {"scope": "row"}), first)
            for cell in cells:
                fill(SubElement(row, "td"), cell)

    def _charts(self, block: Charts) -> None:
        SubElement(self._main, "p").text = f"{plain(block.caption)}."
        around = SubElement(self._main, "div", {"class": "charts"})
        for chart in block.charts:
            name = next(self._ids)
            figure = SubElement(around, "figure")
            figure.append(svg(chart, name))
            SubElement(figure, "figcaption", {"id": name}).text = plain(chart.words)

    def _contents(self, entries: Sequence[tuple[str, str]]) -> None:
        listed = SubElement(SubElement(self._main, "nav", {"aria-label": "Contents"}), "ul")
        for text, anchor in entries:
            link = SubElement(SubElement(listed, "li"), "a", {"href": f"#{anchor}"})
            link.text = plain(text)
