"""The adviser at the plain prompts: silent until it is turned on, and then in words alone."""

from __future__ import annotations

import io
import re

import pytest

from tabletop.exercise.desk import Desk
from tabletop.odds.advice import PHRASES
from tabletop.odds.refusal import Refusal, TooLargeError
from tabletop.plain.console import Console
from tabletop.plain.games import play
from tests.plain.conversation import MINIMAL, WHOLE_GAME, again, converse, quiet_seed


def test_nobody_advises_unasked(desk: Desk) -> None:
    """Not a word of it in a whole game."""
    said = converse(desk, WHOLE_GAME)
    assert not any(phrase in said for phrase in PHRASES.values())


def test_turned_on_it_speaks_at_once_and_beside_the_options_from_then_on(desk: Desk) -> None:
    """Of what is open, and without a digit."""
    said = converse(desk, ("1", "adviser", "1", "1", "", "3", "adviser"))
    first, _, rest = said.partition("The adviser is on.")
    assert not any(phrase in first for phrase in PHRASES.values())
    at_once, _, later = rest.partition("Your response?")
    spoken = [
        line
        for line in at_once.splitlines()
        if line.endswith(tuple(f"{p}." for p in PHRASES.values()))
    ]
    assert spoken
    assert all(". In this model: " in line for line in spoken)
    assert not any(re.search(r"\d", line) for line in spoken)
    assert "The adviser, in this model: " in later.partition("Turn 2 of 3.")[2]
    assert said.count("The adviser works the game out.") == 1
    assert "The adviser is off." in later


def test_it_can_be_on_from_the_start(desk: Desk) -> None:
    """As the player has set it for good."""
    out = io.StringIO()
    console = Console(io.StringIO("1\n"), out)
    table = desk.new(str(MINIMAL), seed=quiet_seed())
    play(console, table, again(desk), adviser=True)
    said = out.getvalue()
    assert "The adviser, in this model: " in said
    # What it cannot know is said once, before it first speaks.
    assert said.count("The adviser is on.") == 1
    assert said.index("The adviser is on.") < said.index("The adviser, in this model: ")


def test_before_play_it_has_nothing_to_speak_of(desk: Desk) -> None:
    """It can be turned on all the same."""
    said = converse(desk, ("adviser", "1"))
    assert "The adviser is on." in said
    assert "The adviser, in this model: " in said


def test_a_game_too_large_leaves_it_silent_and_it_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The game goes on."""
    from tabletop.odds import store

    def refuse(*_: object, **__: object) -> None:
        raise TooLargeError(Refusal("turn 2 alone takes too much", 2))

    monkeypatch.setattr(store, "solved", refuse)
    said = converse(desk, ("1", "adviser", "1", "1", "", "3"))
    assert "The adviser has nothing to say: turn 2 alone takes too much." in said
    assert "The adviser, in this model: " not in said
    assert "Turn 2 of 3." in said
