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


# What other scripts use to end a line.
_BREAKS = str.maketrans(dict.fromkeys("\t\x0b\x0c\x85\u2028\u2029", " "))


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Text of several lines without control, direction or unassigned characters.

    Newlines stay; tabs and other breaks become spaces; what is longer than `limit`
    characters is cut and ends with an ellipsis.
    """
    return _cut(_safe(text, limit), limit)


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The same on one line: every run of white space becomes one space."""
    return _cut(" ".join(_safe(" ".join(text.split()), limit).split()), limit)


def _cut(text: str, limit: int) -> str:
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def _safe(text: str, limit: int) -> str:
    """What is safe of a text, as soon as there is more of it than `limit`."""
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS):
        if character != "\n" and (
            character in _DIRECTION or unicodedata.category(character) in _UNSAFE_CATEGORIES
        ):
            continue
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MAX_MARKS or (not kept and character.isspace()):
            continue
        kept.append(character)
        if len(kept) > limit:
            break
    return "".join(kept)
