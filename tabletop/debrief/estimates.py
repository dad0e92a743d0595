"""What is told in the place of a review where a game is too large to be solved: sampled odds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.clean import clean_line
from tabletop.odds.summary import AT_RANDOM

if TYPE_CHECKING:
    from tabletop.odds.store import Progress
    from tabletop.odds.summary import Played
    from tabletop.rules.program import Program
    from tabletop.scenario.schema import Scenario

GAMES = 1_000
"""Games of each who plays: a share of a half is known within three in a hundred."""
_SEEN = 0.005
"""Endings that come less often are left out."""


def estimates(program: Program, progress: Progress, games: int = GAMES) -> tuple[str, ...]:
    """How the game ends under each doctrine, by so many games, with intervals of 95%."""
    from tabletop.odds.reckoning import sampled_odds

    odds = sampled_odds(program, None, games, 0, progress)
    opening = (
        f"Sampled instead: {games} games by each who plays. That tells how such games end, and"
        " not what one decision cost. Behind each share stands its Wilson interval of 95 percent."
    )
    return (opening, *(_played(program.scenario, each) for each in odds.played))


def _played(scenario: Scenario, played: Played) -> str:
    who = "Any open response, at random"
    if played.doctrine != AT_RANDOM:
        who = f"“{clean_line(scenario.doctrines[played.doctrine].title)}”"
    likely = sorted(played.endings.items(), key=lambda pair: -pair[1].average)
    ends = [
        f"“{clean_line(scenario.endings[name].title)}” {_percent(chance.average)}"
        f" ({_percent(chance.low or 0.0)} to {_percent(chance.high or 0.0)})"
        for name, chance in likely
        if chance.average >= _SEEN
    ]
    return f"{who}: {', '.join(ends)} in 100."


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
