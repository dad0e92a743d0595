"""Guards and weights as functions: they say what their text says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.rules.guards import GuardCompiler, Layout, always, count, never
from tabletop.rules.world import World
from tabletop.scenario.expression import Names

NAMES = Names(
    tracks={"tension": (0, 8), "china": (0, 2)},
    levels={"china": {"obstructive": 0, "wary": 1, "cooperative": 2}},
    flags=frozenset({"war", "talks_open"}),
    stages=("exercises", "talks"),
    aims=("security", "bargain"),
    assumptions={"provoke": {"none": 0, "weak": 1, "strong": 2}},
    turns=6,
)
LAYOUT = Layout({"tension": 0, "china": 1}, {"war": 0, "talks_open": 1})
worlds = st.builds(
    World,
    turn=st.integers(1, 6),
    stage=st.integers(0, 1),
    came_from=st.integers(0, 1),
    aim=st.integers(0, 1),
    flags=st.integers(0, 3),
    tracks=st.tuples(st.integers(0, 8), st.integers(0, 2)),
)
ATOMS = [
    "tension >= 6", "tension == 0", "2 <= tension <= 4", "china == wary", "china != cooperative",
    "turn > 3", "stage == talks", "stage in (talks, exercises)", "aim == bargain", "war",
    "talks_open", "provoke >= weak", "3 < tension",
]  # fmt: skip
guards = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) and ({two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})"),
    ),
    max_leaves=4,
)


def _compiler(provoke: int = 1) -> GuardCompiler:
    return GuardCompiler(NAMES, LAYOUT, {"provoke": provoke})


def _by_python(text: str, world: World, provoke: int = 1) -> Any:
    """The oracle of this test alone: Python's own reading of the same words."""
    values = {
        "tension": world.tracks[0], "china": world.tracks[1], "turn": world.turn,
        "stage": world.stage, "aim": world.aim, "provoke": provoke,
        "war": bool(world.flags & 1), "talks_open": bool(world.flags & 2),
        "obstructive": 0, "wary": 1, "cooperative": 2, "exercises": 0, "talks": 1,
        "security": 0, "bargain": 1, "none": 0, "weak": 1, "strong": 2,
    }  # fmt: skip
    return eval(text, {"__builtins__": {}}, values)


@given(guards, worlds, st.integers(0, 2))
def test_a_guard_holds_where_python_would_say_so(text: str, world: World, provoke: int) -> None:
    """Every operator, nested, under every value of the assumption."""
    if len(text) > 200:
        return
    assert bool(_compiler(provoke).test(text)(world)) == bool(_by_python(text, world, provoke))


@given(
    st.lists(st.tuples(st.integers(-4, 9), st.sampled_from(ATOMS)), max_size=4),
    st.integers(-5, 9),
    worlds,
)
def test_a_weight_counts_what_its_text_says(
    terms: list[tuple[int, str]], base: int, world: World
) -> None:
    """Sums of integers times guards, with an assumption as a number."""
    text = " ".join([f"{base}", *(f"+ {factor} * ({atom})" for factor, atom in terms), "+ provoke"])
    text = text.replace("+ -", "- ")
    counted = count(_compiler().addends(text, "quiet"))
    value = counted if isinstance(counted, int) else counted(world)
    assert value == _by_python(text, world)


def test_a_flag_and_its_opposite_never_hold_together() -> None:
    """Flags of a conjunction are tested at once; a contradiction among them is still one."""
    for text in ("war and not war", "not war and tension >= 0 and war", "war and (not war)"):
        test = _compiler().test(text)
        for flags in range(4):
            assert not test(World(1, 0, 0, 0, flags, (3, 1)))


def test_assumptions_fold_away() -> None:
    """A guard on an assumption alone costs nothing at play."""
    assert _compiler(1).test("provoke >= weak") is always
    assert _compiler(0).test("provoke >= weak") is never
    assert count(_compiler(2).addends("3 + provoke * (provoke == strong)", "quiet")) == 5


@given(guards, guards, worlds)
def test_every_function_keeps_the_tree_that_it_tests(first: str, second: str, world: World) -> None:
    """The same tree is the same function, and two joined hold where both do."""
    compiler = _compiler()
    one, other = compiler.test(first), compiler.test(second)
    assert compiler.compiled(compiler.trees[one]) is one
    assert bool(compiler.both(one, other)(world)) == bool(one(world) & other(world))


@given(guards, worlds)
def test_a_guard_in_its_turn_says_what_it_says_in_all(text: str, world: World) -> None:
    """The turn filled in, it reads the turn no more."""
    compiler = _compiler()
    test = compiler.test(text)
    filled_in = compiler.in_turn(test, world.turn)
    assert bool(filled_in(world)) == bool(test(world))
    assert bool(filled_in(world._replace(turn=0))) == bool(test(world))


@given(guards, guards, worlds, worlds)
def test_guards_say_the_same_of_worlds_that_read_alike(
    first: str, second: str, one: World, other: World
) -> None:
    """And a field that is asked for besides is read too."""
    compiler = _compiler()
    tests = [compiler.test(first), compiler.test(second)]
    reading = compiler.reading(tests)
    if reading(one) == reading(other):
        assert [bool(test(one)) for test in tests] == [bool(test(other)) for test in tests]
    with_stage = compiler.reading(tests, "stage")
    if with_stage(one) == with_stage(other):
        assert reading(one) == reading(other)
        assert one.stage == other.stage


def test_a_reading_leaves_out_what_no_guard_asks_for() -> None:
    """Else few worlds would read alike, and next to nothing would be kept."""
    compiler = _compiler()
    reading = compiler.reading([compiler.test("tension >= 6 and not war"), always])
    world = World(1, 0, 0, 0, 0, (3, 1))
    elsewhere = World(5, 1, 1, 1, 2, (3, 0))
    assert reading(world) == reading(elsewhere)
    assert reading(world) != reading(world._replace(flags=1))
    assert reading(world) != reading(world._replace(tracks=(4, 1)))


@pytest.mark.parametrize("text", ["tension >= 6 and not war", "china == wary or turn > 3"])
def test_guards_work_on_columns_of_worlds(text: str) -> None:
    """Objects that answer comparisons with columns: the bulk engines rely on it."""

    class Column(list[int]):
        def _each(self, other: Any, name: str) -> Column:
            others = other if isinstance(other, Column) else [other] * len(self)
            pairs = zip(self, others, strict=True)
            return Column([int(getattr(a, name)(int(b))) for a, b in pairs])

        def __ge__(self, other: Any) -> Any:
            return self._each(other, "__ge__")

        def __gt__(self, other: Any) -> Any:
            return self._each(other, "__gt__")

        def __eq__(self, other: object) -> Any:
            return self._each(other, "__eq__")

        def __ne__(self, other: object) -> Any:
            return self._each(other, "__ne__")

        def __and__(self, other: Any) -> Any:
            return self._each(other, "__and__")

        def __or__(self, other: Any) -> Any:
            return self._each(other, "__or__")

        def __xor__(self, other: Any) -> Any:
            return self._each(other, "__xor__")

        __hash__ = None

    rows = [
        World(t, 0, 0, 0, f, (n, c)) for t in (2, 5) for f in (0, 1) for n in (3, 7) for c in (0, 1)
    ]
    columns: Any = World(
        Column([row.turn for row in rows]),  # type: ignore[arg-type]
        0,
        0,
        0,
        Column([row.flags for row in rows]),  # type: ignore[arg-type]
        (Column([row.tracks[0] for row in rows]), Column([row.tracks[1] for row in rows])),  # type: ignore[arg-type]
    )
    test = _compiler().test(text)
    assert [bool(held) for held in test(columns)] == [bool(test(row)) for row in rows]  # type: ignore[attr-defined]
