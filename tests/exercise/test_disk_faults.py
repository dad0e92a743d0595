"""Every call to the system fails in its turn, once or for good: nothing half is left behind.

The system is asked to open, write, force, cut and look at files: for a new game, a resumed
one, a torn one, a damaged one and a branch.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabletop.errors import SaveError
from tabletop.exercise import disk
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.save import read_save
from tests.exercise.games import SCENARIO, play, play_on

ERRORS = {
    "open": errno.EACCES,
    "fstat": errno.EIO,
    "write": errno.ENOSPC,
    "fsync": errno.EIO,
    "ftruncate": errno.EIO,
}
MOST_CALLS = 200


class FailingSystem:
    """The `os` of the disk module, in which a call fails; a write stops half way.

    With `lasting`, every call after it fails too.
    """

    def __init__(self, place: int, *, lasting: bool) -> None:
        self.place = place
        self.lasting = lasting
        self.failed: str | None = None

    def __getattr__(self, name: str) -> Any:
        genuine = getattr(os, name)
        return self._counted(name, genuine) if name in ERRORS else genuine

    def _counted(self, name: str, genuine: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.place -= 1
            if self.place > 0 or (self.place < 0 and not self.lasting):
                return genuine(*arguments)
            self.failed = self.failed or name
            if name == "write":
                descriptor, content = arguments
                genuine(descriptor, content[: len(content) // 2])
            raise OSError(ERRORS[name], os.strerror(ERRORS[name]))

        return call


def begin(desk: Desk) -> LocalTable:
    return desk.new(str(SCENARIO), seed=3, save=desk.folder / "new.jsonl")


def resume(desk: Desk) -> LocalTable:
    return desk.resume(desk.folder / "half.jsonl")


def mend(desk: Desk) -> LocalTable:
    return desk.resume(desk.folder / "torn.jsonl")


def recover(desk: Desk) -> LocalTable:
    return desk.resume(desk.folder / "damaged.jsonl")


def branch(desk: Desk) -> LocalTable:
    return desk.branch(desk.folder / "half.jsonl", 1, save=desk.folder / "new.jsonl")


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The save of a game that waits for its second decision."""
    return play(tmp_path_factory.mktemp("half") / "half.jsonl", turns=1).read_bytes()


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("start", [begin, resume, mend, recover, branch])
def test_whichever_call_fails_nothing_is_lost_and_nothing_half_is_left(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    half: bytes,
    start: Callable[[Desk], LocalTable],
    lasting: bool,
) -> None:
    """The game is refused in one line or goes on; then it is on the disk, or a warning says not."""
    lines = half.splitlines(keepends=True)
    damaged = [*lines[:-1], lines[-1].replace(b'"number"', b'"bumber"')]
    there = {"half": half, "torn": half[:-9], "damaged": b"".join(damaged)}
    failed: set[str | None] = set()
    for place in range(1, MOST_CALLS):
        folder = tmp_path / str(place)
        folder.mkdir()
        for name, content in there.items():
            (folder / f"{name}.jsonl").write_bytes(content)
        system = FailingSystem(place, lasting=lasting)
        monkeypatch.setattr(disk, "os", system)
        outcome = _played(start, folder)
        monkeypatch.setattr(disk, "os", os)
        _check_folder(folder, there, outcome, system)
        failed.add(system.failed)
        if system.failed is None:
            break
    assert None in failed, "the calls were not all reached"
    assert failed >= {"open", "fstat", "write", "fsync"}


def _played(start: Callable[[Desk], LocalTable], folder: Path) -> LocalTable | SaveError:
    async def play_one_turn() -> LocalTable:
        table = start(Desk(folder))
        await play_on(table, turns=1)
        return table

    try:
        return asyncio.run(play_one_turn())
    except SaveError as error:
        return error


def _check_folder(
    folder: Path, there: dict[str, bytes], outcome: LocalTable | SaveError, system: FailingSystem
) -> None:
    assert "\n" not in str(outcome)
    for path in folder.iterdir():
        if there.get(path.stem) == path.read_bytes():
            continue
        save = read_save(path)
        # What was written half can be cut off again, unless nothing works any more.
        assert not save.damaged, (system.failed, path.name)
        assert system.lasting or not save.torn, (system.failed, path.name)
        assert isinstance(outcome, LocalTable), (system.failed, path.name)
        assert path == outcome.path, (system.failed, path.name)
    if isinstance(outcome, LocalTable) and outcome.warning is None:
        assert len(read_save(outcome.path).events) == outcome.record.number
