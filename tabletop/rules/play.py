"""One game in motion: a world, the step it stands at, and the only ways to move it on.

A `Play` goes from step to step until a draw was made, a decision is wanted or the game
is over. It remembers nothing of the past: whoever wants a history gives it a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tabletop.errors import ActionError
from tabletop.rules.doctrine import answer
from tabletop.rules.openness import Openings, opens, supported
from tabletop.rules.program import PRESET, Answer, Chance, Effect, Inject, Outcome, Program, Source
from tabletop.rules.world import World, clamped, moved, runs_over

Kind = Literal["inject", "support", "response", "answer", "draw", "ladder", "ending", "override"]


_NOTHING: frozenset[str] = frozenset()


class Change(NamedTuple):
    """One cause's part in the movement of one track, before clamping."""

    by: str
    """An actor's or side's id."""
    track: int
    delta: int
    text: str | None = None
    """What is told of it, where it is a conditional effect."""


class Happening(NamedTuple):
    """Something that a game did, for its log: what, and its ids in the scenario."""

    turn: int
    kind: Kind
    id: str
    """Of the inject, support, response, table, event, ending; the rung's number for the ladder."""
    outcome: str = ""
    """The outcome of a draw, the answer of a flash decision, or the stage that was reached."""
    by: str = ""
    changes: tuple[Change, ...] = ()
    source: Source | None = None
    """For a draw: what kind of list it was made from."""
    notes: tuple[str, ...] = ()
    """Texts of the conditional effects that took hold."""


class Draw(NamedTuple):
    """A draw that was made, as a save records it."""

    site: str
    outcome: str


class Prompt(NamedTuple):
    """A decision that the game waits for: a flash decision, or one of a side."""

    kind: Literal["flash", "decide"]
    id: str
    """The inject's or the side's id."""


class Play:
    """A game in motion. It moves only through `advance`, `decide`, `answer` and `intervene`."""

    __slots__ = (
        "at",
        "base",
        "came",
        "chance",
        "ending",
        "interrupted",
        "log",
        "program",
        "prompt",
        "turn_over",
        "unsettled",
        "withheld",
        "world",
    )  # fmt: skip

    def __init__(
        self, program: Program, base: int, world: World, log: list[Happening] | None = None
    ) -> None:
        self.program = program
        self.base = base
        """The base of its luck (`tabletop.rules.chance.stream`)."""
        self.world = world
        self.at = 0
        """The number of the next step in this turn."""
        self.chance: Chance | None = None
        """The draw that is made next, before any further step."""
        self.prompt: Prompt | None = None
        self.interrupted: Prompt | None = None
        """The decision that a fired flash decision came in front of."""
        self.turn_over = False
        """Whether a turn has just ended; the next walk goes on into the next one."""
        self.came: bool | None = None
        """Whether the forecast thing came in the turn that ended last."""
        self.ending: str | None = None
        self.log = log
        self.unsettled = False
        """Whether a track may stand outside its range until the next clamping."""
        self.withheld: frozenset[str] = _NOTHING
        """The injects that control holds back: neither their turn nor chance brings them."""

    def copy(self) -> Play:
        """The same game at the same step, with a log of its own."""
        twin = Play.__new__(Play)
        for name in self.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.log = None if self.log is None else list(self.log)
        return twin

    def advance(self, forced: str | None = None) -> Draw | None:
        """Walk on and make the next draw; None where a turn or the game ends or a prompt waits.

        `forced` is as for `draw`.
        """
        self.walk()
        return None if self.chance is None else self.draw(forced)

    def walk(self) -> None:
        """Move on until a draw is to be made, a prompt waits, or a turn or the game is over."""
        self.turn_over = False
        if self.ending is not None:
            return
        steps = self.program.steps[self.world.turn - 1]
        while self.chance is None and self.prompt is None:
            if self.unsettled:
                self.settle()
            world, at = self.world, self.at
            while not steps[at].test(world):
                at += 1
            self.at = at + 1
            steps[at].run(self)
            if self.turn_over or self.ending is not None:
                return

    def proceed(self) -> None:
        """Walk and draw, over turns too, until a prompt waits or the game is over."""
        while self.prompt is None and self.ending is None:
            self.walk()
            while self.chance is not None:
                self._take(self.chance, self._pick(self.chance))

    def decide(self, support: str, response: str) -> None:
        """Carry out the decision that is waited for; raises `ActionError` if it is not open."""
        if self.prompt is None or self.prompt.kind != "decide":
            raise ActionError("no decision is wanted now")
        program = self.program
        offered = {program.responses[number].id: number for number in self.offered()}
        supports = {each.id: number for number, each in enumerate(program.supports)}
        if response not in offered:
            raise ActionError(f"{response!r} is not on offer now")
        if support not in supports:
            raise ActionError(f"there is no support {support!r}")
        if not self.is_open(offered[response], supports[support]):
            raise ActionError(f"{response!r} is not open with {support!r} now")
        self.carry_out(offered[response], supports[support])

    def carry_out(self, response: int, support: int) -> None:
        """The decision by number, unchecked: for doctrines, which choose what is open."""
        program = self.program
        helper, chosen = program.supports[support], program.responses[response]
        self.prompt = None
        self.apply(helper.effect, "support", helper.id)
        self.settle()
        self.apply(chosen.effect, "response", chosen.id)
        self.chance = chosen.reaction

    def answer(self, chosen: str) -> None:
        """Answer the flash decision that waits; raises `ActionError` for an unknown answer."""
        if self.prompt is None or self.prompt.kind != "flash":
            raise ActionError("no flash decision is open")
        inject = self.program.injects[self.prompt.id]
        given = _named_answer(inject.answers, chosen)
        self.prompt = None
        self.apply(given.effect, "answer", inject.id, given.id)
        self.chance = given.reaction
        if self.interrupted is not None:
            self.at -= 1
            self.interrupted = None

    def intervene(self, effect: Effect, reason: str) -> None:
        """Control's own step: effects and flags outside the rules, clamped at once."""
        before = self.log
        self.log = None
        self.apply(effect, "override", "")
        self.log = before
        self.settle()
        if self.log is not None:
            changes = tuple(Change(effect.by, index, delta) for index, delta in effect.deltas)
            self.log.append(
                Happening(self.world.turn, "override", "", "", effect.by, changes, notes=(reason,))
            )

    def overrule(self, outcome: str, reason: str) -> None:
        """Control's own outcome for the draw that the game stands before."""
        if self.log is not None:
            turn = self.world.turn
            self.log.append(Happening(turn, "override", "", "", "control", notes=(reason,)))
        if self.chance is not None and self.chance.source == "inject":
            # An inject that control names here is held back no longer.
            self.withheld -= {outcome}
        self.draw(outcome)

    def fire(self, inject: str) -> None:
        """Control puts an inject into play, whatever its guard says; once-only ones are spent.

        Raises `ActionError` for an unknown inject, or a flash decision while another waits.
        """
        if inject not in self.program.injects:
            raise ActionError(f"there is no inject {inject!r}")
        fired = self.program.injects[inject]
        if fired.answers:
            if self.prompt is None or self.prompt.kind == "flash":
                raise ActionError("a flash decision can only come while a decision is waited for")
            self.interrupted = self.prompt
        self.enter(fired)

    def withhold(self, inject: str, *, held: bool) -> None:
        """Control holds an inject back from here on, or lets it come again in its time.

        Raises `ActionError` for an unknown inject.
        """
        if inject not in self.program.injects:
            raise ActionError(f"there is no inject {inject!r}")
        self.withheld = self.withheld | {inject} if held else self.withheld - {inject}

    def offered(self) -> tuple[int, ...]:
        """The responses that the list may show to the side whose decision is awaited."""
        world = self.world
        side = self.prompt.id if self.prompt is not None else ""
        return self.program.offered.get((side, world.stage, world.turn), ())

    def is_open(self, response: int, support: int) -> bool:
        """Whether a response can be chosen now together with a support."""
        return opens(self.program.responses[response], self.with_support(support))

    def openings(self) -> Openings:
        """Every response on offer, by number, with the supports under which it is open now."""
        world = self.world
        side = self.prompt.id if self.prompt is not None else ""
        known = self.program.openings.get((side, world.stage, world.turn))
        return known(world) if known is not None else {}

    def with_support(self, support: int) -> World | None:
        """The world as a support alone would leave it; None where it is closed."""
        return supported(self.program, self.program.supports[support], self.world)

    def apply(
        self, effect: Effect, kind: Kind, item: str, outcome: str = "", source: Source | None = None
    ) -> None:
        """Add an effect to the world, unclamped, and tell the log."""
        if effect.idle and self.log is None:
            return
        world = self.world
        parts = effect.parts(world)
        self.world = moved(world, parts)
        if self.world.tracks is not world.tracks and runs_over(self.program, self.world, parts):
            self.unsettled = True
        if self.log is not None:
            self.log.append(_told(world.turn, effect, parts, kind, item, outcome, source))

    def settle(self) -> None:
        """Clamp every track to its range: what a step and its draws added up to, once."""
        if self.unsettled:
            self.unsettled = False
            self.world = clamped(self.program, self.world)

    def peek(self) -> Draw | None:
        """The draw that would be made next, if the game stands before one; nothing changes."""
        return None if self.chance is None else Draw(self.chance.site, self._pick(self.chance).id)

    def draw(self, forced: str | None = None) -> Draw:
        """Make the draw that the game stands before; raises `ActionError` where there is none.

        `forced` names the outcome that it must have, whatever is rolled.
        """
        chance = self.chance
        if chance is None:
            raise ActionError("no draw is to be made now")
        outcome = self._pick(chance) if forced is None else _named(chance, forced)
        self._take(chance, outcome)
        return Draw(chance.site, outcome.id)

    def enter(self, inject: Inject) -> None:
        """Put an inject into play; a flash decision then waits for its answer."""
        self.apply(inject.effect, "inject", inject.id)
        self.settle()
        if not inject.answers:
            return
        self.prompt = Prompt("flash", inject.id)
        automatic = self.program.automatic[self.world.turn - 1]
        if automatic == PRESET:
            self.answer(inject.answers[0].id)
        elif automatic is not None:
            self.answer(answer(self, self.program.policies[automatic], inject))

    def _pick(self, chance: Chance) -> Outcome:
        world = self.world
        return chance.outcomes[chance.pick(self.base, world.turn, world)]

    def _take(self, chance: Chance, outcome: Outcome) -> None:
        self.chance = outcome.next
        if not outcome.effect.idle or self.log is not None:
            self.apply(outcome.effect, "draw", chance.owner, outcome.id, chance.source)
        if outcome.inject is not None and outcome.inject.id not in self.withheld:
            self.enter(outcome.inject)


def _named(chance: Chance, name: str) -> Outcome:
    for outcome in chance.outcomes:
        if outcome.id == name:
            return outcome
    known = ", ".join(outcome.id for outcome in chance.outcomes)
    raise ActionError(f"{chance.site!r} has no outcome {name!r}; it has {known}")


def _named_answer(answers: tuple[Answer, ...], name: str) -> Answer:
    for known in answers:
        if known.id == name:
            return known
    raise ActionError(f"{name!r} is not an answer here: {', '.join(each.id for each in answers)}")


def _told(
    turn: int,
    effect: Effect,
    parts: Sequence[Effect],
    kind: Kind,
    item: str,
    outcome: str,
    source: Source | None,
) -> Happening:
    changes = tuple(
        Change(part.by, index, delta, part.text) for part in parts for index, delta in part.deltas
    )
    notes = tuple(part.text for part in parts[1:] if part.text)
    return Happening(turn, kind, item, outcome, effect.by, changes, source, notes)
