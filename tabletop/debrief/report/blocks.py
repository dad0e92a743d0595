"""What a written report is made of: headings, paragraphs, lists, tables and charts.

All text in blocks is plain; whoever writes them down escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; `anchor` is a word of ours that others may lead to."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with a word or two before it that says what it is."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item may have notes below it."""

    items: tuple[tuple[str, tuple[str, ...]], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of each row is the row's heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A gauge by turn, of one run or of many, with all that it shows in words too."""

    title: str
    words: str
    low: int
    high: int
    series: tuple[tuple[int, ...], ...]
    """By run: the value at the opening of each turn, and last as it stands."""


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts that belong together."""

    caption: str
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in the document: texts, and the anchors that they lead to."""

    entries: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Items | Grid | Charts | Contents
