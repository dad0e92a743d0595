"""YAML as scenarios use it: plain data with positions, and nothing that surprises."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from tabletop.errors import ScenarioError
from tabletop.scenario.source import Loaded
from tabletop.scenario.tree import MAX_DEPTH, MAX_VALUES, Tree, grow


def data(text: str) -> Any:
    """What a text holds, if nothing is wrong with it."""
    tree, faults = grow(text, "it.yaml")
    assert faults == []
    return tree.data


def said(text: str) -> str:
    """All that is said of a text."""
    try:
        _, faults = grow(text, "it.yaml")
    except ScenarioError as error:
        faults = error.faults
    return "\n".join(str(fault) for fault in sorted(faults))


@pytest.mark.parametrize(
    "written, meant",
    [
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("y", "y"), ("17:30", "17:30"),
        ("2017-03-06", "2017-03-06"), ("1_000", "1_000"), ("0b11", "0b11"), ("<<", "<<"),
        ("=", "="), ("+", "+"), (".", "."), ("1.2.3", "1.2.3"), ("1e", "1e"),
        ("true", True), ("True", True), ("FALSE", False), ("tRUE", "tRUE"),
        ("null", None), ("~", None), ("", None), ("None", "None"),
        ("+1", 1), ("-20", -20), ("007", 7), ("0o17", 15), ("0x1F", 31),
        ("1.5", 1.5), (".5", 0.5), ("2.", 2.0), ("1e3", 1000.0), ("-1.5e-1", -0.15),
        ("'1'", "1"), ('"true"', "true"), ('"\\x41"', "A"), ("|\n  a\n  b", "a\nb"),
    ],
)  # fmt: skip
def test_values_follow_the_core_schema_of_yaml_1_2(written: str, meant: object) -> None:
    """What a country code, a time or a date looks like stays what the author wrote."""
    found = data(f"k: {written}")["k"]
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize("written", ["no", "17:30", "3", "null", "true", "1.5"])
def test_keys_are_always_text(written: str) -> None:
    """A stage may be called `no`; its name is not a truth value."""
    assert data(f"{written}: x") == {written: "x"}


@pytest.mark.parametrize("number", [".inf", "-.INF", ".nan", "9" * 400, "1e999"])
def test_numbers_that_nothing_can_count_with_are_refused(number: str) -> None:
    """They would pass a comparison and break what follows."""
    assert "is no number that can be counted with" in said(f"k: {number}")


def test_a_key_given_twice_is_named_with_its_first_line() -> None:
    """YAML would silently keep one of them."""
    assert said("a: 1\nb:\n  c: 1\n  c: 2\na: 3") == (
        "it.yaml:4:3: b.c: is given twice: first on line 3\n"
        "it.yaml:5:1: a: is given twice: first on line 1"
    )


def test_what_is_under_a_repeated_key_is_read_on_past() -> None:
    """The first one stays, and the walk does not lose its way."""
    tree, faults = grow("a: {x: 1}\na: {y: [1, {z: 2}]}\nb: 3", "it.yaml")
    assert tree.data == {"a": {"x": 1}, "b": 3}
    assert len(faults) == 1


def test_aliases_and_anchors_are_named_where_they_stand() -> None:
    """They make a file that cannot be read from top to bottom."""
    assert said("a: &one {x: 1}\nb: [2, *one]") == (
        "it.yaml:1:4: a: the anchor &one is not needed: there are no aliases\n"
        "it.yaml:2:8: b.2: the alias *one stands for something else: write it out"
    )
    assert "is no key" in said("a: &one x\n*one : 2")


def test_an_alias_bomb_costs_nothing() -> None:
    """Nine levels of nine aliases each would be a thousand million values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    begun = time.process_time()
    assert "the alias *a8 stands for something else" in said("\n".join(lines))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!set", "!own", "!!int", "!"])
def test_tags_are_refused_and_run_nothing(tag: str) -> None:
    """A tag asks a reader to build something; there is nothing to build."""
    assert "values have no tags here" in said(f"k: {tag} [1]")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_stops_at_once(opening: str) -> None:
    """A hundred thousand brackets neither exhaust the stack nor the patience."""
    assert said(opening * 100_000) != ""


def test_the_depth_of_a_scenario_is_limited() -> None:
    """No scenario needs it; the fault stands at the bracket that is too much."""
    assert data("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert f"it.yaml:1:{MAX_DEPTH + 1}: " in said("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert f"nested more than {MAX_DEPTH} deep" in said("[" * (MAX_DEPTH + 1))


def test_the_number_of_values_is_limited() -> None:
    """A small file can hold very many empty values."""
    assert f"more than {MAX_VALUES} values" in said("[" + "0," * (MAX_VALUES + 1) + "]")


def test_a_second_document_is_refused() -> None:
    """It would be left out without a word."""
    assert "it.yaml:2:1: a second document begins here" in said("a: 1\n---\nb: 2")


@pytest.mark.parametrize("text", ["[a]: b", "{a: 1}: b", "? [a]\n: b"])
def test_a_key_is_a_single_name(text: str) -> None:
    """Lists as keys are legal YAML and mean nothing here."""
    assert "a key is one name" in said(text)


@pytest.mark.parametrize(
    "text, what",
    [
        ("a: [1, 2", "that begins on line 1"),
        ("a: b: c", "(a text with ': ' in it is put in quotes)"),
        ("a: @b", "(a text that begins so is put in quotes)"),
        ("a: 'b", "cannot be read as YAML"),
        ("a: 1\n b: 2", "cannot be read as YAML"),
        ("%YAML 9.9\n---\na: 1", "cannot be read as YAML"),
        ("a: *b", "the alias *b"),
        ('a: "\\q"', "cannot be read as YAML"),
        ("}", "cannot be read as YAML"),
    ],
)
def test_what_is_no_yaml_says_where_it_breaks_off(text: str, what: str) -> None:
    """The parser's reason, with a hint where one usually helps."""
    assert said(text).startswith("it.yaml:")
    assert what in said(text)


def where(tree: Tree, *path: str | int, **options: Any) -> tuple[int, int, str]:
    fault = tree.fault(path, "x", **options)
    return fault.line, fault.column, fault.where


def test_positions_are_those_of_keys_values_and_characters_inside() -> None:
    """Lines and columns count from 1, as editors do; a part stands where its key stands."""
    tree, _ = grow('a:\n  - id: mild\n    when: x > 1\n  - when: "y > 2"\nb: >-\n  long\n', "f")
    assert where(tree, "a") == (1, 1, "a")
    assert where(tree, "a", 0) == (2, 5, "a.mild")
    assert where(tree, "a", 0, "when") == (3, 11, "a.mild.when")
    assert where(tree, "a", 0, "when", key=True) == (3, 5, "a.mild.when")
    assert where(tree, "a", 0, "when", offset=4) == (3, 15, "a.mild.when")
    assert where(tree, "a", 1, "when", offset=4) == (4, 16, "a.2.when")
    assert where(tree, "b", offset=2) == (5, 4, "b")
    assert where(tree, "a", 1, "missing", "deeper") == (4, 5, "a.2.missing.deeper")


def test_without_the_c_parser_the_same_is_read(
    minimal: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML may have been built without libyaml; then loading is slower and no different."""
    fast, _ = grow(minimal.text, "it.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    slow, _ = grow(minimal.text, "it.yaml")
    assert slow.data == fast.data
    path = ("tables", "provocation", "outcomes", 2, "weight")
    assert slow.fault(path, "x", offset=3) == fast.fault(path, "x", offset=3)
    assert "the anchor &one" in said("a: &one [1")
