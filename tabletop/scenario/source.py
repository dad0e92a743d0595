"""Loads scenarios: from a file or from text to a checked `Scenario`, or to all that is wrong."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.clean import clean_line
from tabletop.errors import Fault, ScenarioError
from tabletop.scenario.schema import Scenario

if TYPE_CHECKING:
    from tabletop.scenario.tree import Tree

MAX_BYTES = 2_000_000
MAX_FAULTS = 100
_BYTE_ORDER_MARK = "\ufeff"
_SAVE = '{"format":'
"""How every save begins, and no scenario: its keys are not quoted."""
_BINARY = "is a binary file, not text"
# What YAML does not count as printable, and the tab.
_UNPRINTABLE = "[^\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


@dataclass(frozen=True)
class Loaded:
    """A valid scenario and the file that it was read from."""

    scenario: Scenario
    text: str
    """The whole source as it was decoded: with its byte order mark and line ends."""
    hash: str
    """SHA-256 of the bytes of the file, in hex."""
    name: str
    """The name of the file, as faults show it."""
    path: Path | None = None
    """None for a scenario that came as text, out of a save."""

    @cached_property
    def positions(self) -> Tree:
        """Where in the file each part stands; reads the text again."""
        from tabletop.scenario.tree import grow

        tree, _ = grow(_body(self.text), self.name)
        return tree


def load(path: Path | str) -> Loaded:
    """The scenario in a file; raises `ScenarioError` with everything that is wrong with it."""
    file = clean_line(str(path), 300)
    data = read_bytes(path, file)
    return _load(decode(data, file), data, file, Path(path))


def read(text: str | bytes, name: str) -> Loaded:
    """The scenario in a text, such as a save holds; `name` stands for the file in faults.

    Raises `ScenarioError` with everything that is wrong with it.
    """
    file = clean_line(name, 300)
    try:
        data = text if isinstance(text, bytes) else text.encode()
    except UnicodeEncodeError:
        raise ScenarioError([Fault(file, 1, 1, "", "is not text that can be written")]) from None
    return _load(decode(data, file), data, file, None)


def _load(text: str, data: bytes, file: str, path: Path | None) -> Loaded:
    if text.startswith(_SAVE):
        raise ScenarioError([Fault(file, 1, 1, "", "is the save of a game, not a scenario")])
    from tabletop.scenario.references import problems
    from tabletop.scenario.shape import give_shape
    from tabletop.scenario.tree import grow

    tree, faults = grow(_body(text), file)
    scenario, misfits = give_shape(tree)
    faults += misfits
    if scenario is not None:
        faults += [problem.fault(tree) for problem in problems(scenario)]
    if scenario is None or faults:
        raise ScenarioError(at_most(faults, MAX_FAULTS))
    return Loaded(scenario, text, sha256(data).hexdigest(), file, path)


def read_bytes(path: Path | str, file: str) -> bytes:
    """The bytes of a file of sensible size; raises `ScenarioError` in one line if it has none."""
    why = ""
    try:
        place = Path(path)
        if place.is_dir():
            why = "is a folder, not a scenario file"
        elif place.exists() and not place.is_file():
            why = "is not a file that can be read as a whole"
        else:
            with place.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            if len(data) <= MAX_BYTES:
                return data
            why = f"is larger than {MAX_BYTES // 1_000_000} MB: no scenario is"
    except FileNotFoundError:
        why = "there is no such file"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        why = f"cannot be read: {reason.lower()}"
    raise ScenarioError([Fault(file, 1, 1, "", why)])


def decode(data: bytes, file: str) -> str:
    """The text in some bytes; raises `ScenarioError` where they are no UTF-8 that YAML can hold."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            what = "is UTF-16: save it as UTF-8"
        elif b"\0" in data:
            what = _BINARY
        before = data[: error.start].decode()
        raise ScenarioError([_fault_after(before, file, what)]) from None
    if len(data) > MAX_BYTES:
        what = f"is larger than {MAX_BYTES // 1_000_000} MB: no scenario is"
        raise ScenarioError([Fault(file, 1, 1, "", what)])
    if "\0" in text:
        raise ScenarioError([Fault(file, 1, 1, "", _BINARY)])
    unfit = list(re.finditer(_UNPRINTABLE, _body(text)))
    if unfit:
        start = len(text) - len(_body(text))
        found = [
            _fault_after(text[: start + each.start()], file, _unfit(each[0]))
            for each in unfit[:MAX_FAULTS]
        ]
        raise ScenarioError(found)
    return text


def at_most(faults: Sequence[Fault], limit: int) -> list[Fault]:
    """The first faults of a file in order, and one that counts the rest if there are more."""
    ordered = sorted(set(faults))
    if len(ordered) <= limit:
        return ordered
    next_one, left = ordered[limit], len(ordered) - limit
    what = f"here and further down: {left} more faults"
    return [*ordered[:limit], Fault(next_one.file, next_one.line, next_one.column, "", what)]


def _body(text: str) -> str:
    return text.removeprefix(_BYTE_ORDER_MARK)


def _unfit(character: str) -> str:
    if character == "\t":
        return "a tab: indent with spaces, and write \\t between quotes where text needs one"
    return f"the character U+{ord(character):04X} cannot stand in a scenario"


def _fault_after(before: str, file: str, what: str) -> Fault:
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    if line == 1:
        column -= len(before) - len(_body(before))
    return Fault(file, line, column, "", what)
