"""The schema of scenario files as JSON Schema, for editors that complete and check."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from tabletop.scenario import evidence, moves, parts, schema
from tabletop.scenario.parts import key
from tabletop.scenario.shape import adapter

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODULES = (parts, evidence, moves, schema)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario, with what the schema's docstrings say as descriptions."""
    found = adapter().json_schema(by_alias=True)
    documented = _documented()
    for name, definition in (("Scenario", found), *found["$defs"].items()):
        properties = definition.get("properties", {})
        for field, text in documented[name].items():
            properties[field]["description"] = text
        for described in properties.values():
            _close(described)
    return {"$schema": DIALECT, **found, "title": "A tabletop scenario"}


def _close(described: dict[str, Any]) -> None:
    """Let a mapping have no other keys than those that its pattern allows."""
    if "patternProperties" in described:
        described["additionalProperties"] = False


def _documented() -> dict[str, dict[str, str]]:
    """By part: the docstrings of its fields, with those of what it builds on."""
    own: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, str]] = {}
    for module in _MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                own[node.name] = dict(_field_docstrings(node))
        for name in own:
            fields: dict[str, str] = {}
            for ancestor in reversed(getattr(module, name, object).__mro__):
                fields |= own.get(ancestor.__name__, {})
            found.setdefault(name, fields)
    return found


def _field_docstrings(part: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, after in zip(part.body, part.body[1:], strict=False):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield key(field.target.id), inspect.cleandoc(str(after.value.value))
