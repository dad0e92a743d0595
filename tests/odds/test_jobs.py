"""Jobs and pools: the same counts however the work is cut, and lost processes cost only time."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from typing import Any

import pytest

from tabletop.odds import jobs, pool
from tabletop.odds.jobs import Job, Question, cut, gather, run, run_here
from tabletop.odds.pool import Pool, cores
from tabletop.rules.compiler import compile_program
from tabletop.rules.playout import Tally
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load

FIRST = next(path for path in shipped() if path.stem == "first-game")
PROGRAM = compile_program(load(FIRST).scenario)
QUESTIONS = [Question.of(PROGRAM, doctrine) for doctrine in PROGRAM.policies]


def _quiet(games: int) -> None:
    assert games > 0


def _counts(results: Iterable[tuple[Job, Tally]]) -> list[Any]:
    return [(tally.games, +tally.endings) for tally in gather(QUESTIONS, results)]


def test_jobs_cover_every_seed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the games do not fill the last job."""
    monkeypatch.setattr(jobs, "CHUNK", 40)
    for number in range(len(QUESTIONS)):
        mine = [job for job in cut(QUESTIONS, 100, 7) if job.number == number]
        seeds = [seed for job in mine for seed in range(job.first_seed, job.first_seed + job.games)]
        assert seeds == list(range(7, 107))


def test_counts_do_not_depend_on_how_the_work_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """One job a question or many, here or in other processes."""
    whole = _counts(run_here(cut(QUESTIONS, 90), _quiet))
    assert all(games == 90 for games, _ in whole)
    monkeypatch.setattr(jobs, "CHUNK", 25)
    assert _counts(run_here(cut(QUESTIONS, 90), _quiet)) == whole
    assert _counts(Pool(2)(cut(QUESTIONS, 90), _quiet)) == whole


def test_progress_hears_every_game(monkeypatch: pytest.MonkeyPatch) -> None:
    """Growing, and the last figure is the sum."""
    monkeypatch.setattr(jobs, "CHUNK", 25)
    heard: list[int] = []
    list(Pool(2)(cut(QUESTIONS, 60), heard.append))
    assert heard == sorted(heard)
    assert heard[-1] == 60 * len(QUESTIONS)


def _fatal(job: Job) -> Tally:
    """Kills the process that runs it, unless that is the one that wrote it down."""
    if os.getpid() != int(os.environ["TABLETOP_TEST_PARENT"]):
        os.kill(os.getpid(), signal.SIGTERM)
    return run(job)


def test_a_lost_process_costs_time_and_no_games(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its jobs are run by the process that asked."""
    monkeypatch.setenv("TABLETOP_TEST_PARENT", str(os.getpid()))
    monkeypatch.setattr(jobs, "CHUNK", 30)
    wanted = _counts(run_here(cut(QUESTIONS, 60), _quiet))
    monkeypatch.setattr(pool, "run", _fatal)
    assert _counts(Pool(2)(cut(QUESTIONS, 60), _quiet)) == wanted


def test_there_is_a_core_at_least() -> None:
    """On every system."""
    assert 1 <= cores() <= (os.cpu_count() or 1)
