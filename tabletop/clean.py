"""Makes text from people and files safe to show: nothing in it can drive a terminal."""

from __future__ import annotations

import unicodedata

LINE_LIMIT = 200
TEXT_LIMIT = 2000
_ELLIPSIS = "…"
# Marks and overrides of writing direction: printable to Python, able to reorder a line.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# Stacks of combining marks climb out of their line; more than this many are dropped.
_MAX_MARKS = 3


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Text of several lines without control, direction or unassigned characters.

    Newlines stay, tabs become spaces, and what is longer than `limit` characters
    is cut and ends with an ellipsis.
    """
    kept: list[str] = []
    marks = 0
    for character in text[: 4 * limit].replace("\r\n", "\n").replace("\r", "\n"):
        if character == "\n":
            kept.append(character)
            marks = 0
            continue
        if character == "\t":
            kept.append(" ")
            continue
        if character in _DIRECTION or unicodedata.category(character) in _UNSAFE_CATEGORIES:
            continue
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    cleaned = "".join(kept).strip()
    if len(cleaned) > limit or len(text) > 4 * limit:
        return cleaned[: limit - 1].rstrip() + _ELLIPSIS
    return cleaned


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The same on one line: every run of white space becomes one space."""
    return clean_text(" ".join(text[: 8 * limit].split()), limit)
