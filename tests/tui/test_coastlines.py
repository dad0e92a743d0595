"""The tool that makes the map data: what goes in comes out, clipped and small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tabletop.tui.coast import UNITS, unpack
from tools import coastlines


def topology() -> dict[str, Any]:
    """Two countries that share a border, and a third far outside the box."""
    arcs = [
        [[120, 30], [0, 10]],  # the border, northwards
        [[120, 40], [-10, 0], [0, -10], [10, 0]],  # around the west
        [[120, 30], [10, 0], [0, 10], [-10, 0]],  # around the east
        [[10, 10], [5, 0], [0, 5], [-5, -5]],  # somewhere in Africa
    ]
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "arcs": [[[2, ~0]], [[3]]]},
                ],
            },
            "land": {
                "type": "GeometryCollection",
                "geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]], [[3]]]}],
            },
        },
    }


def test_land_and_borders_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One ring of land inside the box, and the one line where two countries meet."""
    source, out = tmp_path / "countries.json", tmp_path / "out.bin"
    source.write_text(json.dumps(topology()))
    monkeypatch.setattr(coastlines, "OUT", out)
    monkeypatch.setattr("sys.argv", ["coastlines.py", str(source)])
    coastlines.main()
    assert "1 rings, 1 borders" in capsys.readouterr().out
    made = unpack(out.read_bytes())
    ring, border = made.rings[0], made.borders[0]
    assert (ring.west, ring.south, ring.east, ring.north) == (11000, 3000, 13000, 4000)
    assert (border.xs, border.ys) == ((120 * UNITS,) * 2, (30 * UNITS, 40 * UNITS))


def test_a_ring_is_cut_at_the_edge_of_the_box() -> None:
    """What lies outside is gone and the ring is closed along the edge."""
    ring = coastlines.clip_ring([(80, 10), (100, 10), (100, 20), (80, 20), (80, 10)])
    assert {x for x, _ in ring} == {90, 100}
    assert ring[0] == ring[-1]


def test_a_straight_line_keeps_only_its_ends() -> None:
    """Points that say nothing go; a corner stays."""
    assert coastlines.simplify([(0, 0), (1, 0), (2, 0), (3, 0)])[-1] == (3, 0)
    corner = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (2.0, 2.0)]
    assert (2.0, 0.0) in coastlines.simplify(corner)
    assert (1.0, 0.0) not in coastlines.simplify(corner)


def test_the_shipped_map_has_the_islands_that_the_crisis_knows() -> None:
    """Tsushima, Jeju and Sado are larger than the smallest island kept."""
    from tabletop.tui.coast import coast

    def near(longitude: float, latitude: float) -> bool:
        box = (longitude - 0.3, latitude - 0.3, longitude + 0.3, latitude + 0.3)
        small = [ring for ring in coast().rings if ring.east - ring.west < 200]
        return any(ring.meets(*(UNITS * edge for edge in box)) for ring in small)

    assert near(126.55, 33.38)
    assert near(129.3, 34.4)
    assert near(138.4, 38.0)
