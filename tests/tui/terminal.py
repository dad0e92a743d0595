"""A terminal of its own for a program, as a test sees it: bytes out, keys in, signals."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Terminal:
    """Runs Python code in a pseudo-terminal of 80 columns and 24 rows."""

    def __init__(self, code: str, environment: Mapping[str, str] | None = None) -> None:
        self.output = b""
        self.status: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            environ = {**os.environ, "TERM": "xterm-256color", **(environment or {})}
            os.execve(sys.executable, [sys.executable, "-c", code], environ)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.fd)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; less where the program ends."""
        until = time.monotonic() + seconds
        found = b""
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                break
            try:
                chunk = os.read(self.fd, 65536)
            except OSError:
                break
            if not chunk:
                break
            found += chunk
        self.output += found
        return found

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Read until `text` has been written, spaces aside."""
        until = time.monotonic() + seconds
        while text.encode() not in self.output:
            assert time.monotonic() < until, f"{text!r} never came: {self.output[-2000:]!r}"
            self.read(0.05)

    def settle(self, quiet: float = 0.5, seconds: float = 20) -> None:
        """Read until nothing has been written for a while."""
        until = time.monotonic() + seconds
        while self.read(quiet):
            assert time.monotonic() < until, "the output never settles"

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.fd, keys.encode())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return how the process ended, as a shell would tell it."""
        os.kill(self.pid, number)
        return self.wait()

    def wait(self, seconds: float = 20) -> int:
        """The exit code, once the program has ended and all it wrote is read."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                self.read(0.1)
                return self.status
        raise AssertionError("the program does not end")

    def close(self) -> None:
        """Make sure that nothing is left behind."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
