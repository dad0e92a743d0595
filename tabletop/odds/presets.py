"""The same decisions judged in other worlds: what each camp's own assumptions make of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.odds.accounts import DecisionAccount
from tabletop.odds.course import waiting
from tabletop.odds.doctrines import prior
from tabletop.odds.ground import Ground
from tabletop.odds.review import Judge
from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.turn import DecideStep, InjectStep, RandomInjectStep

if TYPE_CHECKING:
    from tabletop.odds.case import Case
    from tabletop.odds.course import Moment
    from tabletop.odds.exact import Exact
    from tabletop.rules.program import Program
    from tabletop.rules.turn import Step


@dataclass(frozen=True, slots=True)
class CampReview:
    """A line's decisions as they stand in the world of one camp's preset."""

    camp: str
    preset: str
    program: str
    """The hash of the program with that preset's assumptions."""
    decisions: tuple[DecisionAccount | None, ...]
    """In the review's order; None where the same choice could not be made in that world."""


def under_presets(case: Case, solved: Callable[[Program], Exact]) -> tuple[CampReview, ...]:
    """A line's decisions under every camp's preset, in the order of the camps.

    Each decision is taken as it was, in the same world and with the same choice; only the
    assumptions differ, for what follows from it. `solved` gives the solution of a program.
    """
    scenario = case.course.program.scenario
    found: dict[str, tuple[str, tuple[DecisionAccount | None, ...]]] = {}
    reviews = []
    for name, camp in scenario.camps.items():
        if camp.preset not in found:
            program = with_preset(case.course.program, camp.preset)
            found[camp.preset] = (program.hash, _judged(case, solved(program)))
        reviews.append(CampReview(name, camp.preset, *found[camp.preset]))
    return tuple(reviews)


def with_preset(program: Program, preset: str) -> Program:
    """A program's scenario and plan with a preset's assumptions in the place of its own."""
    settings = {**program.assumptions, **program.scenario.presets[preset].set}
    return compile_program(program.scenario, settings, program.plan)


def _judged(case: Case, exact: Exact) -> tuple[DecisionAccount | None, ...]:
    return judged(case, Ground(exact))


def judged(case: Case, ground: Ground) -> tuple[DecisionAccount | None, ...]:
    """A line's decisions in another world; `ground` may know of their positions already."""
    program = ground.exact.program
    judge = Judge(ground, case.aim, case.column, prior(program))
    return tuple(_account(judge, program, each) for each in case.followed.decisions())


def _account(judge: Judge, program: Program, moment: Moment) -> DecisionAccount | None:
    there = moved(moment.before, program)
    if there is None:
        return None
    try:
        return judge.decision(moment._replace(before=there))
    except KeyError:
        return None


def moved(play: Play, program: Program) -> Play | None:
    """A play that waits for a decision, in another program of the same scenario.

    None where that program has no such decision in this turn.
    """
    steps = program.steps[play.world.turn - 1]
    asking = play.program.steps[play.world.turn - 1][play.at - 1]
    places = [at for at, step in enumerate(steps) if _same(step, asking)]
    if not places or program.layout != play.program.layout:
        return None
    twin = Play(waiting(program), play.base, play.world)
    twin.at = places[0] + 1
    twin.prompt, twin.interrupted = play.prompt, play.interrupted
    return twin


def _same(step: Step, other: Step) -> bool:
    """Whether two steps of two programs are the same step of their scenario."""
    if isinstance(step, DecideStep):
        return isinstance(other, DecideStep) and step.side == other.side
    if isinstance(step, InjectStep):
        return isinstance(other, InjectStep) and step.inject.id == other.inject.id
    return isinstance(step, RandomInjectStep) and isinstance(other, RandomInjectStep)
