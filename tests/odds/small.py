"""Scenarios small enough to be worked out by hand."""

from __future__ import annotations

from typing import Any

from tests.odds.generated import Data, ending, frame, response
from tests.odds.generated_terms import Words


def coin(*, turns: int = 1, idle: int = 0) -> Data:
    """Each turn one may stay, or toss a coin that wins three times in four.

    Whoever has won once has 1; who tossed and never won has 0; who only stayed has 0.4. With
    `idle`, hail comes once in `idle` + 1 turns and changes nothing.
    """
    words = Words(
        turns=turns,
        tracks={"luck": (0, 2)},
        starts={"luck": 0},
        levels={},
        flags={"tossed": {"title": "Tossed"}},
        stages=["table"],
        aims=["only"],
        kinds=[],
        tables=[],
    )
    data = frame(words)
    data["stages"]["table"]["course"] = "stay"
    heads: dict[str, Any] = {
        "id": "heads",
        "title": "Heads",
        "by": "them",
        "weight": 3,
        "effects": {"luck": 1},
    }
    tails = {"id": "tails", "title": "Tails", "by": "them", "weight": 1}
    toss = {**response(["table"]), "sets": ["tossed"], "reaction": [heads, tails]}
    data["responses"] = {"stay": response(["table"]), "toss": toss}
    data["endings"] = {
        "twice": {**ending(), "when": "luck >= 2"},
        "won": {**ending(), "when": "luck >= 1"},
        "lost": {**ending(), "when": "tossed"},
        "kept": ending(),
    }
    values = {"twice": 1, "won": 1, "lost": 0, "kept": 0.4}
    data["objectives"] = {"win": {"title": "Win", "text": "Win.", "values": values}}
    if idle:
        outcomes = [
            {"id": "calm", "title": "Calm", "by": "chance", "weight": idle},
            {"id": "hail", "title": "Hail", "by": "chance", "weight": 1},
        ]
        data["events"] = {"weather": {"title": "Weather", "by": "chance", "outcomes": outcomes}}
    return data
