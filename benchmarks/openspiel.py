"""Best play by OpenSpiel's value iteration, over positions that are handed to it ready-made.

It solves one utility at a time. It is written in Python, and so is this game for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.dict_solver import State

_NAME = "tabletop_positions"
_DEPTH = -1
_THRESHOLD = 1e-12
_handed: tuple[Sequence[State], Mapping[str, float]] = ((), {})
"""The game to solve: what OpenSpiel makes by name takes no objects."""


def openspiel_value(states: Sequence[State], worth: Mapping[str, float]) -> float:
    """What best play is worth at the last of the states, by what each ending is worth."""
    import pyspiel
    from open_spiel.python.algorithms.value_iteration import value_iteration

    global _handed  # noqa: PLW0603 - the way into a game that OpenSpiel makes by name
    _register(pyspiel)
    _handed = (states, worth)
    # "Cyclic" makes it meet a position once: it walks the whole tree otherwise.
    solved = value_iteration(pyspiel.load_game(_NAME), _DEPTH, _THRESHOLD, cyclic_game=True)
    return _value(states, len(states) - 1, solved)


def _value(states: Sequence[State], at: int, solved: Mapping[str, float]) -> float:
    """What a position is worth; OpenSpiel leaves out those where chance decides."""
    if str(at) in solved:
        return float(solved[str(at)])
    return sum((share or 0.0) * _value(states, after, solved) for share, after in states[at].ways)


def _register(pyspiel: Any) -> None:
    if _NAME in pyspiel.registered_names():
        return
    kind = pyspiel.GameType(
        short_name=_NAME,
        long_name=_NAME,
        dynamics=pyspiel.GameType.Dynamics.SEQUENTIAL,
        chance_mode=pyspiel.GameType.ChanceMode.EXPLICIT_STOCHASTIC,
        information=pyspiel.GameType.Information.PERFECT_INFORMATION,
        utility=pyspiel.GameType.Utility.GENERAL_SUM,
        reward_model=pyspiel.GameType.RewardModel.TERMINAL,
        max_num_players=1,
        min_num_players=1,
        provides_information_state_string=False,
        provides_information_state_tensor=False,
        provides_observation_string=False,
        provides_observation_tensor=False,
        parameter_specification={},
    )

    class Position(pyspiel.State):  # type: ignore[misc]
        """One of the states, by its number."""

        def __init__(self, game: Any) -> None:
            super().__init__(game)
            self.states, self.worth = _handed
            self.at = len(self.states) - 1

        def current_player(self) -> int:
            state = self.states[self.at]
            if state.ending is not None:
                return int(pyspiel.PlayerId.TERMINAL)
            return int(pyspiel.PlayerId.CHANCE) if state.ways[0][0] is not None else 0

        def _legal_actions(self, player: int) -> list[int]:  # noqa: ARG002
            return list(range(len(self.states[self.at].ways)))

        def chance_outcomes(self) -> list[tuple[int, float]]:
            ways = self.states[self.at].ways
            return [(number, share or 0.0) for number, (share, _) in enumerate(ways)]

        def _apply_action(self, action: int) -> None:
            self.at = self.states[self.at].ways[action][1]

        def _action_to_string(self, player: int, action: int) -> str:  # noqa: ARG002
            return str(action)

        def is_terminal(self) -> bool:
            return self.states[self.at].ending is not None

        def returns(self) -> list[float]:
            ending = self.states[self.at].ending
            return [0.0 if ending is None else self.worth[ending]]

        def __str__(self) -> str:
            return str(self.at)

    class Positions(pyspiel.Game):  # type: ignore[misc]
        """A game over the states that were handed over."""

        def __init__(self, params: Any = None) -> None:
            states, worth = _handed
            sizes = [len(state.ways) for state in states]
            info = pyspiel.GameInfo(
                num_distinct_actions=max(sizes, default=1),
                max_chance_outcomes=max(sizes, default=1),
                num_players=1,
                min_utility=min(worth.values(), default=0.0),
                max_utility=max(worth.values(), default=1.0),
                utility_sum=None,
                max_game_length=len(states),
            )
            super().__init__(kind, info, params or {})

        def new_initial_state(self) -> Position:
            return Position(self)

    pyspiel.register_game(kind, Positions)
