"""Where the decisions of several lines lead under other luck, worked out together.

All worlds are expanded in one go while a doctrine decides, and valued from the end back: the
answers are those of `tabletop.odds.prospects`, of which this is the quick way for a class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tabletop.odds.backward import Backward
from tabletop.odds.choosing import answered, by_world, choices
from tabletop.odds.course import Decided, act
from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Turn
from tabletop.odds.packing import Keys, Numbers
from tabletop.odds.places import Place
from tabletop.odds.prospects import Outlook, Prospect, prospect_of

if TYPE_CHECKING:
    from tabletop.odds.case import Case
    from tabletop.odds.course import Moment
    from tabletop.odds.expansion import Layer
    from tabletop.odds.kernels import Worth
    from tabletop.rules.play import Play
    from tabletop.rules.program import Policy


def prospects_together(cases: Sequence[Case], policy: Policy) -> list[tuple[Prospect, ...]]:
    """By line: the prospect of every decision of a side, as `prospects` gives them for one."""
    if not cases:
        return []
    outlook = Outlook(cases[0].course.program, policy)
    expander = Expander(outlook.road, range(len(outlook.program.scenario.aims)))
    after: list[tuple[int, Moment, Play]] = []
    for number, case in enumerate(cases):
        for moment in case.followed.decisions():
            if moment.kind == "decide":
                assert isinstance(moment.what, Decided)
                play = moment.before.copy()
                act(play, moment.what)
                play.walk()
                after.append((number, moment, play))
    odds = _endings(expander, policy, [play for _, _, play in after])
    found: list[list[Prospect]] = [[] for _ in cases]
    for (number, moment, play), own in zip(after, odds, strict=True):
        found[number].append(prospect_of(cases[number], moment, play, own, outlook))
    return [tuple(each) for each in found]


def _endings(expander: Expander, policy: Policy, plays: Sequence[Play]) -> list[dict[str, Numbers]]:
    """By play: by ending, its probability under each aim, while a doctrine plays on."""
    names = [ending.id for ending in expander.road.program.endings]
    places: list[tuple[Place, int] | None] = []
    added: dict[int, dict[Place, set[int]]] = {}
    for play in plays:
        if play.ending is not None:
            places.append(None)
            continue
        place = expander.road.of(play)
        key = int(expander.reduced(place, np.array([expander.packing.pack(play.world)]))[0])
        places.append((place, key))
        added.setdefault(place.turn, {}).setdefault(place, set()).add(key)
    values = _values(expander, policy, added, names)
    aims = len(expander.aims)
    found = []
    for play, at in zip(plays, places, strict=True):
        if at is None:
            worth = np.zeros((aims, len(names)))
            worth[:, names.index(str(play.ending))] = 1
        else:
            keys, worths = values[at[0]]
            worth = worths[int(np.searchsorted(keys, at[1]))]
        found.append({name: worth[:, number] for number, name in enumerate(names)})
    return found


def _values(
    expander: Expander,
    policy: Policy,
    added: Mapping[int, Mapping[Place, set[int]]],
    names: Sequence[str],
) -> dict[Place, tuple[Keys, Worth]]:
    """By place of any turn: its worlds, and by world, aim and ending the chance of the ending."""
    ahead: list[Turn] = []
    starts: dict[Place, Keys] = {}
    for number in range(min(added, default=1), expander.road.program.turns + 1):
        for place, keys in added.get(number, {}).items():
            own = np.array(sorted(keys))
            starts[place] = np.union1d(starts[place], own) if place in starts else own
        if starts:
            ahead.append(expander.turn(starts, policy))
            starts = dict(ahead[-1].next)
    endings = {name: np.eye(len(names))[number] for number, name in enumerate(names)}
    following: Mapping[Place, Worth] = {}
    found: dict[Place, tuple[Keys, Worth]] = {}
    for turn in reversed(ahead):
        solved = Ruled(turn, following, endings, policy)
        for place, layer in turn.layers.items():
            found[place] = (layer.keys, solved.values[place])
        following = solved.values
    return found


class Ruled(Backward):
    """The values of all worlds of one turn while a doctrine decides, by world, aim and column."""

    def __init__(
        self,
        turn: Turn,
        following: Mapping[Place, Worth],
        endings: Mapping[str, Numbers],
        policy: Policy,
    ) -> None:
        self.policy = policy
        super().__init__(turn, following, endings)

    def _solved(self, layer: Layer) -> Worth:
        place = layer.place
        if place.kind == "decide":
            return self._decided(layer, place.fixed or self.policy)
        if place.kind == "flash":
            return self._given(layer, place.fixed or self.policy)
        # What each response leads to is asked for where it is chosen.
        return self._empty(layer) if place.kind == "respond" else super()._solved(layer)

    def _decided(self, layer: Layer, policy: Policy) -> Worth:
        found = self._empty(layer)
        respond = layer.edges[0].target
        assert not isinstance(respond, str)
        for choice in choices(self.turn, layer, policy):
            value = self.option(respond, choice.response)[choice.at]
            found[choice.rows] += by_world(choice.share, 2) * value
        return found

    def _given(self, layer: Layer, policy: Policy) -> Worth:
        found = self._empty(layer)
        shares = answered(layer, policy)
        for edge in layer.edges:
            if edge.way.number in shares:
                rows = slice(None) if edge.rows is None else edge.rows
                count = len(layer.keys) if edge.rows is None else len(edge.rows)
                values, to = self._target(edge, count)
                found[rows] += shares[edge.way.number] * values[to]
        return found
