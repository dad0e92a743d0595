"""The map in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabletop.exercise.view import ArcView
from tabletop.plain.launches import direction, distance, launch, launches
from tests.tui.sample_view import SALVO, THEATRE, sample_view

SEOUL, TOKYO = (126.98, 37.57), (139.69, 35.69)


def test_a_launch_tells_how_many_flew_from_where_how_far_and_which_way() -> None:
    """What the map shows as arcs is a sentence with its numbers."""
    said = launch(SALVO, THEATRE)
    assert said.startswith("Turn 2: 4 missiles flew, 1 more failed on the pad.")
    assert said.endswith(f"The map says: {SALVO.label}.")
    assert "From Tongchang-ri towards Sea of Japan." in said
    assert "About 620 miles or 990 kilometres east." in said


def test_a_single_launch_is_no_plural_and_a_whole_one_has_no_failure() -> None:
    """One missile that flew is one missile."""
    said = launch(replace(SALVO, count=1, failed=0), THEATRE)
    assert "1 missile flew." in said
    assert "failed" not in said


def test_a_place_without_a_name_is_told_in_degrees() -> None:
    """A target in open water, and one west and south."""
    said = launch(ArcView(1, (-10.0, -5.0), (150.5, 41.25), 1, 0, ""), THEATRE)
    assert "From 5.0 degrees south, 10.0 degrees west" in said
    assert "towards 41.2 degrees north, 150.5 degrees east" in said


def test_distance_is_along_the_ground() -> None:
    """Seoul to Tokyo is 1,160 kilometres, and a point is nowhere from itself."""
    assert distance(SEOUL, TOKYO) == pytest.approx(1160, abs=10)
    assert distance(SEOUL, SEOUL) == 0


@pytest.mark.parametrize(
    "target,point",
    [
        ((127.0, 40.0), "north"),
        ((130.0, 37.5), "east"),
        ((127.0, 30.0), "south"),
        ((120.0, 37.5), "west"),
        ((130.0, 40.0), "north-east"),
        ((124.0, 35.0), "south-west"),
    ],
)
def test_directions_are_points_of_the_compass(target: tuple[float, float], point: str) -> None:
    """Eight points, as one sets out."""
    assert direction((127.0, 37.5), target) == point


def test_a_map_without_launches_says_so_and_names_its_places() -> None:
    """Nothing flew; the places are named all the same."""
    said = launches(replace(sample_view(), arcs=()))
    assert said[0] == "No launch in this turn or the last."
    assert "Tongchang-ri" in said[1]
    assert launches(replace(sample_view(), arcs=(), theatre=None)) == said[:1]
