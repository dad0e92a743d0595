"""Runs side by side, line by line: where they part, then turn by turn."""

from __future__ import annotations

from tabletop.debrief.comparison import Comparison, GaugeRow, Side, TurnRow
from tabletop.debrief.sparkline import sparkline
from tabletop.plain.debrief import score
from tabletop.plain.wording import joined, sentence


def compare(found: Comparison) -> list[str]:
    """The whole comparison in paragraphs."""
    labels = [side.label for side in found.sides]
    lines = [f"{len(found.sides)} runs side by side."]
    lines += [_side(number, side) for number, side in enumerate(found.sides, 1)]
    lines += [sentence(f"Take care: {warning}") for warning in found.warnings]
    lines += ["", *_first(found, labels)]
    for row in found.turns:
        lines += ["", *_turn(row, labels)]
    if found.gauges:
        lines += ["", "The gauges, turn by turn."]
        for gauge in found.gauges:
            lines += _gauge(gauge, labels)
    lines += ["", "How they ended."]
    lines += [
        joined(f"{name}: {ending or 'not ended'}")
        for name, ending in zip(labels, found.endings, strict=True)
    ]
    if found.score is not None and found.score.scored:
        lines += ["", *score(found.score)]
    return lines


def _side(number: int, side: Side) -> str:
    story = side.story
    fault = f"The save cannot be used further: {story.fault}" if story.fault else ""
    return joined(f"{number}. {side.label}: {story.title}, version {story.version}", fault)


def _first(found: Comparison, labels: list[str]) -> list[str]:
    if found.first is None:
        same = "Nothing in them differs, as far as can be told from here."
        return [same] if found.gauges else ["They have no first difference to name."]
    lines = [f"They part first here. {sentence(found.first.text.capitalize())}"]
    for name, did in zip(labels, found.first.did, strict=True):
        lines.append(joined(f"{name}: {did or 'had ended or stopped before'}"))
    return lines


def _turn(row: TurnRow, labels: list[str]) -> list[str]:
    if row.same and row.decisions[0] is not None:
        decided = [joined(f"All decided: {row.decisions[0]}")]
    else:
        decided = [
            joined(f"{name}: {title or 'no decision'}")
            for name, title in zip(labels, row.decisions, strict=True)
        ]
    stages = [stage or "not reached" for stage in row.stages]
    if len(set(stages)) == 1:
        reached = [joined(f"Stage for all: {stages[0]}")]
    else:
        pairs = zip(labels, stages, strict=True)
        reached = [joined("Stage: " + "; ".join(f"{name}, {stage}" for name, stage in pairs))]
    return [f"Turn {row.turn}.", *decided, *reached]


def _gauge(row: GaugeRow, labels: list[str]) -> list[str]:
    lines = [f"{row.title}, from {row.low} to {row.high}."]
    for name, values in zip(labels, row.values, strict=True):
        numbers = ", ".join(map(str, values))
        lines.append(f"{name}: {numbers} {sparkline(values, row.low, row.high)}")
    return lines
