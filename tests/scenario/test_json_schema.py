"""The published schema agrees with the loader on what a scenario looks like."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from tabletop.scenario.json_schema import DIALECT, json_schema
from tabletop.scenario.source import Loaded


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json_schema()


def test_it_is_a_json_schema_of_its_draft(schema: dict[str, Any]) -> None:
    """Plain data that any editor can take."""
    assert schema["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_the_minimal_scenario_fits(schema: dict[str, Any], minimal: Loaded) -> None:
    """What the loader accepts, an editor does not mark."""
    jsonschema.validate(minimal.positions.data, schema)


@pytest.mark.parametrize(
    "path, value",
    [
        (("titel",), "x"),
        (("format",), 2),
        (("stages", "talks", "curse"), "sit"),
        (("stages", "Bad Name"), {}),
        (("responses", "wait", "instrument"), "musical"),
        (("responses", "wait", "effects"), {"line": 21}),
        (("responses", "wait", "for"), "because"),
        (("transitions", 0, "from"), "anyy"),
        (("endings", "quiet", "camps", "Guards"), "x"),
        (("objectives", "no_shot", "values", "quiet"), 1.5),
        (("calendar",), []),
        (("facts", "a1"), {"text": "x", "source": "log"}),
    ],
)
def test_what_the_loader_refuses_an_editor_marks(
    schema: dict[str, Any], minimal: Loaded, path: tuple[Any, ...], value: object
) -> None:
    """Unknown keys, wrong types, names, choices and bounds."""
    data = copy.deepcopy(minimal.positions.data)
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_keys_are_explained_where_the_schema_explains_them(schema: dict[str, Any]) -> None:
    """Also those that a part has from what it builds on."""
    parts = schema["$defs"]
    assert parts["Stage"]["properties"]["course"]["description"].startswith("The response that")
    assert parts["Stage"]["properties"]["tells"]["description"].startswith("By aim:")
    assert schema["properties"]["lesson"]["description"].startswith("What a first game")
    assert parts["Launch"]["properties"]["from"]["type"] == "string"
