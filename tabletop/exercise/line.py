"""A line of play: one team's way through the crisis, with what was said at each decision.

A line is never changed: every event makes a new one that shares what it can. A rewind
opens a second line beside the first and erases nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tabletop.errors import ActionError
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
    logged: int
    """How many happenings its log held."""


@dataclass(frozen=True, slots=True)
class Line:
    """One team's play, as it stands."""

    name: str
    team: str
    play: Play
    """The game: to be copied, never moved."""
    decisions: tuple[Decided, ...] = ()
    answers: tuple[Answered, ...] = ()
    """The flash decisions."""
    openings: tuple[Opening, ...] = ()
    """The decisions that were waited for, the present one last."""
    draws: tuple[tuple[str, Play], ...] = ()
    """Since anybody last acted: each draw's site and the game before it."""
    closings: tuple[tuple[int, World], ...] = ()
    """Each turn that is over, and the world as it left it, before the next one's injects."""
    over: bool = False

    @classmethod
    def opened(cls, team: str, play: Play, number: int) -> Line:
        """A line at StartEx, walked on to the first thing that it waits for."""
        play.walk()
        return cls(team, team, play).noted(number)

    @property
    def log(self) -> list[Happening]:
        """Everything that has happened in the line."""
        return self.play.log or []

    @property
    def world(self) -> World:
        """The world as it stands."""
        return self.play.world

    def moved(self, number: int, act: Callable[[Play], object]) -> Line:
        """The line after somebody's act, walked on to the next thing that it waits for."""
        return replace(self, draws=()).walked(number, act)

    def drew(self, number: int) -> Line:
        """The line after the draw that it stands before."""
        site = self.play.chance.site if self.play.chance else ""
        line = self.walked(number, lambda play: play.draw())
        return replace(line, draws=(*self.draws, (site, self.play)))

    def went_on(self, number: int) -> Line:
        """The line in the turn after the one that has just ended."""
        return self.walked(number, lambda _: None)

    def walked(self, number: int, act: Callable[[Play], object]) -> Line:
        """The line after a move of its game, walked on to the next thing that it waits for."""
        play = self.play.copy()
        act(play)
        play.walk()
        line = replace(self, play=play)
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
        line = replace(self, answers=(*self.answers, given))
        return line.moved(number, lambda twin: twin.answer(answer))

    def overruled(self, number: int, site: str, outcome: str, reason: str) -> Line:
        """The line with another outcome at a draw; what came after it is drawn again.

        Raises `ActionError` where no such draw was made since anybody last acted.
        """
        for place in reversed(range(len(self.draws))):
            drawn, play = self.draws[place]
            if drawn == site:
                turn = play.world.turn
                decided = self.decisions[-1].turn if self.decisions else 0
                # What the forecast came to stays: it is scored against the draw, not the ruling.
                before = replace(
                    self,
                    play=play,
                    over=False,
                    openings=tuple(done for done in self.openings if done.turn <= decided),
                    closings=tuple(done for done in self.closings if done[0] < turn),
                )
                line = before.walked(number, lambda twin: twin.overrule(outcome, reason))
                return replace(line, draws=self.draws[:place])
        sites = ", ".join(drawn for drawn, _ in self.draws) or "none"
        raise ActionError(f"no draw {site!r} to overrule; those since the last act: {sites}")

    def reopened(self, name: str, turn: int, number: int) -> Line:
        """A second line that shares this one's past up to the decision of a turn."""
        for opening in self.openings:
            if opening.turn == turn:
                kept = tuple(done for done in self.openings if done.turn < turn)
                decisions = tuple(done for done in self.decisions if done.turn < turn)
                closings = tuple(done for done in self.closings if done[0] < turn)
                answers = tuple(done for done in self.answers if done.turn < turn)
                play = opening.play.copy()
                line = Line(name, self.team, play, decisions, answers, kept, (), closings)
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
        line = replace(self, closings=(*self.closings, (turn, world)))
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
        return replace(self, openings=(*before, Opening(turn, number, self.play, logged)))
