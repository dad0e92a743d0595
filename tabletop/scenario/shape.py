"""Gives plain data the shape of a scenario, by pydantic, and says plainly what does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from tabletop.errors import Fault
from tabletop.scenario.parts import key
from tabletop.scenario.schema import Scenario
from tabletop.scenario.tree import Tree
from tabletop.scenario.wording import Path, did_you_mean, quote

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of names to values",
    "mapping_type": "a mapping of names to values",
    "dataclass_type": "a mapping of keys to values",
    "dataclass_exact_type": "a mapping of keys to values",
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "a name of small letters, digits and _ that begins with a letter",
    r"^[a-z][a-z0-9-]*$": "a name of small letters, digits and - that begins with a letter",
    r"^[A-Z][A-Z]?[0-9]{1,3}$": "the short name of an evidence card, such as A33",
    r"^[0-9]+\.[0-9]+(\.[0-9]+)?$": 'a version such as "1.0"',
    r"^[a-z]+ [a-z]+$": "the name of a finding such as never best",
    r"^[A-Za-z][A-Za-z0-9_.]*$": "an id, or ids with dots between them",
    r"^[a-z]{2,3}$": "the code of a language, such as en",
    r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$": "a date such as 2017-03 or 2017-03-06",
}


@cache
def adapter() -> TypeAdapter[Scenario]:
    """Pydantic's checker of the whole schema; building it takes most of a first load's time."""
    from pydantic import TypeAdapter

    return TypeAdapter(Scenario)


def give_shape(tree: Tree) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a tree, or None and everything that does not fit the schema."""
    from pydantic import ValidationError

    if not isinstance(tree.data, dict):
        got = describe(tree.data)
        return None, [tree.fault((), f"is {got}, but a scenario is a mapping of keys to values")]
    try:
        # As JSON, lists become tuples while numbers and texts stay strict.
        return adapter().validate_json(json.dumps(tree.data), strict=True), []
    except ValidationError as error:
        return None, list(_faults(tree, error.errors(include_url=False)))


@dataclass(frozen=True, slots=True)
class _Error:
    """One of pydantic's errors, with its way led back to the file."""

    path: Path
    type: str
    context: Mapping[str, Any]
    of_key: bool


def _faults(tree: Tree, raw: Iterable[Any]) -> Iterable[Fault]:
    groups: dict[Path, list[_Error]] = {}
    for each in raw:
        root, error = _resolve(tree, each)
        groups.setdefault(root, []).append(error)
    for errors in groups.values():
        yield from _told(tree, errors)


def _told(tree: Tree, errors: list[_Error]) -> Iterable[Fault]:
    """The faults of one value, whose errors may be those of several alternatives."""
    # The alternative that got furthest, and then the most exact one, says best what is wrong.
    depth = max(len(error.path) for error in errors)
    furthest = [error for error in errors if len(error.path) == depth]
    exact = [error for error in furthest if error.type not in (*_WANTED, "literal_error")]
    by_path: dict[Path, list[_Error]] = {}
    for error in exact or furthest:
        by_path.setdefault(error.path, []).append(error)
    for path, here in by_path.items():
        if tree.excused(path):
            continue
        if exact:
            yield from (_fault(tree, error) for error in here)
        else:
            yield tree.fault(path, _wrong_type(tree, here))


def _resolve(tree: Tree, raw: Any) -> tuple[Path, _Error]:
    """The way that groups an error with its alternatives, and the error."""
    steps = list(raw["loc"])
    kind, of_key = raw["type"], False
    missing = steps.pop() if kind == "missing" else None
    path: list[str | int] = []
    data, root = tree.data, None
    for step in steps:
        if step == "[key]":
            of_key = True
        elif (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            path.append(step)
            data = data[step]
        elif root is None:
            root = tuple(path)
    whole = tuple(path)
    context = {**raw.get("ctx", {}), "missing": missing}
    # Several errors at one place are alternatives only where the schema has a union.
    group = root if root is not None else (*whole, "|", kind, str(missing), str(of_key))
    return group, _Error(whole, kind, context, of_key)


def _fault(tree: Tree, error: _Error) -> Fault:
    if error.type == "missing":
        missing = error.context["missing"]
        what = f"entry {missing + 1}" if isinstance(missing, int) else missing
        return tree.fault(error.path, f"{what} is missing")
    if error.type in ("unexpected_keyword_argument", "extra_forbidden"):
        name = str(error.path[-1])
        hint = did_you_mean(name, fields_at(error.path[:-1]))
        found = tree.fault(error.path, "", key=True)
        return Fault(
            found.file,
            found.line,
            found.column,
            tree.where(error.path[:-1]),
            f"unknown key {quote(name)}{hint}",
        )
    value = error.path[-1] if error.of_key else tree.value(error.path)
    return tree.fault(error.path, _out_of_bounds(error, value), key=error.of_key)


def _out_of_bounds(error: _Error, value: Any) -> str:
    context = error.context
    if error.type == "string_pattern_mismatch":
        wanted = _PATTERNS.get(context["pattern"], f"text like {context['pattern']}")
        return f"{quote(str(value))} is not {wanted}"
    if error.type == "string_too_short":
        return "is empty"
    if error.type == "string_too_long":
        return f"has {len(str(value))} characters, at most {context['max_length']} fit"
    if error.type == "too_short":
        least = context["min_length"]
        return f"has {_entries(context['actual_length'])}, at least {least} wanted"
    if error.type == "too_long":
        return f"has {_entries(len(value))}, at most {context['max_length']} wanted"
    if error.type == "greater_than_equal":
        return f"is {value}, but at least {_number(context['ge'])} is wanted"
    if error.type == "less_than_equal":
        return f"is {value}, but at most {_number(context['le'])} is wanted"
    if error.type == "value_error":
        return str(context["error"])
    return f"{describe(value)} does not fit here"


def _wrong_type(tree: Tree, errors: list[_Error]) -> str:
    value = tree.value(errors[0].path)
    wanted: list[str] = []
    hint = ""
    for error in errors:
        if error.type == "literal_error":
            choices = error.context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            wanted += choices
            if isinstance(value, str):
                hint = did_you_mean(value, choices)
        else:
            wanted.append(_WANTED[error.type])
    if wanted == ["text"] and isinstance(value, int | float):
        hint = " (put it in quotes)"
    if "(known:" in hint:
        hint = ""
    return f"is {describe(value)}, but {_either(wanted)} is wanted{hint}"


def limits_broken(text: str, hint: Any) -> list[str]:
    """What keeps a text from standing where the schema has the type `hint`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        TypeAdapter(hint).validate_python(text)
    except ValidationError as error:
        found = (_resolve_bare(raw) for raw in error.errors(include_url=False))
        return [_out_of_bounds(each, text) for each in found]
    return []


def _resolve_bare(raw: Any) -> _Error:
    return _Error((), raw["type"], raw.get("ctx", {}), of_key=False)


def describe(value: Any) -> str:
    """What a value of a file is, in plain words."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the whole number {value}"
    if isinstance(value, float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {quote(value)}"
    return "a list" if isinstance(value, list) else "a mapping"


def _either(wanted: list[str]) -> str:
    names = list(dict.fromkeys(wanted))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _number(limit: float) -> str:
    return f"{limit:g}"


def fields_at(path: Path) -> list[str]:
    """The keys that the part at `path` may have; none where it is not a part with fixed keys."""
    part = type_at(path)
    return list(_keys(part))


def type_at(path: Path) -> Any:
    """The type that the schema gives to what stands at `path`; None if it has no such place."""
    found: Any = Scenario
    for step in path:
        found = _inner(found, step)
    return found


def _keys(part: Any) -> dict[str, Any]:
    """The keys of a part and their types; none where it is not a part with fixed keys."""
    if not is_dataclass(part):
        return {}
    hints = get_type_hints(part, include_extras=True)
    return {key(field.name): hints[field.name] for field in fields(part)}


def _inner(outer: Any, step: str | int) -> Any:
    outer = plain(outer)
    if is_dataclass(outer):
        return _keys(outer).get(str(step))
    arguments = get_args(outer)
    if get_origin(outer) in (Union, UnionType):
        found = (_inner(each, step) for each in arguments if each is not NoneType)
        return next((each for each in found if each is not None), None)
    if not arguments:
        return None
    if isinstance(step, int):
        return arguments[0] if get_origin(outer) is tuple else None
    return None if get_origin(outer) is tuple else arguments[-1]


def plain(hint: Any) -> Any:
    """A type without its limits."""
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    return hint
