"""A save told again, stop by stop."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.exercise.bookmarks import read_notes
from tabletop.exercise.desk import Desk
from tabletop.exercise.save import read_save
from tabletop.plain.console import Console
from tabletop.plain.replay import replay
from tabletop.plain.replay_words import WORDS, Branch
from tests.plain.conversation import TURN, WHOLE_GAME, converse, saves_of


@pytest.fixture
def save(desk: Desk) -> Path:
    """A whole game of three turns."""
    converse(desk, WHOLE_GAME)
    return saves_of(desk)[0]


class _Person(io.StringIO):
    """Answers that come from a terminal."""

    def isatty(self) -> bool:
        return True


def _told(desk: Desk, path: Path, turn: int | None = None, person: str | None = None) -> str:
    out = io.StringIO()
    source = _Person(person) if person is not None else io.StringIO()
    replay(Console(source, out), desk.replay(path), turn)
    return out.getvalue()


def test_a_pipe_gets_every_turn_at_once(desk: Desk, save: Path) -> None:
    """Each stop: what came of the last decision, then where that leads."""
    said = _told(desk, save)
    marks = ["Stop 1 of 4. Turn 1", "Objective: No shot.", "Stop 2 of 4. Turn 2"]
    marks += ["After your choice in turn 1.", "Stop 3 of 4.", "Stop 4 of 4. EndEx.", "EndEx. The"]
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)
    assert said.count("After your choice in turn") == 3
    assert "Type" not in said


def test_a_replay_tells_what_the_game_told(desk: Desk) -> None:
    """Every paragraph of a turn that was shown in play stands in the replay."""
    played = converse(desk, WHOLE_GAME)
    told = _told(desk, saves_of(desk)[0])
    for mark in ("After your choice in turn 2.", "Turn 3 of 3."):
        paragraph = played[played.index(mark) :].partition("\n\n")[0]
        assert paragraph.replace(mark, "") in told


def test_a_replay_may_begin_at_a_turn(desk: Desk, save: Path) -> None:
    """Nothing before it is told."""
    said = _told(desk, save, turn=3)
    assert "Stop 3 of 4." in said
    assert "Stop 2 of 4." not in said


def test_a_turn_that_was_not_played_is_refused(desk: Desk, save: Path) -> None:
    """With those that were."""
    with pytest.raises(UsageError, match="no turn 9 in this save: it has turns 1 to 3"):
        _told(desk, save, turn=9)


def test_a_person_steps_forward_and_back(desk: Desk, save: Path) -> None:
    """Enter goes on, back returns, and the commands read what stood then."""
    said = _told(desk, save, person="\ntracks\nback\n\n\n\n\n")
    assert said.count("Stop 2 of 4.") == 2
    assert said.count("Stop 1 of 4.") == 2
    assert "High is dangerous." in said
    assert "Press Enter to finish" in said


@pytest.mark.parametrize("left", ["quit\n", ""])
def test_a_person_may_leave(desk: Desk, save: Path, left: str) -> None:
    """By a word or by the end of input."""
    assert "Stop 2 of 4." not in _told(desk, save, person=left)


def test_other_words_are_not_understood(desk: Desk, save: Path) -> None:
    """And say what is."""
    assert "Only Enter and commands are understood here" in _told(desk, save, person="onward\n")


def test_a_game_that_was_left_is_told_as_far_as_it_went(desk: Desk) -> None:
    """An unfinished save ends where it ends."""
    converse(desk, ("1", *TURN))
    said = _told(desk, saves_of(desk)[0])
    assert "After your choice in turn 1." in said
    assert "EndEx" not in said


def _stepped(desk: Desk, path: Path, *typed: str, branch: Branch | None = None) -> str:
    out = io.StringIO()
    person = _Person("".join(f"{line}\n" for line in (*typed, "quit")))
    replay(Console(person, out), desk.replay(path), branch=branch)
    return out.getvalue()


def test_a_person_steps_by_events_and_jumps(desk: Desk, save: Path) -> None:
    """Both ways; what does not exist is said in a line."""
    said = _stepped(desk, save, "step", "step -1", "turn 3", "turn 9", "go 5", "go 9999", "go x")
    assert "Event " in said
    assert said.count("Stop 1 of 4.") == 2
    assert "Stop 3 of 4." in said
    assert "This line of play has no turn 9." in said
    assert "There is no event 9999" in said
    assert "Say which event: go 40." in said


def test_enter_leads_on_from_any_event(desk: Desk, save: Path) -> None:
    """To the next stop, and back to the one before."""
    said = _stepped(desk, save, "step 2", "", "step", "back")
    assert said.count("Stop 2 of 4.") == 2


def test_words_are_found_with_the_number_to_go_to(desk: Desk, save: Path) -> None:
    """And words that nobody said are not."""
    said = _stepped(desk, save, "find decided", "find xyzzy", "find")
    assert re.search(r"Event \d+, turn 1: Decided: ", said)
    assert "Type go and a number to go there." in said
    assert "Nothing is found by these words." in said
    assert "Say what to find" in said


def test_a_person_looks_as_others(desk: Desk, save: Path) -> None:
    """Alone the word lists them; an unknown one is refused."""
    said = _stepped(desk, save, "as", "as control", "as nobody", "line", "line solo", "line x")
    assert "control: Control." in said
    assert "You look as Control." in said
    assert "nobody called 'nobody' can look at this save" in said
    assert "there is no line 'x' to look at from here" in said


def test_why_tells_of_the_decision_for_those_who_may_hear(desk: Desk, save: Path) -> None:
    """What was decided, and what else was open."""
    said = _stepped(desk, save, "why")
    assert "Decided: " in said
    assert "Also open: " in said


def test_marks_and_notes_are_kept_beside_the_save(desk: Desk, save: Path, tmp_path: Path) -> None:
    """And can be read again, written to a file and taken away; the save stays as it was."""
    before = save.read_bytes()
    file = tmp_path / "notes.md"
    said = _stepped(desk, save, "marks", "mark why so late", "marks", f"marks {file}")
    assert "Nothing is marked yet." in said
    assert "why so late." in said
    assert file.read_text(encoding="utf-8").startswith("# Notes on")
    assert read_notes(save, read_save(save).header.id).marks[0].text == "why so late"
    assert "Marked: " in _stepped(desk, save)
    assert "The bookmark is taken away." in _stepped(desk, save, "unmark", "unmark")
    assert read_notes(save, read_save(save).header.id).marks == ()
    assert save.read_bytes() == before


@pytest.mark.parametrize("typed, same", [("branch", True), ("branch new", False)])
def test_a_person_branches_off(desk: Desk, save: Path, typed: str, same: bool) -> None:
    """From the turn that was told, with the luck that was asked for."""
    asked: list[tuple[int, str, bool]] = []

    def branch(turn: int, line: str, *, same_luck: bool) -> Path:
        asked.append((turn, line, same_luck))
        return Path("new.jsonl")

    said = _stepped(desk, save, "turn 2", "step", typed, "branch off", branch=branch)
    assert asked == [(2, "solo", same)]
    assert "--resume new.jsonl" in said
    assert "branch new for new luck" in said
    assert "No save can be made here." in _stepped(desk, save, "branch")


def test_help_lists_the_words_of_a_replay(desk: Desk, save: Path) -> None:
    """Below those of every prompt."""
    said = _stepped(desk, save, "help")
    for word in WORDS:
        assert f"{word.word} {word.argument}".strip() + ":" in said


def test_a_damaged_save_says_where_it_stops(desk: Desk, save: Path) -> None:
    """After the last stop that holds."""
    lines = save.read_bytes().splitlines(keepends=True)
    lines[9] = lines[9].replace(b'"', b"'", 1)
    save.write_bytes(b"".join(lines))
    assert "The save cannot be used further: line 10" in _told(desk, save)
