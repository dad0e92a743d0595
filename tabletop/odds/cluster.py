"""Runs jobs on the workers of a Dask scheduler (the extra `cluster`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tabletop.errors import UsageError
from tabletop.odds.jobs import Job, run
from tabletop.rules.playout import Tally

if TYPE_CHECKING:
    from distributed import Client

SECONDS = 10
"""How long a scheduler may take to answer."""
RETRIES = 5
"""How often a job is tried again where a worker was lost with it, or failed."""


class Cluster:
    """A runner for jobs (`tabletop.odds.jobs.Runner`) on a scheduler at an address."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(
        self, jobs: Sequence[Job], progress: Callable[[int], None]
    ) -> Iterable[tuple[Job, Tally]]:
        """Run jobs, and yield their tallies as they come.

        Raises `UsageError` if `distributed` is not installed, the scheduler does not
        answer, or jobs fail again and again.
        """
        with self._client() as client:
            from distributed import KilledWorker, as_completed

            futures = client.map(run, jobs, pure=False, retries=RETRIES)
            numbers = {future.key: job for future, job in zip(futures, jobs, strict=True)}
            done = 0
            try:
                for future, tally in as_completed(futures, with_results=True, loop=client.loop):
                    job = numbers[future.key]
                    done += job.games
                    progress(done)
                    yield job, tally
            except KilledWorker as error:
                raise UsageError(
                    f"the workers at {self.address} were lost again and again with the same "
                    "games: look at their memory, and start again"
                ) from error

    def _client(self) -> Client:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "--cluster needs Dask: install it with pip install 'tabletop[cluster]'"
            ) from error
        try:
            return Client(self.address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"no Dask scheduler answers at {self.address!r}: start one with dask scheduler, "
                "and give its address, such as tcp://127.0.0.1:8786"
            ) from error
