"""What the very same decision leads to under other luck: exact odds from that moment on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.choosing import Ruled
from tabletop.odds.course import Decided, act
from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Starts
from tabletop.odds.forward import Forward, Mass
from tabletop.odds.places import Place, Road
from tabletop.rules.doctrine import answer, choose

if TYPE_CHECKING:
    from tabletop.odds.case import Case
    from tabletop.odds.course import Moment
    from tabletop.odds.packing import Numbers
    from tabletop.rules.play import Play
    from tabletop.rules.program import Policy, Program


@dataclass(frozen=True, slots=True)
class Prospect:
    """Same choice, other seeds: where one decision of a line leads, were chance to speak again."""

    step: int
    """Which step of the course the decision was."""
    turn: int
    doctrine: str
    """The id of the doctrine that plays on after the decision."""
    endings: tuple[tuple[str, float], ...]
    """By ending: its probability, from the same world with the same choice; the likeliest first."""
    expected_endings: tuple[tuple[str, float], ...]
    """The same with the aim averaged by its prior."""
    comes: float
    """The probability that the forecast thing comes in this turn."""
    expected_comes: float
    """The same with the aim averaged by its prior: what a forecaster could know."""


def prospects(case: Case, policy: Policy) -> Iterator[Prospect]:
    """The prospect of every decision of a side in a line of play, one by one.

    `policy` plays on after each. Flash decisions have none of their own.
    """
    outlook = Outlook(case.course.program, policy)
    for moment in case.followed.decisions():
        if moment.kind == "decide":
            yield prospect(case, moment, outlook)


def prospect(case: Case, moment: Moment, outlook: Outlook) -> Prospect:
    """The prospect of one decision of a side."""
    assert isinstance(moment.what, Decided)
    after = moment.before.copy()
    act(after, moment.what)
    after.walk()
    return prospect_of(case, moment, after, outlook.endings(after), outlook)


def prospect_of(
    case: Case, moment: Moment, after: Play, odds: dict[str, Numbers], outlook: Outlook
) -> Prospect:
    """The prospect of a decision, from the odds of the endings after it by aim."""
    comes = np.array([outlook.comes(each) for each in _by_aim(after)])
    return Prospect(
        step=moment.step,
        turn=moment.before.world.turn,
        doctrine=outlook.policy.id,
        endings=_sorted({name: float(found[case.aim]) for name, found in odds.items()}),
        expected_endings=_sorted({name: float(found @ case.prior) for name, found in odds.items()}),
        comes=float(comes[case.aim]),
        expected_comes=float(comes @ case.prior),
    )


class Outlook:
    """One doctrine playing on in one program, from any position of it."""

    def __init__(self, program: Program, policy: Policy) -> None:
        self.program = program
        self.policy = policy
        self._turn = _Turn(policy)

    def comes(self, play: Play) -> float:
        """As `comes_in_turn`; what was worked out for another play is not worked out again."""
        return self._turn.comes(play)

    @cached_property
    def road(self) -> Road:
        """The program's places, with what the doctrine reads kept."""
        return Road(self.program, (self.policy,))

    def endings(self, play: Play) -> dict[str, Numbers]:
        """By ending: its probability under each aim, from where a play stands."""
        expander = Expander(self.road, range(len(self.program.scenario.aims)))
        odds = {ending.id: np.zeros(len(expander.aims)) for ending in self.program.endings}
        if play.ending is not None:
            odds[play.ending] += 1
            return odds
        place = self.road.of(play)
        packed = np.array([expander.packing.pack(play.world)])
        starts: Starts = {place: expander.reduced(place, packed)}
        mass: dict[Place, Mass] = {place: np.ones((len(expander.aims), 1))}
        while starts:
            turn = expander.turn(starts, self.policy)
            forward = Forward(turn, mass, Ruled(turn, self.policy))
            for ending, found in forward.endings.items():
                odds[ending] += found
            starts, mass = turn.next, forward.next()
        return odds


def comes_in_turn(play: Play, policy: Policy) -> float:
    """The probability that the forecast thing comes in the turn in which a play stands.

    Worked out play by play, as no rule need read what the forecast asks about, and worlds
    that rules treat alike may differ in it. `policy` decides whatever is still asked.
    """
    return _Turn(policy).comes(play)


class _Turn:
    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.known: dict[object, float] = {}

    def comes(self, play: Play) -> float:
        if play.turn_over or play.ending is not None:
            return float(bool(play.came))
        standing = (
            play.world, play.at, play.chance, play.prompt, play.interrupted, bool(play.came),
        )  # fmt: skip
        if standing not in self.known:
            self.known[standing] = sum(
                chance * self.comes(after) for chance, after in self._ways(play)
            )
        return self.known[standing]

    def _ways(self, play: Play) -> Iterator[tuple[float, Play]]:
        """What can come next, with its probability."""
        if play.chance is not None:
            weights = play.chance.weigh(play.world)
            total = sum(weights)
            for outcome, weight in zip(play.chance.outcomes, weights, strict=True):
                if weight:
                    after = play.copy()
                    after.draw(outcome.id)
                    after.walk()
                    yield weight / total, after
            return
        for share, choice in self._choices(play):
            after = play.copy()
            if isinstance(choice, str):
                after.answer(choice)
            else:
                after.carry_out(*choice)
            after.walk()
            yield share, after

    def _choices(self, play: Play) -> Iterator[tuple[float, str | tuple[int, int]]]:
        assert play.prompt is not None
        if play.prompt.kind == "flash":
            inject = play.program.injects[play.prompt.id]
            if not self.policy.uniform:
                yield 1.0, answer(play, self.policy, inject)
                return
            for each in inject.answers:
                yield 1 / len(inject.answers), each.id
        elif not self.policy.uniform:
            yield 1.0, choose(play, self.policy)
        else:
            under = {number: found for number, found in play.openings().items() if found}
            for response, supports in under.items():
                for support in supports:
                    yield 1 / len(under) / len(supports), (response, support)


def _by_aim(play: Play) -> Iterator[Play]:
    for aim in range(len(play.program.scenario.aims)):
        twin = play.copy()
        twin.world = twin.world._replace(aim=aim)
        yield twin


def _sorted(odds: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(odds.items(), key=lambda pair: -pair[1]))
