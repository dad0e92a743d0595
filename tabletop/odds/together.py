"""Several lines of play of one program at once: what they ask of the model is worked out together.

Each line by itself expands the same turns from a few worlds, again and again. Here the worlds
of all lines are expanded in one go. The answers are those of `tabletop.odds.review`,
`tabletop.odds.presets` and `tabletop.odds.ranges`, of which this is the quick way for a class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tabletop.odds.doubt import Doubt, Doubted
from tabletop.odds.exact import UnsolvedError
from tabletop.odds.expander import Expander
from tabletop.odds.expansion import Starts, Turn
from tabletop.odds.ground import Ground
from tabletop.odds.places import Place
from tabletop.odds.presets import CampReview, judged, moved, with_preset
from tabletop.odds.ranges import TURNS, Key, LossRange, loss_range, loss_range_of

if TYPE_CHECKING:
    from tabletop.odds.accounts import DecisionAccount
    from tabletop.odds.case import Case
    from tabletop.odds.course import Moment
    from tabletop.odds.doubt import Values
    from tabletop.odds.exact import Exact, Local
    from tabletop.rules.play import Play
    from tabletop.rules.program import Program


class _Asked(NamedTuple):
    """A decision of a line, and where the model has it."""

    case: int
    moment: Moment
    place: Place
    key: int


def prepare(cases: Sequence[Case]) -> None:
    """Work out the turns of several lines at once, for their reviews to be read from."""
    by_game: dict[int, list[Case]] = {}
    for case in cases:
        by_game.setdefault(id(case.exact), []).append(case)
    for own in by_game.values():
        openings = [play for case in own for play in case.followed.openings]
        for turn, local in _locals(own[0].exact, openings):
            for case in own:
                case.ground.take(turn, local)


def _locals(exact: Exact, plays: Sequence[Play]) -> Iterator[tuple[int, Local]]:
    """What can follow some plays within their turns, turn by turn."""
    turns: dict[int, list[Play]] = {}
    for play in plays:
        turns.setdefault(play.world.turn, []).append(play)
    for turn, own in turns.items():
        for local in _around(exact, own):
            yield turn, local


def _around(exact: Exact, plays: Sequence[Play]) -> Iterator[Local]:
    """The same of one turn; without plays to which no solved game leads."""
    try:
        yield exact.around(*plays)
    except LookupError:
        if len(plays) > 1:
            middle = len(plays) // 2
            yield from _around(exact, plays[:middle])
            yield from _around(exact, plays[middle:])


def presets_together(
    cases: Sequence[Case], solved: Callable[[Program], Exact]
) -> list[tuple[CampReview, ...]]:
    """By line: its decisions under every camp's preset, as `under_presets` gives them for one."""
    if not cases:
        return []
    program = cases[0].course.program
    found: dict[str, tuple[str, list[tuple[DecisionAccount | None, ...]]]] = {}
    for camp in program.scenario.camps.values():
        if camp.preset in found:
            continue
        there = with_preset(program, camp.preset)
        ground = Ground(solved(there))
        moments = (moment.before for case in cases for moment in case.followed.decisions())
        plays = (moved(before, ground.exact.program) for before in moments)
        for turn, local in _locals(ground.exact, [play for play in plays if play is not None]):
            ground.take(turn, local)
        found[camp.preset] = (there.hash, [judged(case, ground) for case in cases])
    return [
        tuple(
            CampReview(name, camp.preset, found[camp.preset][0], found[camp.preset][1][number])
            for name, camp in program.scenario.camps.items()
        )
        for number in range(len(cases))
    ]


def ranges_together(cases: Sequence[Case]) -> list[tuple[LossRange | None, ...]]:
    """By line: the range of every decision, as `loss_ranges` gives them for one."""
    found: dict[tuple[int, int], LossRange | None] = {}
    groups: dict[tuple[int, int, int], list[int]] = {}
    for number, case in enumerate(cases):
        groups.setdefault((id(case.exact), case.aim, case.column), []).append(number)
    for numbers in groups.values():
        doubt = Doubt(cases[numbers[0]].course.program.hash)
        for asked in _by_turn(cases, numbers):
            found |= _ranges_of(cases, asked, doubt)
    return [
        tuple(found.get((number, moment.step)) for moment in case.followed.decisions())
        for number, case in enumerate(cases)
    ]


def _by_turn(cases: Sequence[Case], numbers: Sequence[int]) -> Iterator[list[_Asked]]:
    """The decisions of some lines, turn by turn; without those that no place stands for."""
    turns: dict[int, list[_Asked]] = {}
    for number in numbers:
        case = cases[number]
        for moment in case.followed.decisions():
            try:
                place, key = case.exact.key(moment.before)
            except KeyError:
                continue
            turns.setdefault(place.turn, []).append(_Asked(number, moment, place, key))
    yield from turns.values()


def _ranges_of(
    cases: Sequence[Case], asked: Sequence[_Asked], doubt: Doubt
) -> dict[tuple[int, int], LossRange | None]:
    """The ranges of decisions of one turn, by line and step."""
    one = cases[asked[0].case]
    try:
        solved, whole = _doubted(one.exact, one.aim, one.column, _starts(asked), doubt)
    except UnsolvedError:
        # Control led a line off the solved game: each is then worked out from its own.
        return {
            (each.case, each.moment.step): loss_range(cases[each.case], each.moment, TURNS, doubt)
            for each in asked
        }
    options = _Options(solved)
    return {
        (each.case, each.moment.step): loss_range_of(
            each.moment, options.at(each.place, each.key), whole
        )
        for each in asked
    }


def _starts(asked: Sequence[_Asked]) -> Starts:
    keys: dict[Place, set[int]] = {}
    for each in asked:
        keys.setdefault(each.place, set()).add(each.key)
    return {place: np.array(sorted(own)) for place, own in keys.items()}


def _doubted(
    exact: Exact, aim: int, column: int, starts: Starts, doubt: Doubt
) -> tuple[Doubted, bool]:
    """The turn of some worlds under every draw, and whether the draws reached to the end."""
    expander = Expander(exact.road, (aim,))
    ahead: list[Turn] = []
    while starts and len(ahead) < TURNS:
        ahead.append(expander.turn(starts))
        starts = ahead[-1].next
    following: dict[Place, Values] = {}
    for place, keys in starts.items():
        values = exact.known(place, keys)[:, aim, column]
        following[place] = np.broadcast_to(values[:, None], (len(keys), doubt.draws))
    endings = {name: float(worth[column]) for name, worth in exact.endings.items()}
    *later, first = reversed(ahead)
    for turn in later:
        following = Doubted(turn, following, endings, doubt).values
    return Doubted(first, following, endings, doubt), not starts


class _Options:
    """What everything that can be chosen is worth, for worlds of one turn."""

    def __init__(self, solved: Doubted) -> None:
        self.solved = solved
        self._known: dict[Place, Mapping[int, Values]] = {}

    def at(self, place: Place, key: int) -> dict[Key, Values]:
        """By option of an awaited decision: its value in each draw."""
        turn = self.solved.turn
        layer = turn.layers[place]
        row = int(np.searchsorted(layer.keys, key))
        program = turn.expander.road.program
        found: dict[Key, Values] = {}
        for edge in layer.edges:
            at = row if edge.rows is None else int(np.searchsorted(edge.rows, row))
            if edge.rows is not None and (at == len(edge.rows) or edge.rows[at] != row):
                continue
            if place.kind == "flash":
                ends = isinstance(edge.target, str)
                found[edge.way.id, ""] = (
                    self.solved.after(edge, 1)[0]
                    if ends
                    else (
                        self.solved.values[edge.target][edge.to[at]]  # type: ignore[index]
                    )
                )
                continue
            assert not isinstance(edge.target, str)
            for response, values in self._options(edge.target).items():
                value = values[edge.to[at]]
                if not np.isnan(value[0]):
                    found[program.responses[response].id, edge.way.id] = value
        return found

    def _options(self, place: Place) -> Mapping[int, Values]:
        if place not in self._known:
            self._known[place] = self.solved.options(self.solved.turn.layers[place])
        return self._known[place]
