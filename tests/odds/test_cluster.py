"""A Dask scheduler: the same counts as here, also where a worker is lost on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tabletop.errors import UsageError
from tabletop.odds import jobs
from tabletop.odds.cluster import Cluster
from tabletop.odds.jobs import Question, cut, gather, run_here
from tabletop.rules.compiler import compile_program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import load

distributed = pytest.importorskip("distributed")

FIRST = next(path for path in shipped() if path.stem == "first-game")
QUESTION = Question.of(compile_program(load(FIRST).scenario), "random")


@pytest.fixture
def cluster() -> Iterator[object]:
    """A scheduler on the loopback with two worker processes, which a nanny brings back."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0",
        host="127.0.0.1", silence_logs=50,
    ) as local:  # fmt: skip
        yield local


def test_counts_are_those_of_one_process_though_a_worker_is_killed(
    cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker is killed when the first job comes back; its games are played elsewhere."""
    monkeypatch.setattr(jobs, "CHUNK", 2_000)
    work = cut([QUESTION], 40_000)
    killed: list[int] = []

    def kill_one(games: int) -> None:
        if not killed:
            nanny = next(iter(cluster.workers.values()))  # type: ignore[attr-defined]
            killed.append(nanny.pid)
            os.kill(nanny.pid, signal.SIGKILL)
        assert games <= 40_000

    address = cluster.scheduler_address  # type: ignore[attr-defined]
    found = gather([QUESTION], Cluster(address)(work, kill_one))[0]
    assert killed
    here = gather([QUESTION], run_here(work, lambda games: None))[0]
    assert (found.games, +found.endings) == (40_000, +here.endings)


def test_an_address_where_nobody_answers_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is wrong, and how a scheduler is started."""
    monkeypatch.setattr("tabletop.odds.cluster.SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://"):
        with pytest.raises(UsageError, match="no Dask scheduler answers") as raised:
            list(Cluster(address)(cut([QUESTION], 10), lambda games: None))
        assert "\n" not in str(raised.value)
