"""The menu that opens without a command: continue, begin, or look at what was played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tabletop.exercise.desk import ScenarioCard
from tabletop.exercise.listing import SaveSummary
from tabletop.plain.console import Console, EndOfInputError
from tabletop.plain.prompt import Prompts, QuitError
from tabletop.plain.wording import joined, when

MOST_REPLAYS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What the player wants: to continue or replay a save, or to play a scenario."""

    what: Literal["resume", "new", "replay"]
    target: Path


def choose(
    console: Console,
    scenarios: Sequence[ScenarioCard],
    saves: Sequence[SaveSummary],
    samples: Sequence[SaveSummary] = (),
) -> Choice | None:
    """Offer what can be done; None where the player leaves or the input ends."""
    options, choices = [], []
    for save in _unfinished(saves)[:1]:
        options.append(joined(f"Continue: {save.title}", f"Turn {save.turn} of {save.turns}"))
        choices.append(Choice("resume", save.path))
    for card in scenarios:
        options.append(joined(f"Play: {card.title}", f"{card.turns} turns"))
        choices.append(Choice("new", card.path))
    for save in [save for save in saves if save.ended][:MOST_REPLAYS]:
        options.append(
            joined(f"Replay: {save.title}", save.ending or "", f"Played {when(save.played)}")
        )
        choices.append(Choice("replay", save.path))
    for sample in samples:
        options.append(joined(f"Look at a sample: {sample.title}", sample.ending or ""))
        choices.append(Choice("replay", sample.path))
    options.append("Leave.")
    console.say("tabletop: crisis exercises.")
    try:
        chosen = Prompts(console, lambda: None).choose("What would you like to do?", options)
    except (QuitError, EndOfInputError):
        return None
    return choices[chosen] if chosen < len(choices) else None


def _unfinished(saves: Sequence[SaveSummary]) -> list[SaveSummary]:
    return [save for save in saves if not (save.ended or save.several or save.fault)]
