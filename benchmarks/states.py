"""How large the scenario is: worlds in which a decision can be wanted, by turn and aim.

Exact odds solve each of them, so the count bounds what may be added to the scenario.
"""

from __future__ import annotations

import time

from benchmarks.figures import Figure, show
from benchmarks.shipped import program
from tabletop.rules.reach import TooManyError, decision_states

TARGET = 300_000
CAP = 2_000_000


def main() -> None:
    """Count for each hidden aim, over every choice and every draw."""
    compiled = program()
    for number, aim in enumerate(compiled.scenario.aims):
        start = time.perf_counter()
        try:
            counts = decision_states(compiled, number, cap=CAP)
        except TooManyError as error:
            print(f"\nReachable decision states, aim {aim}: {error}")
            continue
        seconds = time.perf_counter() - start
        figures = [Figure(f"turn {turn}", count) for turn, count in enumerate(counts, start=1)]
        figures.append(
            Figure("all turns", sum(counts), "", TARGET, note=f"counted in {seconds:.0f} s")
        )
        show(f"Reachable decision states, aim {aim}", figures)


if __name__ == "__main__":
    main()
