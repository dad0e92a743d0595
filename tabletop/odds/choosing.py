"""Which support and response a doctrine takes in each world of a decision, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from tabletop.odds.packing import Mask, Numbers, Rows
from tabletop.rules.program import Policy

if TYPE_CHECKING:
    from tabletop.odds.expansion import Edge, Layer, Turn
    from tabletop.odds.places import Place

ANYTHING = Policy("at random", uniform=True, rules=(), answers={})
"""Uniformly random play: each response that is open with equal chance, then each support."""


Share = Numbers | float
"""The chance of a choice: by world, or by aim and world; 1.0 where it is certain in each."""
ALL = slice(None)
"""Every row of mass that is looked at."""


class Choice(NamedTuple):
    """Worlds of a decision that go to one response with one support."""

    rows: Rows
    """The worlds of the decision."""
    response: int
    at: Rows
    """Where they stand, once the support was carried out, among the worlds that respond."""
    share: Share
    """The chance of this choice in each."""
    lot: slice = ALL
    """The rows of mass, one by aim and doctrine, that choose so."""


class Deciding(Protocol):
    """What is chosen in the worlds of one turn."""

    def taken(self, layer: Layer) -> Iterator[Choice]:
        """All that is chosen in the worlds of a decision."""

    def given(self, layer: Layer) -> Mapping[int, Share]:
        """By number of the answer: how often it is given in the worlds of a flash decision."""


class Ruled:
    """What a doctrine chooses in one turn; where a timing plan fixes another one, that one."""

    def __init__(self, turn: Turn, policy: Policy) -> None:
        self.turn = turn
        self.policy = policy

    def taken(self, layer: Layer) -> Iterator[Choice]:
        """All that is chosen in the worlds of a decision."""
        return choices(self.turn, layer, layer.place.fixed or self.policy)

    def given(self, layer: Layer) -> Mapping[int, Share]:
        """By number of the answer: how often it is given in the worlds of a flash decision."""
        return dict(answered(layer, layer.place.fixed or self.policy))


class SideBySide:
    """What several doctrines choose in one turn, each in its own lot of the rows of mass."""

    def __init__(self, turn: Turn, policies: Sequence[Policy]) -> None:
        self._each = [Ruled(turn, policy) for policy in policies]
        self._aims = len(turn.expander.aims)

    def taken(self, layer: Layer) -> Iterator[Choice]:
        """All that is chosen in the worlds of a decision."""
        for lot, ruled in zip(self._lots(), self._each, strict=True):
            for choice in ruled.taken(layer):
                yield choice._replace(lot=lot)

    def given(self, layer: Layer) -> Mapping[int, Share]:
        """By number of the answer: how often it is given in the worlds of a flash decision."""
        found: dict[int, Share] = {}
        rows = len(self._each) * self._aims
        for lot, ruled in zip(self._lots(), self._each, strict=True):
            for number, share in ruled.given(layer).items():
                by_row = np.asarray(found.setdefault(number, np.zeros((rows, 1))))
                by_row[lot] = share
        return found

    def _lots(self) -> Iterator[slice]:
        for number in range(len(self._each)):
            yield slice(number * self._aims, (number + 1) * self._aims)


def choices(turn: Turn, layer: Layer, policy: Policy) -> Iterator[Choice]:
    """Everything that a doctrine chooses in the worlds of a `decide` layer."""
    options = Options(turn, layer)
    yield from (options.any() if policy.uniform else options.by_rules(policy))


class Options:
    """What is open in the worlds of a decision."""

    def __init__(self, turn: Turn, layer: Layer) -> None:
        self.turn = turn
        self.layer = layer
        self.place: Place = layer.place
        self.count = len(layer.keys)
        self.supported: dict[int, Rows] = {}
        """By support: where each world stands under it; -1 where it is closed."""
        for edge in layer.edges:
            self.supported[edge.way.number] = _placed(edge, self.count)
        self.respond = _respond(layer)
        self.open = turn.open[self.respond]
        """By response: in which of the supported worlds it can be chosen."""

    def is_open(self, response: int, support: int) -> Mask:
        """In which worlds of the decision a response can be chosen with a support."""
        nowhere = np.zeros(self.count, dtype=np.bool_)
        if response not in self.open or support not in self.supported:
            return nowhere
        at = self.supported[support]
        return (at >= 0) & self.open[response][at]

    def by_rules(self, policy: Policy) -> Iterator[Choice]:
        """The first open response of the first rule that holds, else the present course."""
        place, program = self.place, self.turn.expander.road.program
        columns = self.turn.expander.columns(place, self.layer.keys)
        left = np.ones(self.count, dtype=np.bool_)
        for test, wanted, support in policy.rules:
            held = columns.holds(test)
            for response in wanted:
                chosen = left & held & self.is_open(response, support)
                if chosen.any():
                    left &= ~chosen
                    yield self._choice(chosen, response, support)
        if left.any():
            yield self._choice(left, program.course[place.stage], 0)

    def any(self) -> Iterator[Choice]:
        """Every open response with equal chance, then every support that it is open with."""
        pairs = {
            response: {support: self.is_open(response, support) for support in self.supported}
            for response in self.open
        }
        ways = {
            response: np.sum(list(found.values()), axis=0, dtype=np.int64)
            for response, found in pairs.items()
        }
        responses = np.sum([count > 0 for count in ways.values()], axis=0, dtype=np.int64)
        for response, found in pairs.items():
            share = 1.0 / (responses * np.maximum(ways[response], 1))
            for support, held in found.items():
                if held.any():
                    choice = self._choice(held, response, support)
                    yield choice._replace(share=share[choice.rows])

    def _choice(self, chosen: Mask, response: int, support: int) -> Choice:
        rows = np.flatnonzero(chosen).astype(np.int32)
        return Choice(rows, response, self.supported[support][rows], 1.0)


def by_world(share: Share, axes: int) -> Share:
    """A share of all aims, to be multiplied into what has more axes behind the one of worlds."""
    if isinstance(share, float):
        return share
    return share.reshape(-1, *[1] * axes)


def answered(layer: Layer, policy: Policy) -> dict[int, float]:
    """By number of the answer: the chance that a doctrine gives it to a flash decision."""
    inject = layer.place.inject
    assert inject is not None
    if policy.uniform:
        return dict.fromkeys(range(len(inject.answers)), 1 / len(inject.answers))
    wanted = policy.answers.get(inject.id, inject.answers[0].id)
    return {[answer.id for answer in inject.answers].index(wanted): 1.0}


def _respond(layer: Layer) -> Place:
    target = layer.edges[0].target
    assert not isinstance(target, str)
    return target


def _placed(edge: Edge, count: int) -> Rows:
    if edge.rows is None:
        return edge.to
    at = np.full(count, -1, dtype=np.int32)
    at[edge.rows] = edge.to
    return at
