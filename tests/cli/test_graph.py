"""`tabletop graph` and `tabletop schema`: drawings and the schema, to the terminal or a file."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.terminal import MINIMAL, run


@pytest.mark.parametrize(
    "options,begins",
    [
        ((), "---\ntitle:"),
        (("--format", "mermaid"), "---\ntitle:"),
        (("--format", "DOT"), "digraph"),
        (("--format", "svg"), "<"),
    ],
)
def test_the_ladder_is_drawn_in_three_forms(options: tuple[str, ...], begins: str) -> None:
    """Mermaid unless another is asked for."""
    result = run("graph", MINIMAL, *options)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(begins)
    assert "Standoff" in result.out


@pytest.mark.parametrize(
    "name,begins",
    [("x.svg", "<"), ("x.dot", "digraph"), ("x.gv", "digraph"), ("x.mmd", "---"), ("x.txt", "---")],
)
def test_the_name_of_the_output_chooses_the_form(folder: Path, name: str, begins: str) -> None:
    """Where no form is asked for."""
    result = run("graph", MINIMAL, "-o", name)
    assert (result.code, result.out) == (0, "")
    assert (folder / name).read_text("utf-8").startswith(begins)


def test_the_drawing_is_whole_xml(folder: Path) -> None:
    """A browser opens it."""
    run("graph", MINIMAL, "-o", "ladder.svg")
    assert ET.parse(folder / "ladder.svg").getroot().tag.endswith("svg")


@pytest.mark.parametrize("verb", [("graph", str(MINIMAL)), ("schema",)])
def test_an_output_that_cannot_be_written_is_one_line(verb: tuple[str, ...]) -> None:
    """With its name."""
    result = run(*verb, "-o", "nowhere/x.svg")
    assert (result.code, result.faults) == (2, ["nowhere/x.svg: no such file or directory"])


def test_a_scenario_with_faults_is_not_drawn(folder: Path) -> None:
    """Its faults are told instead."""
    (folder / "x.yaml").write_text("format: 1\n")
    result = run("graph", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert all(line.startswith("x.yaml:") for line in result.faults)


def test_the_schema_is_json_with_and_without_its_option(folder: Path) -> None:
    """A JSON Schema, plain ASCII, the same in a file."""
    result = run("schema")
    assert result.code == 0
    assert json.loads(result.out)["$schema"].startswith("https://json-schema.org/")
    assert result.out.isascii()
    assert run("schema", "--json").out == result.out
    run("schema", "-o", "schema.json")
    assert (folder / "schema.json").read_bytes().decode() == result.out
