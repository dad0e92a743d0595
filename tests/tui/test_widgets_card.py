"""A response's card: both sides, consent, doubt and sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabletop.tui.widgets.card import ResponseCard
from tests.tui.pictures import Stage
from tests.tui.sample_view import RESPONSES, flash_view, sample_view

TALKS, VISAS, THAAD = RESPONSES[1], RESPONSES[2], RESPONSES[4]


def plain(number: int, width: int, height: int | None = None) -> list[str]:
    """A card's lines as plain text."""
    return [line.plain.rstrip() for line in ResponseCard().lines(RESPONSES[number], width, height)]


def test_a_card_holds_every_part_of_a_response() -> None:
    """Instrument, act, both cases with who makes them, what nobody knows, and the sources."""
    text = " ".join(" ".join(plain(1, 60)).split())
    assert text.startswith("◆ D diplomatic Offer talks without preconditions")
    assert TALKS.act in text
    assert f"For · {TALKS.favour.by} {TALKS.favour.text}" in text
    assert f"Against · {TALKS.against.by} {TALKS.against.text}" in text
    assert f"Unknown {TALKS.unknown}" in text
    assert text.endswith("Sources A33, A34, A45 Stadler and Thompson, 2017")


def test_wide_cases_stand_side_by_side() -> None:
    """Both sides start in the same row and get the same room."""
    row = next(line for line in plain(1, 90) if line.startswith("For ·"))
    assert "Against · Secretary of Defense" in row


def test_a_closed_card_says_why() -> None:
    """The reason comes before the act."""
    lines = plain(2, 90)
    assert lines[3].startswith("Closed   The murder in Kuala Lumpur")


def test_consent_is_on_the_card() -> None:
    """Who must agree, and where it stands."""
    assert any(line.startswith("Consent  Seoul must agree") for line in plain(4, 90))


def test_the_present_course_is_named() -> None:
    """The card of what stands when nobody chooses says so."""
    assert plain(0, 60)[0].endswith("present course")


def test_with_little_height_sources_go_first() -> None:
    """Then the blank lines; the words of both sides stay."""
    full = plain(1, 90)
    less = plain(1, 90, len(full) - 1)
    assert not any(line.startswith("Sources") for line in less)
    assert "" in less
    least = plain(1, 90, len(less) - 1)
    assert "" not in least
    assert any(line.startswith("For ·") for line in least)


async def test_a_card_follows_the_menu_by_id() -> None:
    """It shows what it is asked for; the present course when nothing is; nothing in a flash."""
    card = ResponseCard()
    app = Stage(card)
    async with app.run_test(size=(90, 24)) as pilot:
        card.show(sample_view(), "thaad")
        await pilot.pause()
        assert THAAD.title in app.text()
        card.show(sample_view())
        await pilot.pause()
        assert RESPONSES[0].title in app.text()
        card.show(flash_view())
        await pilot.pause()
        assert app.text().strip() == ""


def test_a_card_of_nothing_is_an_error() -> None:
    """Picking from a view without responses is refused by name."""
    with pytest.raises(LookupError):
        ResponseCard().pick(replace(sample_view(), responses=()))
