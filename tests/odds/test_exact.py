"""Solving a game: part by part it comes to the same as at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds import exact as solving
from tabletop.odds.exact import Exact
from tabletop.rules.program import Program
from tests.odds.generated import patient, programs


@patient(10)
@given(program=programs(), at_once=st.integers(0, 4000))
def test_aims_and_objectives_may_be_solved_apart(program: Program, at_once: int) -> None:
    """However few values may be worked out at a time."""
    whole, parts = Exact(program), Exact(program)
    whole.solve()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "AT_ONCE", at_once)
        parts.solve()
    for place, one, other in zip(
        parts.openings, whole.openings.values(), parts.openings.values(), strict=True
    ):
        assert np.array_equal(one.worth, other.worth), place
        assert one.worth.shape == (
            len(one.keys), len(program.scenario.aims), 2 * len(whole.objectives)
        )  # fmt: skip
