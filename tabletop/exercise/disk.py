"""A save's file while it is written: held by one process, appended to, forced to the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tabletop.errors import SaveError, SaveInUseError
from tabletop.exercise.save import LARGEST_SAVE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes against readers as well, so the byte locked lies behind any save.
_LOCKED_BYTE = 2**31 - 2**16
_BUSY = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_LOCKS = Path("/proc/locks")
_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class SaveFile:
    """An open save that no other process can write; the hold ends with the process.

    The operating system keeps the hold, so that nothing is left behind by `kill -9`.
    Methods raise `OSError` as the system does.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        """Bytes known to be whole."""
        self.broken = False
        """What the file holds past `size` is not known, so nothing may be added to it."""

    @classmethod
    def create(cls, path: Path) -> SaveFile:
        """A new, empty file; makes its folder too.

        Raises `SaveError` where something of that name is there already.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            raise SaveError(f"{path}: exists already: choose another name") from None
        try:
            return cls._held(path, descriptor)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise

    @classmethod
    def open(cls, path: Path) -> SaveFile:
        """An existing file; raises `SaveInUseError` while another process holds it."""
        return cls._held(path, os.open(path, _FLAGS))

    @classmethod
    def _held(cls, path: Path, descriptor: int) -> SaveFile:
        try:
            _hold(path, descriptor)
            return cls(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise

    def append(self, content: bytes) -> None:
        """Add `content` and return once it is on the disk; on failure nothing counts as added."""
        if self.size + len(content) > LARGEST_SAVE:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        try:
            _write_all(self._descriptor, content)
        except OSError:
            self._take_back()
            raise
        try:
            _force(self._descriptor)
        except OSError:
            # After a failed fsync the system may forget what it did not write.
            self.broken = True
            raise
        self.size += len(content)

    def cut(self, size: int) -> None:
        """Drop everything from byte `size` on."""
        os.ftruncate(self._descriptor, size)
        _force(self._descriptor)
        self.size = size

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _take_back(self) -> None:
        try:
            os.ftruncate(self._descriptor, self.size)
        except OSError:
            self.broken = True


def write_new(path: Path, lines: Sequence[bytes]) -> SaveFile:
    """A new file with these lines, durable in its folder too, or none at all.

    Raises `SaveError` where something of that name is there already.
    """
    file = SaveFile.create(path)
    try:
        file.append(b"".join(lines))
    except OSError:
        file.close()
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    force_folder(path.parent)
    return file


def force_folder(folder: Path) -> None:
    """Make a file's place in its folder durable; Windows does that by itself."""
    if sys.platform != "win32":
        # Some network folders cannot do it; the file itself is safe all the same.
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _force(descriptor: int) -> None:
    os.fsync(descriptor)
    # A game in a file that somebody deleted would go on into nothing.
    if os.fstat(descriptor).st_nlink == 0:
        raise OSError(errno.ENOENT, "the file was deleted")


def _hold(path: Path, descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network folders cannot lock at all: there it goes without.
        if error.errno in _BUSY:
            raise SaveInUseError(_in_use(path, _holder(descriptor))) from None


def _in_use(path: Path, process: int | None) -> str:
    if process == os.getpid():
        return f"{path}: is being played here already"
    who = "another tabletop" if process is None else f"another tabletop (process {process})"
    return f"{path}: is being played in {who}: close that one first"


def _holder(descriptor: int) -> int | None:
    """The process that holds the file; only Linux tells."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError, IndexError):
            found = os.fstat(descriptor)
            place = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
            for lock in _LOCKS.read_text(encoding="ascii").splitlines():
                # 1: FLOCK  ADVISORY  WRITE 4711 fe:01:1311 0 EOF
                parts = lock.split()
                if parts[1] == "FLOCK" and parts[5] == place and int(parts[4]) > 0:
                    return int(parts[4])
    return None
