"""Writes a save: seals events as they happen and forces them to the disk in groups.

`append` numbers, dates and seals at once and returns; one thread writes what has queued
up, however many groups, in one write and one fsync. `durable` tells when. If the disk
fails, the game goes on in memory and `warning` says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Lock, Thread
from types import TracebackType
from typing import Self

from tabletop.errors import SaveError
from tabletop.exercise.disk import SaveFile, write_new
from tabletop.exercise.events import KIND, Draft, Event, event_line
from tabletop.exercise.header import Header, header_line, now
from tabletop.exercise.save import LONGEST_LINE, Save, read_save, reason

_Waiter = tuple[int, asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class Journal:
    """The one writer of one save.

    `append` is called from one thread (the interface's own); the rest from any.
    """

    def __init__(
        self, path: Path, header: Header, file: SaveFile | None, lines: list[bytes], seal: str
    ) -> None:
        self.path = path
        """Where the game is kept, or would be if it could."""
        self.header = header
        self.clock: Callable[[], str] = now
        """What dates the events."""
        self.warning: str | None = None
        """One line once writing failed and the game goes on in memory; None while all is well."""
        self._file = file
        self._made: Path | None = None
        self._lines = lines
        self._seal = seal
        self._on_disk = len(lines) if file else 0
        self._tried = len(lines)
        self._waiting: list[_Waiter] = []
        self._closing = False
        self._changed = Condition()
        self._disk = Lock()
        self._writer: Thread | None = None

    @classmethod
    def create(cls, path: Path, header: Header) -> Journal:
        """A new save that holds the header alone, on the disk already.

        A disk that cannot be written gives a journal in memory with a warning. Raises
        `SaveError` where the file exists or the header is too large for a save.
        """
        line, seal = header_line(header)
        if len(line) >= LONGEST_LINE:
            raise SaveError(f"{path}: the scenario is too large to be kept in a save")
        return cls._begin(path, header, [line + b"\n"], seal)

    @classmethod
    def resume(
        cls, path: Path, check: Callable[[Save], object] = lambda _: None
    ) -> tuple[Journal, Save]:
        """Go on with a save; also gives the save as it was found.

        `check` looks at it before anything is written, and stops it by raising. A torn last
        line is cut off. If another line is damaged, the file stays as it is and the usable
        part goes on in a new one beside it, `NAME-recovered.jsonl`: look at `path`. Raises
        `SaveInUseError` while another process writes it, `SaveError` where it cannot be read
        at all.
        """
        try:
            file = SaveFile.open(path)
        except ValueError:
            raise SaveError(f"{str(path)!r}: not a file name") from None
        except OSError as error:
            return cls._resume_unwritable(path, check, error)
        try:
            save = read_save(path)
            check(save)
            lines = _used_lines(save)
            if save.damaged:
                file.close()
                return cls._begin(_recovered(path), save.header, lines, save.seal), save
            journal = cls(path, save.header, file, lines, save.seal)
            journal._mend(save)
        except BaseException:
            file.close()
            raise
        return journal, save

    @classmethod
    def _begin(cls, path: Path, header: Header, lines: list[bytes], seal: str) -> Journal:
        try:
            journal = cls(path, header, write_new(path, lines), lines, seal)
        except ValueError:
            raise SaveError(f"{str(path)!r}: not a file name") from None
        except OSError as error:
            journal = cls(path, header, None, lines, seal)
            journal._warn(error)
        else:
            journal._made = path
        return journal

    @classmethod
    def _resume_unwritable(
        cls, path: Path, check: Callable[[Save], object], error: OSError
    ) -> tuple[Journal, Save]:
        save = read_save(path)
        check(save)
        journal = cls(path, save.header, None, _used_lines(save), save.seal)
        journal._warn(error)
        return journal, save

    @property
    def number(self) -> int:
        """The number of the last event; 0 while there is none."""
        return len(self._lines) - 1

    def append(self, drafts: Sequence[Draft]) -> tuple[Event, ...]:
        """Seal events in this order and queue them as one group; nothing is awaited.

        The events come back as any reader of the save will see them. Raises `ValueError`
        for what no save can hold: an unknown family of kinds, data that is not JSON, a line
        beyond the limit.
        """
        moment = self.clock()
        return self._add([(moment, draft) for draft in drafts])

    def copy(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Queue events of another save with their own times, sealed anew: a branch's past."""
        return self._add(
            [(event.at, Draft(event.what, event.data, event.actor, event.line)) for event in events]
        )

    async def durable(self, number: int) -> None:
        """Return when event `number` is on the disk, or kept in memory as `warning` tells."""
        with self._changed:
            self._check_known(number)
            if self._tried > number:
                return
            loop = asyncio.get_running_loop()
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.append((number, loop, future))
        await future

    def flush(self) -> None:
        """Wait until everything appended so far is on the disk, or kept in memory."""
        with self._changed:
            upto = len(self._lines)
            self._changed.wait_for(lambda: self._tried >= upto)

    def save_elsewhere(self, path: Path) -> None:
        """Write everything so far to a new file and go on there; the old one is let go.

        Raises `SaveError` if that fails too; then all stays as it was.
        """
        with self._disk:
            with self._changed:
                lines = list(self._lines)
            try:
                file = write_new(path, lines)
            except OSError as error:
                raise SaveError(f"{path}: {reason(error)}") from None
            except ValueError:
                raise SaveError(f"{str(path)!r}: not a file name") from None
            if self._file:
                self._file.close()
            self._file, self.path, self.warning = file, path, None
            self._on_disk = len(lines)
            self._release(len(lines))

    def close(self) -> None:
        """Write what is queued and let go of the file; twice does no harm."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._writer:
            self._writer.join()
        with self._disk:
            if self._file:
                self._file.close()
                self._file = None

    def discard(self) -> None:
        """Close a save that nothing came of; if it was begun here, its file is removed."""
        self.close()
        if self._made is not None:
            with contextlib.suppress(OSError):
                self._made.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _add(self, drafts: Sequence[tuple[str, Draft]]) -> tuple[Event, ...]:
        if self._closing:
            raise ValueError("the journal is closed")
        seal, number = self._seal, self.number
        lines: list[bytes] = []
        events: list[Event] = []
        for moment, draft in drafts:
            number += 1
            if not KIND.fullmatch(draft.what):
                raise ValueError(f"no kind of event: {draft.what!r}")
            line, event = event_line(seal, number, moment, draft)
            if len(line) >= LONGEST_LINE:
                raise ValueError(f"too long for one line of a save: {draft.what}")
            lines.append(line + b"\n")
            events.append(event)
            seal = event.seal
        with self._changed:
            self._lines += lines
            self._seal = seal
            if self._writer is None:
                self._writer = Thread(target=self._write_on, name="journal", daemon=True)
                self._writer.start()
            self._changed.notify_all()
        return tuple(events)

    def _write_on(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._tried < len(self._lines))
                if self._tried == len(self._lines):
                    return
            with self._disk:
                with self._changed:
                    upto = len(self._lines)
                    group = b"".join(self._lines[self._on_disk : upto])
                self._write(group, upto)
                self._release(upto)

    def _write(self, group: bytes, upto: int) -> None:
        """One write and one fsync; after a full disk each new group tries again."""
        if self._file is None or self._file.broken:
            return
        try:
            self._file.append(group)
        except OSError as error:
            self._warn(error)
        else:
            self._on_disk = upto
            self.warning = None

    def _release(self, upto: int) -> None:
        """Tell everybody who waits for an event before line `upto`."""
        with self._changed:
            self._tried = max(self._tried, upto)
            ready = [waiter for waiter in self._waiting if waiter[0] < self._tried]
            self._waiting = [waiter for waiter in self._waiting if waiter[0] >= self._tried]
            self._changed.notify_all()
        for _, loop, future in ready:
            # A loop that has been closed since has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_finish, future)

    def _mend(self, save: Save) -> None:
        """Leave the file ending with the last whole line and its line ending."""
        file = self._file
        if file is None:
            return
        try:
            if save.torn:
                file.cut(save.next_offset)
            if not save.ends_whole:
                file.append(b"\n")
        except OSError as error:
            file.broken = True
            self._warn(error)

    def _warn(self, error: OSError) -> None:
        self.warning = (
            f"{self.path} cannot be written ({reason(error)}): "
            "the game goes on in memory; save it elsewhere to keep it"
        )

    def _check_known(self, number: int) -> None:
        if not 0 <= number <= self.number:
            raise ValueError(f"no event {number}: the last one is {self.number}")


def _finish(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _used_lines(save: Save) -> list[bytes]:
    """The header and the events that hold together, as they stand in the file."""
    with save.path.open("rb") as file:
        used = file.read(save.next_offset)
    return [line + b"\n" for line in used.removesuffix(b"\n").split(b"\n")]


def _recovered(path: Path) -> Path:
    """A free name beside `path` for its usable part."""
    suffixes = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    names = (path.with_name(f"{path.stem}-recovered{suffix}.jsonl") for suffix in suffixes)
    return next(name for name in names if not name.exists())
