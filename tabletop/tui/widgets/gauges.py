"""The gauges: where each track stands in its range, how it moved, and who moved it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from tabletop.exercise.view import ChangeView, TrackView, View
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.braille import Dots, character
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.lines import BLANK, fitted, padded

_FULL, _EMPTY = "━", "─"
_UP, _DOWN, _SAME = "▲", "▼", "="
_MINUS = "−"
_WARNING = "!"
_PAST = 8
"""Turns of the past that a sparkline shows."""
_GAP = 2
_SHORTEST_TITLE = 8
"""Cells of a title below which a bar gives way to it."""
_REASON_WIDTH = 30
"""Cells that the reasons need to stand beside the gauge."""

Tracks = tuple[TrackView, ...]


class Gauges(Drawn[Tracks]):
    """All tracks: title, bar, value, and the change since the last turn.

    Narrow, each takes one line. With more room come the past as a sparkline, and the
    causes beside or below. The dangerous end is told by `!` as well as by colour.
    """

    def pick(self, view: View) -> Tracks:
        """The tracks as they stand."""
        return view.tracks

    def lines(self, subject: Tracks, width: int, height: int | None) -> list[Content]:
        """The fullest form that fits."""
        return gauge_lines(subject, width, height)


class _Columns(NamedTuple):
    """How wide the parts of a gauge are, in cells; 0 leaves a part out."""

    title: int
    step: int
    bar: int
    value: int
    past: int
    change: int

    @property
    def all(self) -> int:
        """The whole gauge and the gap after it, without reasons."""
        parts = (self.title, self.bar, self.value, self.past, self.change)
        return sum(part + _GAP for part in parts if part)


def gauge_lines(tracks: Sequence[TrackView], width: int, height: int | None) -> list[Content]:
    """The gauges for a size; with `height` None every cause is told."""
    if not tracks:
        return []
    columns = _columns(tracks, width)
    beside = width - columns.all >= _REASON_WIDTH
    for reasons, airy in ((True, True), (True, False), (False, True)):
        if height is None or _height(tracks, beside=beside, reasons=reasons, airy=airy) <= height:
            return _drawn(tracks, columns, width, beside=beside, reasons=reasons, airy=airy)
    return _drawn(tracks, columns, width, beside=False, reasons=False, airy=False)


def _height(tracks: Sequence[TrackView], *, beside: bool, reasons: bool, airy: bool) -> int:
    """How many lines a form takes."""
    told = [len(track.changes) if reasons else 0 for track in tracks]
    gaps = len(tracks) - 1 if airy else 0
    return gaps + sum(max(1, count) if beside else 1 + count for count in told)


def _drawn(
    tracks: Sequence[TrackView],
    columns: _Columns,
    width: int,
    *,
    beside: bool,
    reasons: bool,
    airy: bool,
) -> list[Content]:
    lines: list[Content] = []
    for i, track in enumerate(tracks):
        if airy and i:
            lines.append(BLANK)
        gauge = _gauge(track, columns)
        causes = track.changes if reasons else ()
        told = [_reason(change, width, columns, beside=beside) for change in causes]
        if not told:
            lines.append(gauge)
        elif beside:
            margin = " " * (columns.all - gauge.cell_length)
            lines.append(Content.assemble(gauge, margin, told[0]))
            lines += [Content.assemble(" " * columns.all, reason) for reason in told[1:]]
        else:
            lines += [gauge, *(Content.assemble("  ", reason) for reason in told)]
    return lines


def _columns(tracks: Sequence[TrackView], width: int) -> _Columns:
    """The widest columns that fit: the past goes first, then long bars, long titles, bars."""
    title = max(cell_len(fitted(track.title, 16)) for track in tracks)
    value = max(3, *(cell_len(_value(track)) for track in tracks if not track.level), 0)
    steps = max(max(1, track.high - track.low) for track in tracks)
    change = max(3, *(_change(track).cell_length for track in tracks))
    past = -(-max(len(track.past) for track in tracks) // 2)
    for step, history in ((2, min(past, _PAST // 2) if past > 1 else 0), (2, 0), (1, 0)):
        columns = _Columns(title, step, step * steps, value, history, change)
        if columns.all - _GAP <= width:
            return columns
    spare = width - (steps + value + change + 3 * _GAP)
    if spare >= _SHORTEST_TITLE:
        return _Columns(spare, 1, steps, value, 0, change)
    spare = width - (value + change + 2 * _GAP)
    return _Columns(max(4, min(title, spare)), 0, 0, value, 0, change)


def _gauge(track: TrackView, columns: _Columns) -> Content:
    """One line: title, bar, value, past, change."""
    parts = [_named(track, columns) if track.level else _measured(track, columns)]
    if columns.past:
        parts.append(Content.styled(padded(sparkline(track), columns.past), Ink.MUTED))
    parts.append(_change(track))
    return Content(" " * _GAP).join(parts)


def _measured(track: TrackView, columns: _Columns) -> Content:
    """Title, bar and value."""
    parts = [Content.styled(padded(track.title, columns.title), Ink.TEXT)]
    if columns.bar:
        parts.append(_bar(track, columns))
    parts.append(Content.styled(padded(_value(track), columns.value), _value_ink(track)))
    return Content(" " * _GAP).join(parts)


def _named(track: TrackView, columns: _Columns) -> Content:
    """Title and the name of the value, which begins further left where it is long."""
    room = columns.title + _GAP + columns.value + (columns.bar + _GAP if columns.bar else 0)
    name = fitted(_value(track), room - 5)
    start = min(columns.title + _GAP, room - cell_len(name))
    title = padded(fitted(track.title, start - 1), start)
    line = Content.assemble((title, Ink.TEXT), (name, _value_ink(track)))
    return line.pad_right(room - line.cell_length)


def _bar(track: TrackView, columns: _Columns) -> Content:
    """The range as a line, heavy up to the value; the dangerous end in its colour."""
    steps = max(1, track.high - track.low)
    filled = min(steps, max(0, track.value - track.low))
    danger = in_danger(track)
    parts: list[tuple[str, str]] = []
    for step in range(steps):
        full = step < filled
        zone = _dangerous(track, step + 1 if track.danger == "high" else step)
        ink = Ink.DANGER if danger and zone else Ink.TEXT if full else Ink.FAINT
        parts.append(((_FULL if full else _EMPTY) * columns.step, ink))
    bar = Content.assemble(*parts)
    return bar.pad_right(columns.bar - bar.cell_length)


def _dangerous(track: TrackView, offset: int) -> bool:
    """Whether the value so far above the lowest one lies in the dangerous third."""
    steps = max(1, track.high - track.low)
    third = max(1, round(steps / 3))
    if track.danger == "high":
        return offset > steps - third
    return track.danger == "low" and offset < third


def _value_ink(track: TrackView) -> str:
    return Ink.DANGER if in_danger(track) else Ink.STRONG


def in_danger(track: TrackView) -> bool:
    """Whether a track stands in the third of its range that is its dangerous end."""
    return _dangerous(track, track.value - track.low)


def _value(track: TrackView) -> str:
    """The value or the name of it, with a mark where it is dangerous."""
    value = track.level or f"{track.value}/{track.high}"
    return fitted(value, 14) + (_WARNING if in_danger(track) else "")


def signed(delta: int) -> str:
    """A change with its sign: +1, −1, or 0."""
    return f"+{delta}" if delta > 0 else f"{_MINUS}{-delta}" if delta < 0 else "0"


def delta_ink(track: TrackView, delta: int) -> str:
    """Danger where a change leads towards the dangerous end, ease where away from it."""
    if not delta or track.danger == "none":
        return Ink.TEXT if delta else Ink.MUTED
    return Ink.DANGER if (delta > 0) == (track.danger == "high") else Ink.EASE


def _change(track: TrackView) -> Content:
    """The change since the last turn: an arrow and a number, or `=`."""
    delta = track.value - track.before
    if not delta:
        return Content.styled(_SAME, Ink.MUTED)
    arrow = _UP if delta > 0 else _DOWN
    return Content.styled(f"{arrow}{signed(delta)}", delta_ink(track, delta))


def _reason(change: ChangeView, width: int, columns: _Columns, *, beside: bool) -> Content:
    """One cause: by how much, who, and by what."""
    room = width - (columns.all if beside else 2) - 4
    text = fitted(f"{change.cause}: {change.reason}", room)
    return Content.assemble((padded(signed(change.delta), 2), Ink.TEXT), "  ", (text, Ink.MUTED))


def sparkline(track: TrackView) -> str:
    """The last values at the openings of turns, two to a cell, as a line of dots."""
    past = track.past[-_PAST:]
    grid = Dots(-(-len(past) // 2), 1)
    steps = max(1, track.high - track.low)
    for x, value in enumerate(past):
        share = min(1.0, max(0.0, (value - track.low) / steps))
        grid.set(x, 3 - round(3 * share))
    return "".join(map(character, grid.cells))
