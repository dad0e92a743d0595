"""Odds as plain data: what they say of a game worked by hand, and their way through JSON."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds import store
from tabletop.odds.reckoning import sampled_odds
from tabletop.odds.refusal import Refusal
from tabletop.odds.shelf import Shelf
from tabletop.odds.summary import (
    AT_RANDOM,
    Bound,
    Chance,
    Moment,
    Odds,
    Played,
    Sheet,
    as_data,
    odds_from,
    sheet,
    sheet_from,
)
from tabletop.rules.compiler import compile_program
from tests.odds.generated import as_loaded
from tests.odds.small import coin

share = st.floats(0, 1)
name = st.text(max_size=5)
by_aim = st.lists(share, max_size=3).map(tuple)
_chance = st.builds(Chance, share, by_aim, st.none() | share, st.none() | share)
_played = st.builds(
    Played,
    name,
    st.dictionaries(name, _chance, max_size=3),
    st.dictionaries(name, share, max_size=2),
    st.booleans(),
)
_bounds = st.dictionaries(name, st.builds(Bound, share, share, by_aim, by_aim), max_size=2)
_prior = st.dictionaries(name, share, max_size=3)
_all_played = st.lists(_played, max_size=3).map(tuple)
whole = st.builds(Odds, name, st.just("exact"), _prior, _all_played, _bounds)
sampled = st.builds(
    Odds,
    name,
    st.just("sampled"),
    _prior,
    _all_played,
    refusal=st.none() | st.builds(Refusal, name, st.integers(0, 9), name, name),
    games=st.integers(1, 10**9),
    seed=st.integers(0, 2**62),
)
ALL = whole | sampled


@pytest.fixture
def tossed(tmp_path: Path) -> Odds:
    """The odds of one toss: 3 in 4 win it, and whoever stays away has 0.4."""
    return store.odds_of(compile_program(as_loaded(coin()).scenario), kept=Shelf(tmp_path))


def test_a_game_worked_by_hand_has_the_odds_that_it_has(tossed: Odds) -> None:
    """Either choice by the lot of two: a toss in half of the games."""
    assert tossed.method == "exact"
    played = {each.doctrine: each for each in tossed.played}
    at_random = next(each for each in played.values() if each.uniform)
    averages = {ending: chance.average for ending, chance in at_random.endings.items()}
    assert averages == pytest.approx({"twice": 0, "won": 3 / 8, "lost": 1 / 8, "kept": 1 / 2})
    assert at_random.values == pytest.approx({"win": 3 / 8 + 0.4 / 2})
    bound = tossed.bounds["win"]
    assert (bound.best, bound.worst) == pytest.approx((3 / 4, 0.4))
    assert bound.best_by_aim == pytest.approx((3 / 4,))
    assert bound.worst_by_aim == pytest.approx((0.4,))


def test_nothing_exact_has_an_interval_and_everything_sampled_has_one(tossed: Odds) -> None:
    """Sampling knows no aims apart, and neither the best nor the worst."""
    program = compile_program(as_loaded(coin()).scenario)
    found = sampled_odds(program, None, 400, 7, store.quietly)
    assert (found.method, found.games, found.seed, found.bounds) == ("sampled", 400, 7, {})
    for odds, has in ((tossed, False), (found, True)):
        chances = [chance for each in odds.played for chance in each.endings.values()]
        assert chances
        for chance in chances:
            assert (chance.low is not None, chance.high is not None) == (has, has)
            assert bool(chance.by_aim) is not has
            if chance.low is not None and chance.high is not None:
                assert chance.low <= chance.average <= chance.high


def test_the_part_that_is_asked_for_is_as_it_was_in_the_whole(tossed: Odds) -> None:
    """No names mean all of them, and unknown ones nothing."""
    assert tossed.of((), ()) == tossed
    some = tossed.of((tossed.played[0].doctrine,), ())
    assert some == replace(tossed, played=tossed.played[:1])
    nothing = tossed.of(("nobody",), ("nothing",))
    assert (nothing.played, nothing.bounds) == ((), {})
    worthless = tossed.of((), ("nothing",))
    assert [each.endings for each in worthless.played] == [each.endings for each in tossed.played]
    assert all(each.values == {} for each in worthless.played)


def test_a_sheet_names_the_dials_that_were_turned(tossed: Odds) -> None:
    """And every ending, doctrine, objective, aim and stage by its title."""
    from tabletop.scenario.source import load

    minimal = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios" / "minimal.yaml"
    scenario = load(minimal).scenario
    dials = {dial: part.default for dial, part in scenario.assumptions.items()}
    assert sheet(scenario, dials, None, tossed).changed == ()
    turned = sheet(scenario, {**dials, "patrols_provoke": "strong"}, "short", tossed)
    assert (turned.changed, turned.plan) == (("patrols_provoke",), "short")
    for kind, names in turned.names.items():
        assert list(names) == list(getattr(scenario, kind))
    assert turned.names["endings"] == {name: e.title for name, e in scenario.endings.items()}
    assert AT_RANDOM not in turned.names["doctrines"]


@given(odds=ALL)
def test_any_odds_come_back_from_json_as_they_went(odds: Odds) -> None:
    """To the last bit of every share."""
    assert odds_from(json.loads(json.dumps(as_data(odds)))) == odds


@given(odds=ALL, moment=st.none() | st.builds(Moment, st.integers(1, 99), name, name, name))
def test_any_sheet_comes_back_too(odds: Odds, moment: Moment | None) -> None:
    """With its moment, or without one."""
    found = Sheet("id", "1", "Title", {"a": "b"}, ("a",), None, odds, {}, {}, moment)
    assert sheet_from(json.loads(json.dumps(as_data(found)))) == found


@pytest.mark.parametrize("read", [odds_from, sheet_from])
def test_another_form_is_refused_and_named(read: Any, tossed: Odds) -> None:
    """A later tabletop may say other things by the same words."""
    data = {**as_data(tossed), "form": 2}
    with pytest.raises(ValueError, match="form 2, and this tabletop knows 1"):
        read(data)


_STRANGE: tuple[object, ...] = (None, 7, "x", [], {}, [1], {"x": 1})


def _spoilt(data: Any) -> Iterator[Any]:
    """The data with one of its parts replaced or left out, whichever it is."""
    for place in _places(data, ()):
        for strange in _STRANGE:
            yield _with(data, place, strange)
        if isinstance(place[-1], str):
            yield _without(data, place)


def _places(data: Any, place: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(data, list):
        keys: Iterable[Any] = range(len(data))
    else:
        keys = list(data) if isinstance(data, dict) else ()
    for key in keys:
        yield (*place, key)
        yield from _places(data[key], (*place, key))


def _with(data: Any, place: tuple[Any, ...], part: Any) -> Any:
    whole = copy.deepcopy(data)
    _holder(whole, place)[place[-1]] = part
    return whole


def _without(data: Any, place: tuple[Any, ...]) -> Any:
    whole = copy.deepcopy(data)
    del _holder(whole, place)[place[-1]]
    return whole


def _holder(data: Any, place: tuple[Any, ...]) -> Any:
    for key in place[:-1]:
        data = data[key]
    return data


def test_data_that_somebody_spoilt_fails_only_as_promised(tossed: Odds) -> None:
    """Whichever part it is: what keeps odds catches these four errors and works them out anew."""
    refused = 0
    for data in _spoilt(json.loads(json.dumps(as_data(tossed)))):
        try:
            odds_from(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            refused += 1
    assert refused > 50
