"""Runs jobs on all cores of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from tabletop.odds.jobs import Job, run, run_here
from tabletop.rules.playout import Tally


def cores() -> int:
    """The cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class Pool:
    """A runner for jobs (`tabletop.odds.jobs.Runner`) on several processes.

    If a process is lost, its jobs are run in this one.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = cores() if workers is None else workers

    def __call__(
        self, jobs: Sequence[Job], progress: Callable[[int], None]
    ) -> Iterable[tuple[Job, Tally]]:
        """Run jobs, and yield their tallies as they come."""
        if self.workers < 2 or len(jobs) < 2:
            yield from run_here(jobs, progress)
            return
        done = 0
        lost: list[Job] = []
        # A fork would copy whatever threads and terminals the caller has open.
        context = get_context("spawn")
        with ProcessPoolExecutor(min(self.workers, len(jobs)), mp_context=context) as pool:
            waiting: dict[Future[Tally], Job] = {}
            try:
                waiting.update((pool.submit(run, job), job) for job in jobs)
                for future in as_completed(waiting):
                    job = waiting[future]
                    try:
                        tally = future.result()
                    except BrokenProcessPool:
                        lost.append(job)
                        continue
                    done += job.games
                    progress(done)
                    yield job, tally
            except BrokenProcessPool:  # while jobs were still being handed out: none is back
                lost.extend(jobs)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        yield from run_here(lost, lambda games: progress(done + games))
