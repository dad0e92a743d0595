"""Where a game can stand between two draws or choices, and the ways on from there.

The places of a program form one long road without loops: turn by turn, stage by stage,
step by step. They are laid from the end to the start, so that each knows at once what
still matters from there on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tabletop.rules.guards import always

if TYPE_CHECKING:
    from tabletop.odds.bounds import Reach
    from tabletop.odds.live import Live, Matters
    from tabletop.odds.moves import Move
    from tabletop.odds.packing import Bounds
    from tabletop.rules.guards import Addend, Test
    from tabletop.rules.play import Play
    from tabletop.rules.program import Chance, Inject, Policy, Program

Kind = Literal["chance", "flash", "decide", "respond", "pass"]


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """One way on from a place."""

    id: str
    """Of the outcome, answer, support, response or ending."""
    target: Place | str
    """The next place, or the id of an ending."""
    moves: tuple[Move, ...] = ()
    test: Test = always
    number: int = 0
    """Of the support or the response in the program, or of the outcome in its list."""
    addends: tuple[Addend, ...] = ()
    """For an outcome: the parts of its weight."""
    returns_to: int | None = None
    """For a rung that leads back: the stage that must have been come from."""


@dataclass(eq=False, slots=True)
class Place:
    """A place in a turn: what is decided there, by whom or by what, and what still matters.

    At a `pass` the first way whose guard holds is taken; at a `chance` one is drawn by
    weight; at a `flash`, a `decide` (supports) and a `respond` (responses) one is chosen.
    """

    kind: Kind
    turn: int
    stage: int
    ways: tuple[Way, ...]
    live: Live
    chance: Chance | None = None
    inject: Inject | None = None
    side: str = ""
    fixed: Policy | None = None
    """The doctrine that chooses here, by a timing plan, whoever plays."""
    over: int = 0
    """The flag, if any, that from here on can only end the game at the end of this turn."""
    passing: bool = False
    """Whether worlds go through without being brought together here."""


class Road:
    """All places of a program, and how to find the one where a game stands."""

    def __init__(
        self, program: Program, followed: Sequence[Policy] = (), *, brief: bool = False
    ) -> None:
        """Where it is `brief`, rungs that no longer matter to how a game ends are left out."""
        from tabletop.odds.laying import Laying

        self.program = program
        self.followed = tuple(followed)
        """The doctrines whose guards count as alive where they decide."""
        laid = Laying(program, self.followed, brief=brief)
        self.places: list[Place] = laid.places
        self.reach: Reach = laid.reach
        self.matters: Matters = laid.here.matters
        """What the bits of each place's `live` stand for."""
        self.reads_aim = laid.here.reads_aim
        """Whether the aim decides more than weights: what can happen, or what it does."""
        self._steps = laid.steps
        self._flashes = laid.flashes
        self._chances = laid.chances
        self._spans = laid.spans

    @property
    def start(self) -> Place:
        """Where every game begins."""
        return self._steps[1, 0, 0]

    def of(self, play: Play) -> Place:
        """The place where a game stands."""
        world = play.world
        if play.chance is not None:
            return self._chances[world.turn, world.stage, play.at - 1, play.chance]
        if play.prompt is None:
            return self._steps[world.turn, world.stage, play.at]
        if play.prompt.kind == "flash":
            return self._flashes[world.turn, world.stage, play.at - 1, play.prompt.id]
        return self._steps[world.turn, world.stage, play.at - 1]

    def span(self, turn: int) -> tuple[int, int]:
        """The first and the last but one of a turn's places; each way leads to an earlier one."""
        return self._spans[turn]

    def bounds(self, place: Place) -> Bounds:
        """The values that tracks can have at a place."""
        return self.reach.settled if place.chance is None else self.reach.at(place.chance)
