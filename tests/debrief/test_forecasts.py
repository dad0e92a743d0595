"""Forecasts: scored as Brier did, each once, and never under luck already seen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.debrief.forecasts import Forecast, brier, forecasts_of, pooled
from tabletop.exercise.desk import Desk
from tabletop.exercise.replay import ReplayTable
from tests.exercise.classes import Exercise
from tests.exercise.games import play, play_on

ANSWERS = st.sampled_from([10, 30, 50, 70, 90])


def _given(number: int, percent: int, came: bool | None, seen: bool = False) -> Forecast:
    return Forecast("red", number, number, percent, came, seen, (str(number),))


@given(st.lists(st.tuples(ANSWERS, st.booleans()), min_size=1))
def test_the_score_is_half_of_brier_s_own_sum(forecasts: list[tuple[int, bool]]) -> None:
    """His formula of 1950 sums over both classes: came, and did not come."""
    total = sum(
        (percent / 100 - came) ** 2 + ((100 - percent) / 100 - (not came)) ** 2
        for percent, came in forecasts
    )
    score = brier(forecasts)
    assert score is not None
    assert score == pytest.approx(total / len(forecasts) / 2)
    assert 0 <= score <= 1


def test_the_yardsticks() -> None:
    """Sure and right is 0, even odds are a quarter, the base rate is known with hindsight."""
    assert brier([]) is None
    assert brier([(50, True), (50, False)]) == pooled("q", []).always_even
    found = pooled("q", [_given(1, 90, True), _given(2, 90, True), _given(3, 10, False)])
    assert found.brier == pytest.approx(0.01)
    assert found.base_rate == pytest.approx(2 / 3)
    with_hindsight = [(2 / 3 - came) ** 2 for came in (True, True, False)]
    assert found.always_base_rate == pytest.approx(sum(with_hindsight) / 3)


def test_the_table_counts_by_answer() -> None:
    """How often the thing came after each."""
    found = pooled("q", [_given(1, 70, True), _given(2, 70, False), _given(3, 30, False)])
    rows = {row.percent: (row.words, row.given, row.came) for row in found.table}
    assert rows[70] == ("Likely", 2, 1)
    assert rows[30] == ("Unlikely", 1, 0)
    assert rows[50][1:] == (0, 0)
    assert sum(row.given for row in found.table) == found.scored == 3


def test_what_is_open_or_was_seen_is_counted_and_not_scored() -> None:
    """A forecast shared by several saves counts once, and as seen where it is so anywhere."""
    fresh, seen = _given(1, 70, True), _given(1, 70, True, seen=True)
    found = pooled("q", [fresh, fresh, _given(2, 30, None)])
    assert (found.scored, found.luck_seen, found.unanswered) == (1, 0, 1)
    for pair in ([fresh, seen], [seen, fresh]):
        found = pooled("q", pair)
        assert (found.scored, found.luck_seen, found.brier) == (0, 1, None)


def _branch(path: Path, turn: int, *, same_luck: bool) -> ReplayTable:
    table = Desk(path.parent).branch(path, turn, same_luck=same_luck)
    asyncio.run(play_on(table))
    return ReplayTable(table.path)


def test_a_branch_with_the_same_luck_is_marked_and_one_with_new_luck_is_scored(
    tmp_path: Path,
) -> None:
    """What it shares with its parent is the parent's, and counts once."""
    path = play(tmp_path / "game.jsonl")
    parent = forecasts_of(ReplayTable(path))
    same = forecasts_of(_branch(path, 2, same_luck=True))
    new = forecasts_of(_branch(path, 2, same_luck=False))
    assert not any(each.luck_seen for each in (*parent, *new))
    assert [each.luck_seen for each in same] == [each.turn >= 2 for each in same]
    assert same[0].key == parent[0].key == new[0].key
    everything = pooled("q", [*parent, *same, *new])
    keys = {each.key for each in (*parent, *same, *new)}
    assert everything.scored + everything.luck_seen + everything.unanswered == len(keys)
    assert everything.luck_seen == len([each for each in same if each.turn >= 2])


@pytest.mark.parametrize("luck,seen", [(None, True), (7, False), (0, True)])
def test_a_line_that_control_reopened_is_marked_where_it_kept_a_luck_that_was_used(
    tmp_path: Path, luck: int | None, seen: bool
) -> None:
    """Forecasts before that are the first line's, and counted there."""
    exercise = Exercise(red=["premier"])
    exercise.decide("red", forecast=30)
    exercise.decide("red", forecast=70)
    exercise.rewind("red", 2, "red.2", luck)
    exercise.decide("red", forecast=90)
    table = ReplayTable(exercise.save(tmp_path / "class.jsonl"))
    found = forecasts_of(table)
    assert [(each.line, each.turn, each.luck_seen) for each in found] == [
        ("red", 1, False),
        ("red", 2, False),
        ("red.2", 2, seen),
    ]
    assert [each.line for each in forecasts_of(table, ["red.2"])] == ["red.2"]
