"""The fingerprint of a program: what in a scenario decides how a game moves, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
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
    if is_dataclass(part):
        return {
            field.name: _bare(getattr(part, field.name))
            for field in fields(part)
            if field.name not in _WORDS
        }
    if isinstance(part, Mapping):
        return [[name, _bare(value)] for name, value in part.items()]
    if isinstance(part, tuple | list):
        return [_bare(value) for value in part]
    return part
