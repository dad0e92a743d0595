"""How far outside its range a track can stand between the draws of one step.

Within a step deltas add up unclamped; packed worlds must have room for that, and only
what can be outside needs clamping.
"""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.odds.packing import Bounds
from tabletop.rules.program import Chance, Effect, Program
from tabletop.rules.turn import EventStep


def after(effect: Effect, bounds: Bounds) -> Bounds:
    """The bounds of tracks after an effect, whichever of its conditional parts take hold."""
    found = list(bounds)
    for track, delta in effect.deltas:
        found[track] = (found[track][0] + delta, found[track][1] + delta)
    for extra in effect.also:
        for track, delta in extra.effect.deltas:
            low, high = found[track]
            found[track] = (min(low, low + delta), max(high, high + delta))
    return tuple(found)


def _wider(one: Bounds, two: Bounds) -> Bounds:
    return tuple(
        (min(low, least), max(high, most))
        for (low, high), (least, most) in zip(one, two, strict=True)
    )


def effects_of(program: Program) -> Iterator[Effect]:
    """Every effect that anything in a program can have."""
    waiting: list[Effect | Chance | None] = [support.effect for support in program.supports]
    for response in program.responses:
        waiting += (response.effect, response.reaction)
    for inject in program.injects.values():
        waiting.append(inject.effect)
        for answer in inject.answers:
            waiting += (answer.effect, answer.reaction)
    for step in (step for steps in program.steps for step in steps):
        if isinstance(step, EventStep):
            waiting.append(step.event.chance)
    seen: set[Chance] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Effect):
            yield part
            waiting += (extra.effect for extra in part.also)
        elif part is not None and part not in seen:
            seen.add(part)
            for outcome in part.outcomes:
                waiting += (outcome.effect, outcome.next)


class Reach:
    """The bounds at every draw of a program, and the widest anywhere."""

    def __init__(self, program: Program) -> None:
        self.settled: Bounds = tuple(zip(program.low, program.high, strict=True))
        self.widest = self.settled
        self._at: dict[Chance, Bounds] = {}
        for support in program.supports:
            self._note(after(support.effect, self.settled))
        for response in program.responses:
            self._follow(response.effect, response.reaction)
        for inject in program.injects.values():
            self._note(after(inject.effect, self.settled))
            for answer in inject.answers:
                self._follow(answer.effect, answer.reaction)
        for step in (step for steps in program.steps for step in steps):
            if isinstance(step, EventStep):
                self._arrive(step.event.chance, self.settled)

    def at(self, chance: Chance) -> Bounds:
        """The bounds of tracks where a draw is made."""
        return self._at.get(chance, self.settled)

    def outside(self, bounds: Bounds) -> tuple[int, ...]:
        """The tracks that can stand outside their ranges within some bounds."""
        return tuple(
            track
            for track, ((low, high), (least, most)) in enumerate(
                zip(bounds, self.settled, strict=True)
            )
            if low < least or high > most
        )

    def _follow(self, effect: Effect, chance: Chance | None) -> None:
        bounds = after(effect, self.settled)
        self._note(bounds)
        if chance is not None:
            self._arrive(chance, bounds)

    def _arrive(self, chance: Chance, bounds: Bounds) -> None:
        known = self._at.get(chance)
        wider = bounds if known is None else _wider(known, bounds)
        if wider == known:
            return
        self._at[chance] = wider
        for outcome in chance.outcomes:
            reached = after(outcome.effect, wider)
            self._note(reached)
            if outcome.next is not None:
                self._arrive(outcome.next, reached)

    def _note(self, bounds: Bounds) -> None:
        self.widest = _wider(self.widest, bounds)
