"""Bookmarks and notes as files that others can read: Markdown and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tabletop.debrief.escaping import csv_cell, markdown
from tabletop.exercise.bookmarks import Bookmark

COLUMNS = ("event", "line", "label", "text", "at")
"""The columns of the CSV: the number of the event, the line of play, and the note."""


def as_markdown(title: str, marks: Iterable[Bookmark]) -> str:
    """A list of notes under a heading."""
    lines = [f"# {markdown(title)}", ""]
    for mark in marks:
        where = f"event {mark.event}" + (f", {markdown(mark.line)}" if mark.line else "")
        lines.append(f"- **{markdown(mark.label) or 'Bookmark'}** ({where})")
        lines += [f"  {markdown(line)}  " for line in mark.text.split("\n") if line.strip()]
    return "\n".join(lines).rstrip() + "\n"


def as_csv(marks: Iterable[Bookmark]) -> str:
    """One row a note, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for mark in marks:
        texts = (mark.line, mark.label, mark.text, mark.at)
        writer.writerow([mark.event, *map(csv_cell, texts)])
    return out.getvalue()
