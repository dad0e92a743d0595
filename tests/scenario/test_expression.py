"""The language of guards and weights: what it reads, what it refuses, and at which column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import ExpressionError
from tabletop.scenario.expression import (
    OPERATORS,
    Both,
    Compare,
    Constant,
    Dial,
    Either,
    FlagSet,
    Guard,
    Names,
    Not,
    Weight,
    fold,
    mentions,
    names_of,
)
from tabletop.scenario.grammar import MAX_LENGTH, parse_guard, parse_weight
from tabletop.scenario.source import Loaded

NAMES = Names(
    tracks={"tension": (0, 10), "line": (0, 3), "china": (0, 2)},
    levels={"china": {"obstructive": 0, "wary": 1, "cooperative": 2}},
    flags=frozenset({"shots", "launched"}),
    stages=("standoff", "talks", "alarm"),
    aims=("respect", "islet"),
    assumptions={"provoke": {"none": 0, "weak": 1, "strong": 3}},
    turns=6,
)

Setting = Mapping[str, Any]


def holds(guard: Guard, world: Setting) -> bool:
    """Whether a guard holds in a world, by the plainest reading of its tree."""
    match guard:
        case Constant(value):
            return value
        case Compare(subject, sign, value) | Dial(subject, sign, value):
            return OPERATORS[sign](world[subject], value)
        case FlagSet(name):
            return bool(world[name])
        case Not(part):
            return not holds(part, world)
        case Both(parts):
            return all(holds(part, world) for part in parts)
        case Either(parts):
            return any(holds(part, world) for part in parts)


def counts(weight: Weight, world: Setting) -> int:
    """What a weight comes to in a world, by the plainest reading of its terms."""
    total = 0
    for term in weight.terms:
        product = term.factor
        for dial in term.dials:
            product *= world[dial]
        total += product if term.guard is None or holds(term.guard, world) else 0
    return total


WORLD: Setting = {
    "tension": 6, "line": 1, "china": 1, "shots": False, "launched": True,
    "stage": 1, "aim": 0, "turn": 2, "provoke": 1,
}  # fmt: skip

GUARDS = [
    ("tension >= 6", True),
    ("tension > 6", False),
    ("6 <= tension", True),
    ("3 < line", False),
    ("1 <= tension <= 5", False),
    ("1 <= tension <= 6", True),
    ("turn == 2", True),
    ("3 <= turn", False),
    ("turn != 2", False),
    ("china == wary", True),
    ("china >= cooperative", False),
    ("wary <= china", True),
    ("china < 1", False),
    ("stage == talks", True),
    ("stage != talks", False),
    ("stage in (talks, alarm)", True),
    ("stage in (alarm,)", False),
    ("stage not in (talks, alarm)", False),
    ("turn in (2, 4)", True),
    ("aim == respect", True),
    ("provoke >= weak", True),
    ("provoke == 3", False),
    ("provoke > none", True),
    ("shots", False),
    ("not shots", True),
    ("launched and not shots", True),
    ("shots or launched", True),
    ("not (shots or launched)", False),
    ("shots and launched or tension >= 6", True),
    ("true", None),
    ("True", True),
    ("tension >= -1", True),
    ("tension >= +3", True),
]


@pytest.mark.parametrize("text, meant", GUARDS)
def test_what_guards_mean(text: str, meant: bool | None) -> None:
    """As in Python, over integers and flags; None is not part of the language."""
    if meant is None:
        with pytest.raises(ExpressionError):
            parse_guard(text, NAMES)
    else:
        assert holds(parse_guard(text, NAMES), WORLD) is meant


WEIGHTS = [
    (3, 3),
    (-2, -2),
    ("3", 3),
    ("-3", -3),
    ("3 + 2", 5),
    ("3 - 2 - 1", 0),
    ("3 - (2 - 1)", 2),
    ("2 * (tension >= 6)", 2),
    ("2 * (tension >= 7)", 0),
    ("3 + 2 * (tension >= 5) - 1 * launched", 4),
    ("provoke", 1),
    ("provoke * (stage == talks)", 1),
    ("2 * provoke * launched * (line >= 1)", 2),
    ("-provoke", -1),
    ("launched * 4", 4),
    ("2 * 3", 6),
    ("1 * (aim == islet) + provoke * (stage == alarm)", 0),
    ("5 - 2 * (launched and not shots)", 3),
]


@pytest.mark.parametrize("text, meant", WEIGHTS)
def test_what_weights_come_to(text: int | str, meant: int) -> None:
    """Sums of integers and integers times guards; an assumption counts as its value."""
    assert counts(parse_weight(text, NAMES), WORLD) == meant


REFUSED_GUARDS = [
    # nothing, or nothing that can be read
    ("", 0, "cannot be read"),
    ("tension >=", 0, "cannot be read"),
    ("tension >= 5 and", 0, "cannot be read"),
    ("(" * 250, 0, "cannot be read"),
    ("tension >= 5; shots", 0, "cannot be read"),
    ("shots\nlaunched", 0, "cannot be read"),
    # unknown names
    ("tensoin >= 6", 0, "unknown name 'tensoin' (did you mean 'tension'?)"),
    ("shots and launche", 10, "unknown name 'launche' (did you mean 'launched'?)"),
    ("stage == talk", 9, "unknown name 'talk' (did you mean 'talks'?)"),
    ("china == weary", 9, "unknown name 'weary' (did you mean 'wary'?)"),
    ("aim == islets", 7, "(did you mean 'islet'?)"),
    ("provoke >= week", 11, "(did you mean 'weak'?)"),
    # types
    ("shots >= 3", 0, "'shots' is a flag"),
    ("shots == launched", 0, "'shots' is a flag"),
    ("tension", 0, "'tension' is a value, not a condition"),
    ("shots and tension", 10, "is a value, not a condition"),
    ("stage", 0, "is a value, not a condition"),
    ("provoke", 0, "is a value, not a condition"),
    ("tension >= line", 11, "'line' is not a number"),
    ("tension >= wary", 11, "is not a number"),
    ("tension >= 6.0", 11, "is not what tension is compared with"),
    ("tension >= '6'", 11, "is not what tension is compared with"),
    ("tension >= True", 11, "is not what tension is compared with"),
    ("stage == 1", 9, "is not what stage is compared with: one of standoff, talks, alarm"),
    ("stage > talks", 0, "has no order"),
    ("aim < islet", 0, "has no order"),
    ("tension >= 12", 11, "lies outside tension, which runs from 0 to 10"),
    ("turn >= 9", 8, "lies outside turn, which runs from 1 to 6"),
    ("china == 9", 9, "lies outside china"),
    ("5 >= 3", 0, "is not a name that can be compared"),
    ("3", 0, "is not a condition"),
    ("'a'", 0, "is not a condition"),
    ("tension is 3", 0, "compared in a way the language does not have"),
    ("tension in 3", 11, "is not a list such as"),
    ("tension in ()", 11, "is not a list such as"),
    # what Python has and the language does not
    ("__import__('os').system('true')", 0, "is not a condition"),
    ("tension.bit_length() > 2", 0, "is not a name that can be compared"),
    ("(lambda: shots)()", 0, "is not a condition"),
    ("[x for x in shots]", 0, "is not a condition"),
    ("shots if launched else shots", 0, "is not a condition"),
    ("(x := shots)", 1, "is not a condition"),
    ("tension + 1 > 3", 0, "is not a name that can be compared"),
    ("-tension > 3", 0, "is not a name that can be compared"),
    ("f'{shots}'", 0, "is not a condition"),
    ("shots & launched", 0, "is not a condition"),
    ("~shots", 0, "is not a condition"),
    ("tension[0] > 1", 0, "is not a name that can be compared"),
    ("9" * 299 + " > 1", 0, ""),
]


@pytest.mark.parametrize(
    "text, column, why", REFUSED_GUARDS, ids=[row[0][:30] for row in REFUSED_GUARDS]
)
def test_what_guards_cannot_be(text: str, column: int, why: str) -> None:
    """The message quotes what is wrong, and the column is its own."""
    with pytest.raises(ExpressionError) as caught:
        parse_guard(text, NAMES)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)
    if column:
        assert caught.value.column == column


REFUSED_WEIGHTS = [
    ("tension", "is a track: compare it"),
    ("2 * tension", "is a track: compare it"),
    ("tension >= 5", "say what it counts"),
    ("launched", "say what it counts"),
    ("1 * turn", "is a value, not a condition"),
    ("1.5", "is not a whole number"),
    ("2 / 1", "only + - *"),
    ("2 ** 9", "only + - *"),
    ("2 % 2", "only + - *"),
    ("10000000", "is not a whole number of at most a million"),
    ("True", "is not a whole number"),
    ("'3'", "is not a whole number"),
    ("2 * nothing", "unknown name 'nothing'"),
    ("print(3)", "is not a condition"),
    ("2 *", "cannot be read"),
    ("", "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize("text, why", REFUSED_WEIGHTS)
def test_what_weights_cannot_be(text: str, why: str) -> None:
    """Only what keeps a model exact and readable."""
    with pytest.raises(ExpressionError) as caught:
        parse_weight(text, NAMES)
    assert why in str(caught.value)


def test_the_length_of_an_expression_is_limited() -> None:
    """A guard that long cannot be read by people either."""
    with pytest.raises(ExpressionError, match="at most 300 make one expression"):
        parse_guard("shots or " * 40 + "shots", NAMES)
    with pytest.raises(ExpressionError, match="at most 300 make one expression"):
        parse_weight("1 + " * 80 + "1", NAMES)


def test_spaces_around_an_expression_mean_nothing() -> None:
    """YAML's folded texts end in a newline."""
    assert parse_guard("  shots \n", NAMES) == FlagSet("shots")


def test_assumptions_fold_away() -> None:
    """Once an exercise's assumptions are set, no guard asks for them any more."""
    guard = parse_guard("provoke >= weak and (shots or provoke == strong)", NAMES)
    assert fold(guard, {"provoke": 0}) == Constant(value=False)
    assert fold(guard, {"provoke": 1}) == FlagSet("shots")
    assert fold(guard, {"provoke": 3}) == Constant(value=True)
    assert fold(parse_guard("not provoke == weak", NAMES), {"provoke": 1}) == Constant(value=False)


def test_what_a_guard_reads_can_be_asked() -> None:
    """Author checks tell which tracks and flags nothing depends on."""
    guard = parse_guard("tension >= 6 and not (shots or turn == 2) and provoke == weak", NAMES)
    assert mentions(guard) == {"tension", "shots", "turn"}


def test_names_come_from_the_scenario(minimal: Loaded) -> None:
    """Tracks with their ranges, levels, flags, stages, aims, assumptions and turns."""
    names = names_of(minimal.scenario)
    assert names.tracks["tension"] == (0, 5)
    assert names.tracks["patron"] == (0, 2)
    assert names.levels == {"patron": {"absent": 0, "wary": 1, "helpful": 2}}
    assert names.stages[0] == "standoff"
    assert "flared_last_turn" in names.flags
    assert names.assumptions["prior"] == {"even": 0, "islet": 1}
    assert names.turns == 3


WORLDS = st.fixed_dictionaries(
    {
        "tension": st.integers(0, 10), "line": st.integers(0, 3), "china": st.integers(0, 2),
        "shots": st.booleans(), "launched": st.booleans(), "stage": st.integers(0, 2),
        "aim": st.integers(0, 1), "turn": st.integers(1, 6), "provoke": st.sampled_from([0, 1, 3]),
    }
)  # fmt: skip
ATOMS = st.sampled_from(
    [
        "tension >= 6", "line < 2", "china == wary", "shots", "launched", "stage == talks",
        "stage in (talks, alarm)", "aim == islet", "2 <= turn <= 4", "provoke >= weak",
    ]
)  # fmt: skip
GUARD_TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda each: f"({each[0]}) {each[1]} ({each[2]})"
        ),
    ),
    max_leaves=6,
).filter(lambda text: len(text) <= MAX_LENGTH)


@given(text=GUARD_TEXTS, world=WORLDS)
def test_guards_mean_what_python_means_by_them(text: str, world: dict[str, Any]) -> None:
    """The tree agrees with Python's own reading of the same words."""
    words = {"wary": 1, "talks": 1, "alarm": 2, "islet": 1, "weak": 1}
    expected = eval(text, {"__builtins__": {}}, {**words, **world})
    assert holds(parse_guard(text, NAMES), world) is bool(expected)


@given(text=GUARD_TEXTS, world=WORLDS)
def test_folding_changes_no_meaning(text: str, world: dict[str, Any]) -> None:
    """With the assumptions put in beforehand, a guard holds in the same worlds."""
    guard = parse_guard(text, NAMES)
    folded = fold(guard, {"provoke": world["provoke"]})
    assert holds(folded, world) == holds(guard, world)


@given(
    parts=st.lists(st.tuples(st.integers(-9, 9), GUARD_TEXTS), min_size=1, max_size=3),
    world=WORLDS,
)
def test_bounds_of_a_weight_hold_in_every_world(
    parts: list[tuple[int, str]], world: dict[str, Any]
) -> None:
    """What the checks rely on: never below the lowest, never above the highest."""
    text = " + ".join(f"{factor} * provoke * ({guard})" for factor, guard in parts)
    if len(text) <= MAX_LENGTH:
        weight = parse_weight(text, NAMES)
        assert weight.lowest() <= counts(weight, world) <= weight.highest()


def refusals(text: str) -> list[str]:
    """What is said of a text as a guard and as a weight, if it is refused."""
    said = []
    for parse in (parse_guard, parse_weight):
        try:
            parse(text, NAMES)
        except ExpressionError as error:
            said.append(str(error))
    return said


@given(st.text(max_size=60))
def test_no_text_makes_the_parser_stumble(text: str) -> None:
    """Whatever an author writes is read or refused."""
    for refusal in refusals(text):
        assert refusal.isprintable()


PIECES = ["tension", "shots", "talks", "stage", "provoke", ">=", "==", "in", "not", "and", "or"]
PIECES += ["(", ")", "3", "-1", "+", "*", ",", "if", "is", "lambda", "5or", "'a'", "[", "]", "."]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_no_mixture_of_the_languages_own_words_makes_it_stumble(text: str) -> None:
    """Nor do sentences that nearly mean something."""
    for refusal in refusals(text):
        assert refusal.isprintable()
