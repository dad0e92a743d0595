"""What happened in one line of play, in order: the plain data that a review starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from tabletop.errors import ActionError
from tabletop.rules.doctrine import answer, choose
from tabletop.rules.play import Play
from tabletop.rules.program import PRESET, Effect, Policy, Program
from tabletop.rules.start import begin
from tabletop.rules.turn import DecideStep

if TYPE_CHECKING:
    from tabletop.rules.turn import Step


@dataclass(frozen=True, slots=True)
class Decided:
    """People chose a response and a support, by their ids."""

    response: str
    support: str
    by_default: bool = False
    """Nobody chose, and this stood by default."""
    standing: str = ""
    """The id of the doctrine whose standing order chose; "" where none did."""


@dataclass(frozen=True, slots=True)
class Answered:
    """People answered a flash decision."""

    inject: str
    answer: str
    by_default: bool = False
    standing: str = ""
    """As for a decision."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Chance spoke: the draw's name and its outcome."""

    site: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """Control moved tracks and flags, by their ids."""

    effects: tuple[tuple[str, int], ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fired:
    """Control put an inject into play."""

    inject: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Control held an inject back from here on, or let it come again in its time."""

    inject: str
    held: bool


@dataclass(frozen=True, slots=True)
class Overruled:
    """Control gave a draw made since the last act another outcome; what followed it is void."""

    site: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Reseeded:
    """Other luck from here on: the base of the new stream (`tabletop.rules.chance.stream`)."""

    luck: int


Happened = Decided | Answered | Drawn | Ruled | Fired | Withheld | Overruled | Reseeded


@dataclass(frozen=True, slots=True)
class Course:
    """One line of play from StartEx on, to its end or as far as it came."""

    program: Program
    aim: str
    """The id of the aim that was drawn."""
    objective: str
    """The id of the objective that it is judged by."""
    steps: tuple[Happened, ...]
    luck: int = 0
    """The base of its luck: a standing order that plays at random chooses by it."""
    withheld: frozenset[str] = frozenset()
    """The injects that control held back from StartEx on."""

    @property
    def aim_number(self) -> int:
        """The number of the aim in the scenario."""
        return list(self.program.scenario.aims).index(self.aim)


Kind = Literal["draw", "decide", "flash", "order", "control"]


class Moment(NamedTuple):
    """One thing that happened, between the place that waited for it and the next that waits."""

    kind: Kind
    """`order`: a timing plan's standing order chose by lot."""
    step: int
    """Which of the course's steps it was, or came after; -1 before the first."""
    what: Happened
    before: Play
    after: Play


class Followed(NamedTuple):
    """A course played again by the rules."""

    openings: tuple[Play, ...]
    """The game at the start of every turn, the first one first; a turn that control went back
    into can open a second time."""
    moments: tuple[Moment, ...]
    last: Play

    def decisions(self) -> Iterator[Moment]:
        """The moments at which people chose."""
        return (moment for moment in self.moments if moment.kind in {"decide", "flash"})


def follow(course: Course) -> Followed:
    """Play a course again; its plays wait also where a timing plan decides.

    Raises `ActionError` where a step does not follow by the rules.
    """
    return _Follower(course).followed()


def waiting(program: Program) -> Program:
    """The program with its timing plan's decisions turned into ones that wait."""
    if not any(each is not None for each in program.automatic):
        return program

    def asked(step: Step) -> Step:
        if isinstance(step, DecideStep):
            return replace(step, preset=None, doctrine=None)
        return step

    return replace(
        program,
        automatic=(None,) * len(program.automatic),
        steps=tuple(tuple(map(asked, steps)) for steps in program.steps),
    )


class _Follower:
    def __init__(self, course: Course) -> None:
        self.course = course
        self.step = -1
        self.openings: list[Play] = []
        self.moments: list[Moment] = []
        self.draws: list[tuple[str, Play]] = []
        """Those since anybody last acted, with the game before each."""
        start = begin(waiting(course.program), 0, aim=course.aim_number)
        start.base = course.luck
        self.openings.append(start.copy())
        start.withheld = course.withheld
        free = _freely(start, lambda _: None)
        self.play = self._onward(start)
        self._held_back(free)

    def followed(self) -> Followed:
        self._orders()
        for number, what in enumerate(self.course.steps):
            self.step = number
            self._take(what)
            self._orders()
        return Followed(tuple(self.openings), tuple(self.moments), self.play)

    def _onward(self, play: Play) -> Play:
        """Walk to the next draw, prompt or ending, over the end of a turn too."""
        play.walk()
        while play.turn_over:
            self.openings.append(play.copy())
            play.walk()
        return play

    def _take(self, what: Happened) -> None:
        play = self.play.copy()
        kind: Kind = "control"
        if isinstance(what, Drawn):
            if play.chance is None or play.chance.site != what.site:
                raise ActionError(f"no draw {what.site!r} is to be made here")
            self.draws.append((what.site, self.play))
            self._moved("draw", what, play, lambda twin: twin.draw(what.outcome))
            return
        if isinstance(what, Withheld):
            play.withhold(what.inject, held=what.held)
            self.play = play
            return
        if isinstance(what, Overruled):
            self._overrule(what)
            return
        self.draws.clear()
        if isinstance(what, Reseeded):
            play.base = what.luck
            self.play = play
            return
        if isinstance(what, Decided | Answered):
            kind = "decide" if isinstance(what, Decided) else "flash"
            self._moved(kind, what, play, lambda twin: act(twin, what))
        elif isinstance(what, Ruled):
            ruling = _ruling(self.course.program, what)
            self._moved(kind, what, play, lambda twin: twin.intervene(ruling, ""))
        else:
            self._moved(kind, what, play, lambda twin: twin.fire(what.inject))

    def _overrule(self, what: Overruled) -> None:
        for place in reversed(range(len(self.draws))):
            site, drawn = self.draws[place]
            if site == what.site:
                del self.draws[place:]
                play = drawn.copy()
                play.withheld = self.play.withheld
                self._moved("control", what, play, lambda twin: twin.overrule(what.outcome, ""))
                return
        raise ActionError(f"no draw {what.site!r} to overrule")

    def _moved(
        self, kind: Kind, what: Happened, play: Play, move: Callable[[Play], object]
    ) -> None:
        """Move a copy of the game, and keep apart what control has held back on the way."""
        free = _freely(play, move)
        move(play)
        before, self.play = self.play, self._onward(play)
        self.moments.append(Moment(kind, self.step, what, before, free or self.play))
        self._held_back(free)

    def _held_back(self, free: Play | None) -> None:
        """That an inject would have come here is control's doing, not chance's."""
        if free is not None and _place(free) != _place(self.play):
            held = Withheld(min(self.play.withheld), held=True)
            self.moments.append(Moment("control", self.step, held, free, self.play))

    def _orders(self) -> None:
        """Carry out what the timing plan decides; what it leaves to lots is a moment."""
        while (policy := planned(self.course.program, self.play)) is not None:
            play = self.play.copy()
            what = wanted(play, policy)
            if policy.uniform:
                self._moved("order", what, play, partial(act, what=what))
                continue
            free = _freely(play, partial(act, what=what))
            act(play, what)
            self.play = self._onward(play)
            self._held_back(free)


def _freely(play: Play, move: Callable[[Play], object]) -> Play | None:
    """Where a move would lead if nothing were held back; None where nothing is."""
    if not play.withheld:
        return None
    twin = play.copy()
    twin.withheld = frozenset()
    move(twin)
    twin.walk()
    while twin.turn_over:
        twin.walk()
    return twin


def _place(play: Play) -> tuple[object, ...]:
    """What a game that waits is known by."""
    return play.world, play.at, play.prompt, play.chance, play.ending


def wanted(play: Play, policy: Policy) -> Decided | Answered:
    """What a doctrine chooses where a play waits."""
    program, prompt = play.program, play.prompt
    assert prompt is not None
    if prompt.kind == "flash":
        return Answered(prompt.id, answer(play, policy, program.injects[prompt.id]))
    response, support = choose(play, policy)
    return Decided(program.responses[response].id, program.supports[support].id)


def act(play: Play, what: Decided | Answered) -> None:
    """Carry out a choice where a play waits; raises `ActionError` where it is not open."""
    if isinstance(what, Decided):
        play.decide(what.support, what.response)
        return
    if play.prompt is None or play.prompt.id != what.inject:
        raise ActionError(f"the flash decision {what.inject!r} is not open")
    play.answer(what.answer)


def planned(program: Program, play: Play) -> Policy | None:
    """The doctrine by which a program's timing plan acts where a play waits; None for people."""
    if play.prompt is None or play.ending is not None:
        return None
    doctrine = program.automatic[play.world.turn - 1]
    if doctrine is None:
        return None
    if doctrine != PRESET:
        return program.policies[doctrine]
    rules = tuple(
        (lambda _: True, (step.preset[0],), step.preset[1])
        for step in program.steps[play.world.turn - 1]
        if isinstance(step, DecideStep) and step.preset is not None and step.side == play.prompt.id
    )
    return Policy("preset", uniform=False, rules=rules, answers={})


def _ruling(program: Program, what: Ruled) -> Effect:
    tracks = program.layout.tracks
    return Effect(
        by="control",
        deltas=tuple((tracks[name], delta) for name, delta in what.effects),
        sets=program.mask(*what.sets),
        clears=program.mask(*what.clears),
    )
