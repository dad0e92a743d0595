"""A past that only grows: shared, never changed, and as cheap to add to however long it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise.past import Past


@given(st.lists(st.tuples(st.integers(0, 99), st.lists(st.integers(), max_size=3)), max_size=30))
def test_each_past_holds_what_a_list_of_its_own_would(
    growth: list[tuple[int, list[int]]],
) -> None:
    """Whatever grows from whatever: no past sees what another one added."""
    pasts: list[tuple[Past[int], list[int]]] = [(Past(), [])]
    for place, added in growth:
        past, copy = pasts[place % len(pasts)]
        pasts.append((past.plus(added), [*copy, *added]))
    for past, copy in pasts:
        assert list(past) == copy
        assert len(past) == len(copy)
        assert past[1:3] == tuple(copy[1:3])


def test_nothing_added_is_the_same_past() -> None:
    """An event without a happening costs nothing."""
    past = Past([1])
    assert past.plus([]) is past
    assert past[-1] == 1
    assert list(reversed(past.plus([2]))) == [2, 1]


def test_a_very_long_past_is_walked_and_let_go() -> None:
    """Two hundred thousand links are no depth of recursion."""
    past = Past[int]()
    for number in range(200_000):
        past = past.plus([number])
    assert sum(past) == sum(range(200_000))
    del past
