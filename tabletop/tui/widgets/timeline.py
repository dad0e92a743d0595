"""The line of moments of a replay: what happened when, where one stands, and what is marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from tabletop.exercise.replay_stops import Mark, Stop
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import BLANK, fitted, joined, spread


class Sign(NamedTuple):
    """How a kind of moment is drawn: a glyph of one cell, its ink, and a word."""

    glyph: str
    ink: str
    word: str


SIGNS: Final[Mapping[Mark, Sign]] = MappingProxyType(
    {
        "ending": Sign("║", Ink.STRONG, "the end"),
        "override": Sign("!", Ink.DANGER, "override"),
        "launch": Sign("↑", Ink.DANGER, "launch"),
        "stage": Sign("≡", Ink.HERE, "new stage"),
        "rewind": Sign("«", Ink.DANGER, "control went back"),
        "branch": Sign("»", Ink.HERE, "branch"),
        "decision": Sign("◇", Ink.STRONG, "decision"),
        "flash": Sign("?", Ink.HERE, "flash"),
        "inject": Sign("▪", Ink.MUTED, "news"),
    }
)
"""The kinds that are drawn, those first that show where several fall on one cell."""

FLAG: Final = "▾"
_HERE, _PASSED, _AHEAD = "●", "━", "─"
_LEGEND: Final[tuple[Mark, ...]] = ("decision", "inject", "launch", "stage", "override")


Signs = dict[int, tuple[int, str, str]]
"""By column: how early a sign shows, its text and its ink."""


class Course(NamedTuple):
    """What the line is drawn from."""

    stops: Sequence[Stop]
    place: int
    flagged: Collection[int]
    """Numbers of the events that are bookmarked."""
    beside: str
    """What stands at the right: who looks, at which line, how fast it plays."""


class Timeline(Widget):
    """Flags, the line, and the moment in words; in a tall terminal what the signs mean, too.

    A click goes to the moment under it.
    """

    ALLOW_SELECT = False

    class Picked(Message):
        """A moment was clicked."""

        def __init__(self, place: int) -> None:
            """Carry its place among the moments."""
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._course: Course | None = None
        self._standing: tuple[Sequence[Stop], int, Signs, Content] | None = None
        """What does not change from moment to moment: stops, width, their signs, the legend."""

    def put(self, course: Course) -> None:
        """Draw another course; does nothing where it is the same."""
        if course != self._course:
            self._course = course
            self.refresh()

    def render(self) -> Content:
        """Its lines for the present size."""
        course = self._course
        width, height = self.content_size
        if course is None or width < 2:
            return BLANK
        known, meant = self._stands(course.stops, width)
        lines = [flags(course, width), track(course, width, known), caption(course, width)]
        if height > len(lines):
            lines.append(meant)
        return joined(lines)

    def _stands(self, stops: Sequence[Stop], width: int) -> tuple[Signs, Content]:
        kept = self._standing
        if kept is None or kept[0] is not stops or kept[1] != width:
            kept = self._standing = (stops, width, signs(stops, width), legend(stops, width))
        return kept[2:]

    def on_click(self, event: Click) -> None:
        """Go to the nearest moment of the cell that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or self._course is None or offset.y > 1:
            return
        width, count = self.content_size.width, len(self._course.stops)
        self.post_message(
            self.Picked(min(range(count), key=lambda n: abs(cell(n, count, width) - offset.x)))
        )


def cell(place: int, count: int, width: int) -> int:
    """The column of a moment, from 0: the first and the last one stand at the ends."""
    return 0 if count < 2 else round(place * (width - 1) / (count - 1))


def flags(course: Course, width: int) -> Content:
    """The bookmarks, over the moments that they belong to."""
    if not course.flagged:
        return BLANK
    count = len(course.stops)
    columns = {
        cell(place, count, width)
        for place, stop in enumerate(course.stops)
        if stop.event in course.flagged
    }
    if not columns:
        return BLANK
    row = "".join(FLAG if column in columns else " " for column in range(width))
    return Content.styled(row.rstrip(), Ink.HERE)


def track(course: Course, width: int, known: Signs | None = None) -> Content:
    """The line itself: turns by their numbers, other moments by their signs.

    `known` are the signs of these stops, where they have been found before.
    """
    here = cell(course.place, len(course.stops), width)
    found = signs(course.stops, width) if known is None else known
    parts: list[tuple[str, str]] = []
    column = 0
    while column < width:
        sign = found.get(column)
        if sign is None:
            at, passed = column == here, column < here
            ends = column + 1
            while not at and ends < width and ends not in found and (ends < here) == passed:
                ends += 1
            line = _HERE if at else _PASSED if passed else _AHEAD
            ink = Ink.HERE if at else Ink.MUTED if passed else Ink.FAINT
            parts.append((line * (ends - column), ink))
            column = ends
            continue
        _, text, ink = sign
        # A turn of two digits takes the cell after its own, where that is free.
        room = 2 if len(text) > 1 and column + 1 < width and column + 1 not in found else 1
        at = column <= here < column + room
        parts.append((text[-room:], f"{ink} reverse" if at else ink))
        column += room
    return Content.assemble(*parts)


def signs(stops: Sequence[Stop], width: int) -> Signs:
    """What stands on the line of so many cells, whatever the moment one is at."""
    count = len(stops)
    found: Signs = {}
    for place, stop in enumerate(stops):
        column = cell(place, count, width)
        sign = _sign(stop)
        if sign is not None and (column not in found or sign[0] < found[column][0]):
            found[column] = sign
    return found


def _sign(stop: Stop) -> tuple[int, str, str] | None:
    """How early a moment shows, and how it is drawn; None where it is only a bit of line."""
    if "turn" in stop.marks:
        return -1, str(stop.turn), Ink.STRONG
    for rank, (mark, sign) in enumerate(SIGNS.items()):
        if mark in stop.marks:
            return rank, sign.glyph, sign.ink
    return None


def caption(course: Course, width: int) -> Content:
    """The moment in words at the left; which one of how many, and who looks, at the right."""
    stop = course.stops[course.place]
    at = f"{course.place + 1} of {len(course.stops)}"
    beside = fitted(f"{at} · {course.beside}", width * 3 // 5)
    found = [sign for mark, sign in SIGNS.items() if mark in stop.marks]
    lead = "".join(f"{sign.glyph} " for sign in found[:3])
    room = width - len(beside) - 3 - len(lead)
    left = Content.assemble(
        *((f"{sign.glyph} ", sign.ink) for sign in found[:3]),
        (fitted(stop.label, max(room, 12)), Ink.TEXT),
    )
    return spread(left, Content.styled(beside, Ink.MUTED), width)


def legend(stops: Sequence[Stop], width: int) -> Content:
    """What the signs mean: the usual ones, and others where the line has them."""
    there = {mark for stop in stops for mark in stop.marks}
    parts = [
        Content.assemble((sign.glyph, sign.ink), (f" {sign.word}", Ink.MUTED))
        for mark, sign in SIGNS.items()
        if mark in there or mark in _LEGEND
    ]
    parts.append(Content.assemble((FLAG, Ink.HERE), (" bookmark", Ink.MUTED)))
    gap = Content("   ")
    while len(parts) > 1 and sum(part.cell_length + 3 for part in parts) - 3 > width:
        parts.pop()
    return gap.join(parts)
