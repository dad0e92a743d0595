"""What hand-outs hold, what they keep from students, and that they are harmless and well made."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tabletop.exercise.rubric import CRITERIA, LEVELS
from tabletop.handouts.booklet import MARK, SEALED, SECTIONS, booklet
from tabletop.webpage import POLICY
from tests.debrief.report_cases import HOSTILE
from tests.debrief.test_report_page import Read
from tests.handouts.hand_outs import SCENARIOS, STUDENTS, page_of, poisoned, scenario, told

ALL = pytest.mark.parametrize("name", SCENARIOS)


def _one_space(text: str) -> str:
    return " ".join(text.split())


@ALL
def test_the_reading_is_made_of_the_scenarios_own_words(name: str) -> None:
    """Summary, situation, both cases, facts that are open, and where they come from."""
    found, text = scenario(name), told(page_of(name, "reading"))
    stage = next(iter(found.stages.values()))
    assert _one_space(found.summary) in text
    assert _one_space(stage.brief) in text
    for camp in found.camps.values():
        assert _one_space(camp.case) in text
    shown = [fact for key, fact in found.facts.items() if f"{key}. {_one_space(fact.text)}" in text]
    assert shown or not found.facts
    for fact in shown:
        assert found.sources[fact.source].title in text


@ALL
def test_every_role_has_a_sheet_with_its_own_private_goals(name: str) -> None:
    """And no other sheet has them; they are to be ticked at EndEx."""
    found = scenario(name)
    sheets = page_of(name, "roles").split("<section")[1:]
    assert len(sheets) == len(found.roles)
    for role, sheet in zip(found.roles.values(), sheets, strict=True):
        text = told(f"<body><p{sheet}")
        others = [each for each in found.roles.values() if each is not role]
        assert _one_space(role.brief) in text
        for goal in role.goals:
            assert f"{_one_space(goal.text)} met not met nobody can tell" in text
            assert not goal.met or goal.met not in text
        for other in others:
            assert not other.private or _one_space(other.private) not in text


@ALL
def test_every_response_has_a_card_with_both_cases(name: str) -> None:
    """The act, its best case, the strongest objection, who must agree, what is not known."""
    found = scenario(name)
    cards = [told(f"<body>{card}") for card in page_of(name, "cards").split('"card"')[1:]]
    assert len(cards) == len(found.responses) + len(found.supports)
    for response, card in zip(found.responses.values(), cards, strict=False):
        assert response.title in card
        for part in (response.act, response.for_.text, response.against.text, response.unknown):
            assert not part or _one_space(part) in card
        who = found.actors[response.consent.by].title if response.consent else "nobody but you"
        assert f"Who must agree: {who}" in card
        for stage in response.stages:
            assert found.stages[stage].title in card


@ALL
@pytest.mark.parametrize("section", STUDENTS)
def test_nothing_sealed_is_on_a_sheet_for_students(name: str, section: str) -> None:
    """No aim, no history, no sealed fact, no ending, no inject, no guidance, no weight."""
    found, text = scenario(name), told(page_of(name, section))
    sealed = [
        *(entry.text for entry in found.history),
        *(part for aim in found.aims.values() for part in (aim.title, aim.text)),
        *(fact.text for fact in found.facts.values() if fact.sealed),
        *(ending.epilogue for ending in found.endings.values()),
        *(inject.text for inject in found.injects.values() if inject.text),
        *(stage.guidance for stage in found.stages.values() if stage.guidance),
        *(moment.text for moment in found.calendar[1:] if moment.text),
    ]
    assert [part for part in sealed if _one_space(part) in text] == []
    named = {key for key, fact in found.facts.items() if fact.sealed}
    assert not named & set(re.findall(r"\b[A-Z]{1,2}\d{1,3}\b", _without_contested(text, found)))


def _without_contested(text: str, found: object) -> str:
    """An author may name a sealed card where a fact is contested; that is the author's to say."""
    for fact in getattr(found, "facts", {}).values():
        if fact.contested:
            text = text.replace(_one_space(fact.contested), "")
    return text


@ALL
def test_the_facilitators_sheets_are_marked_and_hold_what_is_sealed(name: str) -> None:
    """Plan, guidance, questions and injects first; aims and history on a sheet of their own."""
    found, html = scenario(name), page_of(name, "facilitator")
    before, _, sealed = html.partition('id="sealed"')
    own, last = told(before), told(f"<body><p {sealed}")
    assert MARK in own
    assert SEALED in last
    for plan in found.timings.values():
        assert plan.title in own
    for stage in found.stages.values():
        assert not stage.guidance or _one_space(stage.guidance) in own
        assert all(_one_space(question) in own for question in stage.questions)
    for inject in found.injects.values():
        assert inject.title in own
    for question in found.hot_wash:
        assert _one_space(question.text) in own
    for aim in found.aims.values():
        assert _one_space(aim.text) in last
        assert _one_space(aim.text) not in own
    for entry in found.history:
        assert _one_space(entry.text) in last
        assert _one_space(entry.text) not in own


def test_every_page_of_the_facilitators_sheets_bears_its_mark() -> None:
    """The later ones in the margin: a sheet that falls on the floor still says what it is."""
    html = page_of("north-korea-2017", "facilitator")
    pages = {"facilitator": MARK, "sealed": SEALED}
    for name, mark in pages.items():
        assert re.search(rf'@page {name} {{ @top-right {{ content: "{mark}";', html)
        assert f".{name} {{ page: {name}; }}" in html
        assert re.search(rf'<section class="sheet [a-z ]*{name}"', html)


def test_a_rubric_is_blank_and_does_not_judge_the_ending() -> None:
    """Every criterion with every level, and nothing in the cells."""
    html = page_of("first-game", "rubric")
    text = told(html)
    for criterion in CRITERIA:
        assert criterion.title in text
        assert criterion.text in text
    assert all(level in text for level in LEVELS)
    assert html.count("<td></td>") == len(CRITERIA) * (len(LEVELS) + 1)


def test_a_plan_shortens_the_record_and_stands_alone() -> None:
    """Only the turns that people decide have a row; other plans are not told."""
    every, plan = page_of("north-korea-2017", "roles"), scenario("north-korea-2017").timings
    short = page_of("north-korea-2017", "roles", plan="quick")
    decided = sum(turn.mode == "decided" for turn in plan["quick"].turns)
    roles = len(scenario("north-korea-2017").roles)
    assert short.count('<th scope="row">') == decided * roles
    assert every.count('<th scope="row">') == 6 * roles
    text = told(page_of("north-korea-2017", "facilitator", plan="quick"))
    assert plan["quick"].title in text
    assert plan["double_lesson"].title not in text


def test_parts_stand_in_their_order_and_alone() -> None:
    """However they are asked for."""
    html = booklet(scenario("first-game"), ("rubric", "reading"))
    ids = re.findall(r'<section class="[^"]*" id="([^"]+)"', html)
    assert ids == ["reading", "rubric"]
    first = {"roles": "role-"}
    for section in SECTIONS:
        html = booklet(scenario("first-game"), [section])
        assert f'id="{first.get(section, section)}' in html


@pytest.mark.parametrize("paper,size", [("a4", "A4"), ("letter", "letter")])
def test_paper_can_be_named(paper: str, size: str) -> None:
    """Without a name the printer's own is used."""
    assert f"size: {size};" in page_of("first-game", "rubric", paper=paper)
    assert "size:" not in page_of("first-game", "rubric").replace("font-size:", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_author_writes_is_text_and_nothing_else(text: str) -> None:
    """A scenario of somebody's own is a file like any other: no element, script or address."""
    html = booklet(poisoned(scenario("minimal"), text))
    read = Read(html)
    tags = {tag for tag, _, _ in read.elements}
    plain = {tag for tag, _, _ in Read(booklet(scenario("minimal"))).elements}
    assert tags <= plain | {"br"}
    for _, attributes, _ in read.elements:
        assert not {"src", "style", "onerror", "onload"} & set(attributes)
    assert len(list(read.all("style"))) == 1
    assert "\x1b" not in html
    assert "\u202e" not in html


@ALL
def test_the_page_asks_nothing_of_the_network(name: str) -> None:
    """A policy that forbids it, and links within the page alone."""
    html = booklet(scenario(name))
    read = Read(html)
    assert f'content="{POLICY}"' in html
    ids = [attributes["id"] for _, attributes, _ in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes, _ in read.elements:
        assert attributes.get("href", "#hand-outs").removeprefix("#") in ids
        assert attributes.get("aria-labelledby", "hand-outs") in ids
        assert not {"src", "action"} & set(attributes)


@ALL
def test_headings_come_in_order(name: str) -> None:
    """One of the first level at the beginning, and none leaves a level out."""
    read = Read(booklet(scenario(name)))
    levels = [int(tag[1]) for tag, _, _ in read.elements if re.fullmatch(r"h\d", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_language_other_than_ours_is_named() -> None:
    """So that it is read aloud in its own sounds."""
    from dataclasses import replace

    html = booklet(replace(scenario("minimal"), language="ko"), ["reading"])
    assert re.search(r'<main id="hand-outs" lang="ko">', html)
