"""A loop whose clock jumps from one thing to do to the next: an hour on a screen takes seconds.

What runs in it sees time pass as it asked for, to the same moment on every machine, so what
it draws and when is settled by what is drawn alone.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from textual import _time, screen, timer

from tabletop.tui.widgets import theatre

Result = TypeVar("Result")

FRAME = 1 / 60
"""Seconds from one drawing of a screen to the next, whatever a variable of Textual says."""


class _Jump(selectors.BaseSelector):
    """Waits for nothing that only takes time: it sets the clock forward instead."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready at once; where there is nothing, `timeout` seconds have passed."""
        ready = self._real.select(None if timeout is None else 0)
        if not ready and timeout is not None:
            self.now += timeout
        return ready

    def register(
        self,
        fileobj: Any,
        events: int,
        data: Any = None,
    ) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in which no time passes while something can be done."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)
        self.set_default_executor(_AtOnce())

    def time(self) -> float:
        """Seconds since the loop was made, as those who wait in it count them."""
        return self._jump.now


class _AtOnce(ThreadPoolExecutor):
    """Does what is meant for a thread where it is asked for: a thread would take real time."""

    def submit(
        self,
        fn: Callable[..., Any],
        /,
        *args: Any,
        **kwargs: Any,
    ) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - the one who waits is to meet it
            done.set_exception(error)
        return done


def run_virtually(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run `work` in a loop of virtual time, Textual's timers included, and return its result."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        with _clock_of_screens(loop.time):
            return runner.run(work())


@contextmanager
def _clock_of_screens(now: Callable[[], float]) -> Iterator[None]:
    """Let timers and what flies go by `now`: they read the system's clock past their loop."""
    patched: list[tuple[Any, str, Any]] = [
        (_time, "get_time", now),
        (timer, "sleep", asyncio.sleep),
        (screen, "UPDATE_PERIOD", FRAME),
        (theatre, "monotonic", now),
    ]
    before = [getattr(module, name) for module, name, _ in patched]
    for module, name, ours in patched:
        setattr(module, name, ours)
    try:
        yield
    finally:
        for (module, name, _), theirs in zip(patched, before, strict=True):
            setattr(module, name, theirs)
