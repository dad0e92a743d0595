"""The escalation ladder as a graph, drawn as mermaid or dot text; `graph_picture` draws SVG."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from tabletop.clean import clean_line

if TYPE_CHECKING:
    from tabletop.scenario.schema import Scenario

Form = Literal["mermaid", "dot", "svg"]
FORMS: tuple[Form, ...] = get_args(Form)

ANY_TURN = "in any turn"
LAST_TURN = "after the last turn"
OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Node:
    """A stage of the ladder; the first one is where play starts."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one stage to another, numbered by its transition's place in the file from 1."""

    number: int
    origin: str
    target: str
    when: str
    text: str
    back: bool
    """Whether it is a return to the stage that `origin` was entered from."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """An ending, and the guard by which it is reached."""

    id: str
    title: str
    when: str
    at_once: bool
    """Whether it ends the game in any turn, or is judged after the last one."""


@dataclass(frozen=True, slots=True)
class Graph:
    """What all forms draw: stages and endings in file order, ways in the order they are tried."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    terminals: tuple[Terminal, ...]

    def groups(self) -> list[tuple[str, tuple[Terminal, ...]]]:
        """The endings by when they are judged; groups without an ending are left out."""
        at_once = tuple(ending for ending in self.terminals if ending.at_once)
        last = tuple(ending for ending in self.terminals if not ending.at_once)
        groups = [(ANY_TURN, at_once), (LAST_TURN, last)]
        return [(label, group) for label, group in groups if group]


def graph_of(scenario: Scenario) -> Graph:
    """The ladder of a valid scenario, its texts made safe to show."""
    stages = tuple(scenario.stages)
    edges: list[Edge] = []
    for number, move in enumerate(scenario.transitions, start=1):
        for origin in stages if move.from_ == "any" else move.from_:
            back = move.to == "previous"
            for target in _ways_in(scenario, origin) if back else (move.to,):
                if target != origin:
                    when, text = clean_line(move.when), clean_line(move.text, 600)
                    edges.append(Edge(number, origin, target, when, text, back))
    return Graph(
        clean_line(scenario.title),
        tuple(Node(name, clean_line(stage.title)) for name, stage in scenario.stages.items()),
        tuple(edges),
        tuple(
            Terminal(
                name, clean_line(end.title), clean_line(end.when or OTHERWISE), end.at == "any"
            )
            for name, end in scenario.endings.items()
        ),
    )


def _ways_in(scenario: Scenario, stage: str) -> tuple[str, ...]:
    """The stages from which `stage` may have been entered, in file order."""
    into = [move for move in scenario.transitions if move.to == stage]
    return tuple(
        origin
        for origin in scenario.stages
        if any(move.from_ == "any" or origin in move.from_ for move in into)
    )


def draw(scenario: Scenario, form: Form) -> str:
    """The ladder of `scenario` in one of `FORMS`; the same text for the same scenario."""
    graph = graph_of(scenario)
    if form == "mermaid":
        return mermaid(graph)
    if form == "dot":
        return dot(graph)
    from tabletop.scenario.graph_picture import svg

    return svg(graph)


def mermaid(graph: Graph) -> str:
    """The graph as a mermaid flowchart; dotted ways lead back to the stage come from.

    Ids have a prefix, since `end` and `graph` are words of the language.
    """
    title = json.dumps(graph.title, ensure_ascii=False)
    lines = ["---", f"title: {title}", "---", "flowchart TB"]
    lines.append(f"    start((( ))) --> stage_{graph.nodes[0].id}")
    lines.append('    subgraph ladder[" "]')
    lines += [f'        stage_{node.id}["{_mermaid(node.title)}"]' for node in graph.nodes]
    for edge in graph.edges:
        arrow = "-.->" if edge.back else "-->"
        label = _mermaid(f"{edge.number}. {edge.when}")
        lines.append(f'        stage_{edge.origin} {arrow}|"{label}"| stage_{edge.target}')
    lines.append("    end")
    for place, (label, group) in enumerate(graph.groups(), start=1):
        lines.append(f'    judged{place}{{{{"{_mermaid(label)}"}}}}')
        lines.append(f"    ladder --> judged{place}")
        for ending in group:
            target = f'ending_{ending.id}(["{_mermaid(ending.title)}"])'
            lines.append(f'    judged{place} -->|"{_mermaid(ending.when)}"| {target}')
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """The graph in Graphviz's language; dashed ways lead back to the stage come from."""
    lines = ["digraph ladder {", f"    label={_dot(graph.title)};", "    labelloc=t;"]
    lines += ['    node [fontname="sans-serif"];', '    edge [fontname="monospace", fontsize=10];']
    lines.append('    start [shape=point, label="", width=0.15];')
    lines.append(f"    start -> stage_{graph.nodes[0].id};")
    for node in graph.nodes:
        lines.append(f"    stage_{node.id} [shape=box, style=rounded, label={_dot(node.title)}];")
    for edge in graph.edges:
        style = ", style=dashed" if edge.back else ""
        label = _dot(f"{edge.number}. {edge.when}")
        lines.append(f"    stage_{edge.origin} -> stage_{edge.target} [label={label}{style}];")
    for place, (label, group) in enumerate(graph.groups(), start=1):
        lines.append(f"    judged{place} [shape=plaintext, label={_dot(label)}];")
        lines += [
            f"    stage_{node.id} -> judged{place} [style=dotted, arrowhead=none];"
            for node in graph.nodes
        ]
        for ending in group:
            name = f"ending_{ending.id}"
            lines.append(f"    {name} [shape=box, peripheries=2, label={_dot(ending.title)}];")
            lines.append(f"    judged{place} -> {name} [label={_dot(ending.when)}];")
    lines.append("}")
    return "\n".join(lines) + "\n"


def _mermaid(text: str) -> str:
    """Text inside quotes: everything that mermaid, Markdown or HTML could read, as a code."""
    return "".join(
        letter if letter.isalnum() or letter in " .,'" else f"#{ord(letter)};" for letter in text
    )


def _dot(text: str) -> str:
    """A quoted string of dot; backslashes would otherwise start its escapes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
