"""Cleaning text: nothing of it can drive a terminal, and nothing harmless is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.clean import clean_line, clean_text

UNSAFE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text())
def test_nothing_that_drives_a_terminal_or_turns_a_line_gets_through(text: str) -> None:
    """No control, surrogate, private or unassigned character, and no mark of direction."""
    for character in clean_text(text).replace("\n", ""):
        assert unicodedata.category(character) not in UNSAFE
        assert not 0x202A <= ord(character) <= 0x202E
        assert not 0x2066 <= ord(character) <= 0x2069


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """Both for lines and for texts."""
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_a_line_is_one_line_without_runs_of_space(text: str) -> None:
    """However the spaces came about."""
    line = clean_line(text)
    assert "\n" not in line
    assert "  " not in line


@pytest.mark.parametrize(
    "text,cleaned",
    [
        ("한국 🙂 naïve", "한국 🙂 naïve"),
        ("a \x1b b", "a b"),
        ("a\u2028b\x0bc", "a b c"),
        ("a\tb", "a b"),
        ("\x1b]52;c;AAAA\x07", "]52;c;AAAA"),
        ("a\u202eb\u2066c", "abc"),
        ("\ud800x", "x"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 3),
    ],
)
def test_lines(text: str, cleaned: str) -> None:
    """Known cases."""
    assert clean_line(text) == cleaned


def test_what_is_too_long_is_cut_and_says_so() -> None:
    """An ellipsis stands for what is missing, also where the start was only spaces."""
    assert clean_line("x" * 100_000, 10) == "x" * 9 + "…"
    assert clean_text("x" * 100_000, 10) == "x" * 9 + "…"
    assert clean_line("a" + " " * 2000 + "b") == "a b"
    assert clean_text("a\r\nb\rc") == "a\nb\nc"
