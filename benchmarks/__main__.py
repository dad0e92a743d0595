"""Runs all benchmarks, or those that are named: `make bench ARGS="startup engine"`."""

from __future__ import annotations

import sys
from importlib import import_module

ALL = (
    "startup",
    "map_animation",
    "engine",
    "bench_save",
    "bench_replay",
    "bench_report",
    "odds",
    "odds_sample",
    "states",
    "room",
    "console",
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, all where none is named; 2 for an unknown name."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or ALL:
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
