"""What a sample save is made of: decisions, replies, what control does, and notes beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Turn(NamedTuple):
    """A decision as it was made, before anybody knew what would come of it."""

    response: str
    support: str
    forecast: int
    because: str


class Reply(NamedTuple):
    """What was said to a flash decision."""

    answer: str
    because: str


class Ruling(NamedTuple):
    """What control does right after the decision of a turn."""

    turn: int
    reason: str
    inject: str = ""
    """The inject that is put into play; empty where control overrules."""
    site: str = ""
    outcome: str = ""
    effects: tuple[tuple[str, int], ...] = ()


class Note(NamedTuple):
    """A remark kept beside the save, at an event: the kind of it, and which of that kind."""

    what: str
    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """One sample, played to its end from a seed; or a branch of another one."""

    name: str
    seed: int = 0
    player: str = ""
    objective: str = ""
    turns: tuple[Turn, ...] = ()
    answers: Mapping[str, Reply] = field(default_factory=dict)
    """By the inject that asked."""
    rulings: tuple[Ruling, ...] = ()
    notes: tuple[Note, ...] = ()
    branch_of: str = ""
    branch_turn: int = 0
    luck: int = 0
