"""Pseudonyms: nobody's name is left, and the same person is called the same everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.debrief.report import dataset
from tabletop.debrief.report.data import report_data
from tabletop.debrief.report.gather import report_of
from tabletop.debrief.report.layout import blocks
from tabletop.debrief.report.markdown_page import markdown_page
from tabletop.debrief.report.model import Report
from tabletop.debrief.report.page import page
from tabletop.debrief.report.pseudonyms import Pseudonyms, with_pseudonyms
from tests.debrief.report_cases import group, places

KEY, OTHER = b"k" * 32, b"o" * 32
CALLED = re.compile(r"Person [0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}")


def _forms(report: Report) -> list[str]:
    laid = blocks(report)
    data = json.dumps(report_data(report), ensure_ascii=False)
    sheets = [dataset.decisions(report), dataset.events(report)]
    return [page(report.title, laid), markdown_page(laid), data, *sheets]


def _hidden(*paths: Path, key: bytes = KEY) -> Report:
    lines = [place for path in paths for place in places(path)]
    return with_pseudonyms(report_of(lines), lines, key)


def _named(report: Report) -> str:
    dissents = [
        dissent.person.name
        for run in report.runs
        for turn in run.story.turns
        if turn.decision
        for dissent in turn.decision.dissents
    ]
    assert dissents[0]
    return dissents[0]


def test_no_form_names_anybody(tmp_path: Path) -> None:
    """Neither the one who said it, nor in what was said, nor in the name of the file."""
    reason = "Because ZOE QUILL and zoe say so; ask Quill."
    path = group(tmp_path / "Zoe-Quill.jsonl", "red", "blue", name="Zoe Quill", reason=reason)
    for form in _forms(_hidden(path)):
        assert "zoe" not in form.casefold()
        assert "quill" not in form.casefold()
    for form in _forms(_hidden(path, group(tmp_path / "other.jsonl", "red", "blue")))[:3]:
        assert CALLED.search(form)
        assert "Zoe-Quill" not in form
        assert "Zoe Quill" not in form


def test_the_same_person_is_called_the_same_in_every_file(tmp_path: Path) -> None:
    """In reports of other saves too; under another key by another name."""
    one = group(tmp_path / "one.jsonl", "red", "blue", name="Zoe Quill")
    two = group(tmp_path / "two.jsonl", name="zoe  QUILL")
    three = group(tmp_path / "three.jsonl", name="Max Bell")
    called = _named(_hidden(one))
    assert CALLED.fullmatch(called)
    assert called == _named(_hidden(two)) == _named(_hidden(one, three))
    assert called != _named(_hidden(three))
    assert called != _named(_hidden(one, key=OTHER))


def test_questions_made_from_the_run_are_made_anew(tmp_path: Path) -> None:
    """They quote people; their number and order stay."""
    path = group(tmp_path / "x.jsonl", "red", "blue", name="Zoe Quill", reason="Zoe said so")
    before = report_of(places(path)).runs[0].story.questions
    after = _hidden(path).runs[0].story.questions
    assert [question.text for question in after] == [question.text for question in before]
    assert any("Zoe" in text for question in before for text in question.evidence)
    assert not any("Zoe" in text for question in after for text in question.evidence)


def test_it_is_said_that_names_were_exchanged(tmp_path: Path) -> None:
    """And what cannot be known."""
    report = _hidden(group(tmp_path / "x.jsonl", "red", "blue"))
    assert report.pseudonyms
    assert "Nicknames" in markdown_page(blocks(report))


@pytest.mark.parametrize(
    "said,told",
    [
        ("Ann's plan", "{}'s plan"),
        ("annual planning", "annual planning"),
        ("ask ann, or ANN", "ask {}, or {}"),
        ("Li is not part of it", "Li is not part of it"),
        ("Ann   Li said", "{} said"),
        ("Ａｎｎ said", "{} said"),
    ],
)
def test_names_in_what_people_wrote_are_exchanged_as_words(said: str, told: str) -> None:
    """Whole names, and their parts of three letters or more."""
    known = Pseudonyms(KEY, ["Ann Li"])
    called = known.person("Ann Li")
    assert known.text(said) == told.replace("{}", called)


def test_names_are_found_however_they_are_spelt() -> None:
    """Letters that have no single other case."""
    known = Pseudonyms(KEY, ["Zoë Weiß"])
    called = known.person("Zoë Weiß")
    for said in ("Weiß", "WEISS", "weiss", "zoe\u0308", "Zoë Weiß"):
        assert known.text(said) == called


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), max_size=4), st.text())
def test_any_names_and_any_text(names: list[str], said: str) -> None:
    """Nothing in a name is taken for a pattern, and words without names stay."""
    known = Pseudonyms(KEY, names)
    assert isinstance(known.text(said), str)
    for name in names:
        assert known.text(f"{name.strip()}") != name.strip() or not re.search(r"\w", name)
    assert Pseudonyms(KEY, []).text(said) == said
