"""What an author should look at in a scenario that can be played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.scenario.check import card_words, check
from tabletop.scenario.source import Loaded, read

CASES = [
    (("when: tension <= 2 and stores >= 1", "when: tension <= 2"), None),
    (("weight: 1 + 1 * (stores <= 1)", "weight: 1"), None),
    (("shots: {title", "calm: {title: Nobody moves}\n  shots: {title"), "128:3: flags.calm: is never read"),
    (("shots: {title", "calm: {title: Nobody moves}\n  shots: {title"), "128:3: flags.calm: is never set"),
    (("shots: {title", "calm: {title: Nobody moves, start: true}\n  shots: {title"), "128:3: flags.calm: is never read"),
    (("sets: [agreed]", "sets: [agreed, flared_last_turn]"), "flags.flared_last_turn: is set by an effect, but holds only what it remembers"),
    (("  A2: {text", "  A3: {text: Nobody asked., source: log}\n  A2: {text"), "facts.A3: is cited nowhere"),
    (("  reply:\n", "  book:\n    title: A book\n    by: Nobody\n    published: '1900'\n  reply:\n"), "sources.book: no evidence comes from this source"),
    (("act: You do nothing, and let it be known.", f"act: {'word ' * 60}"), "responses.wait: its card has 78 words, at most 70 are read"),
    (("text: A quarrel unfed goes out.", f"text: {'word ' * 60}"), "at most 70 are read"),
    (("refusal: The ally will", f"refusal: {'word ' * 60} will"), "responses.embargo: its card has"),
    (("instrument: economic", "instrument: economic\n    closed: Not now."), "responses.embargo.closed: is never shown: there is no when"),
    (("tables:\n", "tables:\n  spare:\n    title: Spare\n    outcomes:\n      - {id: x, weight: 1}\n"), "tables.spare: nothing draws from this table"),
    (("reactions:\n", "reactions:\n  shrugs: {title: They shrug, by: neighbour}\n"), "reactions.shrugs: no response brings it"),
    (("{id: horn, weight: 2", "{id: horn, weight: 0"), "tables.provocation.outcomes.horn.weight: never comes"),
    (("{id: horn, weight: 2", "{id: horn, weight: 1 - 2"), "tables.provocation.outcomes.horn.weight: never comes"),
    (("when: tension <= 4", "when: tension <= 4 and aim == islet"), "responses.patrol.when: tells the hidden aim"),
    (("when: asked or patron", "when: aim == islet or patron"), "responses.embargo.consent.when: tells the hidden aim"),
    (("when: patron >= wary\n    closed", "when: patron >= wary or aim == islet\n    closed"), "supports.ask_ally.when: tells the hidden aim"),
    (("{when: turn == 1, choose", "{when: aim == islet, choose"), "doctrines.history.rules.1.when: a doctrine cannot know the hidden aim"),
    (("    when: stage == alarm\n", "    when: stage == alarm\n    to: [harbour]\n"), "injects.collision.to: demands an answer of everybody"),
    (("minutes: 15", "minutes: 10"), "timings.short.minutes: takes 11.5 minutes, more than its 10"),
    (("id: minimal", "id: lighthouse"), "id: the file is called minimal.yaml: name it lighthouse.yaml"),
]  # fmt: skip


def findings(text: str) -> list[str]:
    """What is found in a text, as lines."""
    return [str(each) for each in check(replace(read(text, "it.yaml"), path=Path("minimal.yaml")))]


@pytest.mark.parametrize("change, said", CASES, ids=[str(said) for _, said in CASES])
def test_what_is_found(
    edited: Callable[..., str], change: tuple[str, str], said: str | None
) -> None:
    """Each finding stands at its part; None is for what looks similar and is right."""
    lines = findings(edited(change))
    if said is None:
        assert lines == []
    else:
        assert any(said in line for line in lines), lines


def test_a_track_that_nothing_reads_is_found(edited: Callable[..., str]) -> None:
    """A gauge that decides nothing would teach that it costs nothing."""
    lines = findings(
        edited(
            ("when: tension <= 2 and stores >= 1", "when: tension <= 2"),
            ("weight: 1 + 1 * (stores <= 1)", "weight: 1"),
        )
    )
    assert lines == [
        "it.yaml:118:3: tracks.stores: no guard or weight reads this track: nothing depends on it"
    ]


def test_a_goal_alone_does_not_make_a_track_matter(edited: Callable[..., str]) -> None:
    """Goals are judged after EndEx: nothing in play depends on them."""
    lines = findings(
        edited(
            ("when: tension <= 2 and stores >= 1", "when: tension <= 2"),
            ("weight: 1 + 1 * (stores <= 1)", "weight: 1"),
            ("met: line >= 2", "met: line >= 2 and stores >= 1"),
        )
    )
    assert any("tracks.stores" in line for line in lines)


def test_findings_say_of_which_kind_they_are(edited: Callable[..., str]) -> None:
    """Programs may sort or pass over them."""
    (finding,) = check(read(edited(("minutes: 15", "minutes: 10")), "it.yaml"))
    assert (finding.kind, finding.fault.line) == ("long plan", 467)


def test_a_card_s_words_are_counted_as_they_are_read(minimal: Loaded) -> None:
    """Act, both cases, the unknown, the refusal; the reason for closing is read elsewhere."""
    assert card_words(minimal.scenario.responses["wait"]) == 8 + 5 + 7 + 6


def test_the_minimal_scenario_has_no_findings(minimal: Loaded) -> None:
    """It is the measure for all that is changed here."""
    assert check(minimal) == []
