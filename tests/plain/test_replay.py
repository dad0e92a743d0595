"""A save told again, stop by stop."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.exercise.desk import Desk
from tabletop.plain.console import Console
from tabletop.plain.replay import replay
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


def test_a_damaged_save_says_where_it_stops(desk: Desk, save: Path) -> None:
    """After the last stop that holds."""
    lines = save.read_bytes().splitlines(keepends=True)
    lines[9] = lines[9].replace(b'"', b"'", 1)
    save.write_bytes(b"".join(lines))
    assert "The save cannot be used further: line 10" in _told(desk, save)
