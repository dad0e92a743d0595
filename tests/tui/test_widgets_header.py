"""The top line: turn, days and stage, and what must not be missed."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise.view import View
from tabletop.tui.widgets.header import Header
from tests.tui.sample_view import sample_view


def plain(width: int, view: View | None = None) -> str:
    """The line as plain text."""
    header = Header()
    (line,) = header.lines(header.pick(view or sample_view()), width, 1)
    return line.plain


def test_a_wide_line_tells_all() -> None:
    """Title, turn, how far that is, the days, and the stage at the right edge."""
    line = plain(120)
    assert line.startswith("The First Test   Turn 2 of 6   ━━────   6 March to late April 2017")
    assert line.endswith("Salvo launch")
    assert len(line) == 120


def test_a_narrow_line_keeps_turn_and_stage() -> None:
    """Title, bar and days go, in that order."""
    assert plain(60).startswith("Turn 2 of 6")
    assert "2017" in plain(60)
    assert plain(30) == "Turn 2 of 6       Salvo launch"


def test_a_rewound_line_is_named() -> None:
    """Only a line that branched off says its name."""
    assert "line red.2" in plain(120, replace(sample_view(), line="red.2"))
    assert "line" not in plain(120, replace(sample_view(), line="red"))


def test_a_warning_about_the_save_takes_the_stages_place() -> None:
    """That the save cannot be written matters more than anything else up there."""
    line = plain(80, replace(sample_view(), warning="the save cannot be written: disk full"))
    assert line.endswith("the save cannot be written: disk full")
