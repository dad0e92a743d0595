"""The commands that work at every prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import SaveError
from tabletop.plain.prompt import COMMANDS, BackError, Prompts, QuitError
from tests.plain.conversation import console_of
from tests.tui.sample_view import briefing_view, ended_view, sample_view


def _said(*answers: str, back: bool = False) -> str:
    console, out = console_of((*answers, "1"))
    Prompts(console, sample_view).choose("Which?", ["One.", "Two."], back=back)
    return out.getvalue()


def test_a_number_chooses() -> None:
    """With or without a mark behind it."""
    for text in ("2", " 2 ", "2.", "2)"):
        console, _ = console_of((text,))
        assert Prompts(console, sample_view).choose("Which?", ["One.", "Two."]) == 1


@pytest.mark.parametrize("text", ["0", "3", "999", "", "12"])
def test_a_number_that_is_not_offered_is_asked_for_again(text: str) -> None:
    """And the numbers that are offered are said."""
    assert "Type 1 or 2." in _said(text)


@pytest.mark.parametrize("text", ["²", "１", "1e0", "-1", "0x1", "1000000000000000000000"])
def test_what_only_looks_like_a_number_chooses_nothing(text: str) -> None:
    """No letter of another script and no endless number is taken for one."""
    console, out = console_of((text, "2"))
    assert Prompts(console, sample_view).choose("Which?", ["One.", "Two."]) == 1
    assert out.getvalue().count("Which?") == 2


@pytest.mark.parametrize("text", ["3?", "3 ?", "card 3", "CARD 3", "card 3?"])
def test_a_card_is_read_without_choosing(text: str) -> None:
    """A question mark behind the number is enough."""
    assert "Issue the Track 1.5 visas. Diplomatic." in _said(text)


@pytest.mark.parametrize("text", ["0?", "card 99"])
def test_a_card_that_is_not_there_is_said(text: str) -> None:
    """With the numbers that are."""
    assert "There are cards 1 to 9." in _said(text)


def test_no_card_can_be_read_where_nothing_is_on_offer() -> None:
    """Before StartEx there are none."""
    console, out = console_of(("1?", "1"))
    Prompts(console, briefing_view).choose("Which?", ["One."])
    assert "There are no cards at this moment." in out.getvalue()


@pytest.mark.parametrize(
    "word,marks",
    [
        ("options", "2. Two."),
        ("brief", "Turn 2 of 6."),
        ("last", "After your choice in turn 1."),
        ("tracks", "High is dangerous."),
        ("ladder", "Rung 4: "),
        ("wire", "Turn 1. "),
        ("wire 1", "Your act: "),
        ("map", "failed on the pad"),
        ("sources", "A2: "),
        ("sources 3", "A34: "),
        ("decisions", "1 decision."),
        ("role", "Your office: "),
        ("objective", "objective"),
        ("history", "sealed"),
        ("questions", "has ended"),
        ("help", "card N: reads the card"),
        ("?", "card N: reads the card"),
        ("back", "There is nothing to go back to here."),
        ("save", "There is no game to save here."),
        ("card", "Say which card: card 3, or 3? for short."),
        ("TRACKS", "High is dangerous."),
    ],
)
def test_a_command_tells_what_it_says(word: str, marks: str) -> None:
    """And the prompt is asked again."""
    said = _said(word)
    assert marks in said.partition("help:")[2]
    assert said.count("Which?") == 2


def test_every_command_is_in_the_help() -> None:
    """The list that is dispatched on is the list that is told."""
    said = _said("help")
    assert all(f"\n{command.word}" in said for command in COMMANDS)


@pytest.mark.parametrize("word", ["quit", "q", "exit", "QUIT"])
def test_quit_leaves(word: str) -> None:
    """By any of its names."""
    with pytest.raises(QuitError):
        _said(word)


def test_back_goes_back_where_there_is_something_before() -> None:
    """The prompt says so."""
    with pytest.raises(BackError):
        _said("back", back=True)
    assert "Type 1 or 2, back or help:" in _said(back=True)


@pytest.mark.parametrize("text", ["trakcs", "laddr", "optoins"])
def test_a_near_miss_is_named(text: str) -> None:
    """Did you mean."""
    assert "Did you mean " in _said(text)


def test_an_unknown_word_is_quoted_harmlessly() -> None:
    """Whatever was typed cannot drive the terminal, and a long one is cut."""
    said = _said("\x1b[2Jxyzzy" + "x" * 5000)
    assert "There is no command" in said
    assert "\x1b" not in said
    assert len(said) < 400


@pytest.mark.parametrize("text", ["wire x", "wire -1", "sources ²"])
def test_a_command_that_wants_a_number_says_so(text: str) -> None:
    """And quotes what it was given."""
    word, argument = text.split()
    assert f"{word} takes a number, not {argument!r}." in _said(text)


def test_words_are_taken_as_they_are() -> None:
    """Enter skips, and brackets are no markup."""
    console, _ = console_of(("", "we [/b] wait; 3? of them"))
    prompts = Prompts(console, sample_view)
    assert prompts.words("Why?") is None
    assert prompts.words("Why?") == "we [/b] wait; 3? of them"


def test_a_game_is_saved_elsewhere_by_its_command(tmp_path: Path) -> None:
    """The way out of a full disk; a failure is told in one line."""
    written: list[Path] = []

    def save(path: Path) -> None:
        if path.name == "bad":
            raise SaveError("bad: exists already")
        written.append(path)

    console, out = console_of(("save", f"save {tmp_path / 'new file.jsonl'}", "save bad", "1"))
    Prompts(console, sample_view, save).choose("Which?", ["One."])
    assert written == [tmp_path / "new file.jsonl"]
    assert "Say where: save FILE." in out.getvalue()
    assert f"Saved in: {tmp_path / 'new file.jsonl'}" in out.getvalue()
    assert "Not saved: bad: exists already." in out.getvalue()


def test_history_opens_at_the_end() -> None:
    """The same word that was sealed before."""
    console, out = console_of(("history", "1"))
    Prompts(console, ended_view).choose("Which?", ["One."])
    assert "2018-06-12: " in out.getvalue()


def test_commands_that_need_a_game_say_so_without_one() -> None:
    """The menu before any game knows them too."""
    console, out = console_of(("tracks", "3?", "help", "1"))
    Prompts(console, lambda: None).choose("Which?", ["One."])
    assert "No game is open yet." in out.getvalue()
    assert "There are no cards at this moment." in out.getvalue()
