"""Works out odds from the start or from where a play stands: exactly, or by sampling."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING

import numpy as np

from tabletop.errors import UsageError
from tabletop.odds.choosing import ANYTHING
from tabletop.odds.doctrines import ending_odds, odds_side_by_side, prior
from tabletop.odds.exact import Exact
from tabletop.odds.ground import Ground
from tabletop.odds.jobs import Question, Runner, cut, gather, run_here
from tabletop.odds.packing import Numbers
from tabletop.odds.pool import Pool
from tabletop.odds.refusal import Refusal
from tabletop.odds.sampling import Sampler, wilson
from tabletop.odds.summary import AT_RANDOM, Bound, Chance, Odds, Played
from tabletop.rules.chance import stream
from tabletop.rules.playout import Tally, finish
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.rules.play import Play

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1."""

_RULED = 0.5
"""How much is done once the doctrines are: from the start of a game nearly all, else about half."""
MANY = 1_000_000
"""Games for which it pays to start other processes."""


def policies(program: Program) -> dict[str, Policy]:
    """Every doctrine, and uniformly random play where none of them plays so."""
    found = dict(program.policies)
    if not any(policy.uniform for policy in found.values()):
        found[AT_RANDOM] = ANYTHING
    return found


def exact_odds(exact: Exact, play: Play | None, progress: Progress) -> Odds:
    """The odds of a solved game from its start, or from where a play stands.

    A play's own aim does not matter: every aim is looked at, and averages go by the prior.
    Raises `KeyError` where control put a flash decision in front of another decision.
    """
    progress(0)
    program = exact.program
    shares = prior(program)
    known = policies(program)
    ruled = {name: policy for name, policy in known.items() if not policy.uniform}
    by_name = dict(zip(ruled, odds_side_by_side(program, [*ruled.values()], play), strict=True))
    progress(_RULED)
    played = []
    for name, policy in known.items():
        at_random = exact.at_random if play is None else None
        found = by_name.get(name) or at_random or ending_odds(program, policy, play)
        chances = {
            ending: Chance(float(by_aim @ shares), tuple(map(float, by_aim)))
            for ending, by_aim in found.items()
        }
        played.append(Played(name, chances, _values(program, chances), policy.uniform))
    start = begin(program, 0, aim=0) if play is None else play
    ground = Ground(exact)
    values = np.stack([ground.value(twin)[aim] for aim, twin in enumerate(under_aims(start))])
    progress(1)
    return Odds(
        program.hash, "exact", _prior(program, shares), tuple(played), _bounds(exact, values)
    )


def under_aims(play: Play) -> list[Play]:
    """The same game under every aim: where aims decide more than weights, each goes its way."""
    twins = []
    for aim in range(len(play.program.scenario.aims)):
        twins.append(play.copy())
        twins[-1].world = play.world._replace(aim=aim)
    return twins


def _bounds(exact: Exact, values: Numbers) -> dict[str, Bound]:
    shares = prior(exact.program)
    half = len(exact.objectives)
    found = {}
    for column, name in enumerate(exact.objectives):
        best, worst = values[:, column], values[:, column + half]
        found[name] = Bound(
            float(best @ shares),
            float(worst @ shares),
            tuple(map(float, best)),
            tuple(map(float, worst)),
        )
    return found


def sampled_odds(
    program: Program,
    play: Play | None,
    games: int,
    seed: int,
    progress: Progress,
    *,
    doctrines: Container[str] = (),
    refusal: Refusal | None = None,
    runner: Runner | None = None,
) -> Odds:
    """The odds by so many games a doctrine, with seeds from `seed` on, and their intervals.

    The aim is drawn in every game, by the prior. Only `doctrines` play, or all where none of
    them is known. `runner` plays whole games somewhere else.
    """
    known = policies(program)
    known = {name: policy for name, policy in known.items() if name in doctrines} or known
    if play is None:
        tallies = _whole(program, known, games, seed, progress, runner)
    else:
        tallies = _from_here(play, known, games, seed, progress)
    progress(1)
    played = []
    for name, tally in tallies.items():
        chances = {
            ending.id: Chance(tally.share(ending.id), (), *wilson(tally.endings[ending.id], games))
            for ending in program.endings
        }
        uniform = policies(program)[name].uniform
        played.append(Played(name, chances, _values(program, chances), uniform))
    shares = _prior(program, prior(program))
    return Odds(program.hash, "sampled", shares, tuple(played), {}, refusal, games=games, seed=seed)


def _whole(
    program: Program,
    known: Mapping[str, Policy],
    games: int,
    seed: int,
    progress: Progress,
    runner: Runner | None,
) -> dict[str, Tally]:
    total = games * len(known)
    try:
        sampler = Sampler(program, ANYTHING)
    except UsageError:
        # No world of this game fits into one integer: play the games one by one.
        return _from_here(begin(program, 0, aim=0), known, games, seed, progress)
    questions = {name: Question.of(program, name) for name in known if name != AT_RANDOM}
    if runner is None:
        runner = Pool() if total >= MANY else run_here
    asked = list(questions.values())
    results = runner(cut(asked, games, seed), lambda done: progress(min(done / total, 1)))
    tallies = dict(zip(questions, gather(asked, results), strict=True))
    if AT_RANDOM in known:
        tallies[AT_RANDOM] = _at_random(sampler, games, seed)
    return tallies


def _at_random(sampler: Sampler, games: int, seed: int) -> Tally:
    from tabletop.odds.sampling import BATCH

    tally = Tally(games)
    for first in range(seed, seed + games, BATCH):
        seeds = np.arange(first, min(first + BATCH, seed + games), dtype=np.uint64)
        counts = np.bincount(sampler.play(seeds).endings, minlength=len(sampler.names))
        tally.endings.update(dict(zip(sampler.names, counts.tolist(), strict=True)))
    return tally


def _from_here(
    play: Play, known: Mapping[str, Policy], games: int, seed: int, progress: Progress
) -> dict[str, Tally]:
    """Games that go on from a play, each with an aim and luck of its own."""
    program = play.program
    tallies = {name: Tally() for name in known}
    first = begin(program, 0, aim=0).world
    for number in range(games):
        luck = seed + number
        aim = program.aims.pick(stream(luck, 0), 0, first)
        for name, policy in known.items():
            twin = play.copy()
            twin.log = None
            twin.base = stream(luck, 0)
            twin.world = play.world._replace(aim=aim)
            finish(twin, policy)
            tallies[name].games += 1
            tallies[name].endings[twin.ending or ""] += 1
        if number % 50 == 0:
            progress(number / games)
    return tallies


def _values(program: Program, chances: Mapping[str, Chance]) -> dict[str, float]:
    return {
        name: sum(chance.average * part.values[ending] for ending, chance in chances.items())
        for name, part in program.scenario.objectives.items()
    }


def _prior(program: Program, shares: Numbers) -> dict[str, float]:
    return dict(zip(program.scenario.aims, map(float, shares), strict=True))
