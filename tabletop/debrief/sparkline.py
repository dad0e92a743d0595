"""A course of numbers as a row of blocks, always to stand beside the numbers themselves."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int], low: int, high: int) -> str:
    """A block a value, as tall as the value stands between `low` and `high`."""
    span = max(1, high - low)
    top = len(_BLOCKS) - 1
    return "".join(_BLOCKS[round(top * (min(max(v, low), high) - low) / span)] for v in values)
