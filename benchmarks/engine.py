"""Games a second on one core, played by doctrines without a screen."""

from __future__ import annotations

from functools import partial

from benchmarks.figures import Figure, best_of, cpu_seconds, show
from benchmarks.shipped import program
from tabletop.rules.playout import sample

GAMES = 2_000
TARGET = 5_000


def main() -> None:
    """Play each doctrine; the best of three rounds counts."""
    compiled = program()
    figures = []
    for doctrine in compiled.policies:
        sample(compiled, doctrine, 100)
        best = best_of(3, partial(cpu_seconds, partial(sample, compiled, doctrine, GAMES)))
        figures.append(Figure(doctrine, GAMES / best, " games/s", TARGET, "least"))
    show("Engine: games a second a core, without a screen", figures)


if __name__ == "__main__":
    main()
