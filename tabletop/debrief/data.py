"""Debriefs and comparisons as JSON can say them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any


def as_data(value: Any) -> Any:
    """A frozen record as a dictionary, field by field; tuples become lists."""
    if is_dataclass(value):
        return {part.name: as_data(getattr(value, part.name)) for part in fields(value)}
    if hasattr(value, "_fields"):
        return {name: as_data(getattr(value, name)) for name in value._fields}
    if isinstance(value, tuple):
        return [as_data(each) for each in value]
    return value
