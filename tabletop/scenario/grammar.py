"""Reads guards and weights: Python's own syntax tree, with only what the language has let through.

Nothing that an author writes is ever run. Every fault is an `ExpressionError` with the
column at which it stands.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from difflib import get_close_matches

from tabletop.errors import ExpressionError
from tabletop.scenario.expression import (
    Both,
    Compare,
    Constant,
    Dial,
    Either,
    FlagSet,
    Guard,
    Names,
    Not,
    Operator,
    Term,
    Weight,
)

MAX_LENGTH = 300
_ASSIGNMENT = re.compile(r"(?<![=<>!])=(?!=)")
_MIRRORED: Mapping[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SYNTAX: Mapping[type[ast.cmpop], Operator] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def parse_guard(text: str, names: Names) -> Guard:
    """The tree of a guard; raises `ExpressionError` with the column of what is wrong."""
    return _Parser(names).guard(_syntax(text))


def parse_weight(text: int | str, names: Names) -> Weight:
    """The terms of a weight; raises `ExpressionError` with the column of what is wrong."""
    dials = {name: tuple(values.values()) for name, values in names.assumptions.items()}
    if isinstance(text, int):
        return Weight((Term(text),), dials)
    return Weight(tuple(_Parser(names).terms(_syntax(text), 1)), dials)


def _syntax(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"{len(text)} characters, at most {MAX_LENGTH} make one expression")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python comments on style here, as in `5or x`
            return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        column = max((error.offset or 1) - 1, 0)
        hint = " (did you mean ==?)" if _ASSIGNMENT.search(text) else ""
        raise ExpressionError(f"cannot be read: {text!r}{hint}", column) from None
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
