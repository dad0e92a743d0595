"""A Dask scheduler: the same counts as here, also where a worker is lost on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

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


def test_a_scheduler_without_workers_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of waiting for ever."""
    monkeypatch.setattr("tabletop.odds.cluster.SECONDS", 1)
    with distributed.LocalCluster(
        n_workers=0, processes=True, dashboard_address=":0", host="127.0.0.1", silence_logs=50
    ) as local, pytest.raises(UsageError, match="no worker has come") as raised:  # fmt: skip
        list(Cluster(local.scheduler_address)(cut([QUESTION], 10), lambda games: None))
    assert "\n" not in str(raised.value)


def test_another_tabletop_is_named_before_a_game_is_played(
    cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is, and what belongs there."""
    monkeypatch.setattr("tabletop.odds.cluster.__version__", "9.9.9")
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match=r"has tabletop .*: install tabletop 9\.9\.9"):
        list(Cluster(address)(cut([QUESTION], 10), lambda games: None))


def test_games_that_a_worker_cannot_play_are_one_clear_line(cluster: object) -> None:
    """Whatever it was that went wrong there."""
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    strange = QUESTION._replace(doctrine="of nobody")
    with pytest.raises(UsageError, match=r"cannot play these games \(KeyError\)") as raised:
        list(Cluster(address)(cut([strange], 10), lambda games: None))
    assert "\n" not in str(raised.value)


def test_games_of_other_rules_are_refused_by_who_should_play_them(cluster: object) -> None:
    """The same scenario, another program: counts would differ, and nobody would know."""
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    strange = QUESTION._replace(program="0" * 64)
    with pytest.raises(UsageError, match="has other rules than what asks") as raised:
        list(Cluster(address)(cut([strange], 10), lambda games: None))
    assert address in str(raised.value)


def _whole(file: Path) -> bool:
    return file.exists() and file.read_text().rstrip().endswith("}")


def test_a_scheduler_that_is_lost_on_the_way_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed when the first games are back, with all that were still to come."""
    monkeypatch.setattr(jobs, "CHUNK", 500)
    monkeypatch.setattr("tabletop.odds.cluster.PARTING", 0.5)
    told = tmp_path / "scheduler.json"
    cli = [sys.executable, "-m", "distributed.cli.dask_"]
    found = f"--scheduler-file={told}"
    with ExitStack() as stack:

        def start(name: str, *options: str) -> subprocess.Popen[bytes]:
            command = [*cli[:2], cli[2] + name, "--no-dashboard", found, *options]
            process = stack.enter_context(
                subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            stack.callback(process.kill)
            return process

        scheduler = start("scheduler", "--host=127.0.0.1", "--port=0")
        start("worker", "--nthreads=1", "--no-nanny")
        deadline = time.monotonic() + 30
        while not _whole(told) and time.monotonic() < deadline:
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        work = cut([QUESTION], 40_000)
        with pytest.raises(UsageError, match="was lost with the games") as raised:
            list(Cluster(address)(work, lambda games: scheduler.kill()))
    assert "\n" not in str(raised.value)


def test_an_address_where_nobody_answers_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is wrong, and how a scheduler is started."""
    monkeypatch.setattr("tabletop.odds.cluster.SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://"):
        with pytest.raises(UsageError, match="no Dask scheduler answers") as raised:
            list(Cluster(address)(cut([QUESTION], 10), lambda games: None))
        assert "\n" not in str(raised.value)
