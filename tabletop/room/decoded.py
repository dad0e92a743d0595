"""Views made again from what a room sends: plain data into the same types, checked as they come."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


class OddAnswerError(ValueError):
    """The other side sent something that is not what a room sends."""


def decoded(kind: type[Made], data: object) -> Made:
    """A view of a kind; what a room does not send stands at its default, or is empty.

    Raises `OddAnswerError` where a value is of another kind than it should be.
    """
    made = _value(kind, data)
    assert isinstance(made, kind)
    return made


@lru_cache(maxsize=64)
def _parts(kind: type) -> Mapping[str, tuple[Any, Any]]:
    """The fields of a kind: what each holds, and what it is where nothing is said."""
    hints = get_type_hints(kind)
    if is_dataclass(kind):
        return {each.name: (hints[each.name], each.default) for each in fields(kind)}
    defaults = kind._field_defaults  # type: ignore[attr-defined]
    names = kind._fields  # type: ignore[attr-defined]
    return {name: (hints[name], defaults.get(name, MISSING)) for name in names}


def _value(kind: Any, data: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return _value(next(each for each in inner if each is not type(None)), data)
    if origin is Literal:
        if data not in inner:
            raise OddAnswerError(f"{data!r:.60} is none of {inner}")
        return data
    if origin is tuple:
        return _tuple(inner, data)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _view(kind, data)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise OddAnswerError(f"{data!r:.60} is no {kind.__name__}")
    return data


def _tuple(inner: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise OddAnswerError(f"{data!r:.60} is no list")
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_value(inner[0], each) for each in data)
    if len(inner) != len(data):
        raise OddAnswerError(f"{data!r:.60} is not {len(inner)} long")
    return tuple(_value(kind, each) for kind, each in zip(inner, data, strict=True))


def _view(kind: Any, data: Any) -> Any:
    if not isinstance(data, dict):
        raise OddAnswerError(f"{data!r:.60} is no {kind.__name__}")
    return kind(
        **{
            name: _value(part, data[name]) if name in data else _empty(part, default)
            for name, (part, default) in _parts(kind).items()
        }
    )


def _empty(kind: Any, default: Any) -> Any:
    """What stands for a field that a room keeps to itself."""
    if default is not MISSING:
        return default
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None
    if origin is Literal:
        return get_args(kind)[0]
    if origin is tuple:
        return ()
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _view(kind, {})
    return kind()
