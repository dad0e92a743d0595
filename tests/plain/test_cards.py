"""Menus and cards in words."""

from __future__ import annotations

from tabletop.plain import cards
from tests.tui.sample_view import ended_view, sample_view

VIEW = sample_view()
OPEN = next(response for response in VIEW.responses if response.closed is None)
CLOSED = next(response for response in VIEW.responses if response.closed is not None)


def test_an_offer_names_the_response_its_instrument_and_the_present_course() -> None:
    """The title first, then how one would act."""
    course = next(response for response in VIEW.responses if response.course)
    assert cards.offer(course) == f"{course.title}. Diplomatic. The present course."


def test_a_closed_offer_says_so_first_and_then_why() -> None:
    """A listener skips it at its first word."""
    said = cards.offer(CLOSED)
    assert said.startswith(f"Closed: {CLOSED.title}. ")
    assert CLOSED.closed is not None
    assert CLOSED.closed in said


def test_a_card_holds_the_act_both_cases_the_unknown_and_the_sources() -> None:
    """Each label stands first on its line."""
    response = OPEN._replace(unknown="How long it holds.", consent="Seoul must agree, and does.")
    said = cards.card(VIEW, response)
    labels = [line.partition(":")[0].partition(",")[0] for line in said[1:]]
    assert labels == ["Consent", "For", "Against", "Nobody knows", "Sources"]
    assert OPEN.act in said[0]


def test_a_card_says_with_which_support_alone_it_is_open() -> None:
    """Where some supports will not do."""
    support = VIEW.supports[1]
    said = cards.card(VIEW, OPEN._replace(supports=(support.id,)))
    assert f"Open only with: {support.title}." in said


def test_sources_are_told_in_full_each_once() -> None:
    """The fact, where it comes from, and who contests it."""
    said = cards.source_lines(cards.evidence(CLOSED))
    assert len(said) == len(set(said))
    assert any("Contested: Critics: A34." in line for line in said)
    assert cards.source_lines(()) == ["No sources are cited here."]


def test_the_sources_in_sight_are_those_of_the_brief_and_this_turns_news() -> None:
    """At the end those of the history join them."""
    ids = [piece.id for piece in cards.evidence_in_sight(VIEW)]
    assert "A2" in ids
    assert len(ids) == len(set(ids))
    assert "R7" in [piece.id for piece in cards.evidence_in_sight(ended_view())]
