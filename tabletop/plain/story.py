"""A finished or unfinished game told compactly, turn by turn, from its last view."""

from __future__ import annotations

from tabletop.exercise.view import View
from tabletop.plain.situation import headline
from tabletop.plain.wording import changes, joined


def story(view: View) -> list[str]:
    """One line a turn's heading, one a thing that happened, and the ending in two."""
    lines = [joined(view.title, f"{view.turns} turns")]
    told = 0
    for item in view.wire:
        if item.turn != told:
            told = item.turn
            lines.extend(["", joined(f"Turn {item.turn}", item.date)])
        effects = changes(item.changes)
        lines.append(joined(headline(item), effects))
    if view.ending is not None:
        end = view.ending
        lines.extend(["", joined(f"Ending: {end.title}"), end.epilogue])
        if end.unsealed:
            lines.append(joined(f"What they wanted: {end.aim_title}"))
    return lines
