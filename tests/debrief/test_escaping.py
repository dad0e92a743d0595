"""Exported text: no formula, no markup, no link, no escape sequence."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.debrief.bookmark_export import COLUMNS, as_csv, as_markdown
from tabletop.debrief.escaping import csv_cell, markdown
from tabletop.exercise.bookmarks import Bookmark


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\n=1", "\t=1", "\u200e=1", "=cmd|' /C calc'!A0"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    """An apostrophe before it tells a spreadsheet that it is text."""
    assert csv_cell(text).startswith("'")


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    """Whatever was in it."""
    assert not re.match(r"\s*[=+\-@]", csv_cell(text))


@pytest.mark.parametrize(
    "text,shown",
    [
        ("*bold* _under_ `code`", r"\*bold\* \_under\_ \`code\`"),
        ("[x](http://a.b)", r"\[x\](http\://a.b)"),
        ("<script>", "&lt;script&gt;"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("www.example.org", r"www\.example.org"),
        ("a | b", r"a \| b"),
        ("plain, with a - dash. And 2. two", "plain, with a - dash. And 2. two"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, shown: str) -> None:
    """Marks are escaped where they would mean something."""
    assert markdown(text) == shown


@given(st.text())
def test_nothing_is_lost_by_escaping(text: str) -> None:
    """Taking the escapes away gives the cleaned text; nothing stands as a tag."""
    from tabletop.clean import clean_line

    escaped = markdown(text)
    assert "<" not in escaped
    assert ">" not in escaped
    plain = html.unescape(re.sub(r"\\([\\`*_\[\]#|~$!:.\-+=)])", r"\1", escaped))
    assert plain == html.unescape(clean_line(text, 10_000).replace("&", "&amp;"))


MARKS = [
    Bookmark(4, "red", "=HYPERLINK(1)", 'first\nsecond, "quoted"', "2026-11-02T09:00:00.000Z"),
    Bookmark(9, "", "", "<b>x</b>", ""),
]


def test_the_csv_has_a_row_for_each_note() -> None:
    """Read back by any reader of CSV."""
    rows = list(csv.reader(io.StringIO(as_csv(MARKS), newline="")))
    assert rows[0] == list(COLUMNS)
    assert rows[1][:3] == ["4", "red", "'=HYPERLINK(1)"]
    assert rows[1][3] == 'first\nsecond, "quoted"'
    assert len(rows) == 3


def test_the_markdown_is_a_list_under_a_heading() -> None:
    """A note without a label is a bookmark."""
    lines = as_markdown("Notes on <x>", MARKS).splitlines()
    assert lines[0] == "# Notes on &lt;x&gt;"
    assert r"- **\=HYPERLINK(1)** (event 4, red)" in lines
    assert "- **Bookmark** (event 9)" in lines
    assert "  &lt;b&gt;x&lt;/b&gt;  " in lines or "  &lt;b&gt;x&lt;/b&gt;" in lines
