"""What an author should look at once a scenario has been played out in every way it can go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.errors import UsageError
from tabletop.odds.coverage import Coverage, cover, possible_aims
from tabletop.odds.pinned import OFTEN, pinned
from tabletop.odds.reading_time import long_readings
from tabletop.odds.refusal import TooLargeError
from tabletop.odds.rivals import Rivalry, Worths, objectives, rivalry
from tabletop.odds.unreached import unreached
from tabletop.rules.compiler import compile_program
from tabletop.scenario.findings import Noticed

if TYPE_CHECKING:
    from tabletop.rules.program import Program
    from tabletop.scenario.schema import Scenario

MOST_DECISIONS = 500_000
"""Different situations of decision in all: with more, exact odds take long and much memory."""

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1."""


def unheard(share: float) -> None:
    """The progress that nobody hears."""


@dataclass(frozen=True)
class Checked:
    """What was noticed, and how large the game is."""

    noticed: tuple[Noticed, ...]
    decisions: Mapping[int, int]
    """By turn: different situations in which somebody decides, those alike counted once."""


def author_checks(scenario: Scenario, progress: Progress = unheard) -> Checked:
    """Play a scenario out under its default assumptions, and say what stands out.

    What never comes is looked for under its presets too: only what comes in none of them
    is told.
    """
    program = compile_program(scenario)
    noticed: list[Noticed] = []
    coverage = Coverage(program)
    try:
        for turn in cover(coverage):
            progress(0.2 * turn / program.turns)
        noticed += _never(scenario, coverage)
        progress(0.3)
        noticed += _stuck(scenario, coverage)
        if not coverage.dead:  # else games come to a stop, and nothing beyond can be told
            noticed += long_readings(scenario)
            noticed += _compared(scenario, program, progress)
            noticed += _pinned(program)
    except (TooLargeError, UsageError) as error:
        noticed.append(_large(str(error), "exact odds must do without it: "))
    total = sum(coverage.decisions.values())
    if total > MOST_DECISIONS:
        by_turn = ", ".join(f"{count} in turn {turn}" for turn, count in coverage.decisions.items())
        what = f"{total} different situations to decide in ({by_turn})"
        noticed.append(_large(what, f"at most {MOST_DECISIONS} are wanted: "))
    progress(1.0)
    return Checked(tuple(noticed), dict(coverage.decisions))


def _large(what: str, why: str) -> Noticed:
    todo = f"{why}narrow a track, or give injects a single turn"
    return Noticed("large game", "calendar", ("calendar",), what, todo)


def _never(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    """What never comes under the defaults nor under any preset, in the order of the file."""
    never = list(unreached(scenario, coverage))
    for preset in scenario.presets.values():
        if never:
            coverage = Coverage(compile_program(scenario, preset.set))
            for _ in cover(coverage):
                pass
            still = set(unreached(scenario, coverage))
            never = [each for each in never if each in still]
    yield from never


def _stuck(scenario: Scenario, coverage: Coverage) -> Iterator[Noticed]:
    for (turn, stage), count in sorted(coverage.dead.items()):
        name = list(scenario.stages)[stage]
        what = f"nothing at all can be chosen in turn {turn} in {count} situations of this stage"
        todo = "keep its course open, with a support that is always open"
        yield Noticed("dead end", name, ("stages", name), what, todo)


def _compared(scenario: Scenario, program: Program, progress: Progress) -> Iterator[Noticed]:
    own, others = objectives(scenario)
    declared, all_of_them = Rivalry(), Rivalry()
    _judge(program, own, declared, lambda share: progress(0.3 + 0.1 * share))
    all_of_them.best |= declared.best
    if declared.offered - declared.best:
        _judge(program, others, all_of_them, lambda share: progress(0.4 + 0.5 * share))
    for number, (name, response) in enumerate(scenario.responses.items()):
        path = ("responses", name)
        if number in declared.offered - all_of_them.best:
            what = (
                f"{response.title!r} is never the one best thing to do, for none of "
                f"{len(own) + len(others)} objectives"
            )
            todo = "give it something that no other response gives, or say why it is there"
            yield Noticed("never best", name, path, what, todo)
        elif number in declared.best - declared.beaten:
            what = (
                f"{response.title!r} is best wherever it is open, for each of the scenario's "
                f"{len(own)} objectives: there is no dilemma"
            )
            yield Noticed("always best", name, path, what, "let it cost something")


def _judge(program: Program, wanted: list[Worths], found: Rivalry, progress: Progress) -> None:
    steps = 2 * program.turns * len(possible_aims(program))
    for step, _ in enumerate(rivalry(program, wanted, found)):
        progress(step / steps)


def _pinned(program: Program) -> Iterator[Noticed]:
    for pin in pinned(program):
        which = "lowest" if pin.end == program.low[program.layout.tracks[pin.track]] else "highest"
        what = (
            f"stands at its {which}, {pin.end}, in {100 * pin.share:.0f}% of the decisions after "
            f"the first turn (mean over the doctrines that play by rules, exactly and unreduced; "
            f"{100 * OFTEN:.0f}% or more is told)"
        )
        todo = "start it elsewhere, widen its range, or let more things move it"
        yield Noticed("pinned track", pin.track, ("tracks", pin.track), what, todo)
