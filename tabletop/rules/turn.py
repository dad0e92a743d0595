"""The steps of a turn, in the order that every scenario shares.

Injects, then the decision of each side with its reaction, the world's own events, the
ladder, and the question whether the game is over. A draw that a step leaves behind
(`Play.chance`) is made before the next step, and what both added up to is clamped then,
once. Docs: `docs/rules.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tabletop.rules.doctrine import choose
from tabletop.rules.guards import always
from tabletop.rules.play import Happening, Prompt
from tabletop.rules.world import World

if TYPE_CHECKING:
    from tabletop.rules.guards import Test
    from tabletop.rules.play import Play
    from tabletop.rules.program import Chance, Ending, Event, Inject


class Step(Protocol):
    """One step of a turn."""

    @property
    def test(self) -> Test:
        """Where this does not hold, the step is passed over."""

    def run(self, play: Play) -> None:
        """Move the play on by this step."""


@dataclass(frozen=True, slots=True, eq=False)
class InjectStep:
    """A scheduled inject comes, if its guard holds."""

    inject: Inject
    test: Test = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "test", self.inject.test)

    def run(self, play: Play) -> None:
        """Put the inject into play, unless control holds it back."""
        if self.inject.id not in play.withheld:
            play.enter(self.inject)


@dataclass(frozen=True, slots=True, eq=False)
class RandomInjectStep:
    """At most one of the turn's random injects comes; the draw lists silence first."""

    chance: Chance
    test: Test = field(default=always, init=False)

    def run(self, play: Play) -> None:
        """Leave the draw to be made."""
        play.chance = self.chance


@dataclass(frozen=True, slots=True, eq=False)
class DecideStep:
    """A side decides; a timing plan may have fixed the decision or left it to a doctrine."""

    side: str
    preset: tuple[int, int] | None = None
    """Response and support, by number."""
    doctrine: str | None = None
    test: Test = field(default=always, init=False)

    def run(self, play: Play) -> None:
        """Ask for the decision, or carry out the one that is fixed."""
        play.prompt = Prompt("decide", self.side)
        if self.doctrine is not None:
            play.carry_out(*choose(play, play.program.policies[self.doctrine]))
        elif self.preset is not None:
            response, support = self.preset
            if not (response in play.offered() and play.is_open(response, support)):
                response, support = play.program.course[play.world.stage], 0
            play.carry_out(response, support)


@dataclass(frozen=True, slots=True, eq=False)
class EventStep:
    """A clock of the world runs, if its guard holds."""

    event: Event
    test: Test = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "test", self.event.test)

    def run(self, play: Play) -> None:
        """Leave its draw to be made."""
        play.chance = self.event.chance


@dataclass(frozen=True, slots=True, eq=False)
class LadderStep:
    """The first rung whose guard holds is taken."""

    test: Test = field(default=always, init=False)

    def run(self, play: Play) -> None:
        """Move to the rung's stage, if there is one."""
        world = play.world
        rung = play.program.ladder.climb(world)
        if rung is None:
            return
        kept = rung.target in play.program.keeps_came_from
        came_from = world.stage if kept else 0
        play.world = World(world.turn, rung.target, came_from, *world[3:])
        if play.log is not None:
            stage = play.program.ladder.stages[rung.target]
            play.log.append(Happening(world.turn, "ladder", str(rung.index), stage))


@dataclass(frozen=True, slots=True, eq=False)
class EndStep:
    """The game is over, or the turn ends and the next one opens."""

    endings: tuple[Ending, ...]
    """Those that can come in this turn."""
    occurs: Test
    test: Test = field(default=always, init=False)

    def run(self, play: Play) -> None:
        """Judge the endings and the forecast; else turn the flags over and open the next turn."""
        world, program = play.world, play.program
        play.came = bool(self.occurs(world))
        for ending in self.endings:
            if ending.test(world):
                play.ending = ending.id
                if play.log is not None:
                    play.log.append(Happening(world.turn, "ending", ending.id))
                return
        flags = world.flags
        for bit, memory in program.remembered:
            flags = flags | memory if flags & bit else flags & ~memory
        flags &= ~program.turn_flags
        play.at = 0
        play.turn_over = True
        play.world = World(world.turn + 1, *world[1:4], flags, world.tracks)
