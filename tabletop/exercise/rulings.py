"""What control does to a record: another branch, an inject, a ruling other than the rules'.

Each fold takes an event of control as a save holds it, and gives the record with it; it raises
`ActionError` where it does not follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tabletop.errors import ActionError
from tabletop.exercise.events import Happened
from tabletop.exercise.line import holding
from tabletop.exercise.words import read_words
from tabletop.rules.chance import stream
from tabletop.rules.program import Effect, Program

if TYPE_CHECKING:
    from tabletop.exercise.record import Record


def luck_number(luck: Any) -> int:
    """The number of a stream of luck, as an event says it."""
    if type(luck) is not int or luck < 0:
        raise ActionError(f"{luck!r} is not the number of a stream of luck")
    return luck


def branched(record: Record, event: Happened) -> Record:
    """The luck of a line is another from here on."""
    base = stream(record.seed, luck_number(event.data["luck"]))
    return record.with_line(record.line(event.line).reseeded(record.number + 1, base))


def rewound(record: Record, event: Happened) -> Record:
    """A second line that goes on from an earlier turn of the first."""
    data, number = event.data, record.number + 1
    if event.line in record.lines:
        raise ActionError(f"there is a line {event.line!r} already")
    line = record.line(data["from"]).reopened(event.line, data["turn"], number)
    if data["luck"] is not None:
        line = line.reseeded(number, stream(record.seed, luck_number(data["luck"])))
    return record.with_line(line)


def fired(record: Record, event: Happened) -> Record:
    """An inject comes now."""
    line, inject = record.line(event.line), event.data["inject"]
    return record.with_line(line.moved(record.number + 1, lambda play: play.fire(inject)))


def withheld(record: Record, event: Happened) -> Record:
    """An inject is held back, before StartEx from the team that will play the line."""
    name, inject, held = event.line, event.data["inject"], event.data["held"]
    if inject not in record.program.injects:
        raise ActionError(f"there is no inject {inject!r}")
    if type(held) is not bool:
        raise ActionError("an inject is held back or it is not")
    if record.begun:
        return record.with_line(record.line(name).held_back(record.number + 1, inject, held=held))
    now = holding(record.withheld.get(name, frozenset()), inject, name, held=held)
    return replace(record, withheld={**record.withheld, name: now})


def override(record: Record, event: Happened) -> Record:
    """Another outcome than the draw gave, or effects that the rules do not know."""
    line, data, number = record.line(event.line), event.data, record.number + 1
    reason = read_words(data["reason"]) or ""
    if data.get("site"):
        return record.with_line(line.overruled(number, data["site"], data["outcome"], reason))
    effect = _ruling(record.program, data["effects"], data["sets"], data["clears"])
    return record.with_line(line.moved(number, lambda play: play.intervene(effect, reason)))


def _ruling(
    program: Program, effects: Mapping[str, int], sets: Sequence[str], clears: Sequence[str]
) -> Effect:
    tracks, flags = program.layout.tracks, program.layout.flags
    for kind, given, known in (("track", effects, tracks), ("flag", [*sets, *clears], flags)):
        unknown = [name for name in given if name not in known]
        if unknown:
            raise ActionError(f"there is no {kind} {unknown[0]!r}")
    for delta in effects.values():
        if type(delta) is not int:
            raise ActionError(f"a gauge moves by whole numbers, not by {delta!r}")
    return Effect(
        by="control",
        # In the order of the tracks: a save keeps names sorted, and the telling must not change.
        deltas=tuple((place, effects[name]) for name, place in tracks.items() if name in effects),
        sets=program.layout.mask(tuple(sets)),
        clears=program.layout.mask(tuple(clears)),
    )
