"""Menus and cards in words: the responses on offer, one response in full, its sources."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.exercise.view import CaseView, EvidenceView, ResponseView, View
from tabletop.plain.wording import joined, names, sentence


def offer(response: ResponseView) -> str:
    """A response as one line of the menu: its title, its instrument, and whether it is open."""
    # A closed response says so first: that is what matters about it.
    title = f"Closed: {response.title}" if response.closed else response.title
    return joined(
        title,
        response.instrument.capitalize(),
        "The present course" if response.course else "",
        response.closed or "",
    )


def card(view: View, response: ResponseView) -> list[str]:
    """A response in full: the act, who must agree, the case on both sides, what is unknown."""
    usable = [support for support in view.supports if support.closed is None]
    supports = [support.title for support in usable if support.id in response.supports]
    limited = 0 < len(supports) < len(usable)
    lines = [
        joined(response.title, response.instrument.capitalize(), response.act),
        _labelled("Closed", response.closed),
        _labelled("Consent", response.consent),
        _labelled("Open only with", ", or ".join(supports)) if limited else "",
        _case("For", response.favour),
        _case("Against", response.against),
        _labelled("Nobody knows", response.unknown),
        names(evidence(response)),
    ]
    return [line for line in lines if line]


def _labelled(label: str, text: str | None) -> str:
    return sentence(f"{label}: {text}") if text else ""


def _case(label: str, case: CaseView) -> str:
    return sentence(f"{label}, {case.by}: {case.text}" if case.by else f"{label}: {case.text}")


def evidence(response: ResponseView) -> list[EvidenceView]:
    """The evidence behind a card, each piece once."""
    cards = (*response.cites, *response.favour.cites, *response.against.cites)
    return list(dict.fromkeys(cards))


def evidence_in_sight(view: View) -> list[EvidenceView]:
    """The evidence behind the brief and this turn's news, each piece once."""
    cards = list(view.brief_cites)
    for item in view.wire:
        if item.turn == view.turn:
            cards.extend(item.cites)
    if view.ending is not None:
        for entry in view.ending.history:
            cards.extend(entry.cites)
    return list(dict.fromkeys(cards))


def source_lines(cards: Iterable[EvidenceView]) -> list[str]:
    """Evidence in words: the fact first, then where it comes from and who disputes it."""
    lines = [
        joined(
            f"{piece.id}: {piece.text}",
            f"From {piece.source}, {piece.where}" if piece.where else f"From {piece.source}",
            f"Contested: {piece.contested}" if piece.contested else "",
        )
        for piece in cards
    ]
    return lines or ["No sources are cited here."]
