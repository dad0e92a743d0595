"""The map: where things lie, what is launched, and that it stands still otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from rich.cells import cell_len

from tabletop.exercise.view import ArcView, PlaceView, TheatreView, View
from tabletop.tui import coast as coast_data
from tabletop.tui.theme import ANSI, DAY, NIGHT
from tabletop.tui.widgets.braille import Dots, character
from tabletop.tui.widgets.chart import Projection, chart, on_land
from tabletop.tui.widgets.theatre import TheatreMap
from tests.tui.pictures import HOSTILE, Stage, is_harmless
from tests.tui.sample_view import SALVO, THEATRE, briefing_view, late_view, sample_view

SIZES = [(40, 14), (60, 20), (100, 30)]


def test_a_cell_of_braille_holds_two_by_four_dots() -> None:
    """The corners of a cell are the bits that Unicode gives them."""
    grid = Dots(2, 1)
    for dot in ((0, 0), (1, 0), (0, 3), (1, 3)):
        grid.set(*dot)
    assert character(grid.bits(0, 0)) == "\u28c9"
    assert grid.bits(1, 0) == 0


def test_a_dot_outside_the_grid_is_passed_over() -> None:
    """Nothing wraps around to the other side."""
    grid = Dots(2, 2)
    for dot in ((-1, 0), (0, -1), (4, 0), (0, 8)):
        grid.set(*dot)
    assert not any(grid.cells)


@pytest.mark.parametrize(
    "place, land",
    [
        ((126.98, 37.57), True),  # Seoul
        ((139.69, 35.69), True),  # Tokyo
        ((134.0, 40.0), False),  # the Sea of Japan
        ((124.0, 36.0), False),  # the Yellow Sea
        ((116.4, 39.9), True),  # Beijing
    ],
)
def test_land_is_told_from_sea(place: tuple[float, float], land: bool) -> None:
    """The packed map knows where the coasts are."""
    assert on_land(*place) is land


def test_the_korean_border_is_on_the_map() -> None:
    """The line between the Koreas is there, from the Han estuary to the east coast."""
    lines = coast_data.coast().borders
    crossing = [
        line
        for line in lines
        if line.west / 100 > 126 and line.east / 100 < 129 and 37 < line.south / 100 < 38.7
    ]
    assert crossing


def test_the_map_is_small_enough_to_carry() -> None:
    """The data file stays under 60 KB."""
    from importlib.resources import files

    assert len(files("tabletop.tui.coast").joinpath(coast_data.FILE).read_bytes()) < 60_000


@pytest.mark.parametrize("data", [b"", b"COAST1\nrubbish", b"something else"])
def test_a_damaged_map_is_refused_by_name(data: bytes) -> None:
    """Bytes that are no map raise one clear error."""
    with pytest.raises(ValueError, match="map"):
        coast_data.unpack(data)


@pytest.mark.parametrize("size", SIZES)
def test_a_degree_east_is_shorter_than_a_degree_north(size: tuple[int, int]) -> None:
    """The map keeps its shape at the middle latitude, and all of the theatre fits."""
    projection = Projection.fit(THEATRE, *size)
    assert projection.across / projection.down == pytest.approx(0.788, abs=0.01)
    left, top = projection.dot(THEATRE.west, THEATRE.north)
    right, bottom = projection.dot(THEATRE.east, THEATRE.south)
    assert (left, top) >= (-0.01, -0.01)
    assert right <= 2 * size[0] + 0.01
    assert bottom <= 4 * size[1] + 0.01


def test_where_the_map_data_end_no_coast_is_drawn() -> None:
    """The seam at 90 degrees east runs through Asia; it is not a coast."""
    inland = TheatreView(west=88, south=40, east=96, north=48, places=())
    grid = chart(inland, 60, 20).coast
    columns = [sum(1 for row in range(20) if grid.bits(column, row)) for column in range(60)]
    assert max(columns) < 15


@pytest.mark.parametrize("size", SIZES)
async def test_the_salvo_is_drawn_with_its_pad_and_its_label(size: tuple[int, int]) -> None:
    """The launch, what failed on the pad, and the capitals can be read at every size."""
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=size) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        text = app.text()
        assert "4 missiles" in text
        assert "×1" in text
        assert "Seoul" in text
        assert "Tokyo" in text
        assert [cell_len(line) <= size[0] for line in app.lines()] == [True] * size[1]


async def test_names_do_not_run_into_one_another() -> None:
    """A label is never cut by another one, however many places share a spot."""
    crowd = tuple(PlaceView(f"p{i}", f"Place{i}", 127 + i / 50, 37.5, label=True) for i in range(8))
    view = replace(sample_view(), theatre=THEATRE._replace(places=crowd), arcs=())
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(view)
        await pilot.pause()
        names = re.findall(r"Place\d", app.text())
        assert len(names) >= 3
        assert len(names) == len(set(names)) == app.text().count("Pl")


async def test_a_map_without_room_says_it_in_words() -> None:
    """Below the smallest size the launches are told."""
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=(24, 7)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        said = " ".join(app.text().split())
        assert said.startswith("Turn 2: 4 launched from Tongchang-ri")
        assert "1 more failed" in said


def test_the_description_names_every_launch() -> None:
    """The text equivalent holds what the picture shows, the newest launch first."""
    widget = TheatreMap()
    widget._theatre, widget._arcs = THEATRE, late_view().arcs
    first, second = widget.describe().split("\n")
    assert first.startswith("Turn 5: 1 launched")
    assert "39 minutes aloft" in first
    assert second == "Turn 4: 2 launched, short range, 1 more failed on the pad."
    widget._arcs = ()
    assert widget.describe() == "No launches this turn or last."


def _frames(widget: TheatreMap, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Rows repainted in each frame of a flight, by a clock of our own."""
    rows: list[int] = []
    clock = [widget._began]
    monkeypatch.setattr(type(widget), "refresh", lambda _, *regions: rows.append(len(regions)))
    monkeypatch.setattr("tabletop.tui.widgets.theatre.monotonic", lambda: clock[0])
    while widget._timer is not None:
        clock[0] += 0.1
        widget._frame()
    return rows


async def test_a_new_launch_flies_once_and_then_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes about two seconds, repaints only rows that change, and leaves no timer."""
    widget = TheatreMap()
    app = Stage(widget, motion=True)
    async with app.run_test(size=(60, 20)):
        widget.show(sample_view())
        assert widget._timer is not None
        widget._timer.pause()
        assert not widget._trails
        rows = _frames(widget, monkeypatch)
        assert 10 <= len(rows) <= 30
        assert max(rows) < 14
        assert widget._trails == widget._flown(None)
        widget.show(sample_view())
        assert widget._timer is None


def _inks(app: Stage, text: str) -> set[str]:
    """The colours in which a text stands on the screen."""
    segments = [segment for strip in app.strips() for segment in strip if text in segment.text]
    return {str(segment.style.color.triplet.hex) for segment in segments if segment.style}  # type: ignore[union-attr]


@pytest.mark.parametrize("turn", [2, 3])
async def test_the_newest_launches_stand_out(turn: int) -> None:
    """Even when they came in the turn just played; launches before them recede."""
    widget = TheatreMap()
    app = Stage(widget)
    old = replace(SALVO, turn=1, origin=(129.0, 35.0), target=(133.0, 33.0), label="old", failed=0)
    async with app.run_test(size=(100, 30)) as pilot:
        widget.show(replace(sample_view(), turn=turn, arcs=(old, SALVO)))
        await pilot.pause()
        variables = app.theme_variables
        assert _inks(app, "4 missiles, about") == {variables["map-arc"]}
        assert _inks(app, "4 missiles, old") == {variables["muted"]}


class EarlyStage(Stage):
    """Shows its view before the map has a size, as a screen does when it is mounted."""

    def on_mount(self) -> None:
        assert isinstance(self.widget, TheatreMap)
        self.widget.show(sample_view())


@pytest.mark.parametrize("motion", [True, False])
async def test_a_view_shown_before_the_layout_is_drawn_after_it(motion: bool) -> None:
    """The map appears as soon as it has room, and a launch still flies."""
    widget = TheatreMap()
    app = EarlyStage(widget, motion=motion)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "Seoul" in app.text()
        assert (widget._timer is not None) is motion


async def test_a_launch_during_another_still_flies() -> None:
    """What is in the air when news come is down, and the news fly."""
    widget = TheatreMap()
    app = Stage(widget, motion=True)
    async with app.run_test(size=(60, 20)):
        widget.show(late_view())
        widget.show(sample_view())
        assert widget._fresh == {SALVO}
        assert widget._timer is not None


async def test_a_resize_brings_down_what_is_in_the_air() -> None:
    """The picture fits its new size at once and nothing runs on."""
    widget = TheatreMap()
    app = EarlyStage(widget, motion=True)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert widget._timer is None
        assert widget._trails == widget._flown(None)
        assert "Tokyo" in app.text()


@pytest.mark.parametrize("still", [True, False])
async def test_nothing_moves_under_reduced_motion(still: bool) -> None:
    """With animations off, or asked to be still, a launch is there at once."""
    widget = TheatreMap()
    app = Stage(widget, motion=still)
    async with app.run_test(size=(60, 20)):
        widget.show(sample_view(), still=still)
        assert widget._timer is None
        assert widget._trails == widget._flown(None)
        assert widget._trails


async def test_the_same_view_paints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not changed is not painted again."""
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)):
        widget.show(sample_view())
        painted: list[Any] = []
        monkeypatch.setattr(type(widget), "refresh", lambda *_, **__: painted.append(1))
        widget.show(replace(sample_view(), event=99, wire=()))
        assert painted == []


async def test_a_theme_change_recolours_the_map() -> None:
    """No colour of the old theme is left in a cached row."""
    widget = TheatreMap()
    app = Stage(widget, theme=NIGHT)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        before = {segment.style for strip in app.strips() for segment in strip}
        app.theme = DAY
        await pilot.pause()
        after = {segment.style for strip in app.strips() for segment in strip}
        assert not before & after


async def test_the_ansi_theme_paints_no_rgb() -> None:
    """In sixteen colours every cell has a colour of the terminal's own."""
    widget = TheatreMap()
    app = Stage(widget, theme=ANSI)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        colours = [s.style.color for strip in app.strips() for s in strip if s.style]
        assert [colour for colour in colours if colour and colour.triplet] == []


@pytest.mark.parametrize("size", [(60, 20), (20, 5)])
async def test_hostile_names_on_the_map_are_harmless(size: tuple[int, int]) -> None:
    """Names and labels from a file cannot drive the terminal or break a row."""
    place = PlaceView("x", HOSTILE, 127, 37, label=True)
    arc = replace(SALVO, label=HOSTILE)
    theatre = THEATRE._replace(places=(place,))
    view: View = replace(sample_view(), theatre=theatre, arcs=(arc,))
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=size) as pilot:
        widget.show(view)
        await pilot.pause()
        assert is_harmless(app.text())
        assert {strip.cell_length for strip in app.strips()} == {size[0]}


@pytest.mark.parametrize(
    "arc",
    [
        ArcView(2, (127, 38), (127, 38), 1, 0, ""),
        ArcView(2, (127, 31), (127, 44), 2, 0, "north"),
        ArcView(2, (140, 44), (124, 33), 12, 12, "west"),
        ArcView(2, (127, 38), (-150, 0), 1, 0, "beyond the map"),
        ArcView(2, (127, 38), (131, 39), 0, 3, "none flew"),
    ],
)
async def test_odd_launches_are_drawn_without_harm(arc: ArcView) -> None:
    """Any two points make a picture, even the same one or one off the map."""
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(replace(sample_view(), arcs=(arc,)))
        await pilot.pause()
        assert ("×" in app.text()) is (arc.failed > 0)


async def test_a_scenario_without_a_theatre_shows_words() -> None:
    """A map is optional in a scenario."""
    widget = TheatreMap()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(replace(briefing_view(), theatre=None))
        await pilot.pause()
        assert "No launches" in app.text()


def test_a_curve_of_a_launch_is_whole() -> None:
    """The dots of a path touch one another from the pad to the sea."""
    from tabletop.tui.widgets.arcs import flight

    trail = flight(SALVO, Projection.fit(THEATRE, 60, 20)).trails[0]
    steps = [max(abs(ax - bx), abs(ay - by)) for (ax, ay), (bx, by) in pairwise(trail.dots)]
    assert max(steps) == 1
