"""A chart of a gauge by turn, as SVG that stands inside a page and takes its colours."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from tabletop.debrief.report.blocks import Chart

_WIDTH, _HEIGHT = 240, 110
_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 10, 10, 20
_MOST_TICKS = 12


def svg(chart: Chart, described_by: str) -> Element:
    """The picture; `described_by` is the id of the element that tells it in words."""
    size = {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "role": "img", "aria-labelledby": described_by}
    picture = Element("svg", size)
    columns = max((len(values) for values in chart.series), default=1)
    _axes(picture, chart, columns)
    single = len(chart.series) == 1
    for values in chart.series:
        points = [(_x(n, columns), _y(value, chart)) for n, value in enumerate(values)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        kind = "course" if single else "course many"
        SubElement(picture, "polyline", {"points": line, "class": kind})
        if single:
            for x, y in points:
                place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3", "class": "point"}
                SubElement(picture, "circle", place)
    return picture


def _axes(picture: Element, chart: Chart, columns: int) -> None:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    frame = f"M{_LEFT},{_TOP} V{bottom} H{right}"
    SubElement(picture, "path", {"d": frame, "class": "axis"})
    for value in dict.fromkeys((chart.low, chart.high)):
        y = _y(value, chart) + 3
        _label(picture, str(value), _LEFT - 4, y, "end")
    step = -(-columns // _MOST_TICKS)
    for number in range(0, columns, step):
        last = number == columns - 1
        _label(picture, "end" if last else str(number + 1), _x(number, columns), bottom + 13)


def _label(picture: Element, text: str, x: float, y: float, anchor: str = "middle") -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}
    SubElement(picture, "text", place).text = text


def _x(number: int, columns: int) -> float:
    room = _WIDTH - _LEFT - _RIGHT - 12
    return _LEFT + 6 + room * number / max(1, columns - 1)


def _y(value: int, chart: Chart) -> float:
    room = _HEIGHT - _TOP - _BOTTOM - 8
    share = (min(max(value, chart.low), chart.high) - chart.low) / max(1, chart.high - chart.low)
    return _HEIGHT - _BOTTOM - 4 - room * share
