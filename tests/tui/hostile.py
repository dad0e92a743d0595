"""Views whose every text tries to drive the terminal, to break markup, or to fill the screen."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from tests.tui.pictures import HOSTILE

Thing = TypeVar("Thing")

# Names that programs use, and words of a closed list: authors and players cannot choose these.
KEPT = frozenset(
    {
        "id",
        "phase",
        "kind",
        "state",
        "danger",
        "instrument",
        "line",
        "seat",
        "scenario",
        "stage",
        "support",
        "response",
        "supports",
        "objective",
        "theatre",
    }
)


def poisoned(thing: Thing, text: str = HOSTILE) -> Thing:
    """The same view with `text` before every text that people wrote."""
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changes = {
        field.name: _poisoned(getattr(thing, field.name), text)
        for field in fields(thing)
        if field.name not in KEPT or is_dataclass(_first(getattr(thing, field.name)))
    }
    return replace(thing, **changes)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) and value else value


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text + value
    if isinstance(value, tuple):
        return tuple(_poisoned(each, text) for each in value)
    return poisoned(value, text)
