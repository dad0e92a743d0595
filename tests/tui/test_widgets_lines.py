"""Text in cells: it fits, whatever it is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from tabletop.tui.widgets.lines import fitted, indented, padded, spread, wrapped
from tests.tui.pictures import HOSTILE, is_harmless

texts = st.text(max_size=120) | st.text(alphabet="한글漢字éá 🚀", max_size=60)


@given(texts, st.integers(0, 40))
def test_a_fitted_line_never_takes_more_cells_than_it_may(text: str, cells: int) -> None:
    """Wide characters count twice, and nothing in the line can drive a terminal."""
    line = fitted(text, cells)
    assert cell_len(line) <= cells
    assert is_harmless(line)
    assert "\n" not in line


@given(texts, st.integers(1, 40))
def test_a_padded_line_takes_exactly_its_cells(text: str, cells: int) -> None:
    """Columns line up whatever stands in them."""
    assert cell_len(padded(text, cells)) == cells


@given(texts, st.integers(2, 40), st.integers(1, 4))
def test_wrapped_lines_fit_and_stop_where_they_are_told_to(
    text: str, cells: int, most: int
) -> None:
    """No line is too wide and there are no more than wanted."""
    lines = wrapped(text, cells, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= cells for line in lines)


def test_what_is_cut_says_so() -> None:
    """A cut line, and the last of cut lines, end with an ellipsis."""
    assert fitted("Strategic patience", 10) == "Strategic…"
    assert wrapped("one two three four five six", 10, 2)[-1].endswith("…")


def test_paragraphs_stay_apart() -> None:
    """A blank line in a text is a blank line on the screen."""
    assert wrapped("one\n\ntwo", 20) == ["one", "", "two"]


def test_markup_is_only_text() -> None:
    """Brackets are shown as they are and style nothing."""
    line = indented("[bold]not bold[/]", 40, "", indent=2)[0]
    assert line.plain == "  [bold]not bold[/]"
    assert [span.style for span in line.spans if span.style] == []


def test_both_ends_of_a_line_stand_at_the_edges() -> None:
    """The right part yields where it would touch the left one."""
    assert spread(Content("left"), Content("right"), 12).plain == "left   right"
    assert spread(Content("left"), Content("right"), 10).plain == "left"
    assert spread(Content("much too long"), Content(""), 6).plain == "much …"


def test_a_hundred_thousand_characters_take_no_more_than_their_lines() -> None:
    """Endless text is cut before it is laid out."""
    assert len(wrapped(HOSTILE, 80)) < 60
    assert is_harmless("".join(wrapped(HOSTILE, 80)))
