"""Sheets of paper as elements of a page: headings, texts, lists, tables, boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from tabletop.webpage import fill, labelled, plain


class Sheet:
    """One sheet, which begins on paper of its own; its heading names it."""

    def __init__(self, main: Element, anchor: str, title: str, kind: str = "") -> None:
        classes = f"sheet {kind}".strip()
        around = {"class": classes, "id": anchor, "aria-labelledby": f"{anchor}-title"}
        self.element = SubElement(main, "section", around)
        SubElement(self.element, "h2", {"id": f"{anchor}-title"}).text = plain(title)

    def heading(self, text: str) -> None:
        """A heading within the sheet."""
        SubElement(self.element, "h3").text = plain(text)

    def text(self, text: str | None, label: str = "", kind: str = "") -> None:
        """A paragraph, if there is a text; a label says what it is."""
        if text:
            paragraph(self.element, text, label, kind)

    def items(self, texts: Iterable[str], kind: str = "", *, ordered: bool = False) -> None:
        """A list, if there is anything in it."""
        found = list(texts)
        if found:
            own = {"class": kind} if kind else {}
            listed = SubElement(self.element, "ol" if ordered else "ul", own)
            for text in found:
                fill(SubElement(listed, "li"), text)

    def ticked(self, texts: Iterable[str], choices: Sequence[str]) -> None:
        """A list of texts, each with boxes to tick below it."""
        listed = SubElement(self.element, "ul", {"class": "goals"})
        for text in texts:
            item = SubElement(listed, "li")
            fill(SubElement(item, "span"), text)
            below = SubElement(item, "span", {"class": "boxes"})
            for choice in choices:
                box = SubElement(below, "span", {"class": "box", "aria-hidden": "true"})
                box.tail = f" {choice} "

    def table(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[str]],
        kind: str = "",
    ) -> None:
        """A table whose first column heads its rows; an empty cell is one to write in."""
        own = {"class": f"wide {kind}".strip(), "role": "group", "tabindex": "0"}
        around = SubElement(self.element, "div", own | {"aria-label": plain(caption)})
        table = SubElement(around, "table")
        SubElement(table, "caption").text = plain(caption)
        row = SubElement(SubElement(table, "thead"), "tr")
        for column in columns:
            SubElement(row, "th", {"scope": "col"}).text = plain(column)
        body = SubElement(table, "tbody")
        for first, *cells in rows:
            row = SubElement(body, "tr")
            fill(SubElement(row, "th", {"scope": "row"}), first)
            for cell in cells:
                fill(SubElement(row, "td"), cell)

    def lines(self, *labels: str) -> None:
        """A line to write on for each label."""
        for label in labels:
            line = SubElement(self.element, "p", {"class": "line"})
            SubElement(line, "span", {"class": "label"}).text = f"{plain(label)}:"


def paragraph(element: Element, text: str, label: str = "", kind: str = "") -> None:
    """A paragraph in any element."""
    own = {"class": kind} if kind else {}
    made = SubElement(element, "p", own)
    if label:
        labelled(made, label, text)
    else:
        fill(made, text)
