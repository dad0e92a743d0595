"""Whatever stands in a file, loading it gives a scenario or a list of faults, and never anything else."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.errors import ScenarioError
from tabletop.rules.compiler import compile_program
from tabletop.scenario.check import check
from tabletop.scenario.source import Loaded, read

VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-30, 30),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=20),
        st.sampled_from(["wait", "talks", "line", "line >= 2", "shots", "1 * shots", "any", "previous"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
    max_leaves=6,
)  # fmt: skip


def outcome(source: str | bytes) -> Loaded | None:
    """The scenario if there is one; any error other than a list of faults is a failure."""
    try:
        loaded = read(source, "it.yaml")
    except ScenarioError as error:
        assert error.faults  # noqa: PT017 - what is asserted is the property itself
        for fault in error.faults:
            assert fault.line >= 1
            assert fault.column >= 1
            assert str(fault).isprintable(), str(fault)
        return None
    check(loaded)
    compile_program(loaded.scenario)
    return loaded


@given(st.text())
def test_any_text(text: str) -> None:
    """Most of it is no YAML; some of it is."""
    outcome(text)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    """Most of it is no text."""
    outcome(data)


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`, \n\t?1.~<=\\x\r\ufeff\u2028"))
def test_texts_of_yaml_s_own_signs(text: str) -> None:
    """Where a parser is most likely to stumble."""
    outcome(text)


@given(VALUES)
def test_any_plain_data(value: Any) -> None:
    """JSON is YAML: well formed, of any shape."""
    outcome(json.dumps(value))


@given(st.dictionaries(st.sampled_from(["format", "id", "title", "stages", "calendar"]), VALUES))
def test_mappings_with_a_scenario_s_keys(value: dict[str, Any]) -> None:
    """Close enough to be looked into."""
    outcome(json.dumps(value))


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in some data."""
    found = [path]
    if isinstance(data, dict | list):
        for step in data if isinstance(data, dict) else range(len(data)):
            found += places(data[step], (*path, step))
    return found


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """The value that a way leads to."""
    for step in path:
        data = data[step]
    return data


@pytest.fixture(scope="module")
def plain(minimal: Loaded) -> Any:
    return minimal.positions.data


@settings(max_examples=150)
@given(data=st.data())
def test_one_value_replaced_by_anything(plain: Any, data: st.DataObject) -> None:
    """Every place of the schema meets values that it does not want."""
    changed = copy.deepcopy(plain)
    path = data.draw(st.sampled_from([path for path in places(plain) if path]))
    at(changed, path[:-1])[path[-1]] = data.draw(VALUES)
    outcome(json.dumps(changed))


@settings(max_examples=150)
@given(data=st.data())
def test_one_value_replaced_by_another_of_the_scenario(plain: Any, data: st.DataObject) -> None:
    """Well-formed parts in the wrong places: names, guards, whole stages."""
    changed = copy.deepcopy(plain)
    ways = [path for path in places(plain) if path]
    path, source = data.draw(st.sampled_from(ways)), data.draw(st.sampled_from(ways))
    at(changed, path[:-1])[path[-1]] = copy.deepcopy(at(plain, source))
    outcome(json.dumps(changed))


@settings(max_examples=150)
@given(data=st.data())
def test_one_value_left_out(plain: Any, data: st.DataObject) -> None:
    """Whatever is missing is told, or was not needed."""
    changed = copy.deepcopy(plain)
    path = data.draw(st.sampled_from([path for path in places(plain) if path]))
    del at(changed, path[:-1])[path[-1]]
    outcome(json.dumps(changed))


@settings(max_examples=100)
@given(data=st.data())
def test_a_piece_of_the_text_cut_or_put_elsewhere(minimal: Loaded, data: st.DataObject) -> None:
    """What a slip of the hand in an editor does."""
    text = minimal.text
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : start + data.draw(st.integers(0, 200))]
    rest = text[:start] + text[start + len(piece) :]
    to = data.draw(st.integers(0, len(rest)))
    outcome(rest)
    outcome(rest[:to] + piece + rest[to:])
