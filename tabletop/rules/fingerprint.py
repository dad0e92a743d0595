"""The fingerprint of a program: what in a scenario decides how a game moves, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from tabletop.rules import RULES_VERSION
from tabletop.scenario.schema import Scenario

_RULE_PARTS = (
    "sides", "calendar", "tracks", "flags", "assumptions", "aims", "forecast", "stages",
    "transitions", "supports", "reactions", "responses", "tables", "quiet", "injects",
    "events", "endings", "doctrines",
)  # fmt: skip
_WORDS = frozenset({
    "title", "text", "tells", "callbacks", "cites", "brief", "guidance", "questions", "low",
    "high", "why", "danger", "visibility", "question", "act", "for_", "against", "unknown",
    "closed", "refusal", "epilogue", "camps", "depicts", "date", "class_menu", "instrument",
})  # fmt: skip


def fingerprint(scenario: Scenario, settings: Mapping[str, str], plan: str | None) -> str:
    """Sha256, in hexadecimal, of all that decides how a game moves: parts, settings, plan."""
    rules = {name: _bare(getattr(scenario, name)) for name in _RULE_PARTS}
    turns = _bare(scenario.timings[plan].turns) if plan is not None else None
    content = {"rules": RULES_VERSION, "parts": rules, "assume": dict(settings), "plan": turns}
    return sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def _bare(part: Any) -> Any:
    """The part as plain data without its words; dictionaries keep their order, which counts."""
    if part is None or isinstance(part, str | int):
        return part
    if is_dataclass(part):
        kind: Any = type(part)
        return {name: _bare(getattr(part, name)) for name in _rules_of(kind)}
    if isinstance(part, Mapping):
        return [[name, _bare(value)] for name, value in part.items()]
    return [_bare(value) for value in part] if isinstance(part, tuple | list) else part


@cache
def _rules_of(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a kind of part that are not words."""
    return tuple(field.name for field in fields(kind) if field.name not in _WORDS)
