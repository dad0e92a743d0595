"""Reads YAML into plain data in one walk, and keeps where in the file each value stands.

The dialect is the core schema of YAML 1.2 without what makes files surprising or
dangerous: no aliases, no tags, no duplicate keys, one document. `no`, `on`, `17:30` and
`2017-03-06` are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from math import isfinite
from typing import Any, NoReturn

from tabletop.errors import Fault, ScenarioError
from tabletop.scenario.wording import Path, bare, dotted, quote

MAX_DEPTH = 24
MAX_VALUES = 100_000
MAX_DIGITS = 15

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "True": True, "TRUE": True} | {
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MAY_BE_NUMBER = frozenset("0123456789+-.")


class Spot:
    """Where one value stands; lines and columns count from 1."""

    __slots__ = ("children", "column", "excused", "keys", "lead", "line")

    def __init__(self, line: int, column: int, lead: int | None = None) -> None:
        self.line = line
        self.column = column
        self.lead = lead
        """Characters before the first one of a text on one line; None if it has several."""
        self.children: dict[str, Spot] | list[Spot] | None = None
        self.keys: dict[str, tuple[int, int]] = {}
        self.excused = False
        """A fault has been found here already, so that others would only follow from it."""


@dataclass(frozen=True)
class Tree:
    """The plain data of a file, and the places of its parts."""

    file: str
    data: Any
    root: Spot

    def fault(
        self, path: Path, what: str, *, key: bool = False, offset: int | None = None
    ) -> Fault:
        """A fault at the part that `path` leads to, or at the nearest that exists.

        `key` means the key and not its value; `offset` counts characters inside a text.
        """
        spot, line, column = self.root, self.root.line, self.root.column
        for place, step in enumerate(path):
            inner = _child(spot, step)
            if inner is None:
                break
            last = place == len(path) - 1
            if isinstance(step, str) and (inner.children is not None or (key and last)):
                line, column = spot.keys[step]
            else:
                line, column = inner.line, inner.column
            spot = inner
        if offset is not None and spot.lead is not None:
            column += spot.lead + offset
        return Fault(self.file, line, column, self.where(path), what)

    def excused(self, path: Path) -> bool:
        """Whether a fault was found on the way to this part already."""
        spot: Spot | None = self.root
        for step in path:
            if spot is None or spot.excused:
                break
            spot = _child(spot, step)
        return spot is not None and spot.excused

    def where(self, path: Path) -> str:
        """The way to a part as people write it; outcomes are called by their ids."""
        return dotted(path, list(self._ids(path)))

    def value(self, path: Path) -> Any:
        """The plain data at a path that exists."""
        data = self.data
        for step in path:
            data = data[step]
        return data

    def _ids(self, path: Path) -> Iterator[str | None]:
        data = self.data
        for step in path:
            try:
                data = data[step]
            except (LookupError, TypeError):
                return
            own = data.get("id") if isinstance(data, dict) else None
            yield own if isinstance(own, str) and own else None


def _child(spot: Spot, step: str | int) -> Spot | None:
    if isinstance(spot.children, dict) and isinstance(step, str):
        return spot.children.get(step)
    if isinstance(spot.children, list) and isinstance(step, int) and step < len(spot.children):
        return spot.children[step]
    return None


def grow(text: str, file: str) -> tuple[Tree, list[Fault]]:
    """The tree of a YAML text, with the faults that do not keep the rest from being read.

    Raises `ScenarioError` where reading cannot go on.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    walk = _Walk(file)
    try:
        for event in yaml.parse(text, Loader=loader):
            walk.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        walk.stop(line, column, f"cannot be read as YAML: {_explain(error)}")
    except yaml.YAMLError as error:
        walk.stop(1, 1, f"cannot be read as YAML: {str(error).splitlines()[0].lower()}")
    if walk.root is None:
        raise ScenarioError([Fault(file, 1, 1, "", "the file is empty")])
    return Tree(file, walk.data, walk.root), walk.faults


def _explain(error: Any) -> str:
    problem = str(error.problem or error.context or "it breaks off").lower()
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = " (a text with ': ' in it is put in quotes)"
    elif "cannot start any token" in problem:
        hint = " (a text that begins so is put in quotes)"
    if error.context and error.context_mark and error.problem:
        begun = error.context_mark.line + 1
        return f"{problem} {str(error.context).lower()} that begins on line {begun}{hint}"
    return problem + hint


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("data", "key", "key_at", "spot")

    def __init__(self, data: dict[str, Any] | list[Any], spot: Spot) -> None:
        self.data = data
        self.spot = spot
        self.key: str | None = None
        self.key_at = (0, 0)


class _Walk:
    """Takes the parser's events one by one and builds data and spots from them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.stack: list[_Frame] = []
        self.root: Spot | None = None
        self.data: Any = None
        self.count = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        """One event of the parser."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._open(event, {} if kind == "MappingStartEvent" else [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.stack.pop()
            self._done()
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                line, column = _at(event)
                self.stop(line, column, "a second document begins here: one file is one scenario")

    def stop(self, line: int, column: int, what: str) -> NoReturn:
        """Give up with all the faults found so far and this one."""
        raise ScenarioError([*self.faults, Fault(self.file, line, column, self._where(), what)])

    def _where(self) -> str:
        steps: list[str | int] = []
        for frame, inner in zip_longest(self.stack, self.stack[1:]):
            if isinstance(frame.data, dict):
                steps += [] if frame.key is None else [frame.key]
                continue
            own = inner.data.get("id") if inner and isinstance(inner.data, dict) else None
            # An inner part stands in the list already; a scalar is yet to be added.
            steps.append(own if isinstance(own, str) else len(frame.data) - (inner is not None))
        return dotted(tuple(steps))

    def _fault(self, at: tuple[int, int], what: str) -> None:
        self.faults.append(Fault(self.file, *at, self._where(), what))

    def _scalar(self, event: Any) -> None:
        text, at = event.value, _at(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.data, dict) and frame.key is None:
            frame.key, frame.key_at = text, at
            self._refuse_extras(event, at)
            if text in frame.data:
                first = frame.spot.keys[text][0]
                self._fault(at, f"is given twice: first on line {first}")
            return
        # A text on one line: what stands before its first character is a quote or nothing.
        lead: int | None = 1 if event.style else 0
        if event.start_mark.line != event.end_mark.line or event.style in ("|", ">"):
            lead = None
        spot = Spot(*at, lead)
        value = text if event.style else self._resolve(text, at, spot)
        self._refuse_extras(event, at)
        self._place(value, spot)
        self._done()

    def _open(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        at = _at(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.data, dict) and frame.key is None:
            self.stop(*at, "a key is one name, not a list or a mapping")
        if len(self.stack) >= MAX_DEPTH:
            self.stop(*at, f"is nested more than {MAX_DEPTH} deep")
        spot = Spot(*at)
        spot.children = {} if isinstance(data, dict) else []
        self._refuse_extras(event, at)
        self._place(data, spot)
        self.stack.append(_Frame(data, spot))

    def _alias(self, event: Any) -> None:
        at = _at(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.data, dict) and frame.key is None:
            self.stop(*at, f"the alias *{bare(event.anchor)} is no key: write the name out")
        spot = Spot(*at)
        spot.excused = True
        self._fault(at, f"the alias *{bare(event.anchor)} stands for something else: write it out")
        self._place(None, spot)
        self._done()

    def _place(self, value: Any, spot: Spot) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            self.stop(spot.line, spot.column, f"more than {MAX_VALUES} values in one file")
        if not self.stack:
            self.data, self.root = value, spot
            return
        frame = self.stack[-1]
        if isinstance(frame.data, list):
            frame.data.append(value)
            assert isinstance(frame.spot.children, list)
            frame.spot.children.append(spot)
        elif frame.key not in frame.data:
            assert frame.key is not None
            assert isinstance(frame.spot.children, dict)
            frame.data[frame.key] = value
            frame.spot.children[frame.key] = spot
            frame.spot.keys[frame.key] = frame.key_at

    def _done(self) -> None:
        if self.stack:
            self.stack[-1].key = None

    def _refuse_extras(self, event: Any, at: tuple[int, int]) -> None:
        if event.anchor is not None:
            self._fault(at, f"the anchor &{bare(event.anchor)} is not needed: there are no aliases")
        if event.tag is not None:
            self._fault(at, f"the tag {quote(event.tag)} is not known: values have no tags here")

    def _resolve(self, text: str, at: tuple[int, int], spot: Spot) -> Any:
        if text[:1] not in _MAY_BE_NUMBER:
            return None if text in _NULLS else _TRUTHS.get(text, text)
        number: float | None = None
        if _INTEGER.fullmatch(text):
            if len(text) <= MAX_DIGITS:
                number = int(text, 0) if text[1:2] in ("o", "x") else int(text)
        elif _DECIMAL.fullmatch(text):
            number = float(text) if isfinite(float(text)) else None
        elif not _NO_NUMBER.fullmatch(text):
            return text
        if number is None:
            spot.excused = True
            self._fault(at, f"{quote(text)} is no number that can be counted with")
        return number


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
