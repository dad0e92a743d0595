"""Launches as curves of dots: how they rise, spread, and fly."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot

from tabletop.exercise.view import ArcView
from tabletop.tui.widgets.chart import Projection

Dot = tuple[int, int]

FAILED = "×"
"""The mark of a missile that never left its pad."""

_RISE = 0.4
"""How far the middle of a curve leaves its chord, as a part of the chord's length."""
_HEADROOM = 9
"""Dots kept free above a curve, for its label."""
_SPREAD = 0.16
"""By how much each further missile of a salvo flies lower than the one before."""
_STAGGER = 0.22
"""Seconds between two missiles of a salvo."""
_FLIGHT = 1.5
"""Seconds from launch to impact, on the screen."""
_MOST = 6
"""Curves drawn for one salvo; more of them would be a blot."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The path of one missile, dot by dot, and when it starts, in seconds."""

    dots: tuple[Dot, ...]
    start: float

    def flown(self, seconds: float) -> tuple[Dot, ...]:
        """The part of the path behind the missile so long after the launch."""
        share = min(1.0, max(0.0, (seconds - self.start) / _FLIGHT))
        eased = share * (2 - share)
        return self.dots[: ceil(eased * len(self.dots))]

    @property
    def end(self) -> float:
        """When it has come down."""
        return self.start + _FLIGHT


@dataclass(frozen=True, slots=True)
class Flight:
    """All that is drawn of one launch."""

    arc: ArcView
    trails: tuple[Trail, ...]
    pad: Dot
    apex: Dot
    """The highest point, where the label stands."""
    impact: Dot

    @property
    def length(self) -> float:
        """Seconds until the last missile is down."""
        return max((trail.end for trail in self.trails), default=0.0)


def flight(arc: ArcView, projection: Projection) -> Flight:
    """The curves of a launch: a sheaf that leaves one pad and comes down close together."""
    start, end = projection.dot(*arc.origin), projection.dot(*arc.target)
    count = max(0, min(arc.count, _MOST))
    height = _room_above(start, end)
    trails = []
    for number in range(count):
        aside = 2.0 * (number - (count - 1) / 2)
        impact = (end[0] - aside, end[1] + aside / 2)
        path = _curve(start, impact, height * (1 - _SPREAD * number))
        trails.append(Trail(path, number * _STAGGER))
    pad, impact_dot = _rounded(start), _rounded(end)
    apex = min(trails[0].dots, key=lambda dot: dot[1]) if trails else pad
    return Flight(arc, tuple(trails), pad, apex, impact_dot)


def _rounded(point: tuple[float, float]) -> Dot:
    return round(point[0]), round(point[1])


def _room_above(start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a curve may leave its chord, in dots, and keep its label on the map."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    room = (start[1] + end[1]) / 2 - _HEADROOM
    return max(0.1 * length, min(_RISE * length, room))


def _curve(start: tuple[float, float], end: tuple[float, float], height: float) -> tuple[Dot, ...]:
    """A parabola that leaves its chord on the upper side, each dot of it once."""
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1.0
    side = 1 if x1 >= x0 else -1
    up_x, up_y = side * (y1 - y0) / length, -side * (x1 - x0) / length
    steps = max(4, ceil(2 * length + 2 * height))
    dots: dict[Dot, None] = {}
    for step in range(steps + 1):
        share = step / steps
        off = 4 * share * (1 - share) * height
        x, y = x0 + share * (x1 - x0) + off * up_x, y0 + share * (y1 - y0) + off * up_y
        dots[round(x), round(y)] = None
    return tuple(dots)


def summaries(arc: ArcView) -> tuple[str, ...]:
    """What a label says of a launch, the fullest first."""
    flew = "1 missile" if arc.count == 1 else f"{arc.count} missiles"
    told = f"{flew}, {arc.label}" if arc.label else flew
    failed = (f"{told} · {FAILED}{arc.failed} failed",) if arc.failed else ()
    return (*failed, told, flew, str(arc.count))
