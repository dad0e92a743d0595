"""Keeps results on the disk by name: each sealed, written whole or not at all, the oldest given up.

Several processes may use one shelf at the same time. Whatever is wrong with what is kept,
or with the disk, counts as nothing kept: a shelf makes work faster and never stops it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

MOST_BYTES = 500_000_000
"""What a shelf may hold in all."""
PATIENCE = 600.0
"""Seconds to wait for another process that makes the same thing."""
_MAGIC = b"tabletop kept 1\n"
_SEAL = sha256().digest_size
_POLL = 0.05
_ABANDONED = 3_600.0
"""Seconds after which a file that nobody finished writing is removed."""


class Shelf:
    """A folder of sealed results."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self.folder = folder
        self.most = most

    def read(self, name: str) -> memoryview | None:
        """What is kept under a name; None where there is nothing, or nothing that can be used.

        What does not bear its own seal is removed, so that it is made anew.
        """
        place = self._place(name)
        try:
            with place.open("rb") as stream:
                # As much again as a shelf may hold belongs to somebody else.
                whole = stream.read(self.most + len(_MAGIC) + _SEAL + 1)
        except (OSError, MemoryError):
            return None
        start = len(_MAGIC) + _SEAL
        body = memoryview(whole)[start:]
        if whole[:start] != _MAGIC + _sealed(name, [body]):
            with suppress(OSError):
                place.unlink()
            return None
        # What was used last is given up last.
        with suppress(OSError):
            os.utime(place)
        return body

    def write(self, name: str, parts: Sequence[bytes | memoryview]) -> bool:
        """Keep something under a name; says whether it was possible."""
        if sum(len(part) for part in parts) > self.most:
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, fresh = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_MAGIC + _sealed(name, parts))
                    stream.writelines(parts)
                # Another process may have kept the same in the meantime; either will do.
                Path(fresh).replace(self._place(name))
            except BaseException:
                Path(fresh).unlink(missing_ok=True)
                raise
            self._make_room(self._place(name))
        except (OSError, ValueError, RuntimeError):
            return False
        return True

    @contextmanager
    def alone(self, name: str, patience: float = PATIENCE) -> Iterator[bool]:
        """Make something while no other process makes it; yields whether that is certain.

        Waits for one that does, at most `patience` seconds. Where nothing can be locked, or
        the wait was in vain, the work is done all the same.
        """
        handle = None
        try:
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                handle = _held(self.folder / f"{name}.lock", patience)
            yield handle is not None
        finally:
            if handle is not None:
                _let_go(handle, self.folder / f"{name}.lock")

    def _place(self, name: str) -> Path:
        return self.folder / f"{name}.kept"

    def _make_room(self, newest: Path) -> None:
        """Give up what has not been used for longest, until the rest fits."""
        kept: list[tuple[float, int, Path]] = []
        for each in self.folder.iterdir():
            with suppress(OSError):
                found = each.stat()
                if each.suffix == ".kept":
                    kept.append((found.st_mtime, found.st_size, each))
                elif each.name.startswith(".new-") and found.st_mtime < time.time() - _ABANDONED:
                    each.unlink()
        total = sum(size for _, size, _ in kept)
        for _, size, each in sorted(kept):
            if total <= self.most:
                return
            if each != newest:
                with suppress(OSError):
                    each.unlink()
                total -= size


def _sealed(name: str, parts: Sequence[bytes | memoryview]) -> bytes:
    """The seal of a body under its name: a file that was renamed does not bear it."""
    digest = sha256(name.encode() + b"\0")
    for part in parts:
        digest.update(part)
    return digest.digest()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _held(place: Path, patience: float) -> int | None:
    """The handle of a locked file; None where it stayed locked by others or cannot be locked.

    The system lets go of the lock of a process that dies.
    """
    deadline = time.monotonic() + patience
    while True:
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
            # Whoever held it before may have removed the file: a lock on that holds nobody.
            with suppress(OSError):
                if os.path.samestat(os.fstat(handle), place.stat()):
                    return handle
        except (BlockingIOError, PermissionError):
            pass
        except OSError:
            os.close(handle)
            return None
        os.close(handle)
        if time.monotonic() > deadline:
            return None
        time.sleep(_POLL)


def _let_go(handle: int, place: Path) -> None:
    # Removed while it is still locked, so that nobody can lock a file that is about to go.
    if sys.platform == "win32":
        os.close(handle)
        with suppress(OSError):
            place.unlink()
    else:
        with suppress(OSError):
            place.unlink()
        os.close(handle)
