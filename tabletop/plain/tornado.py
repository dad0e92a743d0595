"""A tornado in plain text: what the odds of one ending hang on, the widest swing first."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from tabletop.clean import clean_line
from tabletop.odds.tornado import hangs_on, label, percent

if TYPE_CHECKING:
    from tabletop.odds.tornado import Bar, Sensitivity

NARROWEST = 40
SEEN = 0.001
"""A bar that is narrower is left out."""
_CHANCE = 6
"""The width of a chance such as `<0.1%`, with the space before it."""


def tornado_lines(found: Sensitivity, width: int, ending: str | None = None) -> list[str]:
    """The tornado and its sentences, in lines of at most `width` characters (40 or more).

    `ending` names the ending that is measured; without one it is what the odds are worth
    where best play was followed, else the ending whose odds swing most.
    """
    width = max(width, NARROWEST)
    measured = ending if ending is not None or found.worth else _liveliest(found)
    lines = _wrapped(_heading(found, measured), width)
    lines += _wrapped(
        f"Each number times and divided by {found.factor:g}, each assumption over its values, "
        "everything else as it was; worked out anew for each.",
        width,
    )
    bars = [bar for bar in found.widest(measured) if _swings(found, bar, measured) >= SEEN]
    lines += ["", *_bars(found, bars, measured, width)] if bars else []
    lines.append("")
    for sentence in hangs_on(found):
        lines += _wrapped(sentence, width)
    return lines


def _liveliest(found: Sensitivity) -> str | None:
    """The ending with the widest swing of all."""

    def widest(ending: str) -> float:
        return max((_swings(found, bar, ending) for bar in found.bars), default=0.0)

    return max(found.endings, key=widest, default=None)


def _swings(found: Sensitivity, bar: Bar, ending: str | None) -> float:
    low, high = found.swing(bar, ending)
    return high - low


def _heading(found: Sensitivity, ending: str | None) -> str:
    chance = percent(found.measured(found.odds, ending))
    if ending is None:
        return f"What the value of {found.player_title!r} hangs on (now {chance} of the most)"
    return (
        f"What the odds of {found.endings[ending]!r} hang on (now {chance}): {found.player_title}"
    )


def _bars(found: Sensitivity, bars: list[Bar], ending: str | None, width: int) -> Iterator[str]:
    swings = [found.swing(bar, ending) for bar in bars]
    least, most = min(low for low, _ in swings), max(high for _, high in swings)
    names = [clean_line(label(bar), 200) for bar in bars]
    room = min(max(map(len, names)), (width - 2 * _CHANCE) * 3 // 5)
    scale = width - room - 2 * _CHANCE - 2
    middle = _place(found.measured(found.odds, ending), least, most, scale)
    for name, (low, high) in zip(names, swings, strict=True):
        first, last = _place(low, least, most, scale), _place(high, least, most, scale)
        drawn = [
            "|" if place == middle else "=" if first <= place <= last else " "
            for place in range(scale)
        ]
        short = name if len(name) <= room else f"{name[: room - 3]}..."
        ends = f"{percent(low):>{_CHANCE}} {''.join(drawn)} {percent(high):<{_CHANCE}}"
        yield f"{short:<{room}}{ends}".rstrip()


def _place(chance: float, least: float, most: float, scale: int) -> int:
    return round((chance - least) / (most - least) * (scale - 1)) if most > least else 0


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(clean_line(text, 2_000), width)
