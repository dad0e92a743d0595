"""How much hangs on a decision, judged by sampled continuations.

A rough measure for the moment before exact odds: each open response is followed by the
same number of games, all with the same luck streams, played on at random; the spread
between the best and the worst mean is what hung on the decision.
"""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.rules.chance import splitmix64
from tabletop.rules.play import Play
from tabletop.rules.playout import finish
from tabletop.rules.program import Policy

GAMES = 48
"""Games a response: enough to order decisions whose stakes differ by about a tenth."""
_AT_RANDOM = Policy("at random", uniform=True, rules=(), answers={})


def stakes(play: Play, values: Mapping[str, float], games: int = GAMES) -> float:
    """The spread of the mean value of the endings over the open responses, from 0 to 1.

    `play` waits for a decision and is not changed; `values` are those of an objective.
    """
    means = [
        _mean(play, response, under[0], values, games)
        for response, under in play.openings().items()
        if under
    ]
    return max(means) - min(means) if means else 0.0


def _mean(
    play: Play, response: int, support: int, values: Mapping[str, float], games: int
) -> float:
    total = 0.0
    for number in range(games):
        twin = play.copy()
        twin.log = None
        twin.base = splitmix64(number)
        twin.carry_out(response, support)
        finish(twin, _AT_RANDOM)
        total += values[twin.ending or ""]
    return total / games
