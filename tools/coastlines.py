"""Makes the map data of the terminal interface from a world-atlas TopoJSON file of countries.

    python tools/coastlines.py countries-50m.json

The npm package world-atlas carries that file: Natural Earth at 1:50 million, in the public
domain. What comes out is `tabletop/tui/coast/east-asia.bin`, read by `tabletop.tui.coast`.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = list[Point]

OUT = Path(__file__).parent.parent / "tabletop" / "tui" / "coast" / "east-asia.bin"
MAGIC = b"COAST1\n"
WEST, SOUTH, EAST, NORTH = 90.0, -15.0, 179.9, 65.0
TOLERANCE = 0.015
"""Degrees that a simplified line may leave the original by: half a dot of the largest map."""
UNITS = 100
"""Stored units a degree."""
SMALLEST = 0.004
"""Square degrees; a smaller island would be less than a dot."""


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a quantised TopoJSON file, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def join(indexes: list[int], arcs: list[Line]) -> Line:
    """One ring out of its arcs; a negative index `~i` means arc i backwards."""
    ring: Line = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(line[1:] if ring else line)
    return ring


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a polygon, of several, or of a collection, as lists of arc indexes."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings_of(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def clip_ring(ring: Line) -> Line:
    """The part of a closed ring inside the box, by Sutherland and Hodgman (1974)."""
    for axis, bound, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        kept: Line = []
        for start, end in pairwise([*ring, ring[0]] if ring else []):
            inside, will_be = (sign * (p[axis] - bound) >= 0 for p in (start, end))
            if inside:
                kept.append(start)
            if inside != will_be:
                share = (bound - start[axis]) / (end[axis] - start[axis])
                x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
                kept.append((x, y))
        ring = kept
    return [*ring, ring[0]] if ring else []


def clip_line(line: Line) -> Iterator[Line]:
    """The pieces of an open line whose points are inside the box."""
    piece: Line = []
    for x, y in line:
        if WEST <= x <= EAST and SOUTH <= y <= NORTH:
            piece.append((x, y))
        elif piece:
            yield piece
            piece = []
    yield piece


def simplify(line: Line) -> Line:
    """Fewer points, none of the dropped ones further off than TOLERANCE (Douglas, Peucker)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) // 2), (len(line) // 2, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        keep |= {first, last}
        if last - first < 2:
            continue
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
        offs = [abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) for x, y in line[first + 1 : last]]
        worst = max(range(len(offs)), key=offs.__getitem__)
        if offs[worst] / length > TOLERANCE:
            middle = first + 1 + worst
            spans += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(keep)]


def area(ring: Line) -> float:
    """The area that a ring encloses, in square degrees."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def land(topology: dict[str, Any], arcs: list[Line]) -> list[Line]:
    """Closed rings of land inside the box."""
    rings = (clip_ring(join(ring, arcs)) for ring in rings_of(topology["objects"]["land"]))
    return [simplify(ring) for ring in rings if len(ring) > 3 and area(ring) >= SMALLEST]


def borders(topology: dict[str, Any], arcs: list[Line]) -> list[Line]:
    """Open lines where two countries meet on land: arcs that two of them share."""
    uses = Counter(
        index if index >= 0 else ~index
        for country in topology["objects"]["countries"]["geometries"]
        for index in {i if i >= 0 else ~i for ring in rings_of(country) for i in ring}
    )
    shared = (arcs[index] for index, count in uses.items() if count > 1)
    return [simplify(piece) for line in shared for piece in clip_line(line) if len(piece) > 1]


def pack(rings: list[Line], lines: list[Line]) -> bytes:
    """Counts, then all differences of x, then all of y, as compressed 16-bit integers."""
    points = [[(round(x * UNITS), round(y * UNITS)) for x, y in line] for line in (*rings, *lines)]
    numbers = array("h", [len(rings), len(lines), *map(len, points)])
    for axis in (0, 1):
        flat = [point[axis] for line in points for point in line]
        numbers.extend(b - a for a, b in pairwise([0, *flat]))
    if sys.byteorder == "big":
        numbers.byteswap()
    return MAGIC + zlib.compress(numbers.tobytes(), 9)


def main() -> None:
    """Read the file named on the command line and write the packed map."""
    parser = argparse.ArgumentParser(description="Make the map data of the terminal interface.")
    parser.add_argument("topojson", type=Path, help="countries-50m.json of world-atlas")
    topology = json.loads(parser.parse_args().topojson.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    rings, lines = land(topology, arcs), borders(topology, arcs)
    data = pack(rings, lines)
    OUT.write_bytes(data)
    count = sum(map(len, (*rings, *lines)))
    print(
        f"{len(rings)} rings, {len(lines)} borders, {count} points, {len(data)} bytes: {OUT.name}"
    )


if __name__ == "__main__":
    main()
