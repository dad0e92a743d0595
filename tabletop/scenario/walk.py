"""Walks over a scenario and tells what each value is: a text, a guard, the name of a track."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

from tabletop.scenario.evidence import Camp, Launch, Source
from tabletop.scenario.moves import Argument, Consent, Doctrine, Inject, Response, Transition
from tabletop.scenario.parts import Guard, Limits, key
from tabletop.scenario.schema import Ending, Objective, Preset, Scenario, Timing
from tabletop.scenario.wording import Path

GUARD, WEIGHT, TEXT = "guard", "weight", "text"

# What the value of a field is; where it holds several values, what each of them is.
_VALUES = {
    "after": "callback",
    "by": "actor or side",
    "choose": "response",
    "cites": "fact",
    "clears": "flag",
    "course": "response",
    "doctrine": "doctrine",
    "draw": "table",
    "finding": "finding",
    "met": GUARD,
    "occurs": GUARD,
    "preset": "preset",
    "quiet": WEIGHT,
    "remembers": "flag",
    "response": "response",
    "sets": "flag",
    "shift": WEIGHT,
    "side": "side",
    "source": "source",
    "support": "support",
    "weight": WEIGHT,
    "when": GUARD,
}
_VALUES_OF: Mapping[tuple[type, str], str | None] = {
    (Argument, "by"): "role",
    (Camp, "accepts"): "ending",
    (Consent, "by"): "actor",
    (Inject, "to"): "role",
    (Launch, "from_"): "place",
    (Launch, "to"): "place",
    (Response, "stages"): "stage",
    (Source, "by"): None,
    (Timing, "after"): None,
    (Transition, "from_"): "stage",
    (Transition, "to"): "stage",
}
_KEYS = {"effects": "track", "tells": "aim"}
_KEYS_OF: Mapping[tuple[type, str], str] = {
    (Doctrine, "answers"): "inject",
    (Ending, "camps"): "camp",
    (Objective, "values"): "ending",
    (Preset, "set"): "assumption",
}


class Leaf(NamedTuple):
    """One value of a scenario and what it is."""

    path: Path
    kind: str
    """`text`, `guard`, `weight`, or what it names: `track`, `flag`, `stage` and so on."""
    value: Any
    is_key: bool = False


class _Field(NamedTuple):
    attribute: str
    step: str
    value: str | None
    keys: str | None


def leaves(scenario: Scenario) -> Iterator[Leaf]:
    """Every text, expression and name in a scenario, in file order of the schema."""
    return _part(scenario, ())


def _part(part: Any, path: Path) -> Iterator[Leaf]:
    kind: Any = type(part)
    for attribute, step, value_kind, key_kind in _fields(kind):
        value = getattr(part, attribute)
        if value is not None and not isinstance(value, bool):
            yield from _value(value, (*path, step), value_kind, key_kind)


def _value(value: Any, path: Path, kind: str | None, keys: str | None) -> Iterator[Leaf]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if keys is not None:
                yield Leaf((*path, name), keys, name, is_key=True)
            yield from _value(inner, (*path, name), kind, None)
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _value(inner, (*path, place), kind, None)
    elif is_dataclass(value):
        yield from _part(value, path)
    elif kind is not None:
        yield Leaf(path, kind, value)


@cache
def _fields(part: type) -> tuple[_Field, ...]:
    """The fields of a part whose values mean anything beyond themselves."""
    hints = get_type_hints(part, include_extras=True)
    known = []
    for each in fields(part):
        name, hint = each.name, hints[each.name]
        value = _VALUES_OF.get((part, name), _VALUES.get(name))
        if value is None and (part, name) not in _VALUES_OF and _holds_text(hint):
            value = TEXT
        keys = _KEYS_OF.get((part, name), _KEYS.get(name))
        known.append(_Field(name, key(name), value, keys))
    return tuple(known)


def _holds_text(hint: Any) -> bool:
    """Whether a field holds prose: text with limits, but neither a pattern nor a guard's."""
    if hint == Guard:
        return False
    limits = [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Limits)]
    if limits and hint.__origin__ is str:
        return limits[0].pattern is None
    return any(_holds_text(inner) for inner in get_args(hint))
