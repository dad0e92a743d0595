"""A line of play: one team's way through the crisis, with what was said at each decision.

A line is never changed: every event makes a new one that shares what it can. A rewind
opens a second line beside the first and erases nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tabletop.errors import ActionError
from tabletop.exercise.past import Past
from tabletop.rules.play import Happening, Play
from tabletop.rules.world import World


@dataclass(frozen=True, slots=True)
class Said:
    """What people said with a decision, before chance spoke."""

    seat: str
    rationale: str | None = None
    forecast: int | None = None
    """Percent."""
    by_default: bool = False
    standing: str | None = None
    """The doctrine of the standing order that chose; None where none did."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was made, and what the forecast question came to."""

    turn: int
    event: int
    response: str
    support: str
    said: Said
    stage: int
    offered: tuple[str, ...]
    """Ids of the responses that were open, this one included."""
    came: bool | None = None
    """None while its turn is open."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A flash decision as it was answered."""

    turn: int
    event: int
    inject: str
    answer: str
    said: Said


@dataclass(frozen=True, slots=True)
class Opening:
    """A moment at which a line waited for a decision."""

    turn: int
    event: int
    """The number of the last event before it."""
    play: Play
    """The game as it stood: to be copied, never moved."""
    log: Past[Happening]
    """Everything that had happened in the line."""
    logged: int
    """How many of those had happened when it first waited for the decision."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw that was made, and what it was made in."""

    site: str
    play: Play
    """The game before the draw: to be copied, never moved."""
    log: Past[Happening]
    """Everything that had happened in the line before the draw."""


@dataclass(frozen=True, slots=True)
class Line:
    """One team's play, as it stands."""

    name: str
    team: str
    play: Play
    """The game: to be copied, never moved. What it does is told in the line's log."""
    log: Past[Happening] = Past()  # noqa: RUF009 - never changed
    """Everything that has happened in the line."""
    decisions: tuple[Decided, ...] = ()
    answers: Past[Answered] = Past()  # noqa: RUF009 - never changed
    """The flash decisions."""
    openings: tuple[Opening, ...] = ()
    """The decisions that were waited for, the present one last."""
    draws: tuple[Drawn, ...] = ()
    """Those made since anybody last acted."""
    closings: tuple[tuple[int, World], ...] = ()
    """Each turn that is over, and the world as it left it, before the next one's injects."""
    over: bool = False

    @classmethod
    def opened(
        cls, team: str, play: Play, number: int, withheld: frozenset[str] = frozenset()
    ) -> Line:
        """A line at StartEx, walked on to the first thing that it waits for."""
        play.withheld = withheld
        play.walk()
        return cls(team, team, play, Past(_told(play))).noted(number)

    @property
    def world(self) -> World:
        """The world as it stands."""
        return self.play.world

    def moved(self, number: int, act: Callable[[Play], object]) -> Line:
        """The line after somebody's act, walked on to the next thing that it waits for."""
        return self.walked(number, act, ())

    def drew(self, number: int) -> Line:
        """The line after the draw that it stands before."""
        site = self.play.chance.site if self.play.chance else ""
        draws = (*self.draws, Drawn(site, self.play, self.log))
        return self.walked(number, lambda play: play.draw(), draws)

    def went_on(self, number: int) -> Line:
        """The line in the turn after the one that has just ended."""
        return self.walked(number, lambda _: None, self.draws)

    def walked(self, number: int, act: Callable[[Play], object], draws: tuple[Drawn, ...]) -> Line:
        """The line after a move of its game, walked on to the next thing that it waits for."""
        play = self.play.copy()
        act(play)
        play.walk()
        line = replace(self, play=play, log=self.log.plus(_told(play)), draws=draws)
        if play.turn_over or play.ending:
            line = line.judged()
        return line.noted(number)

    def decided(self, number: int, support: str, response: str, said: Said) -> Line:
        """The line after a decision; raises `ActionError` where it is not open."""
        play = self.play
        offered = tuple(
            play.program.responses[number].id for number, under in play.openings().items() if under
        )
        turn, stage = play.world.turn, play.world.stage
        decided = Decided(turn, number, response, support, said, stage, offered)
        line = replace(self, decisions=(*self.decisions, decided))
        return line.moved(number, lambda twin: twin.decide(support, response))

    def answered(self, number: int, inject: str, answer: str, said: Said) -> Line:
        """The line after the answer to a flash decision; raises `ActionError` if none waits."""
        prompt = self.play.prompt
        if prompt is None or (prompt.kind, prompt.id) != ("flash", inject):
            raise ActionError("no such flash decision is open")
        given = Answered(self.world.turn, number, inject, answer, said)
        line = replace(self, answers=self.answers.plus([given]))
        return line.moved(number, lambda twin: twin.answer(answer))

    def overruled(self, number: int, site: str, outcome: str, reason: str) -> Line:
        """The line with another outcome at a draw; what came after it is drawn again.

        Raises `ActionError` where no such draw was made since anybody last acted.
        """
        for place in reversed(range(len(self.draws))):
            drawn = self.draws[place]
            if drawn.site == site:
                turn = drawn.play.world.turn
                decided = self.decisions[-1].turn if self.decisions else 0
                # What the forecast came to stays: it is scored against the draw, not the ruling.
                before = replace(
                    self,
                    play=_withholding(drawn.play, self.play.withheld),
                    log=drawn.log,
                    over=False,
                    openings=tuple(done for done in self.openings if done.turn <= decided),
                    closings=tuple(done for done in self.closings if done[0] < turn),
                )
                draws = self.draws[:place]
                return before.walked(number, lambda twin: twin.overrule(outcome, reason), draws)
        sites = ", ".join(drawn.site for drawn in self.draws) or "none"
        raise ActionError(f"no draw {site!r} to overrule; those since the last act: {sites}")

    def held_back(self, number: int, inject: str, *, held: bool) -> Line:
        """The line where control holds an inject back, or does so no longer.

        Raises `ActionError` for an unknown inject, and where it stands so already.
        """
        holding(self.play.withheld, inject, self.name, held=held)
        play = self.play.copy()
        play.withhold(inject, held=held)
        return replace(self, play=play).noted(number)

    def reopened(self, name: str, turn: int, number: int) -> Line:
        """A second line that shares this one's past up to the decision of a turn."""
        for opening in self.openings:
            if opening.turn == turn:
                line = Line(
                    name,
                    self.team,
                    opening.play,
                    opening.log,
                    decisions=tuple(done for done in self.decisions if done.turn < turn),
                    answers=Past(done for done in self.answers if done.turn < turn),
                    openings=tuple(done for done in self.openings if done.turn < turn),
                    closings=tuple(done for done in self.closings if done[0] < turn),
                )
                return line.noted(number)
        raise ActionError(f"{self.name!r} has no decision of turn {turn} to go back to")

    def reseeded(self, number: int, base: int) -> Line:
        """The line with other luck from here on, also for those who come back to this decision."""
        play = self.play.copy()
        play.base = base
        return replace(self, play=play, draws=()).noted(number)

    def judged(self) -> Line:
        """The line at the end of a turn: its world kept, its forecast answered."""
        world = self.play.world
        turn = world.turn - 1 if self.play.turn_over else world.turn
        # An ended line that control still rules on closes its last turn once more.
        before = tuple(done for done in self.closings if done[0] < turn)
        line = replace(self, closings=(*before, (turn, world)))
        if not line.decisions or line.decisions[-1].came is not None:
            return line
        judged = replace(line.decisions[-1], came=self.play.came)
        return replace(line, decisions=(*line.decisions[:-1], judged))

    def noted(self, number: int) -> Line:
        """The line, with the decision that it waits for, as it now stands, last of its openings."""
        prompt = self.play.prompt
        if prompt is None or prompt.kind != "decide":
            return self
        turn = self.play.world.turn
        before, logged = self.openings, len(self.log)
        if before and before[-1].turn == turn:
            before, logged = before[:-1], before[-1].logged
        return replace(self, openings=(*before, Opening(turn, number, self.play, self.log, logged)))


def _withholding(play: Play, withheld: frozenset[str]) -> Play:
    """A game as it stood earlier, without what control holds back by now."""
    if play.withheld == withheld:
        return play
    twin = play.copy()
    twin.withheld = withheld
    return twin


def _told(play: Play) -> list[Happening]:
    """Take over what a game has done since its log was last taken, so that no copy carries it."""
    told, play.log = play.log or [], []
    return told


def holding(withheld: frozenset[str], inject: str, line: str, *, held: bool) -> frozenset[str]:
    """What is held back in a line with one inject more or less.

    Raises `ActionError` where it stands so already.
    """
    if (inject in withheld) is held:
        raise ActionError(f"{inject!r} is {'' if held else 'not '}held back in {line!r}")
    return withheld | {inject} if held else withheld - {inject}
