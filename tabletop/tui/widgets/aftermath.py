"""What followed a decision: told by cause in the order it happened, then what it moved."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.view import AftermathView, TrackView, View, WireView
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.gauges import delta_ink, gauge_lines, signed
from tabletop.tui.widgets.lines import BLANK, fitted, indented, padded

_MARGIN = 2
_MEASURE = 96
_CAUSE = 18
"""Columns for who did it, where what they did stands beside it."""
_BESIDE = 64


class Followed(NamedTuple):
    """What followed a decision, and the words of the forecast that was given."""

    aftermath: AftermathView
    forecast: str | None


class Aftermath(Drawn[Followed]):
    """The last turn's story, shown after the beat that follows a decision."""

    def show(self, view: View) -> None:
        """Show what the last decision brought; nothing before the first one."""
        if view.aftermath is not None:
            self.draw(self.pick(view))

    def pick(self, view: View) -> Followed:
        """The last turn's aftermath; the forecast in words, since play shows no digits.

        Raises LookupError before the first decision.
        """
        if view.aftermath is None:
            raise LookupError("nothing was decided yet")
        decision = view.aftermath.decision
        given = decision.forecast if decision else None
        return Followed(view.aftermath, dict(view.forecast.answers).get(given or -1))

    def lines(self, subject: Followed, width: int, height: int | None) -> list[Content]:
        """The decision, what each actor did, the ladder, and the gauges that moved."""
        del height
        width = min(width, _MEASURE)
        aftermath = subject.aftermath
        blocks = [
            _decided(subject, width),
            *(_told(item, aftermath.tracks, width) for item in aftermath.items),
            _forecast(subject, width),
            _ladder(aftermath, width),
            gauge_lines(aftermath.tracks, width, None),
        ]
        lines: list[Content] = []
        for block in blocks:
            if block:
                lines += [BLANK, *block] if lines else block
        return lines


def _decided(followed: Followed, width: int) -> list[Content]:
    """The turn, and what was chosen, with the reason as it was given."""
    aftermath, decision = followed.aftermath, followed.aftermath.decision
    if decision is None:
        return []
    lines = [Content.styled(fitted(f"Turn {decision.turn} · {decision.date}", width), Ink.MUTED)]
    if decision.response_title not in {item.title for item in aftermath.items}:
        lines.append(Content.styled(fitted(decision.response_title, width), Ink.STRONG))
    if decision.standing:
        order = f"The standing order “{decision.standing}” chose it."
        lines += indented(order, width, Ink.MUTED)
    elif decision.by_default:
        lines += indented("Nobody chose; this stood by default.", width, Ink.MUTED)
    if decision.rationale:
        lines += indented(f"“{decision.rationale}”", width, f"{Ink.MUTED} italic")
    return lines


def _forecast(followed: Followed, width: int) -> list[Content]:
    """The forecast and whether it came: after the story, which it would give away."""
    decision = followed.aftermath.decision
    if decision is None or decision.came is None or not followed.forecast:
        return []
    came = "it came" if decision.came else "it did not come"
    return list(indented(f"You said: {followed.forecast}; {came}.", width, Ink.MUTED))


def _told(item: WireView, tracks: tuple[TrackView, ...], width: int) -> list[Content]:
    """Who did what, in words, and what that moved."""
    if width < _BESIDE:
        by = [Content.styled(fitted(item.by, width), Ink.MUTED)] if item.by else []
        return [*by, *_words(item, width), *_moved(item, tracks, width)]
    margin = " " * _CAUSE
    room = width - _CAUSE
    lines = [*_words(item, room), *_moved(item, tracks, room)]
    first = Content.styled(padded(item.by, _CAUSE - 2), Ink.MUTED) + "  " + lines[0]
    return [first, *(margin + line for line in lines[1:])]


def _words(item: WireView, width: int) -> list[Content]:
    title = Content.styled(fitted(item.title, width), Ink.STRONG)
    return [title, *indented(item.text, width, Ink.TEXT)]


def _moved(item: WireView, tracks: tuple[TrackView, ...], width: int) -> list[Content]:
    """The gauges that an item moved, each change in the colour of its direction."""
    known = {track.title: track for track in tracks}
    parts = []
    for title, delta in item.changes:
        track = known.get(title)
        ink = Ink.TEXT if track is None else delta_ink(track, delta)
        parts.append(Content.assemble((f"{clean_line(title)} ", Ink.MUTED), (signed(delta), ink)))
    if not parts:
        return []
    return Content.styled(" · ", Ink.FAINT).join(parts).wrap(max(1, width))


def _ladder(aftermath: AftermathView, width: int) -> list[Content]:
    """What it did to the ladder; a stage that held is said in a word."""
    after = clean_line(aftermath.stage_after)
    if aftermath.ladder is None:
        return [Content.styled(fitted(f"The stage holds: {after}.", width), Ink.MUTED)]
    before = clean_line(aftermath.stage_before)
    way = Content.assemble((before, Ink.MUTED), ("  →  ", Ink.FAINT), (after, Ink.HERE))
    return [way.truncate(width, ellipsis=True), *indented(aftermath.ladder, width, Ink.TEXT)]
