"""Doctrines as players: named policies that choose a response, a support and flash answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.rules.chance import pick, roll, site_key

if TYPE_CHECKING:
    from tabletop.rules.play import Play
    from tabletop.rules.program import Inject, Policy

APART = 0x5DEECE66D5DEECE7
"""Keeps a doctrine's own rolls apart from the game's: alike, they would steer each other."""
RESPONSE = site_key("doctrine", "", "response")
SUPPORT = site_key("doctrine", "", "support")
ANSWER = site_key("doctrine", "", "answer")


def choose(play: Play, policy: Policy) -> tuple[int, int]:
    """The response and the support, by number, that a doctrine takes at the awaited decision."""
    if policy.uniform:
        return _any(play)
    offered = play.offered()
    for test, wanted, support in policy.rules:
        if not test(play.world):
            continue
        for response in wanted:
            if response in offered and play.is_open(response, support):
                return response, support
    return play.program.course[play.world.stage], 0


def answer(play: Play, policy: Policy, inject: Inject) -> str:
    """The answer that a doctrine gives to a flash decision."""
    if policy.uniform:
        bits = roll(play.base ^ APART, ANSWER, play.world.turn)
        return inject.answers[pick(bits, len(inject.answers))].id
    return policy.answers.get(inject.id, inject.answers[0].id)


def _any(play: Play) -> tuple[int, int]:
    open_now = [(response, under) for response, under in play.openings().items() if under]
    base, turn = play.base ^ APART, play.world.turn
    response, under = open_now[pick(roll(base, RESPONSE, turn), len(open_now))]
    return response, under[pick(roll(base, SUPPORT, turn), len(under))]
