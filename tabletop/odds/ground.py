"""What any position of a played game is worth, also where control has led it off the solved one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tabletop.odds.exact import Exact, Local, UnsolvedError
from tabletop.odds.packing import Keys, Numbers

if TYPE_CHECKING:
    from tabletop.odds.places import Place
    from tabletop.rules.play import Play

T = TypeVar("T")

Outcomes = dict[str, tuple[Numbers, Numbers]]
"""By outcome: its chance by aim, and by aim and column what it leads to."""
Options = dict[tuple[str, str], Numbers]
"""By response and support, or answer and "": by aim and column, the value of choosing it."""


class Ground:
    """Values by aim and column of `exact` for the positions of one course of play.

    Each turn is worked out once, from its opening. What control changed is worked out from
    where it stands then, and solved anew where the solved game does not lead.
    """

    def __init__(self, exact: Exact, openings: Iterable[Play] = ()) -> None:
        self.exact = exact
        self.half = len(exact.objectives)
        """The number of columns for best play; as many for worst play follow."""
        self._games = [exact]
        self._openings = list(openings)
        self._locals: dict[int, list[Local]] = {}

    def value(self, play: Play) -> Numbers:
        """What a position is worth: before a draw or a prompt, or at its ending."""
        if play.ending is not None:
            worth = self.exact.endings[play.ending]
            return np.broadcast_to(worth, (len(self.exact.program.scenario.aims), len(worth)))
        found = self._asked(play, lambda local: local.value(play))
        return self._beside(play) if found is None else found

    def options(self, play: Play) -> Options:
        """At a prompt: everything that can be chosen."""
        assert play.prompt is not None
        if play.prompt.kind == "flash":
            found = self._asked(play, lambda local: local.outcomes(play))
            if found is not None:
                return {(name, ""): value for name, (_, value) in found.items()}
            return {(name, ""): self.value(after) for name, after in _answers(play)}
        options = self._asked(play, lambda local: local.options(play))
        assert options is not None
        program = self.exact.program
        return {
            (program.responses[response].id, program.supports[support].id): value
            for (response, support), value in options.items()
        }

    def outcomes(self, play: Play) -> Outcomes:
        """Before a draw: everything that it can bring."""
        found = self._asked(play, lambda local: local.outcomes(play))
        if found is None:
            return {name: (chance, self.value(after)) for name, chance, after in _drawn(play)}
        return found

    def take(self, turn: int, local: Local) -> None:
        """Know all that can follow some positions of a turn, which was worked out elsewhere."""
        self._locals.setdefault(turn, []).append(local)

    def known(self, place: Place, keys: Keys) -> Numbers:
        """By aim, column and world: what worlds at the start of a turn are worth.

        Raises `UnsolvedError` where no game that was solved leads to all of them.
        """
        for game in reversed(self._games):
            opening = game.openings.get(place)
            if opening is not None and np.isin(keys, opening.keys).all():
                return opening.values[:, :, np.searchsorted(opening.keys, keys)]
        raise UnsolvedError(f"worlds of turn {place.turn} were not reached")

    def _asked(self, play: Play, question: Callable[[Local], T]) -> T | None:
        """The answer of whoever knows the position; None where no road leads to it."""
        try:
            self.exact.road.of(play)
        except KeyError:
            return None
        turn = play.world.turn
        known = self._locals.setdefault(turn, [])
        for local in reversed(known):
            try:
                return question(local)
            except LookupError:
                continue
        for start in [opening for opening in self._openings if opening.world.turn == turn]:
            self._openings.remove(start)
            known.append(self._around(start))
            try:
                return question(known[-1])
            except LookupError:
                continue
        known.append(self._around(play))
        return question(known[-1])

    def _around(self, play: Play) -> Local:
        for game in reversed(self._games):
            try:
                return game.around(play)
            except UnsolvedError:
                continue
        game = Exact(self.exact.program)
        game.solve(play)
        self._games.append(game)
        return game.around(play)

    def _beside(self, play: Play) -> Numbers:
        """The value within a flash decision that control put in front of another one."""
        half = self.half
        if play.prompt is not None:
            values = np.stack([self.value(after) for _, after in _answers(play)])
            return np.concatenate([values[:, :, :half].max(0), values[:, :, half:].min(0)], axis=1)
        found = np.zeros((len(self.exact.program.scenario.aims), 2 * half))
        for _, chance, after in _drawn(play):
            found += chance[:, None] * self.value(after)
        return found


def _answers(play: Play) -> Iterator[tuple[str, Play]]:
    """Every answer to a flash decision, and the game after it."""
    assert play.prompt is not None
    for each in play.program.injects[play.prompt.id].answers:
        after = play.copy()
        after.answer(each.id)
        after.walk()
        yield each.id, after


def _drawn(play: Play) -> Iterator[tuple[str, Numbers, Play]]:
    """Every outcome of a draw with its chance by aim, and the game after it."""
    assert play.chance is not None
    aims = range(len(play.program.scenario.aims))
    weights = np.array(
        [play.chance.weigh(play.world._replace(aim=aim)) for aim in aims], dtype=np.float64
    )
    chances = weights / weights.sum(axis=1, keepdims=True)
    for number, outcome in enumerate(play.chance.outcomes):
        if chances[:, number].any():
            after = play.copy()
            after.draw(outcome.id)
            after.walk()
            yield outcome.id, chances[:, number], after
