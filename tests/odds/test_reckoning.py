"""Odds from the start and from the middle of a game: exact, or sampled from the same place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.odds import store
from tabletop.odds.reckoning import exact_odds, policies, sampled_odds
from tabletop.odds.summary import AT_RANDOM, Odds, Played
from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.source import load

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios"


@pytest.fixture(scope="module")
def program() -> Program:
    return compile_program(load(FIXTURES / "minimal.yaml").scenario)


def quietly(_: float) -> None:
    """Hear nothing."""


def waiting(program: Program, seed: int, turn: int) -> Play:
    """A game that waits for the decision of a turn, after the first open choice in each before."""
    play = begin(program, seed)
    while True:
        play.proceed()
        assert play.prompt is not None, "the game ended before"
        if play.prompt.kind == "flash":
            play.answer(program.injects[play.prompt.id].answers[0].id)
        elif play.world.turn == turn:
            return play
        else:
            response, under = next(each for each in play.openings().items() if each[1])
            play.carry_out(response, under[0])


def by_name(odds: Odds) -> dict[str, Played]:
    return {each.doctrine: each for each in odds.played}


def held(exact: Odds, sampled: Odds) -> float:
    """The share of the intervals that hold the exact odds."""
    hits = [
        (chance.low or 0.0) - 1e-9
        <= by_name(exact)[name].endings[ending].average
        <= (chance.high or 0.0) + 1e-9
        for name, played in by_name(sampled).items()
        for ending, chance in played.endings.items()
    ]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("turn", [2, 3])
def test_odds_from_the_middle_agree_with_games_played_on_from_there(
    program: Program, turn: int
) -> None:
    """Whatever the aim of the game: it is drawn anew, by the prior."""
    play = waiting(program, 4, turn)
    exact = exact_odds(store.solved(program), play, quietly)
    sampled = sampled_odds(program, play, 500, 9, quietly)
    assert held(exact, sampled) >= 0.8
    assert sampled.games == 500


def test_the_drawn_aim_is_not_given_away(program: Program) -> None:
    """The same situation under another aim has the same odds."""
    play = waiting(program, 4, 2)
    twin = play.copy()
    twin.world = play.world._replace(aim=1 - play.world.aim)
    exact = store.solved(program)
    assert exact_odds(exact, play, quietly) == exact_odds(exact, twin, quietly)


def test_whole_games_are_sampled_alike_wherever_they_are_sampled(program: Program) -> None:
    """By columns, or one by one where no world fits into a column."""
    from tabletop.odds.reckoning import _from_here

    sampled = sampled_odds(program, None, 300, 11, quietly)
    alone = _from_here(begin(program, 0, aim=0), policies(program), 300, 11, quietly)
    assert {
        name: {ending: alone[name].share(ending) for ending in played.endings}
        for name, played in by_name(sampled).items()
    } == {
        name: {ending: chance.average for ending, chance in played.endings.items()}
        for name, played in by_name(sampled).items()
    }


@pytest.mark.parametrize("wanted", [("random",), (AT_RANDOM,), ()])
def test_only_the_doctrines_that_are_asked_for_play(
    program: Program, wanted: tuple[str, ...]
) -> None:
    """The same games as among all; a name that nobody has asks for all."""
    for play in (None, waiting(program, 4, 2)):
        some = by_name(sampled_odds(program, play, 40, 5, quietly, doctrines=wanted))
        all_of_them = by_name(sampled_odds(program, play, 40, 5, quietly))
        named = [name for name in all_of_them if name in wanted]
        assert list(some) == (named or [*all_of_them])
        assert all(some[name] == all_of_them[name] for name in some)


def test_play_at_random_is_added_where_no_doctrine_plays_so(program: Program) -> None:
    """Exact and sampled; where one does, it is not told twice."""
    scenario = program.scenario
    doctrines = {name: each for name, each in scenario.doctrines.items() if not each.uniform}
    without = compile_program(replace(scenario, doctrines=doctrines))
    exact = by_name(store.odds_of(without))
    assert list(exact) == [*doctrines, AT_RANDOM]
    assert exact[AT_RANDOM].uniform
    theirs = by_name(store.odds_of(program))["random"]
    assert theirs.uniform
    assert exact[AT_RANDOM].endings == theirs.endings
    sampled = by_name(sampled_odds(without, None, 200, 3, quietly))
    same = by_name(sampled_odds(program, None, 200, 3, quietly))
    assert sampled[AT_RANDOM].endings == same["random"].endings


def test_values_are_the_means_of_what_endings_are_worth(program: Program) -> None:
    """And the averages those of the aims by their prior."""
    odds = store.odds_of(program)
    shares = list(odds.prior.values())
    for played in odds.played:
        for name, objective in program.scenario.objectives.items():
            worth = sum(
                chance.average * objective.values[ending]
                for ending, chance in played.endings.items()
            )
            assert played.values[name] == pytest.approx(worth)
        for chance in played.endings.values():
            mean = sum(share * part for share, part in zip(shares, chance.by_aim, strict=True))
            assert chance.average == pytest.approx(mean)
