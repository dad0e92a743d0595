"""The map of the theatre, drawn in braille: coasts, places, and the launches of the last turn."""

from __future__ import annotations

from itertools import groupby
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from tabletop.exercise.view import ArcView, TheatreView, View
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.arcs import Flight, flight
from tabletop.tui.widgets.braille import Dots, character
from tabletop.tui.widgets.chart import Chart, chart
from tabletop.tui.widgets.legend import Glyph, describe, launch_ink, legend
from tabletop.tui.widgets.lines import wrapped

_FRAME = 0.1
"""Seconds between two frames while missiles fly."""
SMALLEST = (26, 8)
"""Columns and rows below which words say more than a map."""

_COAST, _BORDER, _LAND = "$ink-map-coast", "$ink-map-border", "$ink-map-land"

Cell = tuple[str, str]
"""A character and the ink it is written in."""


def _region(row: int, columns: list[int]) -> Region:
    """The part of a row that has changed."""
    first = min(columns)
    return Region(first, row, max(columns) - first + 1, 1)


class TheatreMap(Widget):
    """A map that moves only when something was launched, and then stands still.

    Launches that it has not shown before fly once, about two seconds, at ten frames a
    second; under reduced motion they are there at once. Only what changed is
    painted again. Where there is no room for a map it says the same in words.
    """

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._theatre: TheatreView | None = None
        self._arcs: tuple[ArcView, ...] = ()
        self._newest = 0
        self._fresh: frozenset[ArcView] = frozenset()
        self._flights: tuple[Flight, ...] = ()
        self._began = 0.0
        self._timer: Timer | None = None
        self._chart: Chart | None = None
        self._made_for: Size | None = None
        self._glyphs: dict[tuple[int, int], Glyph] = {}
        self._trails: dict[tuple[int, int], tuple[int, str]] = {}
        self._strips: dict[int, Strip] = {}
        self._styles_by_ink: dict[str, RichStyle] = {}

    def show(self, view: View, *, still: bool = False) -> None:
        """Show a view's theatre and launches; `still` skips the flight of new ones."""
        if (view.theatre, view.arcs) == (self._theatre, self._arcs):
            return
        known = set(self._arcs)
        new = frozenset(arc for arc in view.arcs if arc not in known)
        self._theatre, self._arcs = view.theatre, view.arcs
        self._newest = max((arc.turn for arc in view.arcs), default=0)
        moving = not (still or self.app.animation_level == "none")
        self._stop()
        self._fresh = new if moving else frozenset()
        self._made_for = None
        self._make_ready()
        self.refresh()

    def describe(self) -> str:
        """The same in words: what was launched, from where and how far."""
        return describe(self._theatre, self._arcs)

    def on_resize(self) -> None:
        """Draw for the new size; the layout that gave it paints already."""
        self._make_ready()

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        self._styles_by_ink.clear()
        self._strips.clear()
        super().notify_style_update()

    def _make_ready(self) -> None:
        """Make everything that depends on the size and on what is shown, once for each.

        What is in the air when the size changes comes down at once.
        """
        if self._made_for == self.size:
            return
        if self._timer is not None:
            self._fresh = frozenset()
            self._stop()
        self._made_for = self.size
        self._strips.clear()
        self._chart = None
        columns, rows = self.size
        if self._theatre is None or columns < SMALLEST[0] or rows < SMALLEST[1]:
            return
        self._chart = chart(self._theatre, columns, rows)
        self._flights = tuple(flight(arc, self._chart.projection) for arc in self._arcs)
        self._trails = self._flown(None)
        trails = frozenset(self._trails)
        self._glyphs = legend(self._theatre, self._flights, self._newest, self._chart, trails)
        if self._fresh:
            self._began = monotonic()
            self._trails = self._flown(0.0)
            self._timer = self.set_interval(_FRAME, self._frame)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _flown(self, seconds: float | None) -> dict[tuple[int, int], tuple[int, str]]:
        """Cells of all trails so long after the launch (None: when all are down)."""
        assert self._chart is not None
        columns, rows = self.size
        cells: dict[tuple[int, int], tuple[int, str]] = {}
        for launched in sorted(self._flights, key=lambda one: one.arc.turn):
            grid = Dots(columns, rows)
            moving = seconds is not None and launched.arc in self._fresh
            for trail in launched.trails:
                dots = trail.flown(seconds or 0.0) if moving else trail.dots
                for dot in dots:
                    grid.set(*dot)
            ink = launch_ink(launched.arc, self._newest)
            for index, bits in enumerate(grid.cells):
                if bits:
                    cells[index % columns, index // columns] = (bits, ink)
        return cells

    def _frame(self) -> None:
        """Move what is in the air, and paint where something changed."""
        seconds = monotonic() - self._began
        before, self._trails = self._trails, self._flown(seconds)
        if seconds >= max((one.length for one in self._flights), default=0.0):
            self._fresh = frozenset()
            self._stop()
        spans: dict[int, list[int]] = {}
        for (column, row), _ in before.items() ^ self._trails.items():
            spans.setdefault(row, []).append(column)
        for row in spans:
            self._strips.pop(row, None)
        if spans:
            self.refresh(*(_region(row, columns) for row, columns in spans.items()))

    def render_line(self, y: int) -> Strip:
        """One row of the map, or of the words that stand for it."""
        self._make_ready()
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self._row(y) if self._chart else self._words(y)
        return strip

    def _words(self, y: int) -> Strip:
        lines = wrapped(self.describe(), self.size.width)
        line = lines[y] if y < len(lines) else ""
        style = self._style(Ink.MUTED)
        return Strip([Segment(line, style)]).adjust_cell_length(self.size.width, style)

    def _row(self, y: int) -> Strip:
        cells: list[Cell] = []
        skip = 0
        for x in range(self.size.width):
            if skip:
                skip -= 1
                continue
            glyph = self._glyphs.get((x, y))
            if glyph is not None:
                cells.append((glyph.text, glyph.ink))
                skip = glyph.cells - 1
            else:
                cells.append(self._cell(x, y))
        segments = [
            Segment("".join(text for text, _ in run), self._style(ink))
            for ink, run in groupby(cells, key=lambda cell: cell[1])
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self._style(Ink.TEXT))

    def _cell(self, x: int, y: int) -> Cell:
        assert self._chart is not None
        if (trail := self._trails.get((x, y))) is not None:
            return character(trail[0]), trail[1]
        if bits := self._chart.coast.bits(x, y):
            return character(bits), _COAST
        if bits := self._chart.border.bits(x, y):
            return character(bits), _BORDER
        if bits := self._chart.land.bits(x, y):
            return character(bits), _LAND
        return " ", _LAND

    def _style(self, ink: str) -> RichStyle:
        style = self._styles_by_ink.get(ink)
        if style is None:
            style = (self.visual_style + Style.parse(ink)).rich_style
            self._styles_by_ink[ink] = style
        return style
