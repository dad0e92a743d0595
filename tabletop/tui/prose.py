"""Running text for screens: headings, paragraphs, evidence, all of it cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from tabletop.clean import clean_line, clean_text
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.view import EvidenceView

BLANK = Content("")


def line(text: str, style: str | Style = "") -> Content:
    """One cleaned line."""
    return Content.styled(clean_line(text, 400), style)


def paragraph(text: str, style: str | Style = "") -> Content:
    """Cleaned text that keeps its own line breaks; the widget wraps it."""
    return Content.styled(clean_text(text, 6000), style)


def heading(text: str) -> Content:
    """A quiet heading over a block of text."""
    return Content.styled(clean_line(text), Ink.MUTED)


def labelled(label: str, text: str, width: int = 0) -> Content:
    """A quiet label and its text on one line; labels line up at `width`."""
    return Content.assemble(
        (clean_line(label).ljust(width), Ink.MUTED), "  ", clean_line(text, 400)
    )


def stack(parts: Iterable[Content | None]) -> Content:
    """Blocks under one another; None is left out and an empty block is a blank line."""
    return Content("\n").join(part for part in parts if part is not None)


def under(label: str, text: Content) -> Content:
    """A block of text under its quiet heading."""
    return stack((heading(label), text))


def blocks(parts: Iterable[Content | None]) -> Content:
    """Blocks under one another with a blank line between them."""
    return Content("\n\n").join(part for part in parts if part)


def evidence(cards: Sequence[EvidenceView]) -> list[tuple[Content, Content]]:
    """Evidence cards in two columns: the id; the fact, who disputes it, where it stands."""
    return [(Content.styled(clean_line(card.id, 8), Ink.MUTED), _card(card)) for card in cards]


def _card(card: EvidenceView) -> Content:
    place = f"{card.source}, {card.where}" if card.where else card.source
    return stack(
        (
            paragraph(card.text),
            line(f"Contested: {card.contested}", "italic") if card.contested else None,
            line(place, Ink.MUTED),
        )
    )


def plural(count: int, one: str, many: str) -> str:
    """`1 game`, `3 games`."""
    return f"{count} {one if count == 1 else many}"
