"""A report as one HTML file that asks nothing of the network.

The page is built as a tree, so that no text can become markup; a policy in its head lets it
load nothing and run nothing, whatever comes to stand in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from xml.etree.ElementTree import Element, SubElement, tostring

from tabletop.clean import clean_text
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

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LONGEST = 10_000


def page(title: str, blocks: Sequence[Block]) -> str:
    """The whole page."""
    html = Element("html", {"lang": "en"})
    _head(SubElement(html, "head"), title)
    body = SubElement(html, "body")
    skip = SubElement(body, "a", {"class": "skip", "href": "#report"})
    skip.text = "To the report"
    writer = _Writer(SubElement(body, "main", {"id": "report"}))
    for block in blocks:
        writer.write(block)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


def _head(head: Element, title: str) -> None:
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    SubElement(head, "meta", {"name": "referrer", "content": "no-referrer"})
    SubElement(head, "title").text = _plain(title)
    SubElement(head, "style").text = STYLE


class _Writer:
    """Writes blocks below one element."""

    def __init__(self, main: Element) -> None:
        self._main = main
        self._ids = (f"part-{number}" for number in count(1))

    def write(self, block: Block) -> None:
        match block:
            case Heading(level, text, anchor):
                own = {"id": anchor} if anchor else {}
                SubElement(self._main, f"h{level}", own).text = _plain(text)
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
        if not label:
            _fill(paragraph, text)
            return
        before = SubElement(paragraph, "span", {"class": "label"})
        before.text = f"{_plain(label)}: "
        _after(paragraph, before, text)

    def _items(self, block: Items) -> None:
        listed = SubElement(self._main, "ol" if block.ordered else "ul")
        for text, notes in block.items:
            item = SubElement(listed, "li")
            _fill(item, text)
            if notes:
                below = SubElement(item, "ul", {"class": "notes"})
                for note in notes:
                    _fill(SubElement(below, "li"), note)

    def _grid(self, grid: Grid) -> None:
        name = next(self._ids)
        # A wide table is scrolled by keys too, and so can be reached by them.
        around = {"class": "wide", "role": "group", "aria-labelledby": name, "tabindex": "0"}
        table = SubElement(SubElement(self._main, "div", around), "table")
        SubElement(table, "caption", {"id": name}).text = _plain(grid.caption)
        row = SubElement(SubElement(table, "thead"), "tr")
        for column in grid.columns:
            SubElement(row, "th", {"scope": "col"}).text = _plain(column)
        body = SubElement(table, "tbody")
        for first, *cells in grid.rows:
            row = SubElement(body, "tr")
            _fill(SubElement(row, "th", {"scope": "row"}), first)
            for cell in cells:
                _fill(SubElement(row, "td"), cell)

    def _charts(self, block: Charts) -> None:
        SubElement(self._main, "p").text = f"{_plain(block.caption)}."
        around = SubElement(self._main, "div", {"class": "charts"})
        for chart in block.charts:
            name = next(self._ids)
            figure = SubElement(around, "figure")
            figure.append(svg(chart, name))
            SubElement(figure, "figcaption", {"id": name}).text = _plain(chart.words)

    def _contents(self, entries: Sequence[tuple[str, str]]) -> None:
        listed = SubElement(SubElement(self._main, "nav", {"aria-label": "Contents"}), "ul")
        for text, anchor in entries:
            link = SubElement(SubElement(listed, "li"), "a", {"href": f"#{anchor}"})
            link.text = _plain(text)


def _fill(element: Element, text: str) -> None:
    """Text into an empty element, a line of it a line."""
    first, *more = _plain(text).split("\n")
    element.text = first
    for line in more:
        SubElement(element, "br").tail = line


def _after(element: Element, before: Element, text: str) -> None:
    first, *more = _plain(text).split("\n")
    before.tail = first
    for line in more:
        SubElement(element, "br").tail = line


def _plain(text: str) -> str:
    """Text without anything that could reorder a line or is no character of HTML."""
    return clean_text(text, _LONGEST)
