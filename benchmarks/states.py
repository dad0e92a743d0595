"""How large the scenario is: worlds in which a decision can be wanted, by turn and aim.

Exact odds solve each of them, so the count bounds what may be added to the scenario.
"""

from __future__ import annotations

import time

from benchmarks.figures import Figure, show
from benchmarks.shipped import program
from tabletop.rules.program import Program
from tabletop.rules.reach import TooManyError, decision_states

TARGET = 300_000
CAP = 1_000_000


def main() -> None:
    """Count for each hidden aim, over every choice and every draw; this takes minutes."""
    compiled = program()
    for number, aim in enumerate(compiled.scenario.aims):
        show(f"Reachable decision states, aim {aim}", [])
        show_total(compiled, number)


def show_total(compiled: Program, aim: int) -> None:
    """Print each turn's count as soon as it is known, and their sum."""
    start = time.perf_counter()

    def tell(turn: int, count: int) -> None:
        passed = f"after {time.perf_counter() - start:.0f} s"
        print(Figure(f"turn {turn}", count, note=passed), flush=True)

    try:
        counts = decision_states(compiled, aim, cap=CAP, progress=tell)
    except TooManyError as error:
        print(f"  MISSED: {error}", flush=True)
        return
    print(Figure("all turns", sum(counts), "", TARGET), flush=True)


if __name__ == "__main__":
    main()
