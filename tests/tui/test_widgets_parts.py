"""Blocks of a debrief as lines: paragraphs with labels, lists, tables, charts, tornados."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tabletop.debrief.chapters import Course, Courses, Part, Swing, Tornado
from tabletop.debrief.report.blocks import Chart, Charts, Contents, Grid, Heading, Items, Paragraph
from tabletop.tui.widgets.courses import course_lines, tornado_lines
from tabletop.tui.widgets.parts import MEASURE, Page, Parts, part_lines
from tabletop.tui.widgets.table import column_widths, table_lines
from tests.tui.pictures import HOSTILE, Stage, is_harmless, poisoned

WORDS = "Keep the sanctions and offer talks at the same time, after consulting both allies first"
GRID = Grid(
    "What was decided",
    ("Turn", "red", "blue"),
    (("1", "Wait", WORDS), ("2", WORDS, "Wait")),
)
COURSES = Courses(
    "By turn",
    ("red", "blue"),
    (Course("Tension", 0, 8, "calm to war", ((0, 4, 8), (1, 1, 1))),),
)
TORNADO = Tornado("War", 0.3, (Swing("Do drills provoke?", 0.1, 0.5), Swing("The pace", 0.3, 0.4)))
PARTS: list[Part] = [
    Heading(3, "Turn 1"),
    Paragraph("Wait", "Decided"),
    Paragraph(WORDS, "Because"),
    Paragraph("", "What came"),
    Items((("Nothing flew", ()), ("The line stayed open", ()))),
    Items((("Why?", ("A1: a fact",)), ("When?", ())), ordered=True),
    GRID,
    COURSES,
    TORNADO,
]


def plain(parts: list[Part], width: int) -> list[str]:
    """Their lines without styles."""
    return [line.plain.rstrip() for line in part_lines(parts, width)]


@pytest.mark.parametrize("width", [20, 34, 54, 80, 120, 190])
def test_no_line_is_wider_than_there_is_room(width: int) -> None:
    """And running text is never wider than can be read."""
    lines = plain(PARTS, width)
    assert max(map(cell_len, lines)) <= width
    assert max(cell_len(line) for line in plain(PARTS[:5], width)) <= MEASURE


def test_labels_stand_in_a_column_and_a_list_beside_its_label() -> None:
    """What belongs together stands close; another block comes after a blank line."""
    lines = plain(PARTS[:6], 80)
    assert lines[0] == "Turn 1"
    decided = lines.index("Decided             Wait")
    assert lines[decided + 1].startswith("Because             Keep the sanctions")
    assert "What came           –   Nothing flew" in lines
    assert " " * 20 + "–   The line stayed open" in lines
    assert lines[lines.index(" 1. Why?") + 1] == "    A1: a fact"
    assert lines[lines.index(" 1. Why?") - 1] == ""


def test_a_table_keeps_its_columns_while_they_can_be_read() -> None:
    """Cells wrap within their column; below that each row stands by itself, cells named."""
    wide = [line.plain.rstrip() for line in table_lines(GRID.columns, GRID.rows, 70)]
    assert wide[0].split() == ["Turn", "red", "blue"]
    assert wide[1].startswith("1     Wait")
    narrow = [line.plain.rstrip() for line in table_lines(GRID.columns, GRID.rows, 28)]
    assert narrow[0] == "Turn 1"
    assert narrow[1].split() == ["red", "Wait"]
    assert narrow[2].startswith("blue  Keep the")


def test_room_goes_where_there_is_most_to_read() -> None:
    """A short column keeps what it needs, a long text gets most, and nothing more than it needs."""
    rows = [("Turn", "x" * 8, "y " * 30, "z " * 120)]
    widths = column_widths(rows, 90)
    assert widths is not None
    assert widths[:2] == [4, 8]
    assert sum(widths) + 6 == 90
    assert widths[3] > 2 * widths[2] >= 26
    assert column_widths([("Turn", "x" * 8, "y" * 60, "z" * 30)], 200) == [4, 8, 60, 30]
    assert column_widths([("a" * 40, "b" * 40)], 20) is None


def test_nothing_of_a_table_is_lost_at_any_width() -> None:
    """Every word of every cell is there."""
    for width in (24, 40, 66, 100):
        text = " ".join(line.plain for line in table_lines(GRID.columns, GRID.rows, width))
        assert all(text.count(word) >= 2 for word in set(WORDS.split()))


def test_a_chart_rises_with_its_gauge_and_has_its_numbers_below() -> None:
    """The lowest value is a trace, the highest fills the chart; runs stand abreast."""
    lines = [line.plain for line in course_lines(COURSES, 80)]
    head = next(line for line in lines if "red" in line)
    assert head.index("red") < head.index("blue")
    top, bottom, numbers = lines[2:5]
    column = head.index("red")
    assert top[column : column + 8] == "      ██"
    assert bottom[column : column + 8] == "▁▁ ██ ██"
    assert numbers[column : column + 8].split() == ["0", "4", "8"]
    assert "Tension" in top
    assert "calm to war" in numbers


def test_runs_that_do_not_fit_abreast_come_below() -> None:
    """Every one has its name."""
    text = "\n".join(line.plain for line in course_lines(COURSES, 34))
    assert text.index("red") < text.index("Tension") < text.index("blue")
    assert text.count("Tension") == 2


def test_a_tornado_marks_where_the_odds_stand_and_names_both_ends() -> None:
    """The bar goes from the lowest odds to the highest."""
    now, first, second = (line.plain for line in tornado_lines(TORNADO, 80))
    place = now.index("now")
    assert "30%" in now
    assert first[place] == second[place] == "┃"
    assert first.split()[-1] == "50%"
    assert "10%" in first
    assert first.count("━") > second.count("━") > 0
    assert "━" not in second[:place]


def test_what_only_paper_has_is_left_out() -> None:
    """Contents and drawn charts: a screen has its own."""
    paper: list[Part] = [
        Contents((("a", "b"),)),
        Charts("x", (Chart("t", "w", 0, 1, ((1,),)),)),
    ]
    assert plain(paper, 60) == []


@pytest.mark.parametrize("width", [30, 80])
async def test_hostile_words_cannot_drive_the_terminal(width: int) -> None:
    """Whatever people wrote into a save."""
    parts: list[Part] = [
        Paragraph(HOSTILE, HOSTILE),
        Items(((HOSTILE, (HOSTILE,)),)),
        Grid(HOSTILE, ("Turn", HOSTILE), ((HOSTILE, HOSTILE),)),
        poisoned(COURSES),
        poisoned(TORNADO),
        Heading(3, HOSTILE),
    ]
    app = Stage(Parts(parts))
    async with app.run_test(size=(width, 60)) as pilot:
        await pilot.pause()
        assert is_harmless(app.text())


async def test_a_long_chapter_is_painted_no_further_than_it_is_seen() -> None:
    """It keeps its place when it grows, and goes on from there."""
    parts: list[Part] = [Paragraph(WORDS, "") for _ in range(300)]
    page = Page(id="page")
    app = Stage(page)
    async with app.run_test(size=(80, 20)) as pilot:
        page.put("All of it", parts)
        await pilot.pause()
        assert app.lines()[0].strip() == "All of it"
        assert page.max_scroll_y > 300
        assert 0 < len(page._strips) <= 20
        page.scroll_to(y=40, animate=False)
        await pilot.pause()
        shown = app.lines()
        page.put("All of it", [*parts, Heading(2, "More")])
        await pilot.pause()
        assert page.scroll_y == 40
        assert app.lines() == shown
