"""Our frozen dataclasses beside those of the standard library: the same in all that is used."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from tabletop import frozen

ours: Callable[..., Callable[[type], Any]] = vars(frozen)["dataclass"]


class Plain:
    """Every kind of field that ours have."""

    id: str
    weight: int = 3
    notes: list[str] = field(default_factory=list)
    seen: bool = field(default=False, compare=False, repr=False)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.id))


def copied(name: str) -> type:
    """The class above as another one, for a decorator to change."""
    body = {
        key: part for key, part in vars(Plain).items() if key not in {"__dict__", "__weakref__"}
    }
    return type(name, (), body | {"__qualname__": name})


Open: Any = ours(frozen=True, kw_only=True)(copied("Open"))
Slotted: Any = ours(frozen=True, slots=True)(copied("Slotted"))
Theirs: Any = dataclasses.dataclass(frozen=True)(copied("Theirs"))


@pytest.mark.parametrize("cls", [Open, Slotted])
def test_it_holds_shows_and_compares_what_the_standard_one_does(cls: Any) -> None:
    """Defaults are given, each list is a new one, and what is not compared does not count."""
    one, theirs = cls(id="ab"), Theirs(id="ab")
    assert repr(one) == repr(theirs).replace("Theirs", cls.__name__)
    assert dataclasses.asdict(one) == dataclasses.asdict(theirs)
    assert one == cls(id="ab", seen=True)
    assert one != cls(id="ab", weight=4)
    assert one != theirs
    assert one.notes is not cls(id="ab").notes
    assert dataclasses.replace(one, weight=5).weight == 5


@pytest.mark.parametrize("cls", [Open, Slotted])
def test_it_cannot_be_changed(cls: Any) -> None:
    """Neither set nor deleted."""
    one = cls(id="ab")
    with pytest.raises(FrozenInstanceError, match="assign to field 'id'"):
        one.id = "c"
    with pytest.raises(FrozenInstanceError, match="delete field 'id'"):
        del one.id


@pytest.mark.parametrize("cls", [Open, Slotted])
def test_it_survives_copies_and_pickles(cls: Any) -> None:
    """Scenarios are kept as pickles; slots need help there."""
    one = cls(id="ab", notes=["x"])
    assert copy.deepcopy(one) == one
    assert pickle.loads(pickle.dumps(one)) == one


def test_wrong_arguments_are_refused_at_the_first_call_and_later() -> None:
    """The message names what is missing, as for any function."""
    never_made: Any = ours(frozen=True)(copied("NeverMade"))
    for _ in range(2):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'id'"):
            never_made()
    with pytest.raises(TypeError, match="positional"):
        Open("ab")


def test_equal_ones_have_equal_hashes_and_identity_counts_where_asked() -> None:
    """`eq=False` leaves what every object has."""

    class Point:
        """Two numbers."""

        x: int
        y: int = 0

    by_value: Any = ours(frozen=True)(Point)
    assert len({by_value(1), by_value(1, 0), by_value(2)}) == 2

    class Thing:
        """Nothing at all."""

    by_identity: Any = ours(frozen=True, slots=True, eq=False)(Thing)
    assert by_identity() != by_identity()


def test_classes_that_can_change_are_left_to_the_standard_library() -> None:
    """The decorator says so at once."""
    with pytest.raises(AssertionError, match="dataclasses"):
        ours(frozen=False)
