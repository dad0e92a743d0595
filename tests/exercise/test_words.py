"""People's words: sealed by a salted hash, removable without breaking the chain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise.canonical import encode
from tabletop.exercise.events import Draft
from tabletop.exercise.save import read_save
from tabletop.exercise.words import (
    ChangedWordsError,
    hold_back_words,
    read_words,
    seal_words,
)
from tests.exercise.saves import drafts, write_save

REMOVED = b'"salt":null,"words":null}'
A_TEXT = re.compile(rb'"salt":"[0-9a-f]{32}","words":"(?:[^"\\]|\\.)*"\}')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "save.jsonl"
    write_save(path, drafts())
    return path


def test_words_come_back_as_they_were_said() -> None:
    """Sealed words are read by whoever holds the save."""
    assert read_words(seal_words("because of Seoul\nand Tokyo")) == "because of Seoul\nand Tokyo"
    assert read_words(seal_words("")) == ""


@pytest.mark.parametrize("value", [None, "plain", 5, [], {}, {"words": None}, {"words": 7}])
def test_where_no_words_are_none_are_read(value: object) -> None:
    """What a save holds in the place of words may be anything; only words are words."""
    assert read_words(value) is None


def test_each_sealing_has_a_salt_of_its_own() -> None:
    """Two people who say the same cannot be matched by their hashes."""
    first, second = seal_words("yes"), seal_words("yes")
    assert first["salt"] != second["salt"]
    assert first["hash"] != second["hash"]
    assert seal_words("yes", salt=first["salt"]) == first


def test_removed_words_leave_the_chain_whole(path: Path) -> None:
    """One person's words can go on request: every seal still holds and the removal shows."""
    before = read_save(path)
    whole = path.read_bytes()
    name = next(line for line in whole.splitlines() if b"game.joined" in line)
    path.write_bytes(whole.replace(name, A_TEXT.sub(REMOVED, name)))
    after = read_save(path)
    assert b"Ann" not in path.read_bytes()
    assert after.faults == ()
    assert after.removed == 1
    assert after.short_seal == before.short_seal
    assert read_words(after.events[0].data["name"]) is None
    assert [event.seal for event in after.events] == [event.seal for event in before.events]


def test_text_alone_may_be_removed_too(path: Path) -> None:
    """Setting only the text to null by hand is a removal as well."""
    path.write_bytes(re.sub(rb'"words":"(?:[^"\\]|\\.)*"', b'"words":null', path.read_bytes()))
    save = read_save(path)
    assert save.faults == ()
    assert save.removed == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda words: words | {"words": "something else"},
        lambda words: words | {"words": words["words"] + " "},
        lambda words: words | {"salt": "0" * 32},
        lambda words: words | {"salt": None},
        lambda words: {"hash": words["hash"]},
        lambda words: words | {"hash": "0" * 32},
        lambda words: seal_words("something else"),
        lambda words: None,
    ],
    ids=["text", "space", "salt", "no salt", "no text", "hash", "sealed anew", "gone"],
)
def test_changed_words_are_noticed(path: Path, change: object) -> None:
    """Words can be removed, never exchanged."""
    assert callable(change)
    line = path.read_bytes().splitlines()[1]
    data = json.loads(line)["data"]
    edited = line.replace(
        encode(data).encode(), encode(data | {"name": change(data["name"])}).encode()
    )
    assert edited != line
    path.write_bytes(path.read_bytes().replace(line, edited))
    save = read_save(path)
    assert save.events == ()
    assert save.faults[0].startswith("line 2: ")


def test_change_of_a_text_alone_is_told_as_such(path: Path) -> None:
    """The fault says what was done, so that an instructor knows what to ask about."""
    path.write_bytes(path.read_bytes().replace("한국".encode(), "중국".encode()))
    assert read_save(path).faults == ("line 2: a text in it was changed since it was written",)


def test_what_looks_like_words_inside_a_text_is_only_text() -> None:
    """Nobody can hide a change by typing what sealed words look like."""
    typed = encode(seal_words("x"))
    body = encode({"note": typed}).encode()
    assert hold_back_words(body) == (body, 0)


def test_other_spelling_of_the_same_text_is_a_change() -> None:
    """A text has one spelling in a save, or a changed byte could mean the same."""
    body = encode({"name": seal_words("A\u2028")}).encode()
    assert b"\\u2028" in body
    for other in (b"\\u2028", "\u2028".encode()), (b'"A', b'"\\u0041'):
        assert other[0] in body
        with pytest.raises(ChangedWordsError):
            hold_back_words(body.replace(*other))


@given(text=st.text() | st.text(st.sampled_from('\ud83d\ude00\udfff"\\\u2028\x1b한')))
def test_any_text_can_be_sealed_and_removed(text: str) -> None:
    """Whatever was typed, the chain sees the same with the words and without them."""
    words = seal_words(text)
    with_words = encode({"said": words}).encode()
    without = encode({"said": words | {"salt": None, "words": None}}).encode()
    assert hold_back_words(with_words) == (hold_back_words(without)[0], 0)
    assert hold_back_words(without)[1] == 1


def test_draft_with_words_of_another_shape_is_not_mistaken_for_sealed_words() -> None:
    """Other data that happens to have a key `words` is sealed as it is."""
    body = encode(Draft("note.x", {"words": "five of them"}, "", "").data).encode()
    assert hold_back_words(body) == (body, 0)
