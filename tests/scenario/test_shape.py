"""Values of the wrong kind: what is said of each, in words that need no manual."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabletop.scenario.evidence import Launch
from tabletop.scenario.moves import Argument, Stage
from tabletop.scenario.parts import Guard, Text
from tabletop.scenario.shape import describe, fields_at, limits_broken, plain, type_at

CASES = [
    # format, keys and required parts
    (("format: 1", "format: 2"), "3:9: format: is the whole number 2, but 1 is wanted"),
    (("format: 1", "format: '1'"), "3:9: format: is the text '1', but 1 is wanted"),
    (("format: 1", "formt: 1"), "3:1: format is missing"),
    (("format: 1", "formt: 1"), "3:1: unknown key 'formt' (did you mean format?)"),
    (("    course: sit\n", ""), "187:3: stages.talks: course is missing"),
    (("course: sit", "curse: sit"), "190:5: stages.talks: unknown key 'curse' (did you mean course?)"),
    (("for: {text: A quarrel", "for: {txt: A quarrel"), "responses.wait.for: text is missing"),
    (("from: any", "frm: any"), "193:5: transitions.1: from is missing"),
    (("from: any", "frm: any"), "193:6: transitions.1: unknown key 'frm' (did you mean from?)"),
    (("from: any", "from_: any"), "transitions.1: unknown key 'from_' (did you mean from?)"),
    # wrong types
    (('version: "1.0"', "version: 1.0"), "is the number 1.0, but text is wanted (put it in quotes)"),
    (("date: 1931-05,", "date: 1931,"), "is the whole number 1931, but text is wanted (put it in quotes)"),
    (("start: 2\n", "start: 2.0\n"), "is the number 2.0, but a whole number or text is wanted"),
    (("start: 2\n", "start: [2]\n"), "is a list, but a whole number or text is wanted"),
    (("start: 2\n", "start: true\n"), "is true, but a whole number or text is wanted"),
    (("weight: 4}", "weight: {a: 4}}"), "is a mapping, but a whole number or text is wanted"),
    (("weight: 4}", "weight: {int: 4}}"), "is a mapping, but"),
    (("decides: true", "decides: yes"), "is the text 'yes', but true or false is wanted"),
    (("minutes: 15", "minutes: long"), "is the text 'long', but a whole number is wanted"),
    (("west: 124.0", "west: far"), "theatre.west: is the text 'far', but a number is wanted"),
    (("authors: [The tabletop project]", "authors: me"), "is the text 'me', but a list is wanted"),
    (("line: +1}", "line: +1.5}"), "is the number 1.5, but a whole number is wanted"),
    (("{line: +1}", "[line]"), "is a list, but a mapping of names to values is wanted"),
    (("forecast:\n", "forecast: what\nx:\n"), "but a mapping of keys to values is wanted"),
    (("range: [0, 5]", "range: 5"), "is the whole number 5, but a list is wanted"),
    (("range: [0, 5]", "range: [0]"), "tracks.tension.range: entry 2 is missing"),
    (("range: [0, 5]", "range: [0, 5, 6]"), "tracks.tension.range: has 3 entries, at most 2 wanted"),
    (("act: You do nothing, and let it be known.", "act:"), "responses.wait.act: is empty, but text is wanted"),
    # choices
    (("instrument: military", "instrument: militray"), "(did you mean military?)"),
    (("lasts: turn}", "lasts: turns}"), "but game or turn is wanted (did you mean turn?)"),
    (("from: any", "from: anyy"), "is the text 'anyy', but a list or any is wanted (did you mean any?)"),
    (("from: any", "from: [3]"), "transitions.1.from.1: is the whole number 3, but text is wanted"),
    (("at: any", "at: once"), "is the text 'once', but any or last is wanted"),
    # bounds and patterns
    (("title: The lighthouse\n", f"title: {'x' * 61}\n"), "has 61 characters, at most 60 fit"),
    (("title: The lighthouse\n", "title: ''\n"), "6:8: title: is empty"),
    (("minutes: 15", "minutes: 1"), "is 1, but at least 5 is wanted"),
    (("quiet: 1, drift: 0.8", "quiet: 1.5, drift: 0.8"), "is 1.5, but at most 1 is wanted"),
    (("{line: +1}", "{line: +21}"), "is 21, but at most 20 is wanted"),
    (("  tension:\n", "  Tension:\n"), "93:3: tracks.Tension: 'Tension' is not a name of small letters"),
    (("course: sit", "course: Sit!"), "'Sit!' is not a name of small letters, digits and _"),
    (("cites: [A1]", "cites: [a1]"), "camps.talkers.cites.1: 'a1' is not the short name of an evidence card"),
    (("id: minimal", "id: Minimal"), "is not a name of small letters, digits and -"),
    (('version: "1.0"', "version: one"), "'one' is not a version such as \"1.0\""),
    (("date: 1931-05,", "date: May 1931,"), "'May 1931' is not a date such as 2017-03"),
    (("brief: Two clerks", f"brief: {'word ' * 120}clerks"), "at most 120 fit a screen"),
    (("values: {none: 0, weak: 1, strong: 2}", "values: {none: 0}"), "has 1 entry, at least 2 wanted"),
    (("stages: [standoff, alarm]", "stages: []"), "responses.wait.stages: has 0 entries, at least 1 wanted"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", CASES, ids=[said for _, said in CASES])
def test_what_is_said(told: Callable[..., list[str]], change: tuple[str, str], said: str) -> None:
    """Each fault stands at its place and says what is there and what is wanted."""
    lines = told(change)
    assert any(said in line for line in lines), lines
    assert all(line.startswith("it.yaml:") for line in lines)


def test_one_fault_is_told_once(told: Callable[..., list[str]]) -> None:
    """A value that may be several things is one fault, not one for each of them."""
    assert told(("start: 2\n", "start: [2]\n")) == [
        "it.yaml:96:5: tracks.tension.start: is a list, but a whole number or text is wanted"
    ]


def test_nothing_of_the_checking_library_shows(told: Callable[..., list[str]]) -> None:
    """Its words are for programmers; authors get ours."""
    text = "\n".join(line for change, _ in CASES for line in told(change)).lower()
    for word in ("pydantic", "input should", "type=", "tuple", " dict", "_type", "int]", "str]"):
        assert word not in text


def test_what_an_alias_stood_for_is_not_blamed_again(told: Callable[..., list[str]]) -> None:
    """The alias is the fault; that nothing stands in its place follows from it."""
    lines = told(("case: A line", "case: *line\n    x: A line"))
    assert not any("is empty" in line for line in lines)


def test_the_schema_is_followed_along_a_path() -> None:
    """Keys that may stand somewhere are known, also behind lists, mappings and options."""
    assert type_at(("stages", "talks")) is Stage
    assert fields_at(("responses", "x", "for")) == ["text", "by", "cites"]
    assert plain(type_at(("responses", "x", "for"))) is Argument
    assert plain(type_at(("tables", "x", "outcomes", 3, "depicts", 0))) is Launch
    assert "from" in fields_at(("transitions", 0))
    assert fields_at(("theatre", "places", "x")) == ["title", "longitude", "latitude", "label"]
    assert type_at(("responses", "x", "when")) == Guard | None
    assert type_at(("no", "such", "place")) is None
    assert type_at(("title", "deeper")) is None
    assert fields_at(("title",)) == []


def test_a_text_alone_is_held_to_the_limits_of_its_place() -> None:
    """Translations replace one text at a time."""
    assert limits_broken("short", Text | None) == []
    assert limits_broken("word " * 91, Text | None) == ["91 words, at most 90 fit a screen"]
    assert limits_broken("", Text) == ["is empty"]


@pytest.mark.parametrize(
    "value, words",
    [
        (None, "empty"), (True, "true"), (3, "the whole number 3"), (0.5, "the number 0.5"),
        ("a\x1b", "the text 'a\\x1b'"), ("x" * 99, f"the text '{'x' * 60}…'"), ([], "a list"),
        ({}, "a mapping"),
    ],
)  # fmt: skip
def test_values_are_described_in_plain_words(value: object, words: str) -> None:
    """Quoted input is cut and harmless in a terminal."""
    assert describe(value) == words
