"""The still part of the map: how degrees become dots, coastlines, borders and land."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians

from tabletop.exercise.view import TheatreView
from tabletop.tui.coast import EDGES, UNITS, Outline, coast
from tabletop.tui.widgets.braille import Dots

Point = tuple[float, float]

_NEAR_LAND = 0.35
"""Degrees within which a place counts as standing on land: coasts are simplified."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to dots: north up, a degree of longitude shortened by the middle latitude.

    The theatre fits inside; what is left over on two sides shows more of the world.
    """

    west: float
    north: float
    across: float
    """Dots a degree of longitude."""
    down: float
    """Dots a degree of latitude."""

    @classmethod
    def fit(cls, theatre: TheatreView, columns: int, rows: int) -> Projection:
        """The largest one that shows all of a theatre in so many cells."""
        width, height = 2 * columns, 4 * rows
        longitudes = max(theatre.east - theatre.west, 0.1)
        latitudes = max(theatre.north - theatre.south, 0.1)
        middle_x = (theatre.west + theatre.east) / 2
        middle_y = (theatre.south + theatre.north) / 2
        shorter = max(cos(radians(middle_y)), 0.1)
        down = min(width / (longitudes * shorter), height / latitudes)
        across = down * shorter
        return cls(middle_x - width / across / 2, middle_y + height / down / 2, across, down)

    def dot(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies, in dots from the upper left corner."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.down


@dataclass(frozen=True, slots=True)
class Chart:
    """What stands still on the map, in three layers of dots."""

    projection: Projection
    coast: Dots
    border: Dots
    land: Dots


@lru_cache(maxsize=4)
def chart(theatre: TheatreView, columns: int, rows: int) -> Chart:
    """The chart of a theatre for a size in cells."""
    projection = Projection.fit(theatre, columns, rows)
    shore, border, land = (Dots(columns, rows) for _ in range(3))
    box = _box(projection, shore)
    lines: list[list[Point]] = []
    for ring in coast().rings:
        if ring.meets(*box):
            dots = _dots(ring, projection)
            lines.append(dots)
            for piece in _shores(ring, dots):
                _draw(shore, piece)
    for line in coast().borders:
        if line.meets(*box):
            _draw(border, _dots(line, projection), gap=2)
    _stipple(land, lines)
    return Chart(projection, shore, border, land)


def on_land(longitude: float, latitude: float) -> bool:
    """Whether a point lies on land or hard by it."""
    reach = _NEAR_LAND
    around = ((0.0, 0.0), (reach, 0.0), (-reach, 0.0), (0.0, reach), (0.0, -reach))
    return any(_inside((longitude + x) * UNITS, (latitude + y) * UNITS) for x, y in around)


def _inside(x: float, y: float) -> bool:
    """Whether a point lies in an odd number of rings; in hundredths of a degree."""
    inside = False
    for ring in coast().rings:
        if not ring.meets(x, y, x, y):
            continue
        for (ax, ay), (bx, by) in pairwise(zip(ring.xs, ring.ys, strict=True)):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
    return inside


def _box(projection: Projection, dots: Dots) -> tuple[float, float, float, float]:
    """West, south, east and north of a grid, in hundredths of a degree."""
    west, north = projection.west * UNITS, projection.north * UNITS
    east = west + dots.width / projection.across * UNITS
    return west, north - dots.height / projection.down * UNITS, east, north


def _dots(line: Outline, projection: Projection) -> list[Point]:
    across, down = projection.across / UNITS, projection.down / UNITS
    west, north = projection.west * UNITS, projection.north * UNITS
    return [
        ((x - west) * across, (north - y) * down) for x, y in zip(line.xs, line.ys, strict=True)
    ]


def _shores(ring: Outline, dots: list[Point]) -> Iterator[list[Point]]:
    """A ring without the seams where the map data end: those are no coast."""
    start = 0
    for i, (a, b) in enumerate(pairwise(zip(ring.xs, ring.ys, strict=True))):
        if any(a[axis] == b[axis] == edge for axis, edge in EDGES):
            yield dots[start : i + 1]
            start = i + 1
    yield dots[start:]


def _draw(grid: Dots, line: list[Point], gap: int = 1) -> None:
    """Draw the pieces of a line that can be seen."""
    right, bottom = grid.width, grid.height
    for (ax, ay), (bx, by) in pairwise(line):
        if (
            (ax < 0 and bx < 0)
            or (ay < 0 and by < 0)
            or (ax > right and bx > right)
            or (ay > bottom and by > bottom)
        ):
            continue
        grid.line(ax, ay, bx, by, gap)


def _stipple(grid: Dots, rings: list[list[Point]]) -> None:
    """Fill the land with one dot a cell, in a pattern that reads as a tone."""
    crossings: dict[int, list[float]] = {y: [] for y in range(0, grid.height, 2)}
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            low, high = (ay, by) if ay < by else (by, ay)
            if high < 0 or low > grid.height or low == high:
                continue
            first = max(0, int(low) + 1)
            for y in range(first + first % 2, min(grid.height, int(high) + 1), 2):
                crossings[y].append(ax + (y - ay) * (bx - ax) / (by - ay))
    for y, xs in crossings.items():
        for left, right in _pairs(sorted(xs)):
            shift = y % 4
            start = max(0, int(left) + 1)
            start += (shift - start) % 4
            for x in range(start, min(grid.width, int(right) + 1), 4):
                grid.set(x, y)


def _pairs(numbers: list[float]) -> Iterator[tuple[float, float]]:
    return zip(numbers[::2], numbers[1::2], strict=False)
