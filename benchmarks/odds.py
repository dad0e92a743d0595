"""Exact odds, reviews, sensitivity and samples of the shipped crisis, in seconds and memory.

Each stands beside its target; solving also beside a plain dict solver and, where it is
installed, the model checker Storm, on games small enough for those.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from benchmarks.dict_solver import explored, solved
from benchmarks.figures import Figure, best_of, cpu_seconds, show
from benchmarks.openspiel import openspiel_value
from benchmarks.shipped import REPOSITORY, SCENARIO, own_folders, program
from benchmarks.storm import storm_values
from tabletop.debrief.decisions import LineReview, line_review
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL
from tabletop.odds import store
from tabletop.odds.adjoint import influence
from tabletop.odds.chain import Follower, compiled_follower, follow
from tabletop.odds.choosing import ANYTHING
from tabletop.odds.conduct import ByDoctrine
from tabletop.odds.doctrines import ending_odds
from tabletop.odds.exact import Exact
from tabletop.odds.jobs import CHUNK, Question, cut
from tabletop.odds.pool import Pool, cores
from tabletop.odds.reckoning import under_aims
from tabletop.odds.rolls import Bits, dealt, streams
from tabletop.odds.sampling import BATCH, Sampler, sample, table_of
from tabletop.odds.sensitivity import Player, sensitivity
from tabletop.rules.compiler import compile_program
from tabletop.rules.doctrine import answer, choose
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.source import load

SMALL = REPOSITORY / "scenarios" / "first-game.yaml"
SAVE = REPOSITORY / "saves" / "samples" / "north-korea-2017-history.jsonl"
DOCTRINE = "history"
RANDOM = "random"
MILLIONS = 10_000_000
LATE = (6, 5)
"""From which turns on the crisis is small enough for the others; the last takes half a minute."""


def main() -> None:
    """Solve the crisis in processes of their own, then ask everything of what was kept."""
    with own_folders():
        compiled = program()
        for title, fast in (("numpy alone", "0"), ("with the extra `fast`", "1")):
            if fast == "0" or find_spec("numba") is not None:
                show(f"Odds of the shipped crisis, cold, {title}", _cold(fast))
        show("Odds from the cache", _kept(compiled))
        show("Reviews and sensitivity, once solved", _asked(compiled))
        show(f"Samples: games a second, {DOCTRINE}", _samples(compiled))
    small = begin(compile_program(load(SMALL).scenario), 1)
    show("First game, all of it, beside others", [*_beside(small), *_beside_openspiel(small)])
    for turn in LATE:
        show(f"The crisis from turn {turn} on, beside others", _beside(_late(compiled, turn)))


def _cold(fast: str) -> list[Figure]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.odds_cold"],
        env=os.environ | {"TABLETOP_FAST": fast},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    return [
        Figure("best and worst play", found["solve"], " s"),
        Figure("doctrines and random play", found["doctrines"], " s"),
        Figure("all odds", found["all"], " s", 2),
        Figure(
            "memory at its peak", found["peak"], " MB", 300, note=f"{found['before']:.0f} before"
        ),
    ]


def _kept(compiled: Program) -> list[Figure]:
    store.odds_of(compiled)
    command = [sys.executable, "-m", "tabletop"]
    shown = [*command, "odds", SCENARIO.stem]
    _command(shown)
    return [
        Figure("all odds", _best(lambda: store.odds_of(compiled)), " s", 0.1),
        Figure("the solved game", _best(lambda: store.solved(compiled)), " s"),
        Figure("tabletop odds, a second time", best_of(5, lambda: _command(shown)), " s"),
        Figure("tabletop --version", best_of(5, lambda: _command([*command, "--version"])), " s"),
    ]


def _command(command: list[str]) -> float:
    return _seconds(lambda: subprocess.run(command, capture_output=True, check=True))


def _asked(compiled: Program) -> list[Figure]:
    exact = store.solved(compiled)
    table = ReplayTable(SAVE)
    late = {turn: _late(compiled, turn) for turn in range(1, compiled.turns + 1)}
    local = {turn: _best(lambda: exact.around(late[turn])) for turn in late}  # noqa: B023
    slowest = max(local, key=lambda turn: local[turn])
    followed = compiled.policies[DOCTRINE]
    pull = _best(lambda: influence(ByDoctrine(compiled, followed)))
    pull_at_random = _best(lambda: influence(ByDoctrine(compiled, ANYTHING)))
    whole = _seconds(lambda: sensitivity(compiled, Player(DOCTRINE)))
    doctrine = _best(lambda: ending_odds(compiled, followed))
    return [
        Figure(f"one turn, the slowest: {slowest}", 1000 * local[slowest], " ms"),
        Figure("review of a save", 1000 * _best(lambda: _review(table, exact).review), " ms", 50),
        Figure(
            "  with the ranges of its losses",
            1000 * _best(lambda: _review(table, exact).ranges),
            " ms",
        ),
        Figure(f"derivatives by every number, {DOCTRINE}", pull, " s", 1),
        Figure("  and foremost numbers and dials solved anew", whole, " s"),
        Figure("derivatives by every number, at random", pull_at_random, " s", 1),
        Figure(f"one doctrine, {DOCTRINE}", doctrine, " s"),
    ]


def _review(table: ReplayTable, exact: Exact) -> LineReview:
    found = line_review(table, CONTROL, table.line(CONTROL), lambda _: exact)
    assert found is not None
    return found


def _samples(compiled: Program) -> list[Figure]:
    table = table_of(compiled, compiled.policies[DOCTRINE])
    assert table is not None
    walk = Sampler(compiled, compiled.policies[DOCTRINE]).play
    random = Sampler(compiled, compiled.policies[RANDOM]).play

    def rate(follow: Follower) -> float:
        return _rate(lambda seeds: follow(table, streams(seeds, 0), dealt(compiled, seeds)))

    games = max(8 * cores(), 2) * CHUNK
    jobs = cut([Question.of(compiled, DOCTRINE)], games)
    pool = games / _seconds(lambda: list(Pool()(jobs, lambda _: None)))
    figures = [
        Figure("one core, numpy, every step taken", _rate(walk), " games/s"),
        Figure("  at random", _rate(random), " games/s"),
        Figure("one core, numpy, draws looked up", rate(follow), " games/s", 300_000, "least"),
        Figure(f"a pool on {cores()} cores, {games:,} games, its start included", pool, " games/s"),
    ]
    if find_spec("numba") is not None:
        compiled_rate = rate(compiled_follower())
        figures.append(
            Figure("one core, the extra `fast`", compiled_rate, " games/s", 3_000_000, "least")
        )
        whole = MILLIONS / _seconds(lambda: sample(compiled, DOCTRINE, MILLIONS))
        label = f"  {MILLIONS:,} games from the start, its loading included"
        figures.append(Figure(label, whole, " games/s"))
    return figures


def _rate(play: Callable[[Bits], object]) -> float:
    """Games a second of processor time, once all is loaded and compiled."""
    seeds = np.arange(BATCH, dtype=np.uint64)
    play(seeds)
    return BATCH / best_of(5, lambda: cpu_seconds(lambda: play(seeds)))


def _beside(start: Play) -> list[Figure]:
    """Best and worst play for every objective and aim, by each solver; they must agree."""
    twins = under_aims(start)
    times = 1 if start.world.turn == min(LATE) else 3
    ours = _best(lambda: _exact(start), 3)
    exact = _exact(start)
    local = [exact.around(twin).value(twin)[aim] for aim, twin in enumerate(twins)]
    endings = {ending: worth.tolist() for ending, worth in exact.endings.items()}
    plain = _best(lambda: [solved(explored(twin), endings) for twin in twins], times)
    states = [explored(twin) for twin in twins]
    assert np.allclose(local, [solved(each, endings) for each in states], atol=1e-9)
    size = f"{sum(map(len, states)):,} positions"
    figures = [
        Figure("tabletop", 1000 * ours, " ms"),
        Figure("a plain dict solver", 1000 * plain, " ms", note=size),
        Figure("  times as long", plain / ours, "x"),
    ]
    if find_spec("stormpy") is None:
        print("  Storm is not installed: nothing is compared with it")
        return figures
    assert np.allclose(local, [storm_values(each, endings) for each in states], atol=1e-6)
    storm = _best(lambda: [storm_values(each, endings) for each in states], times)
    return [
        *figures,
        Figure("Storm, the positions handed to it ready-made", 1000 * storm, " ms"),
        Figure("  times as long", storm / ours, "x"),
    ]


def _beside_openspiel(start: Play) -> list[Figure]:
    """One objective of one aim by OpenSpiel, beside all objectives of that aim by us."""
    if find_spec("pyspiel") is None or find_spec("cvxpy") is None:
        print("  OpenSpiel, or cvxpy that it needs, is not installed: nothing is compared with it")
        return []
    twin = under_aims(start)[0]
    exact = _exact(twin)
    endings = {ending: worth.tolist() for ending, worth in exact.endings.items()}
    ours = _best(lambda: _exact(twin), 3)
    states = explored(twin)
    worth = {ending: column[0] for ending, column in endings.items()}
    value = solved(states, endings)[0]
    assert np.isclose(openspiel_value(states, worth), value, atol=1e-9)
    theirs = _seconds(lambda: openspiel_value(states, worth))
    return [
        Figure("OpenSpiel's value iteration, one objective of one aim", 1000 * theirs, " ms"),
        Figure("  times as long as all of them for all aims", theirs / ours, "x"),
    ]


def _exact(start: Play) -> Exact:
    exact = Exact(start.program)
    exact.solve(start)
    return exact


def _late(compiled: Program, turn: int) -> Play:
    """A game played by a doctrine until a turn's decision is wanted."""
    play, policy = begin(compiled, 1), compiled.policies[DOCTRINE]
    while True:
        play.proceed()
        prompt = play.prompt
        assert prompt is not None
        if prompt.kind == "flash":
            play.answer(answer(play, policy, compiled.injects[prompt.id]))
        elif play.world.turn == turn:
            return play
        else:
            play.carry_out(*choose(play, policy))


def _best(work: Callable[[], object], times: int = 5) -> float:
    return best_of(times, lambda: _seconds(work))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
