"""The ladder as mermaid, dot and SVG: what is drawn, and that no title can break out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tabletop.scenario.graph import FORMS, Edge, Graph, Node, Terminal, dot, draw, graph_of, mermaid
from tabletop.scenario.graph_picture import svg
from tabletop.scenario.schema import Scenario

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</text><script>alert(1)</script>",
    '"]; evil --> x["',
    'end\\" ; node [shape=star]; \\',
    "&lt;b&gt; &amp; %%{init: {}}%%",
    "\x1b]52;c;aGk=\x07\u202eback\u2028line\ud800",
    "`**[/bold]**` #quot; \\n \\N",
    "한국 위기 " * 12,
    "x" * 200,
)


@pytest.fixture(scope="module")
def scenario(repository: Path) -> Scenario:
    text = (repository / "tests/fixtures/scenarios/minimal.yaml").read_text(encoding="utf-8")
    return TypeAdapter(Scenario).validate_python({**yaml.load(text, yaml.BaseLoader), "format": 1})


def _hostile(words: str) -> Graph:
    """A graph whose every text is `words`."""
    return Graph(
        words,
        (Node("end", words), Node("graph", words)),
        (Edge(1, "end", "graph", words, words, False), Edge(2, "graph", "end", words, words, True)),
        (Terminal("subgraph", words, words, True), Terminal("node", words, words, False)),
    )


def _texts(picture: str) -> list[str]:
    """What a reader of the SVG sees, line by line."""
    return [text.text or "" for text in ET.fromstring(picture).iter(f"{SVG}text")]


def test_a_transition_from_several_stages_is_drawn_from_each(scenario: Scenario) -> None:
    """One line of the file with two origins gives two ways with the same number."""
    edges = [edge for edge in graph_of(scenario).edges if edge.number == 1]
    assert [(edge.origin, edge.target) for edge in edges] == [
        ("standoff", "talks"),
        ("alarm", "talks"),
    ]


def test_any_leads_from_every_stage_but_its_target(scenario: Scenario) -> None:
    """`from: any` draws no way from the target to itself."""
    assert all(edge.origin != edge.target for edge in graph_of(scenario).edges)


def test_previous_leads_back_to_each_stage_it_may_return_to(scenario: Scenario) -> None:
    """The stages that have a way in are the ones that can be returned to, and are marked so."""
    back = {(edge.origin, edge.target) for edge in graph_of(scenario).edges if edge.back}
    assert back == {("talks", "standoff"), ("talks", "alarm")}


def test_endings_are_terminal_and_told_apart_by_when_they_are_judged(scenario: Scenario) -> None:
    """Endings of any turn come before those of the last, each group in file order."""
    groups = [(label, [end.id for end in group]) for label, group in graph_of(scenario).groups()]
    assert groups == [
        ("in any turn", ["shooting"]),
        ("after the last turn", ["agreement", "quiet", "drift"]),
    ]
    assert graph_of(scenario).terminals[-1].when == "otherwise"


def test_mermaid_shows_guards_as_labels_and_returns_dotted(scenario: Scenario) -> None:
    """Numbers, guards and both kinds of arrow stand in the text."""
    text = draw(scenario, "mermaid")
    assert 'stage_standoff -->|"2. flared or shots"| stage_alarm' in text
    assert 'stage_talks -.->|"3. line #60;#61; 1"| stage_standoff' in text
    assert 'judged1 -->|"shots"| ending_shooting(["Shots"])' in text


def test_dot_shows_guards_as_labels_and_returns_dashed(scenario: Scenario) -> None:
    """Numbers, guards and both kinds of line stand in the text."""
    text = draw(scenario, "dot")
    assert 'stage_standoff -> stage_alarm [label="2. flared or shots"];' in text
    assert 'stage_talks -> stage_standoff [label="3. line <= 1", style=dashed];' in text
    assert 'ending_shooting [shape=box, peripheries=2, label="Shots"];' in text


def test_the_picture_names_every_stage_guard_and_ending(scenario: Scenario) -> None:
    """Everything that mermaid and dot say can be read in the SVG as text."""
    texts = _texts(draw(scenario, "svg"))
    graph = graph_of(scenario)
    for words in (node.title for node in graph.nodes):
        assert words in texts
    for words in (words for end in graph.terminals for words in (end.title, end.when)):
        assert words in texts
    for words in (words for edge in graph.edges for words in (edge.when, edge.text)):
        assert words in texts


def test_the_picture_is_self_contained_and_described(scenario: Scenario) -> None:
    """No address but the SVG namespace; a title and a description for those who cannot see it."""
    picture = draw(scenario, "svg")
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "The lighthouse"
    assert "3 stages, 4 transitions, 4 endings" in (root.findtext(f"{SVG}desc") or "")
    assert re.findall(r"https?://[^\"]+", picture) == ["http://www.w3.org/2000/svg"]
    assert "prefers-color-scheme: dark" in picture


def test_ways_beside_the_column_stay_apart(scenario: Scenario) -> None:
    """No two numbers of ways cover one another, and none lies outside the picture."""
    root = ET.fromstring(draw(scenario, "svg"))
    spots = [
        (int(circle.get("cx", "")), int(circle.get("cy", "")))
        for circle in root.iter(f"{SVG}circle")
        if (circle.get("class") or "").startswith("badge")
    ]
    assert len(spots) == len(graph_of(scenario).edges) + 4
    for place, (x, y) in enumerate(spots):
        assert 10 <= x <= int(root.get("width", "")) - 10
        assert 10 <= y <= int(root.get("height", "")) - 10
        for other_x, other_y in spots[:place]:
            assert abs(x - other_x) >= 20 or abs(y - other_y) >= 20


@pytest.mark.parametrize("form", FORMS)
def test_the_same_scenario_is_drawn_the_same(scenario: Scenario, form: str) -> None:
    """Drawings can be committed and compared."""
    chosen = next(known for known in FORMS if known == form)
    assert draw(scenario, chosen) == draw(replace(scenario), chosen)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_titles_stay_text_in_all_forms(scenario: Scenario, words: str) -> None:
    """A title of a scenario that wants out of its quotes is cleaned and then escaped."""
    stage = replace(scenario.stages["standoff"], title=words)
    hostile = replace(scenario, title=words, stages={**scenario.stages, "standoff": stage})
    for form in FORMS:
        drawn = draw(hostile, form)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\ud800]", drawn)
    assert ET.fromstring(draw(hostile, "svg")).find(f".//{SVG}script") is None


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=80
    )
)
def test_no_text_breaks_out_of_its_quotes(words: str) -> None:
    """Whatever a text holds, every form keeps the shape that it has with plain words."""
    plain, graph = _hostile("plain"), _hostile(words)
    shape = [_without_labels_mermaid(line) for line in mermaid(plain).splitlines()]
    assert [_without_labels_mermaid(line) for line in mermaid(graph).splitlines()] == shape
    shape = [_without_labels_dot(line) for line in dot(plain).split("\n")]
    assert [_without_labels_dot(line) for line in dot(graph).split("\n")] == shape
    tags = {element.tag for element in ET.fromstring(svg(plain)).iter()}
    assert {element.tag for element in ET.fromstring(svg(graph)).iter()} == tags
    seen = "".join(_texts(svg(graph))).replace(" ", "")
    assert "".join(words.split()) in seen


def _without_labels_mermaid(line: str) -> str:
    """The line with its quoted texts taken out; codes are the only special thing inside one."""
    if line.startswith("title: "):
        return "title"
    return re.sub(r'"(?:[^"<>\[\]{}()|;`\\]|#\d+;)*"', '""', line)


def _without_labels_dot(line: str) -> str:
    return re.sub(r'"(?:[^"\\]|\\\\|\\")*"', '""', line)
