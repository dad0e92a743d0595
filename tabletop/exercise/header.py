"""The first line of a save: what was played, by which rules, from which seed."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tabletop.exercise.canonical import encode
from tabletop.exercise.seals import GENESIS, seal_line

FORMAT = 1
"""The newest format of saves that this program reads, and the one that it writes."""
SEEDS = 2**64
"""Seeds and luck streams are integers from 0 up to this, which is left out."""

_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class ScenarioRef:
    """Which scenario a save plays: its id, its author's version and a hash of its files."""

    id: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Parent:
    """The save that this one was branched from: its id, and the last event and turn shared."""

    id: str
    event: int
    turn: int
    line: str = ""
    """The line of play that was branched; empty where an older program did not write it."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """All that a run starts from; with the events it gives the whole exercise again."""

    rules: int
    """The version of what the rules mean."""
    id: str
    """Names this save among all others: 16 random hex digits."""
    scenario: ScenarioRef
    files: dict[str, str]
    """The scenario's own files by name, so that the save outlives them."""
    seed: int
    """From 0 to 2**64 - 1."""
    created: str
    """UTC, ISO 8601 with milliseconds."""
    program: str
    """The hash of the compiled program."""
    luck: int = 0
    """The luck stream, in the range of the seed."""
    assumptions: dict[str, str]
    """Every dial of the model with the name of its value."""
    plan: str | None = None
    """The timing plan in force."""
    parent: Parent | None = None
    format: int = FORMAT


class HeaderError(ValueError):
    """A header that cannot be used; the text says what is wrong with it."""


def new_id() -> str:
    """A random id for a new save."""
    return secrets.token_hex(8)


def now() -> str:
    """This moment as saves write it: UTC, ISO 8601 with milliseconds."""
    return stamp(time.time())


def stamp(seconds: float) -> str:
    """A moment, in seconds since 1970, as saves write it."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def header_data(header: Header) -> dict[str, Any]:
    """The header as JSON data, in the order in which it is written."""
    scenario, parent = header.scenario, header.parent
    return {
        "format": header.format,
        "id": header.id,
        "created": header.created,
        "scenario": {"id": scenario.id, "version": scenario.version, "hash": scenario.hash},
        "rules": header.rules,
        "program": header.program,
        "seed": header.seed,
        "luck": header.luck,
        "assumptions": header.assumptions,
        "plan": header.plan,
        "parent": parent and _parent_data(parent),
        "files": header.files,
    }


def _parent_data(parent: Parent) -> dict[str, Any]:
    data: dict[str, Any] = {"id": parent.id, "event": parent.event, "turn": parent.turn}
    return data | {"line": parent.line} if parent.line else data


def check_format(data: Any) -> None:
    """Raise `HeaderError` unless `data` is a header of a format that this program reads."""
    if not isinstance(data, dict) or not _is_count(data.get("format")):
        raise HeaderError("not a save of tabletop")
    version = data["format"]
    if version > FORMAT:
        raise HeaderError(
            f"written in format {version}, and this tabletop reads up to {FORMAT}: "
            "a newer tabletop can open it"
        )
    if version < 1:
        raise HeaderError(f"format {version} does not exist")


def header_from(data: Mapping[str, Any]) -> Header:
    """The header that `data` describes; raises `HeaderError` naming the first wrong part."""
    scenario = _part(data, "scenario", _is_object)
    parent = data.get("parent")
    return Header(
        format=_part(data, "format", _is_count),
        id=_part(data, "id", _is_id),
        created=_part(data, "created", _is_text),
        scenario=ScenarioRef(
            _part(scenario, "id", _is_text),
            _part(scenario, "version", _is_text),
            _part(scenario, "hash", _is_text),
        ),
        rules=_part(data, "rules", _is_count),
        program=_part(data, "program", _is_text),
        seed=_part(data, "seed", _is_seed),
        luck=_part(data, "luck", _is_seed),
        assumptions=_part(data, "assumptions", _is_texts),
        plan=None if data.get("plan") is None else _part(data, "plan", _is_text),
        parent=None if parent is None else _parent_from(_part(data, "parent", _is_object)),
        files=_part(data, "files", _is_texts),
    )


def _parent_from(data: Mapping[str, Any]) -> Parent:
    return Parent(
        _part(data, "id", _is_id),
        _part(data, "event", _is_count),
        _part(data, "turn", _is_count),
        _part({"line": "", **data}, "line", _is_text),
    )


def _part(data: Mapping[str, Any], key: str, fits: Callable[[Any], bool]) -> Any:
    if key not in data:
        raise HeaderError(f"the header has no {key!r}")
    if not fits(data[key]):
        raise HeaderError(f"the header's {key!r} is not valid")
    return data[key]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_seed(value: Any) -> bool:
    return _is_count(value) and value < SEEDS


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def header_line(header: Header) -> tuple[bytes, str]:
    """The first line of a save, without its line ending, and its seal."""
    members = (f"{encode(key)}:{encode(value)}" for key, value in header_data(header).items())
    return seal_line(GENESIS, "{" + ",".join(members) + "}")
