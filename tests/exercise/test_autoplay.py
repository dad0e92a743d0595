"""Doctrines at seats: an opponent beside a person, an empty seat, the rest of a game."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tabletop.errors import ActionError, UsageError
from tabletop.exercise.autoplay import autoplay, hand_over, step
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import SOLO, Begin, Decide, Join
from tests.exercise.games import SCENARIO


@pytest.fixture
def table(tmp_path: Path) -> LocalTable:
    return Desk(tmp_path).new(str(SCENARIO), seed=3)


async def opponent(table: LocalTable) -> str:
    """A second team with one seat, which nobody sits at."""
    await table.send(Join("blue-premier", "", "blue", "premier"), uuid4().hex)
    return "blue-premier"


def of(table: LocalTable, team: str) -> list[str]:
    """The responses that a team's line holds."""
    return [made.response for made in table.record.lines[team].decisions]


async def test_an_opponent_plays_its_own_line_and_leaves_the_others_alone(
    table: LocalTable,
) -> None:
    """It comes to its end while the person has not decided yet."""
    seat = await opponent(table)
    await autoplay(table, "talks_first", seat)
    assert table.record.lines["blue"].over
    assert of(table, "solo") == []
    assert not table.record.lines["solo"].over
    await autoplay(table, "guard_first")
    assert table.record.closed
    assert of(table, "solo") != of(table, "blue")
    await table.close()


async def test_an_opponent_keeps_step_with_a_person(table: LocalTable) -> None:
    """One act at a time, so that whoever runs the game sets the pace."""
    seat = await opponent(table)
    assert await step(table, "history", seat)
    assert table.record.begun
    while len(of(table, "blue")) < 2:
        assert await step(table, "history", seat)
    assert table.record.lines["blue"].world.turn == 3
    await table.close()


async def test_a_doctrine_can_be_relieved_by_another(table: LocalTable) -> None:
    """As by a standing order from some turn on; nothing is done after the end."""
    while len(of(table, "solo") if table.record.begun else ()) < 1:
        assert await step(table, "talks_first")
    await autoplay(table, "random")
    assert table.record.over
    assert not await step(table, "random")
    await table.close()


async def test_a_standing_order_plays_the_rest_and_says_so(tmp_path: Path) -> None:
    """The hand-over and every choice that follows from it are on the record as its own."""
    table = Desk(tmp_path).new(str(SCENARIO), seed=3)
    await table.send(Begin(), "begin")
    await table.send(Decide(SOLO.name, "wait", "nothing_more"), "own")
    await hand_over(table, "talks_first")
    decisions = table.view(SOLO).decisions
    assert table.record.over
    assert [made.by_default for made in decisions] == [False, True, True]
    assert [made.standing for made in decisions] == ["", "Talk early", "Talk early"]
    assert (ending := table.view(SOLO).ending) is not None
    assert ending.pivot in {1, None}, "only a turn that somebody decided is one to go back to"
    await table.close()
    replayed = ReplayTable(table.path)
    assert replayed.record.over
    notes = [event.data for event in replayed.save.events if event.what == "note.standing"]
    assert [(note["doctrine"], note["turn"]) for note in notes] == [("talks_first", 2)]


async def test_a_standing_order_is_refused_where_it_cannot_play(table: LocalTable) -> None:
    """Before StartEx, for an unknown doctrine, and when play is over: and nothing is written."""
    with pytest.raises(ActionError, match="not begun"):
        await hand_over(table, "talks_first")
    await table.send(Begin(), "begin")
    with pytest.raises(ActionError, match="unknown doctrine 'talk': this scenario has history"):
        await hand_over(table, "talk")
    await autoplay(table, "history")
    with pytest.raises(ActionError, match="no turns left"):
        await hand_over(table, "history")
    await table.close()


async def test_a_doctrine_that_plays_a_game_through_is_its_player(table: LocalTable) -> None:
    """Without a standing order it plays as people do, and its choices count as choices."""
    await autoplay(table, "talks_first")
    assert not any(made.by_default or made.standing for made in table.view(SOLO).decisions)
    await table.close()


async def test_the_same_seed_plays_the_same_game(tmp_path: Path) -> None:
    """Random play too: its lots are keyed as all draws are."""
    played = []
    for number in range(2):
        table = Desk(tmp_path / str(number)).new(str(SCENARIO), seed=8)
        await autoplay(table, "random", SOLO.name)
        played.append(of(table, "solo"))
        await table.close()
    assert played[0] == played[1]


async def test_an_unknown_doctrine_is_refused(table: LocalTable) -> None:
    """With the known ones."""
    with pytest.raises(UsageError, match="unknown doctrine 'x': this scenario has history"):
        await step(table, "x")
    await table.close()
