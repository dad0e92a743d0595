"""A report as JSON can say it, and the schema of that, worked out from the records themselves."""

from __future__ import annotations

import inspect
import types
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tabletop.debrief.data import as_data
from tabletop.debrief.report.model import FORM, Report

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data, in the form of `report_schema`."""
    data = as_data(report)
    assert isinstance(data, dict)
    return data


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of reports of this form."""
    kinds: dict[str, Any] = {}
    top = _record(Report, kinds)
    top["properties"]["form"] = {"const": FORM}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report by tabletop",
        **top,
        "$defs": dict(sorted(kinds.items())),
    }


def _record(kind: type, kinds: dict[str, Any]) -> dict[str, Any]:
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else _tuple_fields(kind)
    hints = get_type_hints(kind)
    return {
        "description": inspect.cleandoc(kind.__doc__ or ""),
        "type": "object",
        "properties": {name: _schema(hints[name], kinds) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _tuple_fields(kind: Any) -> list[str]:
    return list(kind._fields)


def _schema(hint: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    origin, parts = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, types.UnionType):
        return _either([_schema(part, kinds) for part in parts])
    if origin is tuple:
        if parts[1:] == (...,):
            return {"type": "array", "items": _schema(parts[0], kinds)}
        places = [_schema(part, kinds) for part in parts]
        return {
            "type": "array",
            "prefixItems": places,
            "minItems": len(places),
            "maxItems": len(places),
        }
    if hint.__name__ not in kinds:
        kinds[hint.__name__] = {}
        kinds[hint.__name__] = _record(hint, kinds)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _either(choices: list[dict[str, Any]]) -> dict[str, Any]:
    if all(list(choice) == ["type"] for choice in choices):
        return {"type": [choice["type"] for choice in choices]}
    return {"anyOf": choices}
