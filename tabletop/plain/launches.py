"""The map in words: what was launched, from where, how far and which way."""

from __future__ import annotations

import math

from tabletop.exercise.view import ArcView, TheatreView, View
from tabletop.plain.wording import counted, joined, listed

_EARTH_KM = 6371.0
_KM_A_MILE = 1.609344
_SAME_PLACE_DEGREES = 0.05
_POINTS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


def launches(view: View) -> list[str]:
    """Every launch on the map, the newest last, and the places that the map names."""
    lines = [launch(arc, view.theatre) for arc in view.arcs]
    if not lines:
        lines = ["No launch in this turn or the last."]
    if view.theatre is not None and view.theatre.places:
        titles = [place.title for place in view.theatre.places]
        lines.append(f"Places on the map: {listed(titles)}.")
    return lines


def launch(arc: ArcView, theatre: TheatreView | None) -> str:
    """One launch: how many flew, from where to where, the distance, and what failed."""
    flew = f"{counted(arc.count, 'missile')} flew"
    if arc.failed:
        flew += f", {arc.failed} more failed on the pad"
    km = distance(arc.origin, arc.target)
    miles = km / _KM_A_MILE
    return joined(
        f"Turn {arc.turn}: {flew}",
        f"From {_place(arc.origin, theatre)} towards {_place(arc.target, theatre)}",
        f"About {_round(miles)} miles or {_round(km)} kilometres "
        f"{direction(arc.origin, arc.target)}",
        f"The map says: {arc.label}" if arc.label else "",
    )


def distance(origin: tuple[float, float], target: tuple[float, float]) -> float:
    """Kilometres along the ground between two points in degrees east and north."""
    (lon1, lat1), (lon2, lat2) = (map(math.radians, point) for point in (origin, target))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def direction(origin: tuple[float, float], target: tuple[float, float]) -> str:
    """The point of the compass, of eight, in which `target` lies as one sets out."""
    (lon1, lat1), (lon2, lat2) = (map(math.radians, point) for point in (origin, target))
    east = math.sin(lon2 - lon1) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2)
    north -= math.sin(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    return _POINTS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def _place(point: tuple[float, float], theatre: TheatreView | None) -> str:
    for place in theatre.places if theatre is not None else ():
        off = max(abs(place.longitude - point[0]), abs(place.latitude - point[1]))
        if off <= _SAME_PLACE_DEGREES:
            return place.title
    east = f"{abs(point[0]):.1f} degrees {'east' if point[0] >= 0 else 'west'}"
    north = f"{abs(point[1]):.1f} degrees {'north' if point[1] >= 0 else 'south'}"
    return f"{north}, {east}"


def _round(amount: float) -> str:
    step = 10 if amount >= 100 else 1
    return f"{round(amount / step) * step:,}"
