"""Joins an outcome of a reaction with the kind that it builds on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tabletop.scenario.moves import Outcome, ReactionKind

_SHARED = (
    "title", "by", "draw", "depicts", "text", "tells", "callbacks", "cites",
    "effects", "sets", "clears", "also",
)  # fmt: skip


def complete(outcome: Outcome, kinds: Mapping[str, ReactionKind]) -> Outcome:
    """The outcome with all that it leaves empty taken from the reaction kind of its id."""
    kind = kinds.get(outcome.id)
    if kind is None:
        return outcome
    taken: dict[str, Any] = {
        name: getattr(kind, name) for name in _SHARED if not getattr(outcome, name)
    }
    return replace(outcome, **taken)
