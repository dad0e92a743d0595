"""Odds the slow way: a game tried in every way it can go, by the play that people use.

Nothing here knows of tables. It is short so that it can be believed, and exact, in
fractions, so that whatever differs from it is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from tabletop.rules.doctrine import answer, choose
from tabletop.rules.play import Play
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin
from tabletop.rules.turn import DecideStep, Step
from tabletop.rules.world import World

Number = Fraction | float
Vector = tuple[Number, ...]
UNIFORM = Policy("uniform", uniform=True, rules=(), answers={})
"""Uniformly random play: an open response, then a support under which it is open."""


class Way(NamedTuple):
    """One way on from where a game stands."""

    label: tuple[str, ...]
    """`("walk",)`, `("draw", outcome)`, `("answer", answer)` or `("decide", response, support)`."""
    weight: int | None
    """Of an outcome; 1 for a walk; None for a choice."""
    play: Play


def ways(play: Play) -> Iterator[Way]:
    """Every way on by one move; the given game is not changed. None where it is over."""
    program, twin = play.program, play.copy()
    if play.ending is not None:
        return
    if play.chance is not None:
        for outcome, weight in zip(
            play.chance.outcomes, play.chance.weigh(play.world), strict=True
        ):
            if weight > 0:
                twin = play.copy()
                twin.advance(outcome.id)
                yield Way(("draw", outcome.id), weight, twin)
    elif play.prompt is None:
        twin.walk()
        yield Way(("walk",), 1, twin)
    elif play.prompt.kind == "flash":
        for each in program.injects[play.prompt.id].answers:
            twin = play.copy()
            twin.answer(each.id)
            yield Way(("answer", each.id), None, twin)
    else:
        for response, under in play.openings().items():
            for support in under:
                twin = play.copy()
                twin.carry_out(response, support)
                names = (program.responses[response].id, program.supports[support].id)
                yield Way(("decide", *names), None, twin)


def step_of(play: Play) -> dict[tuple[str, ...], tuple[Number | None, tuple[object, ...]]]:
    """By label: the probability of each way on (None for a choice) and where it leads.

    Where it leads is told without objects of the program, so that two programs compare:
    world, step, draw, prompt, ending, and whether the forecast thing came.
    """
    found = list(ways(play))
    total = sum(way.weight or 0 for way in found)
    return {
        way.label: (
            None if way.weight is None else Fraction(way.weight, total),
            _standing(way.play),
        )
        for way in found
    }


def _standing(play: Play) -> tuple[object, ...]:
    draw = None if play.chance is None else (play.chance.site, play.chance.owner)
    return (play.world, play.at, draw, play.prompt, play.ending, play.came)


class Oracle:
    """Solves one program from any position; what it has solved it keeps.

    Numbers are fractions, or floats where `exact` is false, which is faster.
    """

    def __init__(self, program: Program, *, exact: bool = True) -> None:
        self.given = program
        self.program = opened(program)
        self.exact = exact
        self._memos: dict[object, dict[object, Vector]] = {}

    def odds_from(self, play: Play, policy: Policy | str) -> dict[str, Number]:
        """The probability of each ending from a position under a doctrine."""
        endings = [ending.id for ending in self.program.endings]

        def leaf(end: Play) -> Vector | None:
            if end.ending is None:
                return None
            return tuple(self._part(int(end.ending == each), 1) for each in endings)

        followed = self.policy(policy)
        vector = self._solve(self._start(play), self._memo("odds", followed), leaf, followed)
        return dict(zip(endings, vector, strict=True))

    def value_of(self, play: Play, policy: Policy | str, values: Mapping[str, Number]) -> Number:
        """What a position is worth to an objective while a doctrine plays on."""
        odds = self.odds_from(play, policy)
        return sum((odds[name] * self._worth(values, name) for name in odds), self._part(0, 1))

    def best_from(self, play: Play, values: Mapping[str, Number], *, worst: bool = False) -> Number:
        """The most (or the least) that play can make of a position for an objective."""

        def leaf(end: Play) -> Vector | None:
            return None if end.ending is None else (self._worth(values, end.ending),)

        memo = self._memo("best", worst, tuple(sorted(values.items())))
        return self._solve(self._start(play), memo, leaf, min if worst else max)[0]

    def forecast_from(self, play: Play, policy: Policy | str = UNIFORM) -> Number:
        """The chance that the forecast thing comes in the turn in which a game stands."""

        def leaf(end: Play) -> Vector | None:
            over = end.turn_over or end.ending is not None
            return (self._part(int(bool(end.came)), 1),) if over else None

        followed = self.policy(policy)
        return self._solve(self._start(play), self._memo("came", followed), leaf, followed)[0]

    def forecast_given(self, play: Play) -> dict[tuple[str, str], Number]:
        """By (response, support): that chance once each has been decided on."""
        return {
            (way.label[1], way.label[2]): self.forecast_from(way.play)
            for way in ways(self._start(play))
        }

    def policy(self, policy: Policy | str) -> Policy:
        """A doctrine of the program by its id, or the one that is given."""
        return self.program.policies[policy] if isinstance(policy, str) else policy

    def _solve(
        self,
        play: Play,
        memo: dict[object, Vector],
        leaf: Callable[[Play], Vector | None],
        chooser: Policy | Callable[[Iterable[Vector]], Vector],
    ) -> Vector:
        """A position's vector: the leaf's, else a mean by odds, else what the chooser takes."""
        end = leaf(play)
        if end is not None:
            return end
        chance = None if play.chance is None else id(play.chance)
        key = (play.world, play.at, chance, play.prompt, play.interrupted)
        if key in memo:
            return memo[key]
        found = {way.label: way for way in ways(play)}
        policy = self._fixed(play) or (chooser if isinstance(chooser, Policy) else None)
        if play.prompt is not None and policy is None:
            assert not isinstance(chooser, Policy)
            options = [self._solve(way.play, memo, leaf, chooser) for way in found.values()]
            memo[key] = chooser(options)
            return memo[key]
        if play.prompt is not None and policy is not None:
            shares = self._shares(play, policy)
        else:
            whole = sum(way.weight or 0 for way in found.values())
            shares = {label: self._part(way.weight or 0, whole) for label, way in found.items()}
        mean: list[Number] = []
        for label, share in shares.items():
            part = self._solve(found[label].play, memo, leaf, chooser)
            mean = mean or [self._part(0, 1)] * len(part)
            mean = [one + share * other for one, other in zip(mean, part, strict=True)]
        memo[key] = tuple(mean)
        return memo[key]

    def _fixed(self, play: Play) -> Policy | None:
        """The doctrine that decides in this turn whoever plays; only where it draws lots."""
        name = self.given.automatic[play.world.turn - 1]
        if not name or not self.given.policies[name].uniform:
            return None
        return self.given.policies[name]

    def _shares(self, play: Play, policy: Policy) -> dict[tuple[str, ...], Number]:
        """How likely a doctrine is to take each choice at a prompt."""
        program = play.program
        assert play.prompt is not None
        if play.prompt.kind == "flash":
            inject = program.injects[play.prompt.id]
            if not policy.uniform:
                return {("answer", answer(play, policy, inject)): self._part(1, 1)}
            share = self._part(1, len(inject.answers))
            return {("answer", each.id): share for each in inject.answers}
        if not policy.uniform:
            pairs = {choose(play, policy): self._part(1, 1)}
        else:
            now = {response: under for response, under in play.openings().items() if under}
            pairs = {
                (response, support): self._part(1, len(now) * len(under))
                for response, under in now.items()
                for support in under
            }
        return {
            ("decide", program.responses[response].id, program.supports[support].id): share
            for (response, support), share in pairs.items()
        }

    def _memo(self, *what: object) -> dict[object, Vector]:
        return self._memos.setdefault(what, {})

    def _start(self, play: Play) -> Play:
        twin = play.copy()
        twin.log = None
        twin.program = self.program
        twin.turn_over = False
        return twin

    def _part(self, part: int, whole: int) -> Number:
        return Fraction(part, whole) if self.exact else part / whole

    def _worth(self, values: Mapping[str, Number], ending: str) -> Number:
        return Fraction(values[ending]) if self.exact else float(values[ending])


def opened(program: Program) -> Program:
    """The program with its uniform standing orders turned into decisions that wait.

    Play rolls for a uniform standing order by itself, so that its lots could not be followed
    one by one; the other turns of a plan are left to play.
    """
    lots = [bool(name) and program.policies[name or ""].uniform for name in program.automatic]
    if not any(lots):
        return program

    def asked(step: Step) -> Step:
        return DecideStep(step.side) if isinstance(step, DecideStep) else step

    return replace(
        program,
        automatic=tuple(
            None if lot else name for name, lot in zip(program.automatic, lots, strict=True)
        ),
        steps=tuple(
            tuple(map(asked, steps)) if lot else steps
            for steps, lot in zip(program.steps, lots, strict=True)
        ),
    )


def prior(program: Program) -> list[tuple[int, Fraction]]:
    """The number and the probability of each aim that may be drawn at StartEx."""
    first = World(1, 0, 0, 0, program.start_flags, program.start)
    weights = program.aims.weigh(first)
    return [
        (aim, Fraction(weight, sum(weights))) for aim, weight in enumerate(weights) if weight > 0
    ]


def ending_odds(
    program: Program, policy: Policy | str, aim: int | None = None, *, exact: bool = True
) -> dict[str, Number]:
    """The probability of each ending under a doctrine, for one aim or averaged by the prior."""
    oracle = Oracle(program, exact=exact)
    found: dict[str, Number] = {
        ending.id: Fraction(0) if exact else 0.0 for ending in program.endings
    }
    for number, share in _aims(program, aim):
        for name, odds in oracle.odds_from(begin(program, 0, aim=number), policy).items():
            found[name] += (share if exact else float(share)) * odds
    return found


def best_and_worst(
    program: Program, values: Mapping[str, Number], aim: int | None = None, *, exact: bool = True
) -> tuple[Number, Number]:
    """The most and the least that play can make of an objective.

    Averaged by the prior it is what play could do that knew the aim: an upper bound.
    """
    oracle = Oracle(program, exact=exact)
    best = worst = Fraction(0) if exact else 0.0
    for number, share in _aims(program, aim):
        play, part = begin(program, 0, aim=number), share if exact else float(share)
        best += part * oracle.best_from(play, values)
        worst += part * oracle.best_from(play, values, worst=True)
    return best, worst


def _aims(program: Program, aim: int | None) -> list[tuple[int, Fraction]]:
    return prior(program) if aim is None else [(aim, Fraction(1))]
