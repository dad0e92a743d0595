"""Runs jobs on the workers of a Dask scheduler (the extra `cluster`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tabletop import __version__
from tabletop.errors import UsageError
from tabletop.odds.jobs import Job, run
from tabletop.rules.playout import Tally

if TYPE_CHECKING:
    from distributed import Client

SECONDS = 10
"""How long a scheduler may take to answer."""
PARTING = 2
"""Seconds that a scheduler may take to let go."""
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
        answer or is lost, has no worker or one without this tabletop, or jobs fail again
        and again.
        """
        done = 0
        client = self._client()
        try:
            self._check(client)
            for job, tally in self._results(client, jobs):
                done += job.games
                progress(done)
                yield job, tally
        finally:
            # A scheduler that is gone does not say goodbye.
            with suppress(TimeoutError, OSError):
                client.close(timeout=PARTING)

    def _check(self, client: Client) -> None:
        """Ask the scheduler and its workers for their tabletop: one without it would hang all."""

        # Sent as it is, not by its name, so that those can answer who have no tabletop.
        def version() -> str:
            try:
                import tabletop
            except ImportError:
                return ""
            return tabletop.__version__

        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            raise UsageError(
                f"no worker has come to the scheduler at {self.address!r}: start one with "
                f"dask worker {self.address}"
            ) from error
        found = {"the scheduler": client.run_on_scheduler(version)}
        found |= {f"the worker {at}": each for at, each in client.run(version).items()}
        for who, each in found.items():
            if each != __version__:
                raise UsageError(
                    f"{who} has {f'tabletop {each}' if each else 'no tabletop'}: install "
                    f"tabletop {__version__} with its extra 'cluster' where it runs, and start "
                    "it anew"
                )

    def _results(self, client: Client, jobs: Sequence[Job]) -> Iterator[tuple[Job, Tally]]:
        from distributed import CancelledError, KilledWorker, as_completed

        futures = client.map(run, jobs, pure=False, retries=RETRIES)
        numbers = {future.key: job for future, job in zip(futures, jobs, strict=True)}
        lost = UsageError(
            f"the scheduler at {self.address} was lost with the games: start it, and sample again"
        )
        results = iter(as_completed(futures, with_results=True, loop=client.loop))
        while True:
            try:
                future, tally = next(results)
            except StopIteration:
                return
            except KilledWorker as error:
                raise UsageError(
                    f"the workers at {self.address} were lost again and again with the same "
                    "games: look at their memory, and start again"
                ) from error
            except CancelledError as error:
                raise lost from error
            except UsageError as error:
                raise UsageError(f"at {self.address}, {error}") from error
            except Exception as error:
                # Whatever a machine raises that cannot read a job, or not run it.
                raise UsageError(
                    f"the scheduler or a worker at {self.address} cannot play these games "
                    f"({type(error).__name__}): give it the same Python and libraries as here, "
                    "and start it anew"
                ) from error
            if isinstance(tally, CancelledError):  # given, not raised
                raise lost from tally
            yield numbers[future.key], tally

    def _client(self) -> Client:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "--cluster needs Dask: install it with pip install 'tabletop[cluster]'"
            ) from error
        # What goes wrong is told in one line of ours.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        try:
            return Client(self.address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"no Dask scheduler answers at {self.address!r}: start one with dask scheduler, "
                "and give its address, such as tcp://127.0.0.1:8786"
            ) from error
