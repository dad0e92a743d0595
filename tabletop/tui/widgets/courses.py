"""Gauges by turn as small columns, and what odds hang on as bars around where they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from tabletop.debrief.chapters import Course, Courses, Tornado
from tabletop.odds.tornado import percent
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import BLANK, fitted, padded, wrapped

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_TALL = 2
"""Lines of a chart."""
_CELLS: Final = (3, 2)
"""Cells of a turn, the gap after it among them; the smaller where more runs then fit."""
_GAP = 3
_TITLES: Final = (22, 38)
"""Cells for what a gauge is, beside several runs and beside one alone."""
_ROOMY = 70
_CHANCE = 6
_NAME_LINES = 2
_HEAD = 20
"""Cells of a run's name above its charts, at most."""


def course_lines(found: Courses, width: int) -> list[Content]:
    """Small charts, each with its numbers below; as many runs abreast as the width has room for."""
    runs = max((len(course.values) for course in found.courses), default=0)
    title = _TITLES[1] if runs == 1 and width >= _ROOMY else _TITLES[0]
    cell, abreast = max(
        ((cell, _abreast(found, cell, width - title)) for cell in _CELLS),
        key=lambda each: (min(each[1], runs), each[0]),
    )
    chart = _chart_width(found, cell)
    lines: list[Content] = []
    for first in range(0, runs, abreast):
        numbers = range(first, min(first + abreast, runs))
        if found.labels:
            head = (" " * _GAP).join(padded(found.labels[n], chart) for n in numbers)
            lines += [Content.assemble(" " * title, (head, Ink.STRONG)).rstrip(), BLANK]
        for course in found.courses:
            lines += [*_course(course, numbers, chart, (title, cell)), BLANK]
    return lines[:-1]


def _chart_width(found: Courses, cell: int) -> int:
    turns = max((len(run) for course in found.courses for run in course.values), default=0)
    return max([turns * cell, *(min(cell_len(name), _HEAD) for name in found.labels)])


def _abreast(found: Courses, cell: int, room: int) -> int:
    """How many charts with turns of so many cells stand beside one another."""
    wide = any(abs(value) > 9 for course in found.courses for run in course.values for value in run)
    if cell == _CELLS[-1] and wide:
        return 1
    return max(1, (room + _GAP) // (_chart_width(found, cell) + _GAP))


def _course(
    course: Course, numbers: Sequence[int], chart: int, cells: tuple[int, int]
) -> Iterator[Content]:
    """One gauge: its title and ends on the left, a chart for each run."""
    title, cell = cells
    left = [(course.title, Ink.STRONG), (f"{course.low} to {course.high}", Ink.MUTED)]
    left += [(course.ends, Ink.MUTED)]
    drawn = [_chart(course.values[n], course.low, course.high, cell) for n in numbers]
    for row, (text, ink) in enumerate(left):
        parts: list[Content | str] = [Content.styled(padded(fitted(text, title - 2), title), ink)]
        for place, rows in enumerate(drawn):
            shade = Ink.MUTED if row == _TALL else Ink.HERE
            gap = " " * _GAP if place else ""
            parts += [gap, Content.styled(rows[row].ljust(chart), shade)]
        yield Content.assemble(*parts).rstrip()


def _chart(values: Sequence[int], low: int, high: int, cell: int) -> list[str]:
    """Columns of blocks, and the numbers below them."""
    full = 8 * _TALL
    span = max(1, high - low)
    heights = [max(1, round(full * (min(max(each, low), high) - low) / span)) for each in values]
    rows = []
    for line in reversed(range(_TALL)):
        blocks = (_EIGHTHS[min(8, max(0, height - 8 * line))] for height in heights)
        rows.append("".join((block * (cell - 1)).ljust(cell) for block in blocks))
    return [*rows, "".join(f"{value:<{cell}}" for value in values)]


def tornado_lines(found: Tornado, width: int) -> list[Content]:
    """Bars between the lowest and the highest odds, with a mark where they stand now."""
    if not found.swings:
        return []
    least = min(swing.low for swing in found.swings)
    most = max(swing.high for swing in found.swings)
    room = min(max(cell_len(swing.label) for swing in found.swings), max(20, width * 2 // 5))
    scale = max(10, min(48, width - room - 2 * _CHANCE - 3))
    now = _place(found.now, least, most, scale)
    lines = [
        Content.assemble(
            " " * (room + _CHANCE + 2 + now), ("now ", Ink.MUTED), (percent(found.now), Ink.STRONG)
        ).truncate(width)
    ]
    for swing in found.swings:
        first, last = _place(swing.low, least, most, scale), _place(swing.high, least, most, scale)
        bar = "".join(
            "┃" if place == now else "━" if first <= place <= last else " "
            for place in range(scale)
        )
        name, *more = wrapped(swing.label, room, _NAME_LINES) or [""]
        lines.append(
            Content.assemble(
                (padded(name, room), Ink.TEXT),
                (f"{percent(swing.low):>{_CHANCE}}  ", Ink.MUTED),
                (bar, Ink.HERE),
                (f"  {percent(swing.high)}", Ink.MUTED),
            )
        )
        below = " " * (room + _CHANCE + 2 + now)
        lines += [
            Content.assemble((padded(each, room), Ink.TEXT), (f"{below[room:]}┃", Ink.HERE))
            for each in more
        ]
    return lines


def _place(chance: float, least: float, most: float, scale: int) -> int:
    return round((chance - least) / (most - least) * (scale - 1)) if most > least else 0
