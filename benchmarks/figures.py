"""Figures and their targets: measured side by side, printed in one table a benchmark."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured, the bound it should keep, and how it is written."""

    name: str
    value: float
    unit: str = ""
    target: float | None = None
    keep: Literal["most", "least"] = "most"
    """Whether the target is the most or the least that the value should be."""
    note: str = ""

    @property
    def kept(self) -> bool:
        """Whether the value keeps its target; one without a target always does."""
        if self.target is None:
            return True
        return self.value <= self.target if self.keep == "most" else self.value >= self.target

    def __str__(self) -> str:
        bound = ""
        if self.target is not None:
            sign = "<=" if self.keep == "most" else ">="
            bound = f"{sign} {_number(self.target)}{self.unit}"
        verdict = "" if self.target is None else "kept" if self.kept else "MISSED"
        measured = f"{_number(self.value)}{self.unit}"
        return f"  {self.name:<46} {measured:>12}  {bound:<14} {verdict:<7} {self.note}".rstrip()


def show(title: str, figures: list[Figure]) -> None:
    """Print a heading and the figures below it."""
    print(f"\n{title}")
    for figure in figures:
        print(figure, flush=True)


def best_of(times: int, measure: Callable[[], float]) -> float:
    """The lowest of several measurements: noise only ever adds."""
    return min(measure() for _ in range(times))


def paired(
    times: int, first: Callable[[], float], second: Callable[[], float]
) -> tuple[float, float]:
    """The lowest of each of two measurements taken in turns, so that noise meets both alike."""
    pairs = [(first(), second()) for _ in range(times)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def cpu_seconds(work: Callable[[], object]) -> float:
    """The processor time that `work` takes in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def percentile(values: list[float], part: float) -> float:
    """The value that `part` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
