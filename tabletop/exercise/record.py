"""What the events of an exercise add up to: the one place where inputs become states.

A record is moved by `after` alone, which leaves the record it came from as it was.
Live play, resuming, replay and verification all fold the same events through it. Seats
and decisions come from the events; worlds, texts and endings are worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tabletop.errors import ActionError, SaveError
from tabletop.exercise.line import Line, Said
from tabletop.exercise.save import CLOSED, GAME, Draft, Event
from tabletop.exercise.words import read_words
from tabletop.rules.chance import stream
from tabletop.rules.play import Play
from tabletop.rules.program import Effect, Program
from tabletop.rules.start import begin
from tabletop.rules.world import digest

JOINED = "game.joined"
OBJECTIVE = "game.objective"
BEGUN = "game.begun"
DRAW = "game.draw"
ANSWER = "game.answer"
DECISION = "game.decision"
TURN = "game.turn"
ENDED = "game.ended"
BRANCHED = "game.branched"
REWOUND = "game.rewound"
FIRED = "game.fired"
OVERRIDE = "game.override"


Happened = Draft | Event
"""An event on its way into a save, or out of one."""


class MismatchError(SaveError):
    """An event does not follow from those before it by the rules."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in a team, holding a role."""

    id: str
    name: str | None
    """None where the name has been removed from the save."""
    team: str
    role: str


@dataclass(frozen=True)
class Record:
    """An exercise as it stands after some number of events."""

    program: Program
    seed: int
    number: int = 0
    """Of the last event folded."""
    seats: Mapping[str, Seat] = field(default_factory=dict)
    objectives: Mapping[str, str] = field(default_factory=dict)
    """By team."""
    lines: Mapping[str, Line] = field(default_factory=dict)
    begun: bool = False
    closed: bool = False
    seal: str = ""
    """The short seal of the closing record, once there is one."""
    pivot: int | None = None
    """The turn where most hung on the decision, once somebody has worked it out."""

    @property
    def over(self) -> bool:
        """Whether every team's newest line has come to an ending."""
        newest = {line.team: line for line in self.lines.values()}
        return bool(newest) and all(line.over for line in newest.values())

    def after(self, event: Happened) -> Record:
        """The record with one more event.

        Raises `MismatchError` where the event does not follow by the rules, or is a game
        event of a kind that this version does not know.
        """
        moved = self
        if event.what in _FOLDS:
            try:
                moved = _FOLDS[event.what](self, event)
            except (ActionError, KeyError, TypeError, ValueError) as error:
                reason = f"{error}" if isinstance(error, ActionError) else "its data is not whole"
                raise MismatchError(f"{event.what}: {reason}") from error
        elif event.what.startswith(GAME):
            raise MismatchError(
                f"{event.what}: unknown kind of event; a newer tabletop may know it"
            )
        return replace(moved, number=self.number + 1)

    def line(self, name: str) -> Line:
        """A line of play; raises `ActionError` where there is none of that name."""
        if name not in self.lines:
            raise ActionError(f"there is no line {name!r}")
        return self.lines[name]

    def team_of(self, seat: str) -> str:
        """The team of a seat; raises `ActionError` for an unknown seat."""
        if seat not in self.seats:
            raise ActionError(f"there is no seat {seat!r}")
        return self.seats[seat].team

    def with_line(self, line: Line) -> Record:
        """The record with one line put in the place of the one of its name."""
        return replace(self, lines={**self.lines, line.name: line})

    def following(self, name: str) -> Draft | None:
        """The event that the rules bring next in a line; None where people are waited for."""
        line = self.lines[name]
        play = line.play
        if play.ending is not None:
            if line.over:
                return None
            return _by_rules(ENDED, line, ending=play.ending, digest=digest(play.world))
        if play.turn_over:
            stage = list(self.program.scenario.stages)[play.world.stage]
            return _by_rules(
                TURN, line, turn=play.world.turn - 1, stage=stage, digest=digest(play.world)
            )
        drawn = play.peek()
        if drawn is None:
            return None
        turn = play.world.turn
        return _by_rules(DRAW, line, turn=turn, site=drawn.site, outcome=drawn.outcome)


def _by_rules(what: str, line: Line, **data: Any) -> Draft:
    return Draft(what, data, "rules", line.name)


def _joined(record: Record, event: Happened) -> Record:
    data = event.data
    seat = Seat(data["seat"], read_words(data["name"]), data["team"], data["role"])
    return replace(record, seats={**record.seats, seat.id: seat})


def _objective(record: Record, event: Happened) -> Record:
    return replace(
        record, objectives={**record.objectives, event.data["team"]: event.data["objective"]}
    )


def _begun(record: Record, _: Happened) -> Record:
    lines = {}
    for team in {seat.team: None for seat in record.seats.values()}:
        play = begin(record.program, record.seed, log=[])
        lines[team] = Line.opened(team, play, record.number + 1)
    return replace(record, lines=lines, begun=True)


def _draw(record: Record, event: Happened) -> Record:
    line = record.line(event.line)
    expected = line.play.peek()
    if expected is None:
        raise ActionError("no draw is to be made here")
    found = (event.data["site"], event.data["outcome"])
    if found != tuple(expected):
        raise ActionError(
            f"{found[0]} gave {found[1]!r}, but by the rules {expected.site} gives"
            f" {expected.outcome!r}"
        )
    return record.with_line(line.moved(record.number + 1, lambda play: play.draw()))


def _answer(record: Record, event: Happened) -> Record:
    line = record.line(event.line)
    answer = event.data["answer"]
    return record.with_line(line.moved(record.number + 1, lambda play: play.answer(answer)))


def _decision(record: Record, event: Happened) -> Record:
    line, data = record.line(event.line), event.data
    said = Said(
        seat=data["seat"],
        rationale=read_words(data.get("rationale")),
        forecast=data.get("forecast"),
        by_default=bool(data.get("by_default", False)),
    )
    return record.with_line(
        line.decided(record.number + 1, data["support"], data["response"], said)
    )


def _turn(record: Record, event: Happened) -> Record:
    line = record.line(event.line)
    if not line.play.turn_over:
        raise ActionError("the turn is not over here")
    _compare(line.play, event)
    return record.with_line(line.moved(record.number + 1, lambda _: None))


def _ended(record: Record, event: Happened) -> Record:
    line = record.line(event.line)
    if line.play.ending != event.data["ending"]:
        raise ActionError(
            f"ending {event.data['ending']!r}, but by the rules it is {line.play.ending!r}"
        )
    _compare(line.play, event)
    return record.with_line(replace(line, over=True))


def _compare(play: Play, event: Happened) -> None:
    found, expected = event.data["digest"], digest(play.world)
    if found != expected:
        raise ActionError(f"digest {found!r}, but by the rules the state has {expected!r}")


def _branched(record: Record, event: Happened) -> Record:
    base = stream(record.seed, int(event.data["luck"]))
    return record.with_line(record.line(event.line).reseeded(record.number + 1, base))


def _rewound(record: Record, event: Happened) -> Record:
    data = event.data
    number = record.number + 1
    line = record.line(data["from"]).reopened(event.line, data["turn"], number)
    if data["luck"] is None:
        return record.with_line(line)
    return record.with_line(line.reseeded(number, stream(record.seed, int(data["luck"]))))


def _fired(record: Record, event: Happened) -> Record:
    line, inject = record.line(event.line), event.data["inject"]
    return record.with_line(line.moved(record.number + 1, lambda play: play.fire(inject)))


def _override(record: Record, event: Happened) -> Record:
    line, data, number = record.line(event.line), event.data, record.number + 1
    reason = read_words(data["reason"]) or ""
    if data.get("site"):
        return record.with_line(line.overruled(number, data["site"], data["outcome"], reason))
    layout = record.program.layout
    effect = Effect(
        by="control",
        deltas=tuple((layout.tracks[name], delta) for name, delta in data["effects"].items()),
        sets=layout.mask(tuple(data["sets"])),
        clears=layout.mask(tuple(data["clears"])),
    )
    return record.with_line(line.moved(number, lambda play: play.intervene(effect, reason)))


def _closed(record: Record, _: Happened) -> Record:
    if not record.over:
        raise ActionError("a line of play has not come to its end")
    return replace(record, closed=True)


_FOLDS: Mapping[str, Callable[[Record, Happened], Record]] = {
    JOINED: _joined,
    OBJECTIVE: _objective,
    BEGUN: _begun,
    DRAW: _draw,
    ANSWER: _answer,
    DECISION: _decision,
    TURN: _turn,
    ENDED: _ended,
    BRANCHED: _branched,
    REWOUND: _rewound,
    FIRED: _fired,
    OVERRIDE: _override,
    CLOSED: _closed,
}
