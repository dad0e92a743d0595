"""A response's card: the act, the case for it, the case against it, and what nobody knows."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.view import CaseView, EvidenceView, ResponseView, View
from tabletop.tui.theme import MARKS, Ink
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.lines import BLANK, fitted, indented

_GUTTER = 4
_BESIDE = 72
"""Columns from which the two cases stand side by side."""
_MEASURE = 96
"""Columns that text is not made wider than: longer lines are hard to read."""


class ResponseCard(Drawn[ResponseView]):
    """One response in full: both sides get the same room, side by side where it is wide."""

    def show(self, view: View, response_id: str | None = None) -> None:
        """Show a response by its id; without one, the present course or the first."""
        response = self._find(view, response_id)
        if response is not None:
            self.draw(response)
        elif self._subject is not None:
            self._subject = None
            self.redraw()

    def pick(self, view: View) -> ResponseView:
        """The response that stands when nobody chooses.

        Raises LookupError where nothing is on offer.
        """
        response = self._find(view, None)
        if response is None:
            raise LookupError("no response is on offer")
        return response

    @staticmethod
    def _find(view: View, response_id: str | None) -> ResponseView | None:
        for response in view.responses:
            if response.id == response_id or (response_id is None and response.course):
                return response
        return view.responses[0] if view.responses and response_id is None else None

    def lines(self, subject: ResponseView, width: int, height: int | None) -> list[Content]:
        """All parts that the response has, blocks with a blank line between them.

        With too little height the sources go first, then the blank lines.
        """
        width = min(width, _MEASURE)
        blocks = [block for block in _blocks(subject, width) if block]
        sources = _sources(subject, width)
        for parts in ([*blocks, sources] if sources else blocks, blocks):
            lines = _stacked(parts)
            if height is None or len(lines) <= height:
                return lines
        return [line for block in blocks for line in block]


def _stacked(blocks: list[list[Content]]) -> list[Content]:
    lines: list[Content] = []
    for block in blocks:
        lines += [BLANK, *block] if lines else block
    return lines


def _blocks(response: ResponseView, width: int) -> list[list[Content]]:
    mark = MARKS[response.instrument]
    kind = f"{mark.glyph} {mark.letter}  {mark.word}"
    course = Content.styled("  ·  present course" if response.course else "", Ink.MUTED)
    heading = [
        Content.assemble((kind, mark.style), course).truncate(width, ellipsis=True),
        Content.styled(fitted(response.title, width), Ink.STRONG),
    ]
    closed = [] if response.closed is None else _labelled("Closed", response.closed, width)
    return [
        heading,
        closed,
        indented(response.act, width, Ink.TEXT),
        *_cases(response, width),
        [] if response.consent is None else _labelled("Consent", response.consent, width),
        [] if response.unknown is None else _labelled("Unknown", response.unknown, width),
    ]


def _labelled(label: str, text: str, width: int) -> list[Content]:
    """A quiet word, and text beside it that keeps its own margin."""
    margin = len("Unknown") + 2
    lines = indented(text, width, Ink.TEXT, indent=margin)
    if not lines:
        return []
    return [Content.styled(label.ljust(margin), Ink.MUTED) + lines[0][margin:], *lines[1:]]


def _cases(response: ResponseView, width: int) -> list[list[Content]]:
    """Both sides' case: in two columns, or one under the other."""
    if width < _BESIDE:
        return [
            _case("For", response.favour, width),
            _case("Against", response.against, width),
        ]
    column = (width - _GUTTER) // 2
    left = _case("For", response.favour, column)
    right = _case("Against", response.against, column)
    gutter = " " * _GUTTER
    rows = zip_longest(left, right, fillvalue=BLANK)
    return [[one.pad_right(column - one.cell_length) + gutter + other for one, other in rows]]


def _case(label: str, case: CaseView, width: int) -> list[Content]:
    who = clean_line(case.by)
    heading = fitted(f"{label} · {who}" if who else label, width)
    return [Content.styled(heading, Ink.MUTED), *indented(case.text, width, Ink.TEXT)]


def _sources(response: ResponseView, width: int) -> list[Content]:
    """Where all of it comes from, each source once with its cards."""
    cards: dict[str, EvidenceView] = {}
    for card in (*response.cites, *response.favour.cites, *response.against.cites):
        cards.setdefault(card.id, card)
    by_source: dict[str, list[str]] = {}
    for card in cards.values():
        by_source.setdefault(clean_line(card.source), []).append(clean_line(card.id))
    told = "; ".join(f"{', '.join(ids)} {source}" for source, ids in by_source.items())
    return indented(f"Sources  {told}", width, Ink.MUTED) if told else []
