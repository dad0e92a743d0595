"""Writing a save: durable in groups, resumed after any crash, in memory when the disk fails."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event as Signal

import pytest

from tabletop.errors import SaveError
from tabletop.exercise import disk
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.journal import Journal
from tabletop.exercise.save import LONGEST_LINE, Save, read_save
from tabletop.exercise.words import seal_words
from tests.exercise import games, kill_writer
from tests.exercise.saves import MOMENT, drafts, header, write_save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "saves" / "game.jsonl"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    """A journal of a new save."""
    with Journal.create(path, header()) as journal:
        yield journal


def note(text: str = "x") -> Draft:
    return Draft("note.test", {"text": text}, "solo", "solo")


class Disk:
    """A disk whose writes or syncs fail on demand, by the error that they raise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writing: int | None = None
        self.forcing: int | None = None
        self.room = 0
        """Bytes that still fit when writing fails."""
        self._write, self._force = disk._write_all, disk._force
        monkeypatch.setattr(disk, "_write_all", self.write)
        monkeypatch.setattr(disk, "_force", self.force)

    def write(self, descriptor: int, content: bytes) -> None:
        if self.writing:
            self._write(descriptor, content[: self.room])
            raise OSError(self.writing, os.strerror(self.writing))
        self._write(descriptor, content)

    def force(self, descriptor: int) -> None:
        if self.forcing:
            raise OSError(self.forcing, os.strerror(self.forcing))
        self._force(descriptor)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


# --- writing


def test_new_save_is_on_the_disk_at_once(path: Path) -> None:
    """Creating makes the folder and the header; the game can be found before anything happens."""
    with Journal.create(path, header(seed=3)) as journal:
        assert read_save(path).header.seed == 3
        assert journal.number == 0
        assert journal.warning is None


def test_events_are_numbered_dated_and_sealed_at_once(journal: Journal) -> None:
    """What `append` gives back is what any reader will find later."""
    first = journal.append(drafts()[:2])
    second = journal.append(drafts()[2:])
    journal.flush()
    save = read_save(journal.path)
    assert save.events == first + second
    assert [event.number for event in save.events] == [1, 2, 3, 4, 5]
    assert len({event.at for event in first}) == 1
    assert save.seal == second[-1].seal


def test_existing_file_is_never_overwritten(path: Path, journal: Journal) -> None:
    """A second game under the same name is refused."""
    before = path.read_bytes()
    with pytest.raises(SaveError, match="exists already: choose another name"):
        Journal.create(path, header())
    assert path.read_bytes() == before


def test_scenario_beyond_the_limit_is_refused(path: Path) -> None:
    """A header that no reader would take is not written."""
    with pytest.raises(SaveError, match="too large to be kept in a save"):
        Journal.create(path, header(files={"a.yaml": "x" * LONGEST_LINE}))
    assert not path.exists()


@pytest.mark.parametrize(
    "draft",
    [
        Draft("gossip.heard", {}, "solo", "solo"),
        Draft("game.", {}, "solo", "solo"),
        Draft("game.x", {"set": {1}}, "solo", "solo"),
        Draft("game.x", {"nan": float("nan")}, "solo", "solo"),
        Draft("game.x", {"text": "x" * LONGEST_LINE}, "solo", "solo"),
    ],
    ids=["family", "no kind", "not JSON", "not a number", "too long"],
)
def test_event_that_no_save_can_hold_is_refused_whole(journal: Journal, draft: Draft) -> None:
    """Nothing of its group is written, and the journal goes on."""
    with pytest.raises((ValueError, TypeError)):
        journal.append([note(), draft])
    (event,) = journal.append([note("next")])
    journal.flush()
    assert read_save(journal.path).events == (event,)


@pytest.mark.parametrize(
    "what", ["note.x", "note.Foo2", "game.a-b.C_9", "note.", "note.a b", "note.é", "Note.x", "x"]
)
def test_a_kind_is_written_if_and_only_if_it_is_read(journal: Journal, what: str) -> None:
    """Writers and readers go by one definition, or a save could be read and not copied."""
    with journal, contextlib.suppress(ValueError):
        journal.append([Draft(what, {}, "solo", "solo")])
    write_save(journal.path, [Draft(what, {}, "solo", "solo")], journal.header)
    assert len(read_save(journal.path).events) == journal.number


def test_discarded_save_is_gone_and_a_resumed_one_stays(path: Path) -> None:
    """Only what was begun here is taken back."""
    Journal.create(path, header()).discard()
    assert not path.exists()
    write_save(path, drafts())
    Journal.resume(path)[0].discard()
    assert len(read_save(path).events) == len(drafts())


def test_nothing_is_written_where_the_check_refuses(tmp_path: Path) -> None:
    """Neither is a torn line cut nor a usable part recovered; and the save is let go."""
    path = tmp_path / "game.jsonl"
    write_save(path, drafts())
    whole = path.read_bytes()
    seen: list[int] = []

    def refuse(save: Save) -> None:
        seen.append(len(save.events))
        raise SaveError("no")

    for content in (whole[:-9], whole.replace(b"holds", b"balks")):
        path.write_bytes(content)
        for _ in range(2):
            with pytest.raises(SaveError, match="no"):
                Journal.resume(path, refuse)
        assert path.read_bytes() == content
    assert seen == [4, 4, 2, 2]
    assert list(tmp_path.iterdir()) == [path]


def test_copied_events_keep_their_times(tmp_path: Path, journal: Journal) -> None:
    """A branch shares the past: same numbers, times and data, sealed onto its own header."""
    past = write_save(tmp_path / "old.jsonl", drafts()[:3])
    copied = journal.copy(past)
    journal.flush()
    assert read_save(journal.path).events == copied
    assert [event.at for event in copied] == [MOMENT] * 3
    assert [event.data for event in copied] == [event.data for event in past]
    assert [event.seal for event in copied] == [event.seal for event in past]


def test_closed_journal_takes_nothing_more(path: Path) -> None:
    """Closing writes what is queued, may come twice, and ends the writing."""
    journal = Journal.create(path, header())
    events = journal.append([note(), note()])
    journal.close()
    journal.close()
    assert read_save(path).events == events
    with pytest.raises(ValueError, match="closed"):
        journal.append([note()])


# --- durable


async def test_durable_returns_only_when_the_disk_has_it(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is shown before it is safe, and groups that pile up meanwhile go in one sync."""
    begun, free, syncs, force = Signal(), Signal(), [], disk._force

    def slow(descriptor: int) -> None:
        begun.set()
        free.wait(10)
        syncs.append(len(read_save(journal.path).events))
        force(descriptor)

    monkeypatch.setattr(disk, "_force", slow)
    journal.append([note("first")])
    assert await asyncio.to_thread(begun.wait, 10)
    waits = []
    for _ in range(20):
        last = journal.append([note(), note()])[-1].number
        waits.append(asyncio.create_task(journal.durable(last)))
    first = asyncio.create_task(journal.durable(1))
    await asyncio.sleep(0)
    assert not any(task.done() for task in [first, *waits])
    free.set()
    await asyncio.gather(first, *waits)
    assert syncs == [1, 41]
    await journal.durable(41)


async def test_durable_knows_only_events_that_exist(journal: Journal) -> None:
    """Waiting for what was never appended would last for ever."""
    with pytest.raises(ValueError, match="no event 1: the last one is 0"):
        await journal.durable(1)
    await journal.durable(0)


async def test_given_up_wait_does_no_harm(journal: Journal) -> None:
    """A screen that closes while it waits leaves the others waiting in peace."""
    (event,) = journal.append([note()])
    given_up = asyncio.create_task(journal.durable(event.number))
    await asyncio.sleep(0)
    given_up.cancel()
    await journal.durable(event.number)
    assert read_save(journal.path).events == (event,)


# --- resuming


def test_resume_goes_on_where_the_save_stands(path: Path) -> None:
    """Numbers and seals continue as if nothing had been between."""
    with Journal.create(path, header()) as journal:
        journal.append(drafts()[:2])
    journal, save = Journal.resume(path)
    with journal:
        assert len(save.events) == journal.number == 2
        assert journal.header == save.header
        journal.append(drafts()[2:])
    assert read_save(path).faults == ()
    assert len(read_save(path).events) == 5


def test_resume_after_a_truncation_loses_only_the_torn_line(tmp_path: Path) -> None:
    """Wherever a crash stopped, the game goes on from the last whole event."""
    path = tmp_path / "game.jsonl"
    events = write_save(path, drafts()[:3])
    whole = path.read_bytes()
    ends = [place for place, byte in enumerate(whole) if byte == 0x0A]
    near_ends = {end + off for end in ends for off in (0, 1)} | {end - 1 for end in ends[1:]}
    for size in sorted(near_ends | {*range(ends[0], len(whole), 5)}):
        path.write_bytes(whole[:size])
        journal, save = Journal.resume(path)
        with journal:
            assert journal.path == path
            journal.append([note("after")])
        again = read_save(path)
        assert again.faults == (), size
        assert list(again.events[:-1]) == events[: len(save.events)], size
        assert again.events[-1].data == {"text": "after"}


def test_resume_of_a_save_with_windows_line_endings(tmp_path: Path) -> None:
    """New lines after converted ones are as good."""
    path = tmp_path / "game.jsonl"
    write_save(path, drafts()[:3])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with Journal.resume(path)[0] as journal:
        journal.append([note()])
        journal.flush()
        journal.save_elsewhere(tmp_path / "other.jsonl")
    for written in (path, tmp_path / "other.jsonl"):
        assert read_save(written).faults == ()
        assert len(read_save(written).events) == 4


def test_damaged_middle_goes_on_in_a_new_file(tmp_path: Path) -> None:
    """A save that somebody may still mend is left as it is; the usable part is played on."""
    path = tmp_path / "game.jsonl"
    events = write_save(path, drafts())
    path.write_bytes(path.read_bytes().replace(b"holds", b"balks"))
    before = path.read_bytes()
    journal, save = Journal.resume(path)
    with journal:
        assert save.faults[0].startswith("line 4: changed")
        assert save.dropped == 3
        assert journal.path == tmp_path / "game-recovered.jsonl"
        journal.append([note()])
    assert path.read_bytes() == before
    recovered = read_save(tmp_path / "game-recovered.jsonl")
    assert recovered.faults == ()
    assert list(recovered.events[:2]) == events[:2]
    second = Journal.resume(path)[0]
    second.close()
    assert second.path == tmp_path / "game-recovered-2.jsonl"


def test_resume_of_what_is_no_save_is_refused(tmp_path: Path) -> None:
    """One clear line, and nothing is written."""
    path = tmp_path / "notes.txt"
    path.write_text("milk\n")
    with pytest.raises(SaveError, match=":1: not a save of tabletop"):
        Journal.resume(path)
    assert path.read_text() == "milk\n"
    with pytest.raises(SaveError, match="no such file"):
        Journal.resume(tmp_path / "none.jsonl")
    with pytest.raises(SaveError, match="not a file"):
        Journal.resume(tmp_path)
    with pytest.raises(SaveError, match="not a file name"):
        Journal.resume(Path("a\0b"))
    with pytest.raises(SaveError, match="not a file name"):
        Journal.create(Path("a\0b"), header())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked to be light")
def test_nothing_shown_is_lost_when_killed_at_200_random_points(tmp_path: Path) -> None:
    """`kill -9` at any moment, again and again: every event that was shown is in the save."""
    lots = random.Random(20170306)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.exercise.kill_writer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as server:
        assert server.stdin
        assert server.stdout
        kills = shown_ever = 0
        for game in range(20):
            path = tmp_path / f"game-{game}.jsonl"
            # Each game is killed and resumed ten times.
            for kill in range(10):
                print(path, 100 * game + kill, file=server.stdin)
                writer = int(server.stdout.readline())
                # The random point itself; nothing is waited for here.
                time.sleep(lots.uniform(0, 0.02))
                os.kill(writer, 9)
                assert server.stdout.readline() == "gone\n"
                kills += 1
                shown_ever += _check_killed(path)
        server.stdin.close()
    assert kills == 200
    assert shown_ever > 1000


def _check_killed(path: Path) -> int:
    shown_file = Path(f"{path}.shown")
    numbers = shown_file.read_text().split() if shown_file.exists() else []
    shown = int(numbers[-1]) if numbers else 0
    if not shown and (not path.exists() or b"\n" not in path.read_bytes()):
        # Killed before there was a save, and so before anything was shown.
        path.unlink(missing_ok=True)
        return 0
    save = read_save(path)
    assert len(save.events) >= shown
    assert not save.damaged
    for event in save.events:
        assert event.data == kill_writer.draft(event.number).data
    return shown


# --- when the disk fails


def test_full_disk_is_told_in_one_line_and_the_game_goes_on(
    journal: Journal, failing: Disk
) -> None:
    """Nobody waits for a disk that is full, and the file keeps its whole prefix."""
    (safe,) = journal.append([note("safe")])
    journal.flush()
    failing.writing, failing.room = errno.ENOSPC, 50
    journal.append([note("lost")])
    journal.flush()
    assert journal.warning == (
        f"{journal.path} cannot be written (no space left on device): "
        "the game goes on in memory; save it elsewhere to keep it"
    )
    assert journal.append([note("more")])[0].number == 3
    journal.flush()
    save = read_save(journal.path)
    assert save.events == (safe,)
    assert save.faults == ()


def test_room_made_on_a_full_disk_is_used(journal: Journal, failing: Disk) -> None:
    """Once there is room again, all that waited in memory is written and the warning goes."""
    failing.writing, failing.room = errno.ENOSPC, 50
    events = journal.append([note("one")]) + journal.append([note("two")])
    journal.flush()
    failing.writing = None
    events += journal.append([note("three")])
    journal.flush()
    assert journal.warning is None
    assert read_save(journal.path).events == events


async def test_waiting_ends_when_the_disk_fails(journal: Journal, failing: Disk) -> None:
    """`durable` returns: the game is in memory, and the warning tells so."""
    failing.forcing = errno.EIO
    (event,) = journal.append([note()])
    await journal.durable(event.number)
    assert "input/output error" in str(journal.warning)


def test_failed_sync_is_never_trusted_again(journal: Journal, failing: Disk) -> None:
    """After a failed fsync the system may drop what it had: only another file is safe."""
    failing.forcing = errno.EIO
    journal.append([note("one")])
    journal.flush()
    failing.forcing = None
    journal.append([note("two")])
    journal.flush()
    assert journal.warning is not None


def test_saving_elsewhere_writes_everything_and_goes_on_there(
    journal: Journal, failing: Disk, tmp_path: Path
) -> None:
    """A stick or another folder takes the whole game, and the warning goes."""
    events = journal.append(drafts()[:2])
    failing.forcing = errno.EIO
    events += journal.append([note("in memory")])
    journal.flush()
    elsewhere = tmp_path / "stick" / "game.jsonl"
    with pytest.raises(SaveError, match="input/output error"):
        journal.save_elsewhere(elsewhere)
    assert not elsewhere.exists()
    failing.forcing = None
    journal.save_elsewhere(elsewhere)
    events += journal.append([note("there")])
    journal.flush()
    assert (journal.path, journal.warning) == (elsewhere, None)
    assert read_save(elsewhere).events == events
    with pytest.raises(SaveError, match="exists already"):
        journal.save_elsewhere(elsewhere)


def test_read_only_folder_is_told_and_the_game_goes_on(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A game can begin where nothing can be written, and be saved elsewhere later."""

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        journal = Journal.create(path, header())
    with journal:
        assert "cannot be written (permission denied)" in str(journal.warning)
        events = journal.append([note()])
        journal.flush()
        assert not path.exists()
        journal.save_elsewhere(tmp_path / "game.jsonl")
    assert read_save(tmp_path / "game.jsonl").events == events


def test_read_only_save_is_resumed_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save on a read-only disk can be played on, and kept elsewhere."""
    path = tmp_path / "game.jsonl"
    past = write_save(path, drafts()[:2])

    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        journal, save = Journal.resume(path)
    with journal:
        assert list(save.events) == past
        assert "read-only file system" in str(journal.warning)
        journal.append([note()])
        journal.save_elsewhere(tmp_path / "other.jsonl")
    assert len(read_save(path).events) == 2
    assert len(read_save(tmp_path / "other.jsonl").events) == 3


def test_torn_line_that_cannot_be_cut_leaves_the_game_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Adding behind half a line would spoil the save, so nothing is added."""
    path = tmp_path / "game.jsonl"
    write_save(path, drafts()[:2])
    path.write_bytes(path.read_bytes()[:-5])
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "ftruncate", refuse)
    with Journal.resume(path)[0] as journal:
        assert journal.warning
        journal.append([note()])
    assert path.read_bytes() == before


def test_save_deleted_while_it_is_played_is_told(journal: Journal, tmp_path: Path) -> None:
    """A game in a file that is gone would be lost without a word."""
    journal.append([note()])
    journal.flush()
    try:
        journal.path.unlink()
    except PermissionError:
        pytest.skip("this system does not let open files be deleted")
    journal.append([note()])
    journal.flush()
    assert "the file was deleted" in str(journal.warning)
    journal.save_elsewhere(tmp_path / "again.jsonl")
    assert len(read_save(tmp_path / "again.jsonl").events) == 2


def test_save_beyond_the_limit_goes_on_in_memory(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file grows larger than readers take."""
    monkeypatch.setattr(disk, "LARGEST_SAVE", journal.path.stat().st_size + 100)
    journal.append([note("x" * 200)])
    journal.flush()
    assert "file too large" in str(journal.warning)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tabletop.exercise.desk import Desk
from tabletop.exercise.journal import Journal
from tabletop.exercise.events import Draft
from tabletop.exercise.save import read_save
from tests.exercise.saves import header

path = Path(sys.argv[1])
journal = Journal.create(path, header())
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
while journal.warning is None:
    journal.append([Draft("note.test", {"text": "x" * 300}, "", "")] * 3)
    journal.flush()
written = read_save(path)
assert not written.faults and 0 < len(written.events) < journal.number
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
journal.append([Draft("note.test", {}, "", "")])
journal.close()
assert len(read_save(path).events) == journal.number
print(journal.warning)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file sizes")
def test_real_limit_of_the_system_is_survived(tmp_path: Path) -> None:
    """The same with the system's own refusal, in the middle of a write."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "game.jsonl")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == "None\n"


# --- two processes

HOLD = """
import sys
from pathlib import Path
from tabletop.exercise.desk import Desk
from tabletop.exercise.journal import Journal
Journal.resume(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_second_process_is_refused_until_the_first_is_gone(path: Path) -> None:
    """Two writers would spoil a save; the hold ends with its process, even by `kill -9`."""
    write_save_in(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(SaveError) as refused:
            Journal.resume(path)
        told = str(refused.value)
        assert told.startswith(f"{path}: is being played in another tabletop")
        assert told.endswith(": close that one first")
        if sys.platform == "linux":
            assert f"(process {other.pid})" in told
        assert len(read_save(path).events) == 2
        other.kill()
    with Journal.resume(path)[0] as journal:
        journal.append([note()])
    assert len(read_save(path).events) == 3


def test_same_process_cannot_write_a_save_twice(path: Path, journal: Journal) -> None:
    """Nor can two windows of one program."""
    with pytest.raises(SaveError, match="is being played here already"):
        Journal.resume(path)


def write_save_in(path: Path) -> None:
    path.parent.mkdir(parents=True)
    write_save(path, [Draft("note.x", {"said": seal_words("yes")}, "", "")] * 2)


def test_save_that_does_not_follow_by_the_rules_is_let_go(path: Path) -> None:
    """A save that cannot be played on is not held by the program that refused it."""
    path.parent.mkdir(parents=True)
    games.play(path, turns=1)
    games.rewrite(path, lambda event: None if event.what == "game.draw" else event)
    for _ in range(2):
        with pytest.raises(SaveError, match="it can be replayed up to there, not played on"):
            Desk(path.parent).resume(path)
