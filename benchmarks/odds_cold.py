"""Solves the shipped crisis in a process of its own, so that its peak memory can be told.

With an empty cache folder: `python -m benchmarks.odds_cold`; `benchmarks.odds` starts it too.
"""

from __future__ import annotations

import json
import sys
import time

from benchmarks.shipped import own_folders, program
from tabletop.odds import store


def main() -> None:
    """Print as JSON the seconds of each part, and the peak memory in MB before and after."""
    compiled = program()
    before = _peak()
    heard: dict[float, float] = {}

    def hear(done: float) -> None:
        heard.setdefault(done, time.perf_counter())

    with own_folders():
        start = time.perf_counter()
        store.odds_of(compiled, hear)
        end = time.perf_counter()
    solved = heard[store.SOLVING]
    parts = {"solve": solved - start, "doctrines": end - solved, "all": end - start}
    print(json.dumps(parts | {"before": before, "peak": _peak()}))


def _peak() -> float:
    """The most memory that this process has held so far, in MB; 0 where no system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main()
