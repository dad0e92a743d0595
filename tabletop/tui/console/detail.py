"""The team under the cursor: who sits there, what it has locked, what control wrote to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from tabletop.exercise.console.deck import GaugeCard
from tabletop.exercise.console.wording import seat_name, stands
from tabletop.exercise.hour.view import LockedView, SeatRow, TeamRow
from tabletop.tui.hour.laid_out import LaidOut
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import BLANK, fitted, indented, padded

_GAP = 3
_COLUMN = 36
"""Cells that a column of words needs to be read easily."""
_STAGE = 16
_NAME = 26
"""Cells of the longest name that is shown whole."""


class Detail(NamedTuple):
    """A team, in as much of its life as the console shows."""

    row: TeamRow
    seats: tuple[SeatRow, ...]
    here: frozenset[str]
    """Seats whose pages are open."""
    locked: LockedView | None
    support: str
    """The title of the support that goes with it."""
    standing: str
    """The title of its standing order."""
    plays: bool
    """Whether it is to decide now."""
    gauges: tuple[GaugeCard, ...] = ()
    story: tuple[tuple[int, str, str], ...] = ()
    """Each turn decided: its number, the choice, and the stage that it was made in."""


class TeamDetail(LaidOut[Detail]):
    """Seats at the left, the choice at the right; below one another where it is narrow."""

    def lines(self, subject: Detail, width: int, height: int | None) -> list[Content]:
        """The heading, then two columns as high as there is room."""
        head = _heading(subject, width)
        wide = width >= 2 * _COLUMN + _GAP
        if not wide:
            told = (seat_lines, choice_lines, _story)
            return _cut([head, *(line for part in told for line in part(subject, width))], height)
        half = (width - _GAP) // 2
        other = width - half - _GAP
        room = None if height is None else height - 1
        left = seat_lines(subject, half)
        tracks = _gauges(subject)
        if room is None or len(left) + len(tracks) <= room:
            left = [*left, *tracks]
        left = _cut(left, room)
        right = _cut([*choice_lines(subject, other), *_story(subject, other)], room)
        rows = max(len(left), len(right))
        return [
            head,
            *(
                _beside(left[at] if at < len(left) else BLANK, half)
                + (right[at] if at < len(right) else BLANK)
                for at in range(rows)
            ),
        ]


def _beside(line: Content, width: int) -> Content:
    return line + " " * (width - line.cell_length + _GAP)


def _cut(lines: Sequence[Content], height: int | None) -> list[Content]:
    """As many lines as there is room for; the last one says where there are more."""
    if height is None or len(lines) <= height:
        return list(lines)
    kept = list(lines[: max(0, height - 1)])
    more = len(lines) - len(kept)
    return [*kept, Content.styled(f"… {more} more lines: Enter opens the team", Ink.MUTED)]


def _heading(subject: Detail, width: int) -> Content:
    row = subject.row
    parts = [Content.styled(f"Team {row.team}", Ink.STRONG)]
    words = [stands(row)]
    if subject.standing:
        words.append(f"standing order: {subject.standing}")
    if row.line not in ("", row.team):
        words.insert(0, f"line {row.line}")
    parts.append(Content.styled(fitted(" · ".join(words), width - len(row.team) - 8), Ink.MUTED))
    return Content("   ").join(parts)


def seat_lines(subject: Detail, width: int) -> list[Content]:
    """One line a seat: whether it is here, its name and office, and whether it has spoken."""
    if not subject.seats:
        return [Content.styled("nobody sits here", Ink.MUTED)]
    longest = max(cell_len(fitted(seat_name(seat), _NAME)) for seat in subject.seats)
    return [seat_line(seat, seat.id in subject.here, width, longest) for seat in subject.seats]


def seat_line(seat: SeatRow, here: bool, width: int, name_room: int = 0) -> Content:  # noqa: FBT001
    """A seat on one line; names line up at `name_room` cells."""
    mark, ink = ("●", Ink.EASE) if here else ("○", Ink.MUTED)
    if seat.empty:
        mark, ink = "◌", Ink.MUTED
    said = "said" if seat.preferred else ""
    role = f"{seat.role_title}{', head' if seat.head else ''}"
    name_room = min(name_room or _NAME, max(8, width // 2))
    role_room = max(0, width - name_room - 10)
    return Content.assemble(
        (f"{mark} ", ink),
        (padded(seat_name(seat), name_room), Ink.STRONG if seat.head else Ink.TEXT),
        "  ",
        (padded(role, role_room), Ink.MUTED),
        "  ",
        (said, Ink.EASE),
    )


def choice_lines(subject: Detail, width: int) -> list[Content]:
    """What is locked; what was chosen last where nothing is."""
    row, locked = subject.row, subject.locked
    if locked is None:
        if row.last_choice:
            return [
                Content.styled("Last choice", Ink.MUTED),
                Content.styled(fitted(row.last_choice, width), Ink.TEXT),
            ]
        return [Content.styled("No choice yet.", Ink.MUTED)] if subject.plays else []
    how = "by default" if locked.by_default else "locked" if row.locked else "chosen"
    who = next((seat_name(seat) for seat in subject.seats if seat.id == locked.seat), "control")
    by = "" if locked.by_default else f" by {who}"
    lines = [
        Content.styled(f"{how.capitalize()}{by}", Ink.MUTED),
        Content.styled(fitted(locked.title, width), Ink.STRONG),
    ]
    beside = [subject.support] if subject.support else []
    if locked.forecast is not None:
        beside.append(f"forecast {locked.forecast}%")
    if beside:
        lines.append(Content.styled(fitted(", ".join(beside), width), Ink.MUTED))
    if locked.rationale:
        lines += indented(f"“{locked.rationale}”", width, Ink.TEXT)
    return lines


def _gauges(subject: Detail) -> list[Content]:
    """Where the team's gauges stand, those for control alone included."""
    if not subject.gauges:
        return []
    longest = max(cell_len(fitted(card.title, _NAME)) for card in subject.gauges)
    widest = max(cell_len(card.reading) for card in subject.gauges)
    lines = [BLANK, Content.styled("Where it stands", Ink.MUTED)]
    for card in subject.gauges:
        full, rest = card.value - card.low, card.high - card.value
        lines.append(
            Content.assemble(
                (padded(card.title, longest), Ink.TEXT),
                (f"  {padded(card.reading, widest)}  ", Ink.MUTED),
                ("━" * max(0, full), Ink.TEXT),
                ("─" * max(0, rest), Ink.FAINT),
            )
        )
    return lines


def _story(subject: Detail, width: int) -> list[Content]:
    """The team's way so far, the newest turn first."""
    if not subject.story:
        return []
    lines = [BLANK, Content.styled("Its way so far", Ink.MUTED)]
    longest = max(cell_len(choice) for _, choice, _ in subject.story)
    room = min(longest, width - 4 - 2 - _STAGE)
    for turn, choice, stage in reversed(subject.story):
        beside = f"  {fitted(stage, width - 4 - 2 - room)}"
        title = padded(choice, room)
        lines.append(
            Content.assemble((f"{turn:>2}  ", Ink.MUTED), (title, Ink.TEXT), (beside, Ink.MUTED))
        )
    return lines
