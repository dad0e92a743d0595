"""The words on the map: names of places, what was launched, and the same without a map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from rich.cells import cell_len

from tabletop.clean import clean_line
from tabletop.exercise.view import ArcView, PlaceView, TheatreView
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.arcs import FAILED, Flight, summaries
from tabletop.tui.widgets.chart import Chart, on_land
from tabletop.tui.widgets.lines import fitted

_DOT = "•"
_LONGEST = 24
"""Cells of the longest name that the map writes out."""
_HIDES = 1
"""Cells of a missile's path that a name may hide; rather than more, it stays away."""
_LABEL, _SEA = "$ink-map-label", "$ink-map-label italic"
_NOW, _BEFORE = "$ink-map-arc", Ink.MUTED

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Glyph:
    """Text that starts in a cell of the map."""

    text: str
    ink: str

    @property
    def cells(self) -> int:
        """How many cells it takes."""
        return cell_len(self.text)


class _Board:
    """Where text may still be written: words never cross, and avoid lines where they can."""

    def __init__(self, chart: Chart, trails: frozenset[Spot]) -> None:
        self.glyphs: dict[Spot, Glyph] = {}
        self._taken: set[Spot] = set()
        self._chart = chart
        self._trails = trails

    def put(self, spot: Spot, text: str, ink: str) -> None:
        """Write a text; what is written later keeps a cell away from it."""
        self.glyphs[spot] = Glyph(text, ink)
        x, y = spot
        self._taken |= {(x + i, y) for i in range(-1, cell_len(text) + 1)}

    def drop(self, spot: Spot) -> None:
        """Take a text away again."""
        del self.glyphs[spot]

    def cost(self, spot: Spot, text: str) -> int | None:
        """How much a text would hide there; None where it does not fit."""
        x, y = spot
        grid = self._chart.coast
        cells = cell_len(text)
        if y < 0 or y >= grid.rows or x < 0 or x + cells > grid.columns:
            return None
        spots = [(x + i, y) for i in range(cells)]
        if any(one in self._taken for one in spots):
            return None
        return 4 * self.trails_hidden(spot, text) + sum(1 for one in spots if grid.bits(*one))

    def is_clear(self, spot: Spot) -> bool:
        """Whether a dot may stand there: one on a path would look like a missile."""
        return self.cost(spot, _DOT) is not None and spot not in self._trails

    def trails_hidden(self, spot: Spot, text: str) -> int:
        """How many cells of a missile's path a text would hide."""
        x, y = spot
        return sum(1 for i in range(cell_len(text)) if (x + i, y) in self._trails)

    def best(self, spots: list[Spot], text: str) -> Spot | None:
        """The spot that hides least; the earlier one of equals."""
        costs = [
            (cost, i) for i, spot in enumerate(spots) if (cost := self.cost(spot, text)) is not None
        ]
        return spots[min(costs)[1]] if costs else None


def launch_ink(arc: ArcView, newest: int) -> str:
    """Launches of the newest turn that saw any stand out; those before recede."""
    return _NOW if arc.turn >= newest else _BEFORE


def legend(
    theatre: TheatreView,
    flights: tuple[Flight, ...],
    newest: int,
    chart: Chart,
    trails: frozenset[Spot],
) -> dict[Spot, Glyph]:
    """All text of the map, by the cell that it starts in."""
    board = _Board(chart, trails)
    places = [place for place in theatre.places if place.label]
    land = [place for place in places if on_land(place.longitude, place.latitude)]
    spots = {
        place.id: _cell(chart.projection.dot(place.longitude, place.latitude)) for place in places
    }
    for launched in flights:
        if launched.arc.failed:
            x, y = _cell(launched.pad)
            board.put((x, y), f"{FAILED}{launched.arc.failed}", launch_ink(launched.arc, newest))
    dotted = [place for place in land if board.is_clear(spots[place.id])]
    for place in dotted:
        board.put(spots[place.id], _DOT, Ink.TEXT)
    for launched in flights:
        _name_launch(board, launched, launch_ink(launched.arc, newest))
    for place in land:
        if spots[place.id] in board.glyphs:
            _name_place(board, place, spots[place.id], dotted=place in dotted)
    for place in places:
        if place not in land:
            _name_sea(board, place, spots[place.id])
    return board.glyphs


def _cell(dot: tuple[float, float]) -> Spot:
    return int(dot[0] // 2), int(dot[1] // 4)


def _beside(spot: Spot, cells: int) -> Iterator[Spot]:
    """Places for a name, best first: right of its dot, left, below, above."""
    x, y = spot
    yield x + 2, y
    yield x - cells - 1, y
    for row in (y + 1, y - 1):
        yield x + 1, row
        yield x - cells // 2, row
        yield x - cells, row


def _name_place(board: _Board, place: PlaceView, spot: Spot, *, dotted: bool) -> None:
    """Write a name beside its dot, or take the dot away: an unnamed dot says nothing."""
    name = fitted(place.title, _LONGEST)
    best = board.best(list(_beside(spot, cell_len(name))), name)
    if best is not None and board.trails_hidden(best, name) <= _HIDES:
        board.put(best, name, _LABEL)
    elif dotted:
        board.drop(spot)


def _name_launch(board: _Board, launched: Flight, ink: str) -> None:
    """Write what flew over the highest point of its curve, shorter where there is no room."""
    if not launched.trails:
        return
    x, y = _cell(launched.apex)
    end_x, end_y = _cell(launched.impact)
    for text in map(clean_line, summaries(launched.arc)):
        half = cell_len(text) // 2
        above = [(x - half + shift, y - 1) for shift in (0, -4, 4, -8, 8)]
        for spot in (*above, (x - half, y - 2), (end_x + 2, end_y)):
            if board.cost(spot, text) is not None and not board.trails_hidden(spot, text):
                board.put(spot, text, ink)
                return


def _name_sea(board: _Board, place: PlaceView, spot: Spot) -> None:
    """Write the name of a sea around its middle, without a dot."""
    name = fitted(place.title, _LONGEST)
    x, y = spot[0] - cell_len(name) // 2, spot[1]
    around = [(x, y), (x, y + 1), (x, y - 1), (x, y + 2), (x + 4, y + 1), (x - 4, y + 1)]
    best = board.best(around, name)
    if best is not None and board.cost(best, name) == 0:
        board.put(best, name, _SEA)


def describe(theatre: TheatreView | None, arcs: tuple[ArcView, ...]) -> str:
    """The map in words: every launch with its turn, from where, towards what, and failures."""
    if not arcs:
        return "No launches this turn or last."
    return "\n".join(_tell(theatre, arc) for arc in sorted(arcs, key=lambda arc: -arc.turn))


def _tell(theatre: TheatreView | None, arc: ArcView) -> str:
    origin, target = (_nearest(theatre, point) for point in (arc.origin, arc.target))
    route = (f" from {origin}" if origin else "") + (f" towards {target}" if target else "")
    parts = [f"Turn {arc.turn}: {arc.count} launched{route}"]
    if arc.label:
        parts.append(clean_line(arc.label))
    if arc.failed:
        parts.append(f"{arc.failed} more failed on the pad")
    return ", ".join(parts) + "."


def _nearest(theatre: TheatreView | None, point: tuple[float, float]) -> str | None:
    """The name of the place at a point, if one stands within half a degree."""
    if theatre is None:
        return None
    offs = [
        (hypot(place.longitude - point[0], place.latitude - point[1]), place.title)
        for place in theatre.places
    ]
    off, title = min(offs, default=(1.0, ""))
    return clean_line(title) if off <= 0.5 else None
