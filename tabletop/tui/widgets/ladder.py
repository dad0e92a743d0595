"""The escalation ladder: where we are, and how each rung was reached."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tabletop.exercise.view import RungView, View
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.lines import BLANK, fitted, indented

_HERE, _PASSED, _AHEAD = "●", "○", "·"
_KNOWN_WAY, _OPEN_WAY = "│", "┊"
_POINTER = "  ◂ here"
_MARGIN = 3

Rungs = tuple[RungView, ...]


class Ladder(Drawn[Rungs]):
    """The rungs in the scenario's order; the present one carries a mark, a word and a colour.

    Tall, it tells how each rung was reached; with less room the oldest sentences go first,
    then those of all rungs but the present, then the lines between. In one row it becomes
    a chain.
    """

    def pick(self, view: View) -> Rungs:
        """The rungs as they stand."""
        return view.rungs

    def lines(self, subject: Rungs, width: int, height: int | None) -> list[Content]:
        """The fullest form that fits."""
        if not subject:
            return []
        if height is not None and height < len(subject):
            return [_chain(subject, width)]
        for most, others, ways in ((9, 9, True), (2, 2, True), (2, 0, True), (2, 0, False)):
            drawn = _tall(subject, width, most, others, ways=ways)
            if height is None or len(drawn) <= height:
                return drawn
        return [_rung(rung, width) for rung in subject]


def _tall(rungs: Rungs, width: int, most: int, others: int, *, ways: bool) -> list[Content]:
    """One below the other, with at most so many sentences for the present and other rungs."""
    lines: list[Content] = []
    for i, rung in enumerate(rungs):
        last = i == len(rungs) - 1
        known = rung.state != "ahead" and not last and rungs[i + 1].state != "ahead"
        way = BLANK if last else Content.styled(_KNOWN_WAY if known else _OPEN_WAY, Ink.FAINT)
        lines.append(_rung(rung, width))
        told = rung.reached[-(most if rung.state == "here" else others) :] if most else ()
        if rung.state != "here" and not others:
            told = ()
        margin = Content.assemble(way or " ", " " * (_MARGIN - 1))
        for sentence in told:
            lines += [
                margin + line for line in indented(sentence, width - _MARGIN, Ink.MUTED, most=4)
            ]
        if ways and not last:
            lines.append(way)
    return lines


def _rung(rung: RungView, width: int) -> Content:
    mark, ink = _mark(rung)
    pointer = _POINTER if rung.state == "here" else ""
    if width < _MARGIN + cell_len(rung.title) + len(pointer):
        pointer = ""
    title = fitted(rung.title, width - _MARGIN)
    return Content.assemble(
        (mark, ink), " " * (_MARGIN - 1), (title, _title_ink(rung)), (pointer, Ink.MUTED)
    )


def _mark(rung: RungView) -> tuple[str, str]:
    marks = {
        "here": (_HERE, Ink.HERE),
        "passed": (_PASSED, Ink.MUTED),
        "ahead": (_AHEAD, Ink.MUTED),
    }
    return marks[rung.state]


def _title_ink(rung: RungView) -> str:
    return {"here": Ink.HERE, "passed": Ink.TEXT, "ahead": Ink.MUTED}[rung.state]


def _chain(rungs: Rungs, width: int) -> Content:
    """All rungs in one row; only the present one keeps its name where they do not fit."""
    full = _links(rungs, "  ─  ", named=True)
    if full.cell_length <= width:
        return full
    return _links(rungs, " ─ ", named=False).truncate(width, ellipsis=True)


def _links(rungs: Rungs, way: str, *, named: bool) -> Content:
    parts = []
    for rung in rungs:
        mark, ink = _mark(rung)
        name = f" {fitted(rung.title, 30)}" if named or rung.state == "here" else ""
        parts.append(Content.assemble((mark, ink), (name, _title_ink(rung))))
    return Content.styled(way, Ink.FAINT).join(parts)
