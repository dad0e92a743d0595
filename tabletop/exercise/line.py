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
    began: int
    """The number of the event that opened the line."""
    decisions: tuple[Decided, ...] = ()
    openings: tuple[Opening, ...] = ()
    """The decisions that were waited for, the present one last."""
    draws: tuple[tuple[str, Play], ...] = ()
    """Since the last decision or turn: each draw's site and the game before it."""
    closings: tuple[tuple[int, World], ...] = ()
    """Each turn that is over, and the world as it left it, before the next one's injects."""
    over: bool = False

    @classmethod
    def opened(cls, team: str, play: Play, number: int) -> Line:
        """A line at StartEx, walked on to the first thing that it waits for."""
        play.walk()
        return cls(team, team, play, number).noted(number)

    @property
    def log(self) -> list[Happening]:
        """Everything that has happened in the line."""
        return self.play.log or []

    @property
    def world(self) -> World:
        """The world as it stands."""
        return self.play.world

    def moved(self, number: int, move: Callable[[Play], object]) -> Line:
        """The line after a move of its game, walked on to the next thing that it waits for."""
        play = self.play.copy()
        draws = self.draws
        if play.chance is not None:
            draws = (*draws, (play.chance.site, self.play))
        move(play)
        play.walk()
        line = replace(self, play=play, draws=draws)
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
        line = replace(self, decisions=(*self.decisions, decided), draws=())
        return line.moved(number, lambda twin: twin.decide(support, response))

    def overruled(self, number: int, site: str, outcome: str, reason: str) -> Line:
        """The line with another outcome at a draw of this turn; what came after is drawn again.

        Raises `ActionError` where no such draw was made since the last decision.
        """
        for drawn, play in reversed(self.draws):
            if drawn == site:
                # What the forecast came to stays: it is scored against the draw, not the ruling.
                turn = play.world.turn
                before = replace(
                    self,
                    play=play,
                    draws=(),
                    over=False,
                    openings=tuple(done for done in self.openings if done.turn <= turn),
                    closings=tuple(done for done in self.closings if done[0] < turn),
                )
                return before.moved(number, lambda twin: twin.overrule(outcome, reason))
        sites = ", ".join(drawn for drawn, _ in self.draws) or "none"
        raise ActionError(f"no draw {site!r} to overrule; those of this turn: {sites}")

    def reopened(self, name: str, turn: int, number: int) -> Line:
        """A second line that shares this one's past up to the decision of a turn."""
        for opening in self.openings:
            if opening.turn == turn:
                kept = tuple(done for done in self.openings if done.turn < turn)
                decisions = tuple(done for done in self.decisions if done.turn < turn)
                closings = tuple(done for done in self.closings if done[0] < turn)
                line = Line(
                    name, self.team, opening.play.copy(), number, decisions, kept, (), closings
                )
                return line.noted(number)
        raise ActionError(f"{self.name!r} has no decision of turn {turn} to go back to")

    def reseeded(self, number: int, base: int) -> Line:
        """The line with other luck from here on, also for those who come back to this decision."""
        play = self.play.copy()
        play.base = base
        openings = self.openings
        if openings and play.prompt is not None and openings[-1].turn == play.world.turn:
            openings = (*openings[:-1], replace(openings[-1], event=number, play=play))
        return replace(self, play=play, openings=openings)

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
        """The line, with the decision that it now waits for among its openings."""
        prompt = self.play.prompt
        if prompt is None or prompt.kind != "decide":
            return self
        turn = self.play.world.turn
        if self.openings and self.openings[-1].turn == turn:
            return self
        opening = Opening(turn, number, self.play, len(self.log))
        return replace(self, openings=(*self.openings, opening))
