"""A doctrine watched at the table, turn by turn, and saved like any game."""

from __future__ import annotations

import io

import pytest

from tabletop.errors import UsageError
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO
from tabletop.plain.console import Console
from tabletop.plain.demo import watch
from tests.plain.conversation import MINIMAL, converse, quiet_seed, saves_of


class Person(io.StringIO):
    """Answers that come from a terminal."""

    def isatty(self) -> bool:
        return True


def watched(desk: Desk, source: io.StringIO, doctrine: str = "talks_first") -> str:
    out = io.StringIO()
    table = desk.new(str(MINIMAL), seed=quiet_seed())
    watch(Console(source, out), table, doctrine, "a_paper")
    return out.getvalue()


def test_into_a_pipe_the_whole_game_is_told(desk: Desk) -> None:
    """Who plays, each turn's opening and what came of it, the ending, and the save."""
    said = watched(desk, io.StringIO())
    assert "This seat is played by a doctrine: Talk early." in said
    for turn in (1, 2, 3):
        assert said.index(f"Turn {turn} of 3.") < said.index(f"After your choice in turn {turn}.")
    assert "EndEx. The exercise is over: " in said
    view = desk.replay(saves_of(desk)[0]).view(SOLO)
    assert (view.phase, view.objective) == ("ended", "a_paper")


def test_a_person_is_asked_before_every_turn_and_may_leave(desk: Desk) -> None:
    """What was played is kept, and another doctrine can finish it."""
    said = watched(desk, Person("\n\nquit\n"))
    assert said.count("Press Enter for the next turn") == 3
    assert "Go on with: tabletop play --resume" in said
    save = saves_of(desk)[0]
    assert desk.replay(save).view(SOLO).phase != "ended"
    out = io.StringIO()
    watch(Console(io.StringIO(), out), desk.resume(save), "guard_first")
    assert "Turn 3 of 3." in out.getvalue()
    assert "EndEx." in out.getvalue()


def test_a_person_can_take_over_where_a_demonstration_was_left(desk: Desk) -> None:
    """The save is a game like any other."""
    watched(desk, Person("\nquit\n"))
    save = saves_of(desk)[0]
    said = converse(desk, ("1",), opened=lambda: desk.resume(save))
    assert "Taken up again where it was left." in said


def test_an_unknown_doctrine_is_refused(desk: Desk) -> None:
    """With those that there are."""
    with pytest.raises(UsageError, match="unknown doctrine 'x': this scenario has"):
        watched(desk, io.StringIO(), "x")
