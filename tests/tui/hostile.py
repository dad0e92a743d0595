"""Views whose every text tries to drive the terminal, to break markup, or to fill the screen."""

from __future__ import annotations

from typing import Any, TypeVar

from tests.tui.pictures import HOSTILE, parts_of, with_parts

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
    parts = parts_of(thing)
    if parts is None:
        return thing
    changes = {
        name: _poisoned(value, text)
        for name, value in parts.items()
        if name not in KEPT or parts_of(_first(value)) is not None
    }
    changed: Thing = with_parts(thing, changes)
    return changed


def _first(value: Any) -> Any:
    return value[0] if _is_row(value) and value else value


def _is_row(value: Any) -> bool:
    return isinstance(value, tuple) and parts_of(value) is None


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text + value
    if _is_row(value):
        return tuple(_poisoned(each, text) for each in value)
    return poisoned(value, text)
