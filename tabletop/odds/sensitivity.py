"""What the odds hang on: every number of the author by derivative, the foremost solved anew.

Derivatives rank the numbers (`tabletop.odds.adjoint`). Those that move the odds fastest,
and every value of every assumption, are then worked out anew and exactly: other numbers
make another program, and so do other assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tabletop.errors import UsageError
from tabletop.odds.adjoint import followed_odds, influence, odds_of_all
from tabletop.odds.blended import Variant, blends
from tabletop.odds.choosing import ANYTHING
from tabletop.odds.conduct import ByBest, ByDoctrine, Conduct
from tabletop.odds.exact import Exact
from tabletop.odds.numbers import author_numbers
from tabletop.odds.reweighed import reweighed
from tabletop.odds.tornado import Bar, Reading, Sensitivity, Slope
from tabletop.rules.compiler import compile_program
from tabletop.rules.guards import Number

if TYPE_CHECKING:
    from tabletop.odds.adjoint import Influence
    from tabletop.rules.program import Policy, Program

TOP = 10
"""Numbers that are solved anew."""
FACTOR = 1.5
"""By what they are multiplied and divided."""

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1."""


def unheard(share: float) -> None:
    """The progress that nobody hears."""


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays: a doctrine, uniformly random play, or the best play for an objective."""

    id: str
    best: bool = False

    def conduct(self, program: Program) -> Conduct:
        """This player in a program; raises `UsageError` where the program has none such."""
        scenario = program.scenario
        if self.best:
            if self.id not in scenario.objectives:
                known = ", ".join(scenario.objectives)
                raise UsageError(f"unknown objective {self.id!r}: this scenario has {known}")
            exact = Exact(program, objectives={self.id: scenario.objectives[self.id].values})
            exact.solve()
            return ByBest(exact, self.id)
        return ByDoctrine(program, self.policy(program))

    def policy(self, program: Program) -> Policy:
        """The doctrine that plays; raises `UsageError` where the program has none such."""
        if self.id == ANYTHING.id:
            return ANYTHING
        if self.id not in program.policies:
            known = ", ".join([*program.policies, ANYTHING.id])
            raise UsageError(f"unknown doctrine {self.id!r}: this scenario has {known}")
        return program.policies[self.id]

    def title(self, program: Program) -> str:
        """What the player is called."""
        scenario = program.scenario
        if self.best:
            return f"Best play for: {scenario.objectives[self.id].title}"
        return scenario.doctrines[self.id].title if self.id in scenario.doctrines else self.id


def first_player(program: Program) -> Player | None:
    """The first doctrine that chooses by rules, who plays where nobody is named; None for none."""
    policies = program.policies
    name = next((name for name, each in policies.items() if not each.uniform), None)
    return None if name is None else Player(name)


def sensitivity(
    program: Program,
    player: Player,
    *,
    top: int = TOP,
    factor: float = FACTOR,
    progress: Progress = unheard,
) -> Sensitivity:
    """What the odds of a game from its start hang on when a player plays it.

    Raises `UsageError` where the program has no such player.
    """
    found = influence(player.conduct(program))
    slopes = _slopes(program, found)
    foremost = [slope for slope in slopes if _pace(slope) > 0][:top]
    scenario = program.scenario
    whole = Sensitivity(
        scenario=scenario.id,
        program=program.hash,
        player=player.id,
        best=player.best,
        player_title=player.title(program),
        endings={name: ending.title for name, ending in scenario.endings.items()},
        worth=dict(scenario.objectives[player.id].values) if player.best else {},
        odds=_by_ending(found),
        factor=factor,
        slopes=tuple(slopes),
        bars=(*_numbers(foremost, factor), *_dials(program)),
    )
    bars = _solved(whole, program, player, progress)
    return replace(whole, bars=tuple(sorted(bars, key=lambda bar: -whole.moved(bar))))


def _slopes(program: Program, found: Influence) -> list[Slope]:
    """Every number with its derivatives, the fastest first."""
    slopes = []
    for number, named in author_numbers(program).items():
        by_ending = found.slopes.get(number)
        moving = [0.0] * len(found.endings) if by_ending is None else by_ending.tolist()
        slopes.append(
            Slope(
                number.path,
                number.term,
                named.title,
                named.written,
                named.amount,
                dict(zip(found.endings, moving, strict=True)),
            )
        )
    return sorted(slopes, key=_pace, reverse=True)


def _pace(slope: Slope) -> float:
    """How many games end otherwise for a small change, by which numbers are ranked."""
    return sum(map(abs, slope.slopes.values())) / 2


def _by_ending(found: Influence) -> dict[str, float]:
    return dict(zip(found.endings, found.odds.tolist(), strict=True))


def _numbers(foremost: list[Slope], factor: float) -> Iterator[Bar]:
    """The bars of some numbers, still without odds."""
    for slope in foremost:
        less, more = f"/ {factor:g}", f"x {factor:g}"
        readings = (Reading(less, {}), Reading(more, {}))
        yield Bar("number", slope.path, slope.term, slope.title, slope.written, readings)


def _dials(program: Program) -> Iterator[Bar]:
    """The bars of all assumptions, still without odds; the values rise."""
    for name, dial in program.scenario.assumptions.items():
        values = sorted(dial.values, key=lambda value: dial.values[value])
        readings = tuple(Reading(value, {}) for value in values)
        present = program.assumptions[name]
        yield Bar("assumption", f"assumptions.{name}", 0, dial.title, present, readings)


def _solved(
    whole: Sensitivity, program: Program, player: Player, progress: Progress
) -> Iterator[Bar]:
    """The bars with the odds under each of their settings."""
    changed = {
        (bar.path, bar.term, reading.setting): variant
        for bar in whole.bars
        for reading in bar.readings
        if (variant := _changed(program, bar, reading.setting, whole.factor)) is not None
    }
    odds = dict(zip(changed, _odds(player, [*changed.values()], progress), strict=True))
    for bar in whole.bars:
        readings = (
            replace(each, odds=odds.get((bar.path, bar.term, each.setting), whole.odds))
            for each in bar.readings
        )
        yield replace(bar, readings=tuple(readings))
    progress(1.0)


def _odds(
    player: Player, variants: Sequence[Variant], progress: Progress
) -> list[dict[str, float]]:
    """The odds of all variants: together where the same is chosen whatever draws weigh."""
    found: dict[int, dict[str, float]] = {}
    progress(0.0)
    if player.best:
        for number, variant in enumerate(variants):
            found[number] = _by_ending(followed_odds(player.conduct(reweighed(*variant))))
            progress((number + 1) / len(variants))
        return [*found.values()]
    for program, places in blends(variants):
        all_odds = odds_of_all(player.conduct(program), [variants[place] for place in places])
        for place, each in zip(places, all_odds, strict=True):
            found[place] = _by_ending(each)
        progress(len(found) / len(variants))
    return [found[number] for number in range(len(variants))]


def _changed(program: Program, bar: Bar, setting: str, factor: float) -> Variant | None:
    """The program under one setting of a bar; None where that is the present one."""
    if bar.kind == "number":
        scale = factor if setting.startswith("x") else 1 / factor
        return Variant(program, {Number(bar.path, bar.term): scale})
    if setting == bar.written:
        return None
    settings = {**program.assumptions, bar.path.removeprefix("assumptions."): setting}
    return Variant(compile_program(program.scenario, settings, program.plan))
