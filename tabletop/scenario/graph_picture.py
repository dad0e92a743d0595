"""Draws the ladder as one self-contained SVG: stages in a column, ways beside it, endings.

Ways that lead down the column run on its right in lanes, ways up on its left; each has
the number of its transition, and the list below the picture gives guard and text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape

from tabletop.scenario.graph import Edge, Graph, Terminal

_MARGIN = 24
_NODE_WIDTH = 210
_LINE = 18
_PORT = 16
_LANE = 28
_GAP = 34
_ENDINGS_WIDTH = 350
# Cells that fit a line, at the widths of common fonts.
_NODE_CELLS = 25
_ENDING_CELLS = 42
_PIXELS_A_CELL = 7.4

_STYLE = """
  svg { --paper: #fbfaf7; --ink: #1d2530; --soft: #5c6673; --line: #8a94a3; --node: #ffffff;
        --way: #1f5f8b; --back: #8a4b08; font: 14px/1.3 system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #10151c; --ink: #e4e9f0; --soft: #9aa6b5; --line: #566273; --node: #19212b;
          --way: #7cc0ea; --back: #e8a866; } }
  text { fill: var(--ink); }
  .paper { fill: var(--paper); }
  .frame { fill: none; stroke: var(--line); stroke-dasharray: 2 4; }
  .node { fill: var(--node); stroke: var(--ink); stroke-width: 1.5; }
  .rim { fill: none; stroke: var(--ink); }
  .head { font-size: 18px; font-weight: 600; }
  .title { font-weight: 600; }
  .middle { text-anchor: middle; }
  .soft { fill: var(--soft); font-size: 13px; }
  .guard { fill: var(--soft); font: 12px ui-monospace, monospace; }
  .way, .back { fill: none; stroke-width: 1.6; }
  .way { stroke: var(--way); } .back { stroke: var(--back); stroke-dasharray: 6 4; }
  .tip-way { fill: var(--way); } .tip-back { fill: var(--back); }
  .badge { fill: var(--paper); stroke: var(--way); }
  .badge-back { fill: var(--paper); stroke: var(--back); }
  .number { font-size: 11px; text-anchor: middle; }
"""


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a stage stands, from its top left corner."""

    x: int
    y: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """Where an edge leaves and arrives, and the lane it runs in, from 0 beside the column."""

    edge: Edge
    right: bool
    start: int
    end: int
    lane: int


def svg(graph: Graph) -> str:
    """The graph as an SVG document, light or dark as its reader prefers; no outside resource."""
    ports = _ports(graph)
    lanes_left = sum(not _leads_down(graph, edge) for edge in graph.edges)
    column = _MARGIN + 30 + _LANE * lanes_left
    boxes = _boxes(graph, ports, column)
    ways = _ways(graph, boxes, ports)
    # Lanes are known only now: the column moves left by those that were not needed.
    shift = _LANE * (lanes_left - max((way.lane + 1 for way in ways if not way.right), default=0))
    boxes = {stage: replace(box, x=box.x - shift) for stage, box in boxes.items()}
    column -= shift

    lanes_right = max((way.lane + 1 for way in ways if way.right), default=0)
    frame_width = column + _NODE_WIDTH + _LANE * lanes_right + 30 - _MARGIN
    bottom = max(box.y + box.height for box in boxes.values()) + 24
    parts = [_rect("frame", _MARGIN, 64, frame_width, bottom - 64, 10)]
    parts += _start(boxes[graph.nodes[0].id])
    for way in ways:
        parts += _draw_way(way, column)
    for box in boxes.values():
        parts += _draw_box(box)

    endings_x = _MARGIN + frame_width + 60
    drawn, endings_bottom = _draw_endings(graph, _MARGIN + frame_width, endings_x)
    parts += drawn
    width = endings_x + _ENDINGS_WIDTH + _MARGIN
    drawn, height = _draw_list(graph, max(bottom, endings_bottom) + 40, width)
    return _document(graph, [*parts, *drawn], width, height)


def _document(graph: Graph, parts: Iterable[str], width: int, height: int) -> str:
    summary = (
        f"The escalation ladder: {len(graph.nodes)} stages, "
        f"{max((edge.number for edge in graph.edges), default=0)} transitions, "
        f"{len(graph.terminals)} endings. The list below the picture names each transition."
    )
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(graph.title)}</title>',
        f'<desc id="desc">{escape(summary)}</desc>',
        f"<style>{_STYLE}</style>",
        "<defs>",
        *map(_tip, ("way", "back")),
        "</defs>",
        _rect("paper", 0, 0, width, height, 0),
        _text("head", _MARGIN, 40, graph.title),
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _tip(kind: str) -> str:
    """The arrow head of a kind of way."""
    return (
        f'<marker id="tip-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path class="tip-{kind}" d="M0 0 8 4 0 8z"/></marker>'
    )


def _rect(kind: str, x: int, y: int, width: int, height: int, corner: int) -> str:
    size = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="{corner}"'
    return f'<rect class="{kind}" {size}/>'


def _text(kind: str, x: int, y: int, words: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


def _badge(back: bool, x: int, y: int, number: int) -> list[str]:  # noqa: FBT001
    """The number of a transition, in a circle around its middle."""
    kind = "badge-back" if back else "badge"
    circle = f'<circle class="{kind}" cx="{x}" cy="{y}" r="10"/>'
    return [circle, _text("number", x, y + 4, str(number))]


def _leads_down(graph: Graph, edge: Edge) -> bool:
    order = [node.id for node in graph.nodes]
    return order.index(edge.target) > order.index(edge.origin)


def _ports(graph: Graph) -> dict[tuple[str, bool], list[tuple[Edge, bool]]]:
    """By stage and side, the ends of ways from top to bottom, so that nested ways never cross.

    An end is an edge and whether it leaves here. Ends towards stages above come first,
    the nearest on top; then those towards stages below, the farthest on top.
    """
    order = {node.id: place for place, node in enumerate(graph.nodes)}
    sides: dict[tuple[str, bool], list[tuple[Edge, bool]]] = {}
    for edge in graph.edges:
        right = order[edge.target] > order[edge.origin]
        sides.setdefault((edge.origin, right), []).append((edge, True))
        sides.setdefault((edge.target, right), []).append((edge, False))

    def place_of(stage: str) -> Callable[[tuple[Edge, bool]], tuple[bool, int, int]]:
        def place(end: tuple[Edge, bool]) -> tuple[bool, int, int]:
            edge, leaves = end
            other = order[edge.target if leaves else edge.origin]
            below = other > order[stage]
            return below, -other, -edge.number if below else edge.number

        return place

    for (stage, _), ends in sides.items():
        ends.sort(key=place_of(stage))
    return sides


def _boxes(
    graph: Graph, ports: dict[tuple[str, bool], list[tuple[Edge, bool]]], x: int
) -> dict[str, _Box]:
    boxes: dict[str, _Box] = {}
    y = 110
    for node in graph.nodes:
        lines = tuple(_wrap(node.title, _NODE_CELLS))
        most = max(len(ports.get((node.id, right), ())) for right in (True, False))
        height = max(len(lines) * _LINE + 26, most * _PORT + 18)
        boxes[node.id] = _Box(x, y, height, lines)
        y += height + _GAP
    return boxes


def _ways(
    graph: Graph,
    boxes: dict[str, _Box],
    ports: dict[tuple[str, bool], list[tuple[Edge, bool]]],
) -> list[_Way]:
    """Every edge with its ports, in the innermost lane that is free where it runs."""

    def port(edge: Edge, right: bool, leaves: bool) -> int:  # noqa: FBT001
        stage = edge.origin if leaves else edge.target
        ends, box = ports[stage, right], boxes[stage]
        first = box.y + (box.height - (len(ends) - 1) * _PORT) // 2
        return first + ends.index((edge, leaves)) * _PORT

    spans = []
    for edge in graph.edges:
        right = _leads_down(graph, edge)
        spans.append((port(edge, right, True), port(edge, right, False), right, edge))
    spans.sort(key=lambda span: (abs(span[1] - span[0]), span[3].number))
    taken: dict[tuple[bool, int], list[tuple[int, int]]] = {}
    ways = []
    for start, end, right, edge in spans:
        top, bottom = min(start, end) - 6, max(start, end) + 6
        lane = 0
        while any(top < low and high < bottom for high, low in taken.get((right, lane), ())):
            lane += 1
        taken.setdefault((right, lane), []).append((top, bottom))
        ways.append(_Way(edge, right, start, end, lane))
    return ways


def _draw_way(way: _Way, column: int) -> list[str]:
    side = column + _NODE_WIDTH if way.right else column
    out = 1 if way.right else -1
    lane = side + out * (24 + _LANE * way.lane)
    down = 1 if way.end > way.start else -1
    kind = "back" if way.edge.back else "way"
    path = (
        f"M{side} {way.start}H{lane - out * 8}q{out * 8} 0 {out * 8} {down * 8}"
        f"V{way.end - down * 8}q0 {down * 8} {-out * 8} {down * 8}H{side + out * 2}"
    )
    return [
        f"<g><title>{escape(f'{way.edge.number}. {way.edge.when}')}</title>",
        f'<path class="{kind}" marker-end="url(#tip-{kind})" d="{path}"/>',
        *_badge(way.edge.back, lane, (way.start + way.end) // 2, way.edge.number),
        "</g>",
    ]


def _draw_box(box: _Box) -> list[str]:
    middle = box.x + _NODE_WIDTH // 2
    first = box.y + (box.height - (len(box.lines) - 1) * _LINE) // 2 + 5
    return [
        _rect("node", box.x, box.y, _NODE_WIDTH, box.height, 8),
        *(
            _text("title middle", middle, first + row * _LINE, line)
            for row, line in enumerate(box.lines)
        ),
    ]


def _start(box: _Box) -> list[str]:
    x = box.x + _NODE_WIDTH // 2
    return [
        f'<g><title>start</title><circle class="tip-way" cx="{x}" cy="80" r="5"/>',
        f'<path class="way" marker-end="url(#tip-way)" d="M{x} 80V{box.y - 2}"/></g>',
    ]


def _draw_endings(graph: Graph, frame_right: int, x: int) -> tuple[list[str], int]:
    """The endings in two groups, by when they are judged, and where they end."""
    parts: list[str] = []
    y = 64
    for label, group in graph.groups():
        path = f"M{frame_right} {y + 14}H{x - 8}"
        parts += [
            f'<path class="way" marker-end="url(#tip-way)" d="{path}"/>',
            _text("soft", x, y + 18, f"{label}, the first that holds:"),
        ]
        y += 32
        for ending in group:
            drawn, y = _draw_ending(ending, x, y)
            parts += drawn
        y += 16
    return parts, y


def _draw_ending(ending: Terminal, x: int, y: int) -> tuple[list[str], int]:
    titles = _wrap(ending.title, _ENDING_CELLS)
    guards = _wrap(ending.when, _ENDING_CELLS)
    height = len(titles) * _LINE + len(guards) * 16 + 16
    parts = [
        _rect("node", x, y, _ENDINGS_WIDTH, height, 14),
        _rect("rim", x + 3, y + 3, _ENDINGS_WIDTH - 6, height - 6, 11),
    ]
    row = y + 22
    for css, step, lines in (("title", _LINE, titles), ("guard", 16, guards)):
        for line in lines:
            parts.append(_text(css, x + 16, row, line))
            row += step
    return parts, y + height + 10


def _draw_list(graph: Graph, y: int, width: int) -> tuple[list[str], int]:
    """One entry a transition: from where to where, when, and in which words; and its end."""
    titles = {node.id: node.title for node in graph.nodes}
    cells = int((width - 2 * _MARGIN - 40) / _PIXELS_A_CELL)
    parts: list[str] = []
    for number in sorted({edge.number for edge in graph.edges}):
        edges = [edge for edge in graph.edges if edge.number == number]
        first = edges[0]
        origins = ", ".join(dict.fromkeys(titles[edge.origin] for edge in edges))
        target = "the stage before it" if first.back else titles[first.target]
        parts += _badge(first.back, _MARGIN + 10, y - 5, number)
        heading, guard, text = f"{origins} → {target}", first.when, first.text
        for css, words in (("title", heading), ("guard", guard), ("soft", text)):
            for line in _wrap(words, cells):
                parts.append(_text(css, _MARGIN + 32, y, line))
                y += _LINE
        y += 10
    return parts, y + _MARGIN - 10


def _wrap(text: str, cells: int) -> list[str]:
    """Lines of at most `cells` cells; wide characters count two, long words are cut."""
    lines, line, used = [], "", 0
    for word in text.split():
        size = sum(map(_cells, word))
        if line and used + 1 + size <= cells:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        line, used = "", 0
        for letter in word:
            if used + _cells(letter) > cells:
                lines.append(line)
                line, used = "", 0
            line, used = line + letter, used + _cells(letter)
    return [*lines, line]


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
