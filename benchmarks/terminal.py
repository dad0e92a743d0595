"""A pseudo-terminal around a program: what it paints and when, its keys, memory and rest.

For Linux and macOS, which have pseudo-terminals.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>])")


class NeverShownError(Exception):
    """The text that was waited for did not appear; holds what did."""


class Terminal:
    """A program in a terminal of its own, timed from the moment it was started."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        folder: Path | None = None,
    ) -> None:
        """Start `command`; use the terminal as a context manager, so that it ends."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        self.master = master
        self.text = ""
        self.bytes = 0
        self.last_output = self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.send_signal(signal.SIGTERM)
        deadline = time.perf_counter() + 5
        while self.process.poll() is None and time.perf_counter() < deadline:
            self.read(0.05)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)

    def read(self, seconds: float) -> bool:
        """Take what the program writes within `seconds`; False where it writes nothing."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:  # the program has gone
            return False
        if not data:
            return False
        self.last_output = time.perf_counter()
        self.bytes += len(data)
        self.text += data.decode("utf-8", errors="replace")
        return True

    def seen(self) -> str:
        """Everything written so far without its escape sequences."""
        return _ESCAPES.sub("", self.text)

    def shows(self, words: str, limit: float = 20.0) -> float:
        """Seconds from the start until `words` were painted; raises `NeverShownError`."""
        while words not in self.seen():
            if time.perf_counter() - self.started > limit or self.process.poll() is not None:
                raise NeverShownError(f"{words!r} not in {self.seen()[-2000:]!r}")
            self.read(0.2)
        return self.last_output - self.started

    def settle(self, quiet: float = 0.4) -> float:
        """Wait until nothing is written for `quiet` seconds; seconds from start to last output."""
        while self.read(quiet):
            pass
        return self.last_output - self.started

    def press(self, key: str, quiet: float = 0.06) -> float:
        """Seconds from a key to the last output that follows it; 0 where nothing does."""
        before = self.bytes
        start = time.perf_counter()
        os.write(self.master, key.encode())
        if not self.read(0.5):
            return 0.0
        while self.read(quiet):
            pass
        return self.last_output - start if self.bytes > before else 0.0

    def rest(self, seconds: float) -> int:
        """How many bytes are written while nobody does anything for `seconds`."""
        before, end = self.bytes, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
        return self.bytes - before

    def memory(self) -> float:
        """Resident memory in MB."""
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(done.stdout) / 1024

    def processor(self) -> float:
        """Seconds on a processor so far, exact enough for a key; no number where not told."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        taken = [int(task.read_text(encoding="ascii").split()[0]) for task in tasks]
        return sum(taken) / 1e9 if taken else float("nan")

    def cpu(self) -> float:
        """Processor seconds that the program has used, where the system tells exactly."""
        status = Path(f"/proc/{self.process.pid}/stat")
        if not status.exists():
            return float("nan")
        fields = status.read_text(encoding="ascii").rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
