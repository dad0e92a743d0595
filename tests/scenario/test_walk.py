"""The walk over a scenario finds every text, name and expression, wherever the schema has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from tabletop.scenario import evidence, moves, parts, schema
from tabletop.scenario.parts import EvidenceId, Guard, Id, Text, Title
from tabletop.scenario.source import Loaded
from tabletop.scenario.walk import GUARD, TEXT, WEIGHT, _fields, leaves

PARTS = [
    part
    for module in (parts, evidence, moves, schema)
    for part in vars(module).values()
    if isinstance(part, type) and is_dataclass(part) and issubclass(part, parts.Part)
]
FREE = {
    # Names that stand for themselves, or are checked beside another name.
    ("Outcome", "id"), ("Track", "levels"), ("Track", "start"), ("Assumption", "default"),
    ("Assumption", "values"),
}  # fmt: skip


def kinds(loaded: Loaded) -> dict[str, list[tuple[str | int, ...]]]:
    found: dict[str, list[tuple[str | int, ...]]] = {}
    for leaf in leaves(loaded.scenario):
        found.setdefault(leaf.kind, []).append(leaf.path)
    return found


def test_each_kind_is_found_where_it_stands(minimal: Loaded) -> None:
    """Paths are those of the file: `for`, not `for_`."""
    found = kinds(minimal)
    assert ("responses", "wait", "for", "text") in found[TEXT]
    assert ("endings", "quiet", "camps", "guards") in found[TEXT]
    assert ("stages", "standoff", "questions", 0) in found[TEXT]
    assert ("roles", "premier", "goals", 0, "met") in found[GUARD]
    assert ("forecast", "occurs") in found[GUARD]
    assert ("quiet",) in found[WEIGHT]
    assert ("reactions", "provokes", "shift") in found[WEIGHT]
    assert ("reactions", "engages", "effects", "line") in found["track"]
    assert ("transitions", 1, "from", 0) in found["stage"]
    assert ("transitions", 0, "from") in found["stage"]
    assert ("stages", "alarm", "callbacks", 0, "after") in found["callback"]
    assert ("injects", "cousin", "to", 0) in found["role"]
    assert ("tables", "provocation", "outcomes", 1, "depicts", 0, "from") in found["place"]
    assert ("objectives", "no_shot", "values", "quiet") in found["ending"]


def test_a_source_s_author_and_a_plan_s_phases_are_no_names(minimal: Loaded) -> None:
    """Words that mean a name elsewhere mean something of their own here."""
    paths = {path for group in kinds(minimal).values() for path in group}
    assert not any(path[0] == "sources" for path in paths)
    assert not any(path[0] == "timings" and "after" in path for path in paths)


def test_every_field_that_holds_a_name_or_prose_is_walked() -> None:
    """A field that is added to the schema cannot be forgotten by the checks."""
    names_and_prose = (Id, EvidenceId, Text, Title, Guard)
    for part in PARTS:
        kind: Any = part
        hints = get_type_hints(part, include_extras=True)
        walked = {each.attribute for each in _fields(kind) if each.value}
        for field in fields(part):
            hint = hints[field.name]
            # The keys of most mappings are where names begin; the values of some are checked apart.
            is_name = _holds(hint, names_and_prose) and not _holds(hint, (), Mapping)
            if is_name and (part.__name__, field.name) not in FREE:
                assert field.name in walked, f"{part.__name__}.{field.name}"


def _holds(hint: Any, wanted: tuple[Any, ...], origin: Any = ()) -> bool:
    here = hint in wanted or get_origin(hint) is origin
    return here or any(_holds(inner, wanted, origin) for inner in get_args(hint))
