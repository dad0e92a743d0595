"""How faults speak: quoting the input, naming what was meant, and where in the file it stands."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

Step = str | int
Path = tuple[Step, ...]
"""The way to a part of a scenario: keys of the file, and places in lists from 0."""

_QUOTED = 60
_LISTED = 8


def quote(text: str) -> str:
    """The input between quotes, harmless in a terminal and cut to a readable length."""
    return repr(text if len(text) <= _QUOTED else text[:_QUOTED] + "…")


def bare(text: str) -> str:
    """The same without quotes, for names; what cannot be printed is written as an escape."""
    cut = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
    return cut if cut.isprintable() else repr(cut)[1:-1]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest known name, at the few there are, or nothing; opens with a space."""
    names = list(known)
    near = get_close_matches(name[:_QUOTED], names, 1, cutoff=0.6)
    near = near or [each for each in names if len(name) > 2 and each.startswith(name)]
    if near:
        return f" (did you mean {bare(near[0])}?)"
    if 0 < len(names) <= _LISTED:
        return f" (known: {', '.join(map(bare, names))})"
    return ""


def dotted(path: Path, names: Iterable[str | None] = ()) -> str:
    """The way to a part as people write it: `calendar.2.text`, places in lists from 1.

    `names` are the ids of the parts along the way, where they have one; an outcome is
    better called by its id than by its place.
    """
    ids = [*names, *([None] * len(path))]
    steps = (
        bare(step if isinstance(step, str) else own or str(step + 1))
        for step, own in zip(path, ids, strict=False)
    )
    return ".".join(steps)
