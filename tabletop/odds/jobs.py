"""Samples cut into jobs that any process can run, with the same counts however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tabletop import __version__
from tabletop.errors import UsageError
from tabletop.rules.compiler import compile_program
from tabletop.rules.playout import Tally
from tabletop.rules.program import Program
from tabletop.scenario.schema import Scenario

CHUNK = 250_000
"""Games a job at least: half a second of work and more, beside what it costs to hand one out."""
MOST = 2_000_000
"""Games a job at most: what is made for a job before its first game is a small part then."""
JOBS = 32
"""Jobs of a question, where that leaves each of them between the two."""


class Question(NamedTuple):
    """What is asked: one doctrine at one scenario under one setting of its assumptions."""

    program: str
    """The hash of what is to be played, by which another tabletop would be noticed."""
    scenario: Scenario
    assumptions: tuple[tuple[str, str], ...]
    plan: str | None
    doctrine: str
    watch: tuple[str, ...] = ()
    """Flags that are counted at the end of each game."""

    @classmethod
    def of(cls, program: Program, doctrine: str, watch: tuple[str, ...] = ()) -> Question:
        """The question of a program that is compiled already."""
        assumptions = tuple(program.assumptions.items())
        return cls(program.hash, program.scenario, assumptions, program.plan, doctrine, watch)


class Job(NamedTuple):
    """Some games of one question."""

    question: Question
    number: int
    """Of the question in its list."""
    first_seed: int
    games: int


Runner = Callable[[Sequence[Job], Callable[[int], None]], Iterable[tuple[Job, Tally]]]
"""Runs jobs somewhere, in any order; the second argument hears how many games came back."""


def cut(questions: Sequence[Question], games: int, first_seed: int = 0) -> list[Job]:
    """The jobs that play so many games of each question, with seeds from `first_seed` on."""
    each = min(max(CHUNK, games // JOBS), MOST)
    return [
        Job(question, number, first, min(each, first_seed + games - first))
        for number, question in enumerate(questions)
        for first in range(first_seed, first_seed + games, each)
    ]


def run(job: Job) -> Tally:
    """Run one job, in whatever process this is.

    Raises `UsageError` where the same scenario makes another program than it did for who asks.
    """
    from tabletop.odds.sampling import sample

    question = job.question
    program = compile_program(question.scenario, dict(question.assumptions), question.plan)
    if program.hash != question.program:
        raise UsageError(
            "what plays these games has other rules than what asks for them: install the same "
            f"tabletop in both places, here {__version__}"
        )
    return sample(
        program, question.doctrine, job.games, first_seed=job.first_seed, watch=question.watch
    )


def gather(questions: Sequence[Question], results: Iterable[tuple[Job, Tally]]) -> list[Tally]:
    """The tallies of all questions, in their order, from the results of their jobs."""
    tallies = [Tally() for _ in questions]
    for job, found in results:
        tally = tallies[job.number]
        tally.games += found.games
        tally.endings.update(found.endings)
        tally.watched.update(found.watched)
    return tallies


def run_here(jobs: Sequence[Job], progress: Callable[[int], None]) -> Iterable[tuple[Job, Tally]]:
    """Run jobs in this process, one after another."""
    done = 0
    for job in jobs:
        tally = run(job)
        done += job.games
        progress(done)
        yield job, tally
