"""Keeps this machine from falling asleep while it hosts a class, where the system can be asked."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

_WHY = "A class is on its phones"
_PATIENCE = 2.0
# winbase.h: until this is said again, and the system is needed.
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001


@contextlib.contextmanager
def awake() -> Iterator[None]:
    """Ask for no sleep within; a lid that is closed still counts as somebody's wish."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
        try:
            yield
        finally:
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)
        return
    holder = _holder()
    try:
        yield
    finally:
        if holder is not None:
            _let_go(holder)


def _holder() -> subprocess.Popen[bytes] | None:
    """A process that holds the wish, and ends with this one even where it is killed."""
    command = _command()
    if command is None:
        return None
    nothing = subprocess.DEVNULL
    with contextlib.suppress(OSError):
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)  # noqa: S603 - our own words
    return None


def _command() -> list[str] | None:
    if (program := shutil.which("systemd-inhibit")) is not None:
        # `cat` ends with its input, and that with us.
        return [program, "--what=idle:sleep", "--who=tabletop", f"--why={_WHY}", "cat"]
    if (program := shutil.which("caffeinate")) is not None:
        return [program, "-i", "-w", str(os.getpid())]
    return None


def _let_go(holder: subprocess.Popen[bytes]) -> None:
    if holder.stdin is not None:
        with contextlib.suppress(OSError):
            holder.stdin.close()
    holder.terminate()
    try:
        holder.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        holder.kill()
        holder.wait()
