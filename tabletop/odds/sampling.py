"""Whole games by the hundred thousand: the same draws as in play, made for many games at once.

A game that is sampled here is the game that a doctrine plays with the same seed, draw by
draw, so that sampling needs no randomness of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tabletop.odds.packing import Columns, Keys, Mask, Packing, packing
from tabletop.odds.places import Place, Road, Way
from tabletop.odds.rolls import Bits, dealt, picked, picks, rolls, streams
from tabletop.rules.doctrine import ANSWER, APART, RESPONSE, SUPPORT
from tabletop.rules.guards import always
from tabletop.rules.playout import Tally
from tabletop.rules.program import Policy, Program
from tabletop.rules.start import begin

if TYPE_CHECKING:
    from tabletop.odds.chain import Chain
    from tabletop.rules.guards import Addend

Rows = npt.NDArray[np.intp]
"""Numbers of games."""

BATCH = 50_000
"""Games a batch: enough to pay for the steps, few enough to stay in the processor's cache."""
MANY = 100_000
"""Games for which it pays to make the table of a doctrine's draws: a sixth of a second for the
shipped crisis."""


def sample(
    program: Program,
    doctrine: str,
    games: int,
    *,
    first_seed: int = 0,
    watch: tuple[str, ...] = (),
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """Play games with seeds from `first_seed` on, as `tabletop.rules.playout.sample` does.

    Where that pays, a doctrine that decides by rules plays from a table of its draws.
    """
    policy = program.policies[doctrine]
    masks = {flag: program.mask(flag) for flag in watch}
    table = None if watch or games < MANY else table_of(program, policy)
    endings = _walked(program, policy, masks) if table is None else _followed(program, table, games)
    tally = Tally()
    for first in range(first_seed, first_seed + games, BATCH):
        seeds = np.arange(first, min(first + BATCH, first_seed + games), dtype=np.uint64)
        counts = np.bincount(endings(seeds, tally), minlength=len(program.endings))
        tally.games += len(seeds)
        for ending, count in zip(program.endings, counts.tolist(), strict=True):
            tally.endings[ending.id] += count
        if progress is not None:
            progress(tally.games)
    return tally


def table_of(program: Program, policy: Policy) -> Chain | None:
    """The table of a doctrine's draws; None where anything is chosen at random, or it is large."""
    from tabletop.odds.chain import by_rules, chain
    from tabletop.odds.refusal import TooLargeError

    if not by_rules(program, policy):
        return None
    try:
        return chain(program, policy)
    except TooLargeError:
        return None


Endings = Callable[[Bits, Tally], Keys]
"""The numbers of the endings of some seeds; what else is counted goes into the tally."""


def _followed(program: Program, table: Chain, games: int) -> Endings:
    """Every draw is looked up."""
    from tabletop.odds.chain import follower

    follow = follower(games)
    return lambda seeds, _: follow(table, streams(seeds, 0), dealt(program, seeds))


def _walked(program: Program, policy: Policy, masks: Mapping[str, int]) -> Endings:
    """Every step is taken; the flags of `masks` are counted at the end."""
    sampler = Sampler(program, policy)

    def endings(seeds: Bits, tally: Tally) -> Keys:
        crowd = sampler.play(seeds)
        for flag, mask in masks.items():
            tally.watched[flag] += int(np.count_nonzero(crowd.keys & mask))
        return crowd.endings

    return endings


@dataclass(eq=False)
class Crowd:
    """Many games at once."""

    keys: Keys
    """Their worlds, packed."""
    aims: npt.NDArray[np.int64]
    base: Bits
    """The bases of their luck."""
    endings: npt.NDArray[np.int64]
    """The numbers of the endings that they came to."""


class Sampler:
    """One doctrine at one program, ready to play."""

    def __init__(self, program: Program, policy: Policy) -> None:
        self.program = program
        self.policy = policy
        self.road = Road(program)
        self.names = tuple(ending.id for ending in program.endings)
        self.packing: Packing = packing(
            len(program.layout.flags),
            len(program.ladder.stages),
            program.low,
            program.high,
            self.road.reach.widest,
        )

    def play(self, seeds: Bits, luck: int = 0) -> Crowd:
        """Play the games of some seeds to their endings."""
        first = begin(self.program, 0, aim=0).world
        crowd = Crowd(
            np.full(len(seeds), self.packing.pack(first)),
            dealt(self.program, seeds),
            streams(seeds, luck),
            np.full(len(seeds), -1),
        )
        _Walk(self, crowd).run(self.road.start)
        return crowd


class _Walk:
    """One crowd on its way along the road."""

    def __init__(self, sampler: Sampler, crowd: Crowd) -> None:
        self.sampler = sampler
        self.crowd = crowd
        self.waiting: dict[Place, list[Rows]] = {}

    def run(self, start: Place) -> None:
        """Walk every game to its ending."""
        self.waiting[start] = [np.arange(len(self.crowd.keys))]
        for place in reversed(self.sampler.road.places):
            arrived = self.waiting.pop(place, None)
            if arrived is None:
                continue
            rows = arrived[0] if len(arrived) == 1 else np.concatenate(arrived)
            if place.kind == "decide":
                self._decide(place, rows)
            else:
                for way, gone in self._split(place, rows):
                    self._go(place, way, gone)

    def _columns(self, place: Place, rows: Rows, keys: Keys | None = None) -> Columns:
        keys = self.crowd.keys[rows] if keys is None else keys
        columns = Columns(self.sampler.packing, keys, place.turn, place.stage, 0)
        columns.aim = self.crowd.aims[rows]
        return columns

    def _go(self, place: Place, way: Way, rows: Rows, keys: Keys | None = None) -> None:
        if not len(rows):
            return
        if isinstance(way.target, str):
            self.crowd.endings[rows] = self.sampler.names.index(way.target)
            return
        if way.moves or keys is not None:
            self.crowd.keys[rows] = self._moved(place, way, rows, keys)
        self.waiting.setdefault(way.target, []).append(rows)

    def _moved(self, place: Place, way: Way, rows: Rows, keys: Keys | None = None) -> Keys:
        columns = self._columns(place, rows, keys)
        for move in way.moves:
            columns = self._columns(place, rows, move.ahead(self.sampler.packing, columns))
        return columns.flags

    def _split(self, place: Place, rows: Rows) -> Iterator[tuple[Way, Rows]]:
        if place.kind == "pass":
            return self._passed(place, rows)
        if place.kind == "chance":
            return self._drawn(place, rows)
        return self._answered(place, rows)

    def _passed(self, place: Place, rows: Rows) -> Iterator[tuple[Way, Rows]]:
        for way in place.ways:
            columns = self._columns(place, rows)
            mask = columns.holds(way.test)
            if way.returns_to is not None:
                mask &= columns.came_from == way.returns_to
            yield way, rows[mask]
            rows = rows[~mask]

    def _drawn(self, place: Place, rows: Rows) -> Iterator[tuple[Way, Rows]]:
        assert place.chance is not None
        columns = self._columns(place, rows)
        weights = np.stack([_weight(way.addends, columns) for way in place.ways])
        bits = rolls(self.crowd.base[rows], place.chance.key, place.turn)
        number = picked(bits, weights)
        for at, way in enumerate(place.ways):
            yield way, rows[number == at]

    def _answered(self, place: Place, rows: Rows) -> Iterator[tuple[Way, Rows]]:
        inject, policy = place.inject, place.fixed or self.sampler.policy
        assert inject is not None
        if not policy.uniform:
            wanted = policy.answers.get(inject.id, inject.answers[0].id)
            yield next((way, rows) for way in place.ways if way.id == wanted)
            return
        number = self._lot(rows, ANSWER, place.turn, len(inject.answers))
        for way in place.ways:
            yield way, rows[number == way.number]

    def _lot(self, rows: Rows, key: int, turn: int, total: int | Keys) -> Keys:
        """Where a doctrine chooses at random: a number below `total` for each game."""
        bits = rolls(self.crowd.base[rows] ^ np.uint64(APART), key, turn)
        return picks(bits, np.asarray(total))

    def _decide(self, place: Place, rows: Rows) -> None:
        policy = place.fixed or self.sampler.policy
        table = _Table(self, place, rows)
        chosen = self._any(table) if policy.uniform else self._by_rules(table, policy)
        for response, support, mask in chosen:
            at = np.flatnonzero(mask)
            if len(at):
                way = table.responses[response]
                self._go(table.respond, way, rows[at], table.supported[support][at])

    def _by_rules(self, table: _Table, policy: Policy) -> Iterator[tuple[int, int, Mask]]:
        left = np.ones(len(table.rows), dtype=np.bool_)
        for test, wanted, support in policy.rules:
            held = table.columns.holds(test)
            for response in wanted:
                mask = left & held & table.is_open(response, support)
                if mask.any():
                    left &= ~mask
                    yield response, support, mask
        yield self.sampler.program.course[table.place.stage], 0, left

    def _any(self, table: _Table) -> Iterator[tuple[int, int, Mask]]:
        turn = table.place.turn
        pairs = {
            response: [table.is_open(response, support) for support in table.supported]
            for response in table.responses
        }
        ways = np.stack([np.sum(found, axis=0) for found in pairs.values()])
        which = self._lot(table.rows, RESPONSE, turn, np.count_nonzero(ways, axis=0))
        places = np.cumsum(ways > 0, axis=0) - 1
        for at, (response, found) in enumerate(pairs.items()):
            mine = (ways[at] > 0) & (places[at] == which)
            under = self._lot(table.rows, SUPPORT, turn, ways[at])
            order = np.cumsum(np.stack(found), axis=0) - 1
            for number, support in enumerate(table.supported):
                yield response, support, mine & found[number] & (order[number] == under)


class _Table:
    """What is open to many games that wait for the same decision."""

    def __init__(self, walk: _Walk, place: Place, rows: Rows) -> None:
        self.place = place
        self.rows = rows
        self.columns = walk._columns(place, rows)  # noqa: SLF001
        target = place.ways[0].target
        assert not isinstance(target, str)
        self.respond = target
        self.responses = {way.number: way for way in target.ways}
        self.supported = {
            way.number: walk._moved(place, way, rows)  # noqa: SLF001
            for way in place.ways
        }
        self._free = {way.number: self.columns.holds(way.test) for way in place.ways}
        self._walk = walk
        self._open: dict[tuple[int, int], Mask] = {}

    def is_open(self, response: int, support: int) -> Mask:
        """In which of the games a response can be chosen with a support."""
        if response not in self.responses or support not in self.supported:
            return np.zeros(len(self.rows), dtype=np.bool_)
        if (response, support) not in self._open:
            test = self.responses[response].test
            held = self._free[support]
            if test is not always:
                worlds = self._walk._columns(  # noqa: SLF001
                    self.respond, self.rows, self.supported[support]
                )
                held = held & worlds.holds(test)
            self._open[response, support] = held
        return self._open[response, support]


def _weight(addends: tuple[Addend, ...], columns: Columns) -> Keys:
    total: object = 0
    for _, amount, test in addends:
        total = total + amount * test(columns)  # type: ignore[operator, arg-type]
    return np.broadcast_to(np.maximum(np.asarray(total, dtype=np.int64), 0), columns.flags.shape)


def wilson(hits: int, games: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval for a share of games, at 95% by default.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).
    """
    share, square = hits / games, z * z / games
    middle = (share + square / 2) / (1 + square)
    half = z * float(np.sqrt(share * (1 - share) / games + square / (4 * games))) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)
