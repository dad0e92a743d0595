"""Storm, a model checker in C++, on positions that are handed to it ready-made; if installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from benchmarks.dict_solver import State


def storm_values(
    states: Sequence[State], endings: Mapping[str, Sequence[float]]
) -> tuple[float, ...]:
    """As `benchmarks.dict_solver.solved`; raises `ImportError` where there is no stormpy."""
    stormpy: Any = import_module("stormpy")  # untyped, and seldom installed
    width = len(next(iter(endings.values())))
    models: Any = import_module("stormpy.models")
    model = models.SparseMdp(_components(models, states, endings, width))
    environment = import_module("stormpy.environments").sound()
    found = []
    for column in range(width):
        wanted = "max" if column < width // 2 else "min"
        asked = stormpy.parse_properties(f'R{{"u{column}"}}{wanted}=? [F "done"]')[0]
        result = stormpy.model_checking(model, asked, environment=environment)
        found.append(float(result.get_value(len(states) - 1)))
    return tuple(found)


def _components(
    models: Any, states: Sequence[State], endings: Mapping[str, Sequence[float]], width: int
) -> Any:
    """The model: an ended position pays its worth and goes to one more, which is done."""
    done = len(states)
    builder = import_module("stormpy.datastructures").SparseMatrixBuilder(0, 0, 0, False, True, 0)
    row = 0
    for ways, ending in [*states, State((), "")]:
        builder.new_row_group(row)
        if ending is not None:
            builder.add_next_value(row, done, 1.0)
            row += 1
        elif ways[0][0] is None:
            for _, after in ways:
                builder.add_next_value(row, after, 1.0)
                row += 1
        else:
            shares: dict[int, float] = {}
            for share, after in ways:
                shares[after] = shares.get(after, 0.0) + (share or 0.0)
            for after, share in sorted(shares.items()):
                builder.add_next_value(row, after, share)
            row += 1
    labels = models.StateLabeling(done + 1)
    for label, state in (("init", done - 1), ("done", done)):
        labels.add_label(label)
        labels.add_label_to_state(label, state)
    rewards = {
        f"u{column}": models.SparseRewardModel(
            optional_state_reward_vector=[
                *(0.0 if ending is None else endings[ending][column] for _, ending in states),
                0.0,
            ]
        )
        for column in range(width)
    }
    return models.SparseModelComponents(
        transition_matrix=builder.build(), state_labeling=labels, reward_models=rewards
    )
