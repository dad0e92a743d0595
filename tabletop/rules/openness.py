"""What is open at a decision: a response is judged in the world that its support would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tabletop.rules.world import clamped, moved

if TYPE_CHECKING:
    from tabletop.rules.program import Program, Response, Support
    from tabletop.rules.world import World

Openings = Mapping[int, tuple[int, ...]]
"""Every response on offer, by number, with the supports under which it is open."""


def supported(program: Program, support: Support, world: World) -> World | None:
    """The world as a support alone would leave it; None where it is closed."""
    if not support.test(world):
        return None
    if support.effect.idle:
        return world
    return clamped(program, moved(world, support.effect.parts(world)))


def opens(response: Response, world: World | None) -> bool:
    """Whether a response is open in the world that a support has left."""
    return world is not None and response.test(world) and response.consent(world)


def openings(program: Program, offered: Sequence[int], world: World) -> Openings:
    """Which of some responses are open in a world, and under what."""
    worlds = [supported(program, support, world) for support in program.supports]
    return {
        number: tuple(
            support for support, left in enumerate(worlds) if opens(program.responses[number], left)
        )
        for number in offered
    }
