"""The language of guards and weights: parsed into a checked tree, never run as code.

A guard is a condition: `tension >= 6 and not talks_open`. A weight is an integer or a
sum of integers and integers times guards: `3 + 2 * (pressure >= 5) - 1 * launched`.
Assumptions stand for their integer value and fold away when a program is compiled.
The trees say nothing of how a world is stored; `tabletop.rules.guards` turns them into
functions.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from tabletop.errors import ExpressionError

if TYPE_CHECKING:
    from tabletop.scenario.schema import Scenario

MAX_LENGTH = 300
RESERVED = ("turn", "stage", "aim")

Operator = Literal["<", "<=", ">", ">=", "==", "!="]
OPERATORS: Mapping[Operator, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_MIRRORED: Mapping[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SYNTAX: Mapping[type[ast.cmpop], Operator] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


@dataclass(frozen=True)
class Names:
    """What the expressions of one scenario may mention."""

    tracks: Mapping[str, tuple[int, int]]
    """Each track's lowest and highest value."""
    levels: Mapping[str, Mapping[str, int]]
    """By track: the names of its values, where it has them."""
    flags: frozenset[str]
    stages: tuple[str, ...]
    aims: tuple[str, ...]
    assumptions: Mapping[str, Mapping[str, int]]
    turns: int

    def known(self) -> list[str]:
        """Every name that can stand alone in an expression."""
        return [*RESERVED, *self.tracks, *self.flags, *self.assumptions]


def names_of(scenario: Scenario) -> Names:
    """The names that `scenario` gives to its expressions."""
    levels = {
        name: {level: value for value, level in enumerate(track.levels)}
        for name, track in scenario.tracks.items()
        if track.levels
    }
    tracks = {
        name: (0, len(levels[name]) - 1) if name in levels else (track.range or (0, 0))
        for name, track in scenario.tracks.items()
    }
    return Names(
        tracks=tracks,
        levels=levels,
        flags=frozenset(scenario.flags),
        stages=tuple(scenario.stages),
        aims=tuple(scenario.aims),
        assumptions={name: dict(dial.values) for name, dial in scenario.assumptions.items()},
        turns=len(scenario.calendar),
    )


@dataclass(frozen=True, slots=True)
class Constant:
    """A condition that always or never holds."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """A track, the turn, the stage or the aim against a constant."""

    subject: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True)
class Dial:
    """An assumption against a constant; folds away when a program is compiled."""

    name: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True)
class FlagSet:
    """A flag that is set."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Guard


@dataclass(frozen=True, slots=True)
class Both:
    """All of several conditions."""

    parts: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several conditions."""

    parts: tuple[Guard, ...]


Guard = Constant | Compare | Dial | FlagSet | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a weight: a factor, times assumptions, counted while its guard holds."""

    factor: int
    dials: tuple[str, ...] = ()
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """A sum of terms; `dials` are the values that its assumptions may take."""

    terms: tuple[Term, ...]
    dials: Mapping[str, tuple[int, ...]]

    def lowest(self) -> int:
        """A bound from below over all worlds and assumptions."""
        return sum(min(self._range(term)) for term in self.terms)

    def highest(self) -> int:
        """A bound from above over all worlds and assumptions."""
        return sum(max(self._range(term)) for term in self.terms)

    def _range(self, term: Term) -> set[int]:
        products = {term.factor}
        for dial in term.dials:
            products = {value * setting for value in products for setting in self.dials[dial]}
        return products if term.guard is None else products | {0}


def parse_guard(text: str, names: Names) -> Guard:
    """The tree of a guard; raises `ExpressionError` with the column of what is wrong."""
    return _Parser(names).guard(_syntax(text))


def parse_weight(text: int | str, names: Names) -> Weight:
    """The terms of a weight; raises `ExpressionError` with the column of what is wrong."""
    dials = {name: tuple(values.values()) for name, values in names.assumptions.items()}
    if isinstance(text, int):
        return Weight((Term(text),), dials)
    return Weight(tuple(_Parser(names).terms(_syntax(text), 1)), dials)


def fold(guard: Guard, settings: Mapping[str, int]) -> Guard:
    """The guard with its assumptions replaced by `settings` and what is then constant removed."""
    if isinstance(guard, Dial):
        return Constant(OPERATORS[guard.operator](settings[guard.name], guard.value))
    if isinstance(guard, Not):
        part = fold(guard.part, settings)
        return Constant(not part.value) if isinstance(part, Constant) else Not(part)
    if isinstance(guard, Both | Either):
        decisive = isinstance(guard, Either)
        parts = [fold(part, settings) for part in guard.parts]
        if Constant(decisive) in parts:
            return Constant(decisive)
        open_parts = tuple(part for part in parts if not isinstance(part, Constant))
        if not open_parts:
            return Constant(not decisive)
        return open_parts[0] if len(open_parts) == 1 else type(guard)(open_parts)
    return guard


def mentions(guard: Guard) -> frozenset[str]:
    """The tracks, flags and reserved names that a guard reads."""
    if isinstance(guard, Compare):
        return frozenset({guard.subject})
    if isinstance(guard, FlagSet):
        return frozenset({guard.name})
    if isinstance(guard, Not):
        return mentions(guard.part)
    if isinstance(guard, Both | Either):
        return frozenset().union(*(mentions(part) for part in guard.parts))
    return frozenset()


def _syntax(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"{len(text)} characters, at most {MAX_LENGTH} make one expression")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        column = max((error.offset or 1) - 1, 0)
        raise ExpressionError(f"cannot be read: {text!r}", column) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError(f"cannot be read: {text!r}") from None


class _Parser:
    """Walks Python's syntax tree and lets through what the language has."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def guard(self, node: ast.expr) -> Guard:
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.guard(value) for value in node.values)
            return Both(parts) if isinstance(node.op, ast.And) else Either(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return Not(self.guard(node.operand))
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return Constant(node.value)
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.Name):
            return self._bare(node)
        raise self._error(node, "is not a condition")

    def _bare(self, node: ast.Name) -> Guard:
        if node.id in self.names.flags:
            return FlagSet(node.id)
        if node.id in self.names.known():
            raise self._error(node, "is a value, not a condition: compare it with something")
        raise self._unknown(node, node.id, [*self.names.known()])

    def _comparison(self, node: ast.Compare) -> Guard:
        operands = [node.left, *node.comparators]
        parts = tuple(
            self._pair(left, symbol, right)
            for left, symbol, right in zip(operands, node.ops, operands[1:], strict=False)
        )
        return parts[0] if len(parts) == 1 else Both(parts)

    def _pair(self, left: ast.expr, symbol: ast.cmpop, right: ast.expr) -> Guard:
        if isinstance(symbol, ast.In | ast.NotIn):
            if not isinstance(right, ast.Tuple | ast.List | ast.Set) or not right.elts:
                raise self._error(right, "is not a list such as (talks, icbm_test)")
            inside = Either(tuple(self._compare(left, "==", item) for item in right.elts))
            return Not(inside) if isinstance(symbol, ast.NotIn) else inside
        if type(symbol) not in _SYNTAX:
            raise self._error(left, "is compared in a way the language does not have")
        sign = _SYNTAX[type(symbol)]
        if self._is_subject(right) and not self._is_subject(left):
            return self._compare(right, _MIRRORED.get(sign, sign), left)
        return self._compare(left, sign, right)

    def _is_subject(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in (*self.names.known(),)

    def _compare(self, subject: ast.expr, sign: Operator, value: ast.expr) -> Guard:
        if not isinstance(subject, ast.Name):
            raise self._error(subject, "is not a name that can be compared")
        name = subject.id
        if name in self.names.flags:
            raise self._error(subject, "is a flag: it holds or not and has no number")
        if name not in self.names.known():
            raise self._unknown(subject, name, self.names.known())
        constants = self._constants(name)
        number = self._constant(value, name, constants)
        if name in ("stage", "aim") and sign not in ("==", "!="):
            raise self._error(subject, f"has no order: use == or != instead of {sign}")
        if name in self.names.assumptions:
            return Dial(name, sign, number)
        return Compare(name, sign, number)

    def _constants(self, name: str) -> Mapping[str, int]:
        if name == "stage":
            return {stage: index for index, stage in enumerate(self.names.stages)}
        if name == "aim":
            return {aim: index for index, aim in enumerate(self.names.aims)}
        if name in self.names.assumptions:
            return self.names.assumptions[name]
        return self.names.levels.get(name, {})

    def _constant(self, node: ast.expr, subject: str, constants: Mapping[str, int]) -> int:
        if isinstance(node, ast.Name):
            if node.id in constants:
                return constants[node.id]
            if constants:
                raise self._unknown(node, node.id, list(constants))
            raise self._error(node, f"is not a number: {subject} is compared with whole numbers")
        number = self._integer(node)
        if number is None or subject in ("stage", "aim"):
            wanted = f"one of {', '.join(constants)}" if constants else "a whole number"
            raise self._error(node, f"is not what {subject} is compared with: {wanted}")
        self._within(node, subject, number)
        return number

    def _within(self, node: ast.expr, subject: str, number: int) -> None:
        low, high = self.names.tracks.get(subject, (1, self.names.turns))
        if subject in self.names.assumptions or low - 1 <= number <= high + 1:
            return
        raise self._error(node, f"lies outside {subject}, which runs from {low} to {high}")

    @staticmethod
    def _integer(node: ast.expr) -> int | None:
        negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd)
        inner = node.operand if isinstance(node, ast.UnaryOp) and negative else node
        if not isinstance(inner, ast.Constant) or type(inner.value) is not int:
            return None
        if abs(inner.value) > 10**6:
            return None
        minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
        return -inner.value if minus else inner.value

    def terms(self, node: ast.expr, sign: int) -> list[Term]:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            flipped = -sign if isinstance(node.op, ast.Sub) else sign
            return [*self.terms(node.left, sign), *self.terms(node.right, flipped)]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            return self.terms(node.operand, -sign if isinstance(node.op, ast.USub) else sign)
        return [self._product(node, sign)]

    def _product(self, node: ast.expr, sign: int) -> Term:
        factor, dials, guards = sign, list[str](), list[Guard]()
        for part in self._factors(node):
            number = self._integer(part)
            if number is not None:
                factor *= number
            elif isinstance(part, ast.Name) and part.id in self.names.assumptions:
                dials.append(part.id)
            elif isinstance(part, ast.Constant):
                raise self._error(part, "is not a whole number of at most a million")
            elif isinstance(part, ast.Name) and part.id in self.names.tracks:
                raise self._error(part, "is a track: compare it, as in 2 * (tension >= 6)")
            else:
                guards.append(self.guard(part))
        if guards and not isinstance(node, ast.BinOp):
            raise self._error(node, "is a condition: say what it counts, as in 1 * (...)")
        guard = None if not guards else guards[0] if len(guards) == 1 else Both(tuple(guards))
        return Term(factor, tuple(dials), guard)

    def _factors(self, node: ast.expr) -> list[ast.expr]:
        if isinstance(node, ast.BinOp):
            if not isinstance(node.op, ast.Mult):
                raise self._error(node, "uses a sign that weights do not have: only + - *")
            return [*self._factors(node.left), *self._factors(node.right)]
        return [node]

    @staticmethod
    def _error(node: ast.expr, what: str) -> ExpressionError:
        return ExpressionError(f"{ast.unparse(node)!r} {what}", node.col_offset)

    @staticmethod
    def _unknown(node: ast.expr, name: str, known: list[str]) -> ExpressionError:
        near = get_close_matches(name, known, 1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return ExpressionError(f"unknown name {name!r}{hint}", node.col_offset)
