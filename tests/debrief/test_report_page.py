"""A report as HTML: well made, readable by everybody, harmless, and alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tabletop.clean import clean_text
from tabletop.debrief.report.blocks import Paragraph
from tabletop.debrief.report.gather import report_of
from tabletop.debrief.report.layout import blocks
from tabletop.debrief.report.page import page
from tabletop.debrief.report.style import STYLE
from tabletop.webpage import DARK, LIGHT
from tests.debrief.report_cases import HOSTILE, group, places

VOID = {"meta", "br"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "nav", "a", "p", "span", "div"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li", "br", "table", "caption", "thead", "tbody", "tr"),
    *("th", "td", "figure", "figcaption", "svg", "path", "polyline", "circle", "text"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "role", "scope"),
    *("aria-label", "aria-labelledby", "tabindex", "viewBox", "d", "points", "cx", "cy", "r"),
    *("x", "y", "text-anchor"),
}


class Read(HTMLParser):
    """The elements of a page, with their attributes and their texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[int] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(len(self.elements))
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for place in self._open:
            self.elements[place][2].append(data)

    def all(self, *tags: str) -> Iterator[tuple[dict[str, str], str]]:
        return (
            (attributes, "".join(texts)) for tag, attributes, texts in self.elements if tag in tags
        )


def _page(path: Path) -> str:
    report = report_of(places(path))
    return page(report.title, blocks(report))


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The report of a class."""
    return Read(_page(group(tmp_path / "class.jsonl", "red", "blue")))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_text_and_nothing_else(tmp_path: Path, text: str) -> None:
    """In a name, a reason, a dissent, an override: no element, no attribute, no script."""
    html = _page(group(tmp_path / "class.jsonl", "red", "blue", name=text, reason=text))
    read = Read(html)
    assert {tag for tag, _, _ in read.elements} <= TAGS
    names = {name.lower() for name in ATTRIBUTES}
    assert {name for _, attributes, _ in read.elements for name in attributes} <= names
    assert [told for _, told in read.all("style")] == [STYLE]
    assert clean_text(text).split("\n")[0] in "".join(told for _, told in read.all("main"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_is_text_too(text: str) -> None:
    """Titles come from files."""
    read = Read(page(text, [Paragraph(text, text)]))
    assert [told for _, told in read.all("title")] == [clean_text(text)]
    assert {tag for tag, _, _ in read.elements} <= TAGS


def test_the_page_asks_nothing_of_the_network(read: Read) -> None:
    """No address in any attribute or style, and a policy that forbids to load anything."""
    for tag, attributes, _ in read.elements:
        assert not {"src", "srcset", "action", "style"} & set(attributes)
        assert not [value for value in attributes.values() if "//" in value]
        assert tag not in {"script", "link", "img", "iframe", "object", "base", "form"}
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    policies = [a["content"] for a, _ in read.all("meta") if "http-equiv" in a]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'")


def test_links_and_labels_lead_to_what_is_there(read: Read) -> None:
    """Inside the page; every id stands once."""
    ids = [attributes["id"] for _, attributes, _ in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes, _ in read.elements:
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids


def test_headings_come_in_order(read: Read) -> None:
    """One of the first level, at the beginning, and none leaves a level out."""
    levels = [int(tag[1]) for tag, _, _ in read.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(text.strip() for _, text in read.all("h1", "h2", "h3", "h4"))


def test_every_table_has_a_caption_and_headers_of_columns_and_rows(read: Read) -> None:
    """Each column and each row has one, and rows have as many cells as there are columns."""
    tables: list[list[list[dict[str, str]]]] = []
    captions = 0
    for tag, attributes, _ in read.elements:
        if tag == "table":
            tables.append([])
        captions += tag == "caption"
        if tag == "tr":
            tables[-1].append([])
        if tag in {"th", "td"}:
            tables[-1][-1].append(attributes)
    assert len(tables) == captions >= 4
    for head, *rows in tables:
        assert {cell.get("scope") for cell in head} == {"col"}
        assert rows
        for row in rows:
            assert len(row) == len(head)
            assert [cell.get("scope") for cell in row] == ["row"] + [None] * (len(row) - 1)


def test_every_chart_is_told_in_words(tmp_path: Path) -> None:
    """The values of each gauge, beside its picture."""
    report = report_of(places(group(tmp_path / "class.jsonl", "red", "blue"))[:1])
    read = Read(page(report.title, blocks(report)))
    told = {attributes["id"]: text for attributes, text in read.all("figcaption")}
    pictures = [attributes for attributes, _ in read.all("svg")]
    gauges = report.runs[0].story.gauges
    assert len(pictures) == len(gauges)
    for picture, gauge in zip(pictures, gauges, strict=True):
        assert picture["role"] == "img"
        words = told[picture["aria-labelledby"]]
        shown = [
            gauge.levels[value - gauge.low] if gauge.levels else str(value)
            for value in gauge.values
        ]
        assert words.startswith(f"{gauge.title}: {', '.join(shown)}. ")


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "raised"])
def test_contrast_is_enough_for_text_and_lines(colours: dict[str, str], ground: str) -> None:
    """4.5 for text, 3 for what charts and tables are drawn with."""
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    for text in ("text", "quiet", "link"):
        assert _contrast(colours[text], colours[ground]) >= 4.5
    for line in ("rule", "course"):
        assert _contrast(colours[line], colours[ground]) >= 3


def test_paper_of_any_size_gets_dark_text_on_white() -> None:
    """The size is the printer's, A4 or Letter; headers of tables come again on each sheet."""
    assert "size:" not in STYLE.partition("@page")[2].partition("}")[0]
    printed = STYLE.partition("@media print")[2]
    assert f"--ground: {LIGHT['ground']}" in printed.partition("@page")[0]
    assert "table-header-group" in printed
    assert "prefers-color-scheme: dark" in STYLE.partition("@media print")[0]
