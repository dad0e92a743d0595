"""The program: a scenario made ready to be played, under one setting of its assumptions.

It holds integers, masks and functions; each piece keeps its id, and the texts stay in
the scenario. All ways of playing run this and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from tabletop.errors import ActionError
from tabletop.rules.chance import pick, roll
from tabletop.rules.guards import Addend, Count, Layout, Test
from tabletop.rules.kept import Kept, Reading
from tabletop.rules.openness import Openings, openings

if TYPE_CHECKING:
    from tabletop.rules.ladder import Ladder
    from tabletop.rules.turn import Step
    from tabletop.rules.world import World
    from tabletop.scenario.expression import Guard
    from tabletop.scenario.schema import Scenario

Deltas = tuple[tuple[int, int], ...]
"""Pairs of a track's index and what is added to it."""

PRESET = ""
"""In `Program.automatic`: a turn whose decision the timing plan has fixed."""

Source = Literal["reaction", "answer", "table", "event", "inject", "aim"]
"""What kind of list an outcome stands in."""


@dataclass(frozen=True, slots=True, eq=False)
class Conditional:
    """A further effect that happens while its guard holds; `by` is an actor's id."""

    test: Test
    effect: Effect


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What one thing does to the world, and who causes it."""

    by: str
    deltas: Deltas = ()
    sets: int = 0
    clears: int = 0
    also: tuple[Conditional, ...] = ()
    text: str | None = None
    """What is told of a conditional effect."""
    idle: bool = field(init=False)
    """Whether it changes no world."""

    def parts(self, world: World) -> Sequence[Effect]:
        """This effect, and those of its conditional ones whose guards hold in `world`."""
        if not self.also:
            return (self,)
        return (self, *[extra.effect for extra in self.also if extra.test(world)])

    def __post_init__(self) -> None:
        idle = not (self.deltas or self.sets or self.clears or self.also)
        object.__setattr__(self, "idle", idle)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One thing that chance may bring: its effect, and the table drawn from next or an inject."""

    id: str
    effect: Effect
    next: Chance | None = None
    inject: Inject | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """A list of outcomes with weights, from mild to harsh, and the key of its draw."""

    site: str
    """Its name in saves: step, then draw, such as `decide:us/reaction`."""
    key: int
    source: Source
    owner: str
    """The id of the response, inject, table or event whose texts its outcomes have."""
    outcomes: tuple[Outcome, ...]
    weights: tuple[int, ...]
    """The weights; for one that depends on the world, 0."""
    addends: tuple[tuple[Addend, ...], ...]
    """By outcome: the parts of its weight, each with the number that the author wrote."""
    counts: tuple[tuple[int, Count], ...]
    """The places of those that depend on the world, with their functions."""
    reading: Reading
    """What of a world the weights depend on."""
    sums: Kept[Sequence[int]] = field(init=False)
    """The running sums of the weights in a world; the last is above 0."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sums", Kept(self.reading, self._summed))

    def weigh(self, world: World) -> Sequence[int]:
        """The weights in a world; what is below 0 counts as 0."""
        if not self.counts:
            return self.weights
        weights = list(self.weights)
        for place, count in self.counts:
            weight = count(world)
            weights[place] = max(weight, 0)
        return weights

    def pick(self, base: int, turn: int, world: World) -> int:
        """The number of the outcome that a game's luck brings in a turn and a world."""
        sums = self.sums(world)
        return bisect_right(sums, pick(roll(base, self.key, turn), sums[-1]))

    def _summed(self, world: World) -> Sequence[int]:
        sums = tuple(accumulate(self.weigh(world)))
        if sums[-1] == 0:
            raise ActionError(f"every weight of {self.site!r} is zero here")
        return sums


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """An option of a side."""

    id: str
    side: str
    stages: frozenset[int]
    turns: frozenset[int] | None
    test: Test
    consent: Test
    effect: Effect
    reaction: Chance | None


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """A small act that goes with a response."""

    id: str
    test: Test
    effect: Effect


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One answer to a flash decision."""

    id: str
    effect: Effect
    reaction: Chance | None


@dataclass(frozen=True, slots=True, eq=False)
class Inject:
    """News that reaches the room."""

    id: str
    test: Test
    effect: Effect
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """A clock of the world."""

    id: str
    test: Test
    chance: Chance


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """How the game may end."""

    id: str
    test: Test
    at_once: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """A move along the ladder: from a stage to another while its guard holds."""

    index: int
    """Its place in the scenario's list of transitions."""
    origin: int
    target: int
    test: Test
    returns_to: int | None
    """For a way back: the stage that must have been come from."""


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """A doctrine made ready to play: rules as (guard, responses, support), tried in order."""

    id: str
    uniform: bool
    rules: tuple[tuple[Test, tuple[int, ...], int], ...]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """One scenario, ready to be played."""

    scenario: Scenario
    assumptions: Mapping[str, str]
    plan: str | None
    layout: Layout
    turns: int
    low: tuple[int, ...]
    high: tuple[int, ...]
    start: tuple[int, ...]
    start_flags: int
    turn_flags: int
    """Bits that are cleared when a turn ends."""
    remembered: tuple[tuple[int, int], ...]
    """Pairs of bits: the flag of the turn, and the one that keeps its last value."""
    aims: Chance
    supports: tuple[Support, ...]
    responses: tuple[Response, ...]
    offered: Mapping[tuple[str, int, int], tuple[int, ...]]
    """By side, stage and turn: the responses that the lists may show."""
    course: tuple[int, ...]
    """By stage: the response that stands when nobody chooses."""
    injects: Mapping[str, Inject]
    endings: tuple[Ending, ...]
    occurs: Test
    goals: Mapping[str, Test]
    """By their text: the guards that tell whether a role's goal was met."""
    policies: Mapping[str, Policy]
    automatic: tuple[str | None, ...]
    """By turn, from 0: the doctrine that plays it, "" where it is fixed, None where people do."""
    steps: tuple[tuple[Step, ...], ...]
    """By turn, from 0: the steps in their order."""
    ladder: Ladder
    keeps_came_from: frozenset[int]
    """Stages with a way back."""
    trees: Mapping[Test, Guard]
    """What each of the program's guards tests."""
    hash: str
    deciding: Mapping[tuple[str, int, int], Reading]
    """By side, stage and turn: what of a world tells which responses are open there."""
    openings: Mapping[tuple[str, int, int], Kept[Openings]] = field(init=False)
    """By side, stage and turn: what can be chosen in a world."""

    def __post_init__(self) -> None:
        kept = {
            place: Kept(reading, partial(openings, self, self.offered[place]))
            for place, reading in self.deciding.items()
        }
        object.__setattr__(self, "openings", kept)

    def mask(self, *flags: str) -> int:
        """The bits of some flags."""
        return self.layout.mask(flags)
