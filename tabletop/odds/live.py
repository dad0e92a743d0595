"""What of a world can still matter: the flags and track values that some later guard tells apart.

Two worlds that agree in all that is live have the same future, so that exact odds need
only one of them. This is the reduction that Storm and others reach by bisimulation,
computed ahead from the guards alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tabletop.scenario.expression import (
    Both,
    Compare,
    Either,
    FlagSet,
    Guard,
    Not,
)

if TYPE_CHECKING:
    from tabletop.rules.guards import Layout
    from tabletop.rules.program import Effect

Cuts = frozenset[int]
"""The thresholds k of a track for which a later guard asks whether its value is at least k."""


class Live(NamedTuple):
    """What matters at one place of a turn."""

    flags: int
    came_from: bool
    cuts: tuple[Cuts, ...]
    """By track."""

    def __or__(self, other: Live) -> Live:
        cuts = tuple(one | two for one, two in zip(self.cuts, other.cuts, strict=True))
        return Live(self.flags | other.flags, self.came_from or other.came_from, cuts)


def nothing(tracks: int) -> Live:
    """What matters once a game is over."""
    return Live(0, False, (frozenset(),) * tracks)


def reads(guard: Guard, layout: Layout) -> Live:
    """What a guard, with turn and stage filled in, needs to know of a world."""
    flags, cuts = 0, [frozenset[int]()] * len(layout.tracks)
    stack = [guard]
    while stack:
        part = stack.pop()
        if isinstance(part, FlagSet):
            flags |= 1 << layout.flags[part.name]
        elif isinstance(part, Not):
            stack.append(part.part)
        elif isinstance(part, Both | Either):
            stack.extend(part.parts)
        elif isinstance(part, Compare) and part.subject in layout.tracks:
            track = layout.tracks[part.subject]
            cuts[track] |= _cuts(part)
    return Live(flags, False, tuple(cuts))


def _cuts(compare: Compare) -> Cuts:
    value = compare.value
    if compare.operator in (">=", "<"):
        return frozenset((value,))
    if compare.operator in (">", "<="):
        return frozenset((value + 1,))
    return frozenset((value, value + 1))


def before_effect(live: Live, effect: Effect, extras: Live) -> Live:
    """What must be known before an effect, for `live` to be known after it.

    `extras` is what the guards of its conditional parts read.
    """
    flags = live.flags & ~(effect.sets | effect.clears)
    cuts = list(live.cuts)
    for track, delta in effect.deltas:
        cuts[track] = frozenset(cut - delta for cut in cuts[track])
    for extra in effect.also:
        for track, delta in extra.effect.deltas:
            cuts[track] |= frozenset(cut - delta for cut in cuts[track])
    return Live(flags, live.came_from, tuple(cuts)) | extras


def before_clamp(live: Live, low: tuple[int, ...], high: tuple[int, ...]) -> Live:
    """What must be known before tracks are clamped: no threshold outside a range matters."""
    cuts = tuple(
        frozenset(cut for cut in found if least < cut <= most)
        for found, least, most in zip(live.cuts, low, high, strict=True)
    )
    return live._replace(cuts=cuts)


def classes(cuts: Cuts, low: int, high: int) -> tuple[int, ...]:
    """For every value from `low` to `high`, the lowest value that no later guard tells from it."""
    found = [low]
    for value in range(low + 1, high + 1):
        found.append(value if value in cuts else found[-1])
    return tuple(found)
