"""How far a decision's account hangs on the author's numbers, and what they cannot tell apart.

Every number of the scenario's weights is varied at once, lognormal with a sigma of 0.4, in 60
draws that are the same for the same program (`tabletop.odds.doubt`), and best play adapts to
each draw. To solve the whole game anew 60 times would take minutes, so the draws reach two
turns: the one of the decision and the next are worked out in full under every draw, and what
may follow later is worth what it is worth under the author's numbers. Where no more turns are
left that is the full answer. Elsewhere the later turns are left out, which move all options
much alike: on decisions of turns 3 and 4 of the shipped scenario the loss under two varied
turns differed from the full solution of the same draw by 0.003 to 0.007 on average, less than
`TOLERANCE`, and went with it closely (correlation 0.8 to 0.97). One varied turn alone was off
by 0.006 to 0.012 (correlation 0.3 to 0.9). `whole` says whether it was the full answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.doubt import Doubt, Doubted
from tabletop.odds.exact import UnsolvedError
from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Starts, Turn
from tabletop.odds.review import named

if TYPE_CHECKING:
    from tabletop.odds.case import Case
    from tabletop.odds.course import Moment
    from tabletop.odds.doubt import Values
    from tabletop.odds.places import Place
    from tabletop.rules.play import Play

TURNS = 2
"""How many turns the varied numbers reach, that of the decision included."""
TOLERANCE = 0.01
"""Of the objective's scale from 0 to 1: options that differ by less count as equal."""
OFTEN = 0.5
"""An option that is within `TOLERANCE` of the best in this share of the draws cannot be told
from it: whoever called it worse would be wrong at least as often as right."""
OUTER = 0.05
"""The share of draws beyond each end of a range."""

Key = tuple[str, str]
"""Response and support; or an answer and ""."""


@dataclass(frozen=True, slots=True)
class LossRange:
    """What the author's numbers, varied, make of one decision's loss."""

    step: int
    """Which step of the course the decision was."""
    low: float
    high: float
    """Nine in ten draws give a loss from `low` to `high`."""
    close: float
    """The share of draws in which the choice lies within `TOLERANCE` of the best."""
    rivals: tuple[Key, ...]
    """Every option that is so close in `OFTEN` of the draws or more, the closest first."""
    whole: bool
    """Whether the varied numbers reached to the end of the game."""

    @property
    def close_to_best(self) -> bool:
        """Whether the model cannot tell the choice from the best."""
        return self.close >= OFTEN


def loss_ranges(
    case: Case, turns: int = TURNS, doubt: Doubt | None = None
) -> Iterator[LossRange | None]:
    """The range of every decision of a line of play, one by one, in the review's order.

    None for a flash decision that control fired, which no turn of the program has.
    """
    chosen = doubt or Doubt(case.course.program.hash)
    for moment in case.followed.decisions():
        yield loss_range(case, moment, turns, chosen)


def loss_range(case: Case, moment: Moment, turns: int, doubt: Doubt) -> LossRange | None:
    """The range of one decision; None as for `loss_ranges`."""
    found = varied(case, moment.before, turns, doubt)
    if found is None:
        return None
    return loss_range_of(moment, *found)


def loss_range_of(moment: Moment, options: dict[Key, Values], whole: bool) -> LossRange:  # noqa: FBT001
    """The range of one decision, from the value of each option in each draw."""
    best = np.max(list(options.values()), axis=0)
    losses = best - options[named(moment.what)]
    low, high = np.quantile(losses, [OUTER, 1 - OUTER])
    close = {key: float((best - value < TOLERANCE).mean()) for key, value in options.items()}
    rivals = [key for key in close if close[key] >= OFTEN]
    return LossRange(
        step=moment.step,
        low=float(low),
        high=float(high),
        close=close[named(moment.what)],
        rivals=tuple(sorted(rivals, key=lambda key: -close[key])),
        whole=whole,
    )


def varied(
    case: Case, play: Play, turns: int, doubt: Doubt
) -> tuple[dict[Key, Values], bool] | None:
    """By option of an awaited decision: Q* in each draw; and whether that reached the end.

    None where no place of the program stands for the decision.
    """
    exact = case.exact
    try:
        place, key = exact.key(play)
    except KeyError:
        return None
    expander = Expander(exact.road, (case.aim,))
    ahead: list[Turn] = []
    starts: Starts = {place: np.array([key])}
    following: dict[Place, Values] = {}
    while starts:
        if len(ahead) >= turns:
            try:
                following = {each: _plain(case, each, starts, doubt) for each in starts}
                break
            except UnsolvedError:
                # Control led the game off the solved one: go on to the end.
                pass
        ahead.append(expander.turn(starts))
        starts = ahead[-1].next
    whole = not following
    endings = {name: float(worth[case.column]) for name, worth in exact.endings.items()}
    *later, first = reversed(ahead)
    for turn in later:
        following = Doubted(turn, following, endings, doubt).values
    return _options(case, Doubted(first, following, endings, doubt), place), whole


def _plain(case: Case, place: Place, starts: Starts, doubt: Doubt) -> Values:
    """What worlds are worth under the author's numbers, alike in every draw."""
    values = case.ground.known(place, starts[place])[case.aim, case.column]
    return np.broadcast_to(values[:, None], (len(values), doubt.draws))


def _options(case: Case, solved: Doubted, place: Place) -> dict[Key, Values]:
    layer = solved.turn.layers[place]
    if place.kind == "flash":
        return {(edge.way.id, ""): solved.after(edge, 1)[0] for edge in layer.edges}
    program = case.course.program
    found = {}
    for edge in layer.edges:
        assert not isinstance(edge.target, str)
        for response, values in solved.options(solved.turn.layers[edge.target]).items():
            value = values[edge.to[0]]
            if not np.isnan(value[0]):
                found[program.responses[response].id, edge.way.id] = value
    return found
