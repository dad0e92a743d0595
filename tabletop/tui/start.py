"""Where the terminal interface begins: the choices that a command hands to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tabletop.debrief.comparison import Place
    from tabletop.exercise.table import Viewer


@dataclass(frozen=True, slots=True)
class Home:
    """The home screen."""


class NewGame(NamedTuple):
    """A new solo game, at its briefing."""

    scenario: str
    """The id of a scenario, or the path of its file."""
    seed: int | None = None
    assumptions: Mapping[str, str] = MappingProxyType({})
    """Values of the model's dials that differ from their defaults, by dial."""
    objective: str | None = None
    """The objective to declare; the briefing asks where absent."""
    save: Path | None = None
    """The file to write; a new one in the saves folder where absent."""
    name: str = ""
    """How the player wants to be called."""
    plan: str | None = None
    """A timing plan of the scenario: which turns are preset or delegated."""


@dataclass(frozen=True, slots=True)
class Resume:
    """A game of a save, where it was left."""

    path: Path


@dataclass(frozen=True, slots=True)
class Replay:
    """A save, to step through."""

    path: Path
    viewer: Viewer | None = None
    """Through whose eyes; the lone player's or the public's where absent."""
    line: str | None = None
    """A line of play or a team; the first where absent."""
    turn: int | None = None
    """A turn that the line came to; the first decision where absent."""


class Debrief(NamedTuple):
    """The debrief of a line of play, opened already."""

    place: Place


class Compare(NamedTuple):
    """Lines of play, opened already, side by side."""

    places: Sequence[Place]


Start = Home | NewGame | Resume | Replay | Debrief | Compare
