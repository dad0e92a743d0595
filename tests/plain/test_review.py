"""The review and the standing order at the plain prompts."""

from __future__ import annotations

import asyncio
import re

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import SOLO, Begin, Decide
from tabletop.odds import store
from tabletop.odds.refusal import Refusal, TooLargeError
from tabletop.plain.games import play_through
from tabletop.plain.review import STOPPED, WORKING
from tests.plain.conversation import (
    MINIMAL,
    TURN,
    WHOLE_GAME,
    console_of,
    converse,
    quiet_seed,
    saves_of,
)


def after_end(said: str) -> str:
    """What was said from the end of play on."""
    return said.partition("EndEx. ")[2]


def test_nothing_of_the_review_is_told_before_the_end(desk: Desk) -> None:
    """The command exists, and waits."""
    said = converse(desk, ("review", "1", "review"))
    assert said.count("The review of the decisions is sealed until the exercise has ended.") == 2
    assert "In this model" not in said


@pytest.mark.parametrize("asked", ["review", "5"])
def test_after_the_end_the_review_is_read(desk: Desk, asked: str) -> None:
    """By its word or its number: each decision with its cost, and the sum, which holds."""
    told = after_end(converse(desk, (*WHOLE_GAME, asked)))
    assert WORKING in told
    assert "In this model, for the objective you declared, “No shot”" in told
    assert "Left over by the sum: 0.000000000." in told
    assert all(f"Turn {turn}: you chose " in told for turn in (1, 2, 3))
    assert told.count("Same choice, other seeds") == 3
    assert not re.search(r"\b(grade|mistake|blunder|score)\b", told, re.IGNORECASE)


def test_a_game_too_large_is_sampled_and_says_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason, the number of games, and intervals in the place of a judgement."""

    def refuse(*_: object, **__: object) -> None:
        raise TooLargeError(Refusal("turn 2 alone takes too much", 2))

    monkeypatch.setattr(store, "solved", refuse)
    told = after_end(converse(desk, (*WHOLE_GAME, "review")))
    assert "There is no decision review: turn 2 alone takes too much." in told
    assert "Sampled instead: 1000 games by each who plays." in told
    assert re.search(r"“Talk early”: “.+” \d+ \(\d+ to \d+\).* in 100\.", told)


def test_the_review_can_be_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C stops the work and not the game."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "solved", interrupt)
    told = after_end(converse(desk, (*WHOLE_GAME, "review", "questions")))
    assert STOPPED in told
    assert "Who lit the lamp last" in told


def test_a_standing_order_plays_the_rest_by_its_own_name(desk: Desk) -> None:
    """Announced, on the record, told turn by turn, and left out of the review as the player's."""
    said = converse(desk, ("1", *TURN, "standing talks first", "review"))
    assert "From here on the standing order plays: Talk early." in said
    assert "Turn 2 is played by the standing order, Talk early." in said
    assert "Turn 3 is played by the standing order, Talk early." in said
    assert said.count("Chosen by the standing order: Talk early") == 2
    told = after_end(said)
    assert "Turn 1: you chose " in told
    assert "Turn 2: the standing order “Talk early” chose " in told
    assert "was nobody's own choice" in told
    (save,) = saves_of(desk)
    (note,) = [e for e in ReplayTable(save).save.events if e.what == "note.standing"]
    assert (note.data["doctrine"], note.data["turn"]) == ("talks_first", 2)


async def test_a_doctrine_that_takes_over_a_save_does_so_by_a_standing_order(desk: Desk) -> None:
    """`--resume SAVE --doctrine NAME`: what a person decided before stays theirs."""
    table = desk.new(str(MINIMAL), seed=quiet_seed())
    await table.send(Begin(), "begin")
    await table.send(Decide(SOLO.name, "wait", "nothing_more"), "own")
    console, _ = console_of(())
    await asyncio.to_thread(play_through, console, table, "talks_first")
    standing = [made.standing for made in desk.replay(table.path).view(SOLO).decisions]
    assert standing == ["", "Talk early", "Talk early"]


def test_standing_orders_are_listed_and_refused_where_there_are_none(desk: Desk) -> None:
    """Alone it lists them; before play and after the end there is nothing to hand over."""
    said = converse(desk, ("standing history", "1", "standing", "standing pigeons", "1"))
    assert "Play has not begun: there are no turns to hand over yet." in said
    assert said.count("standing history: What was done.") == 2
    assert "There is no doctrine 'pigeons'." in said
    ended = after_end(converse(desk, (*WHOLE_GAME, "standing history")))
    assert "The exercise is over: there are no turns left to hand over." in ended
