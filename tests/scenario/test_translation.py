"""Texts of another language over a scenario: rules and ids stay, faults are told as always."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.errors import ScenarioError
from tabletop.scenario.source import Loaded
from tabletop.scenario.translation import text_paths, translate, translations_of
from tabletop.scenario.walk import TEXT, leaves

HEAD = "translates: minimal\nlanguage: ko\ntexts:\n"


def said(minimal: Loaded, tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "minimal.ko.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        translate(minimal, path)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def test_the_fixture_is_found_beside_its_scenario(minimal_path: Path) -> None:
    """By its language."""
    assert translations_of(minimal_path) == {"ko": minimal_path.with_name("minimal.ko.yaml")}
    assert translations_of(minimal_path.parent / "gone" / "x.yaml") == {}


def test_texts_change_and_nothing_else(minimal: Loaded, minimal_path: Path) -> None:
    """What is not translated stays; what is played is the same scenario."""
    translated = translate(minimal, minimal_path.with_name("minimal.ko.yaml"))
    scenario = translated.scenario
    assert scenario.title == "등대"
    assert scenario.language == "ko"
    assert scenario.responses["call"].title == "전화를 건다"
    assert scenario.responses["call"].for_.text == "선은 쓰였을 때 값을 했다."
    assert scenario.calendar[1].title == "둘째 주"
    assert scenario.tables["provocation"].outcomes[1].title == "조명탄"
    assert scenario.stages["talks"] == minimal.scenario.stages["talks"]
    assert (translated.hash, translated.text) == (minimal.hash, minimal.text)
    others = [leaf for leaf in leaves(minimal.scenario) if leaf.kind != TEXT]
    assert [leaf for leaf in leaves(scenario) if leaf.kind != TEXT] == others


def test_every_text_has_a_path_of_its_own(minimal: Loaded) -> None:
    """Keys as in the file, outcomes by id, other places in lists from 1."""
    paths = text_paths(minimal.scenario)
    texts = [leaf for leaf in leaves(minimal.scenario) if leaf.kind == TEXT]
    assert len(paths) == len(texts)
    for path in (
        "title",
        "calendar.2.callbacks.1.text",
        "responses.patrol.against.text",
        "responses.patrol.also.1.text",
        "tables.provocation.outcomes.flare.depicts.1.label",
        "stages.standoff.tells.islet",
        "endings.quiet.camps.guards",
    ):
        assert path in paths


def test_every_text_can_be_replaced(minimal: Loaded, tmp_path: Path) -> None:
    """A whole translation leaves no text of the first language."""
    lines = [f'  {path}: "번역"\n' for path in text_paths(minimal.scenario)]
    path = tmp_path / "minimal.ko.yaml"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    scenario = translate(minimal, path).scenario
    assert {leaf.value for leaf in leaves(scenario) if leaf.kind == TEXT} == {"번역"}


CASES = [
    (HEAD + "  titel: x", "4:3: texts.titel: no text has this path (did you mean title?)"),
    (HEAD + "  responses.call.titel: x", "no text has this path (did you mean responses.call.title?)"),
    (HEAD + "  responses.call.instrument: x", "no text has this path"),
    (HEAD + "  nowhere.at.all: x", "no text has this path"),
    (HEAD + "  title: 3", "4:10: texts.title: is the whole number 3, but text is wanted"),
    (HEAD + "  title: ''", "4:10: texts.title: is empty"),
    (HEAD + f"  title: {'x' * 61}", "has 61 characters, at most 60 fit"),
    (HEAD + f"  stages.talks.brief: {'w ' * 121}", "121 words, at most 120 fit a screen"),
    (HEAD + "  title: a\n  title: b", "5:3: texts.title: is given twice: first on line 4"),
    ("translates: maximal\nlanguage: ko\ntexts: {}", "1:13: translates: is the text 'maximal', but the scenario is minimal"),
    ("translates: minimal\nlanguage: Korean\ntexts: {}", "2:11: language: is the text 'Korean', but the code of a language"),
    ("translates: minimal\nlanguage: 3\ntexts: {}", "language: is the whole number 3"),
    ("translates: minimal\nlanguage: ko\ntexts: [a]", "3:1: texts: is a list, but a mapping of paths to texts is wanted"),
    ("translates: minimal\nlanguage: ko\ntext: {}", "3:1: text: unknown key 'text' (did you mean texts?)"),
    ("translates: minimal\nlanguage: ko\n", "1:1: texts is missing"),
    ("- a", "1:1: is a list, but a translation is a mapping of keys"),
    ("", "1:1: the file is empty"),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", CASES, ids=[expected for _, expected in CASES])
def test_what_is_wrong_with_a_translation_is_told(
    minimal: Loaded, tmp_path: Path, text: str, expected: str
) -> None:
    """At its place in the translation's own file, with the nearest path."""
    lines = said(minimal, tmp_path, text)
    assert any(expected in line for line in lines), lines


def test_a_missing_translation_is_one_line(minimal: Loaded, tmp_path: Path) -> None:
    """As a missing scenario is."""
    with pytest.raises(ScenarioError, match="there is no such file"):
        translate(minimal, tmp_path / "minimal.fr.yaml")


def test_the_translated_scenario_can_be_translated_again(
    minimal: Loaded, minimal_path: Path
) -> None:
    """Overlays add up; the scenario that came in is as it was."""
    once = translate(minimal, minimal_path.with_name("minimal.ko.yaml"))
    twice = translate(once, minimal_path.with_name("minimal.ko.yaml"))
    assert twice == once
    assert replace(once, scenario=minimal.scenario) == minimal
