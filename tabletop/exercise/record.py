"""What the events of an exercise add up to: the one place where inputs become states.

A record is moved by `after` alone, which leaves the record it came from as it was.
Live play, resuming, replay and verification all fold the same events through it. Seats
and decisions come from the events; worlds, texts and endings are worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tabletop.errors import ActionError, SaveError
from tabletop.exercise.events import CLOSED, GAME, Draft, Event, Happened
from tabletop.exercise.line import Line, Said
from tabletop.exercise.rulings import branched, fired, luck_number, override, rewound, withheld
from tabletop.exercise.seals import short_seal
from tabletop.exercise.seats import (
    Seat,
    Seats,
    left,
    reseated,
    said,
    sitting,
    taken,
    team_of,
    teams,
)
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import aim_of, begin
from tabletop.rules.world import digest

JOINED = "game.joined"
RESEATED = "game.reseated"
LEFT = "game.left"
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
WITHHELD = "game.withheld"
OVERRIDE = "game.override"

MOST_LINES = 500
"""Lines of play in one exercise: each event keeps the list of them."""


class MismatchError(SaveError):
    """An event does not follow from those before it by the rules."""


@dataclass(frozen=True)
class Record:
    """An exercise as it stands after some number of events."""

    program: Program
    seed: int
    luck: int = 0
    """The stream of luck that every line begins with."""
    number: int = 0
    """Of the last event folded."""
    seats: Seats = field(default_factory=dict)
    objectives: Mapping[str, str] = field(default_factory=dict)
    """By team."""
    lines: Mapping[str, Line] = field(default_factory=dict)
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What control holds back from StartEx on, by the name of the line that a team will have;
    from then on each line knows for itself."""
    begun: bool = False
    closed: bool = False
    seal: str = ""
    """The short seal of the closing record, once there is one."""

    @property
    def over(self) -> bool:
        """Whether every team's newest line has come to an ending."""
        newest = {line.team: line for line in self.lines.values()}
        return bool(newest) and all(line.over for line in newest.values())

    def after(self, event: Happened) -> Record:
        """The record with one more event of a save.

        Raises `MismatchError` where the event does not follow by the rules, its data is not
        whole, or it is a game event of a kind that this version does not know.
        """
        try:
            return self.folded(event)
        except ActionError as error:
            raise MismatchError(f"{event.what}: {error}") from error
        except (
            AttributeError,
            IndexError,
            KeyError,
            OverflowError,
            TypeError,
            ValueError,
        ) as error:
            raise MismatchError(f"{event.what}: its data is not whole") from error

    def folded(self, event: Happened) -> Record:
        """The record with one more event; raises `ActionError` where that does not follow."""
        moved = self
        if event.what.startswith(GAME):
            if event.what not in _FOLDS:
                raise ActionError("unknown kind of event; a newer tabletop may know it")
            if self.closed:
                raise ActionError("the exercise is closed")
            moved = _FOLDS[event.what](self, event)
        return replace(moved, number=self.number + 1)

    def line(self, name: str) -> Line:
        """A line of play; raises `ActionError` where there is none of that name."""
        if name not in self.lines:
            raise ActionError(f"there is no line {name!r}")
        return self.lines[name]

    def newest(self, team: str) -> Line | None:
        """The line that a team plays now; None before play."""
        own = [line for line in self.lines.values() if line.team == team]
        return own[-1] if own else None

    def objective_of(self, team: str) -> str:
        """The objective by which a team's endings are valued: declared, else the first there is."""
        return self.objectives.get(team) or next(iter(self.program.scenario.objectives))

    @cached_property
    def sitting(self) -> Mapping[str, Sequence[Seat]]:
        """Those who sit in each team now: a class of a thousand is asked for it all the time."""
        return sitting(self.seats)

    def team_of(self, seat: str) -> str:
        """The team of a seat; raises `ActionError` for an unknown seat."""
        return team_of(self.seats, seat)

    def with_line(self, line: Line) -> Record:
        """The record with one line, put in the place of the one of its name if there is one.

        Raises `ActionError` where it would be one too many.
        """
        if line.name not in self.lines and len(self.lines) >= MOST_LINES:
            raise ActionError(f"an exercise has at most {MOST_LINES} lines of play")
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
    roles = record.program.scenario.roles
    return replace(record, seats=taken(record.seats, roles, event.data, begun=record.begun))


def _reseated(record: Record, event: Happened) -> Record:
    roles = record.program.scenario.roles
    return replace(record, seats=reseated(record.seats, roles, event.data, begun=record.begun))


def _left(record: Record, event: Happened) -> Record:
    return replace(record, seats=left(record.seats, event.data))


def _objective(record: Record, event: Happened) -> Record:
    team, objective = event.data["team"], event.data["objective"]
    objectives = record.program.scenario.objectives
    if record.begun:
        raise ActionError("the objective is declared before play, and play has begun")
    if team not in teams(record.seats):
        raise ActionError(f"there is no team {team!r}")
    if objective not in objectives:
        raise ActionError(f"there is no objective {objective!r}: {', '.join(objectives)}")
    return replace(record, objectives={**record.objectives, team: objective})


def _begun(record: Record, event: Happened) -> Record:
    if record.begun:
        raise ActionError("play has begun already")
    if not record.seats:
        raise ActionError("nobody has taken a seat yet")
    begun = replace(record, begun=True)
    for team in teams(record.seats):
        play = _started(record, team, event)
        held = record.withheld.get(team, frozenset())
        begun = begun.with_line(Line.opened(team, play, record.number + 1, held))
    return begun


def _started(record: Record, team: str, event: Happened) -> Play:
    """A team's game before its first step: with the luck of all, or with luck and aim of its own.

    An aim of its own is drawn from the first roll of its own luck.
    """
    program, seed = record.program, record.seed
    own = event.data.get("luck")
    if own is None:
        return begin(program, seed, record.luck, log=[])
    luck = luck_number(own[team])
    return begin(program, seed, luck, log=[], aim=aim_of(program, seed, luck))


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
    return record.with_line(line.drew(record.number + 1))


def _answer(record: Record, event: Happened) -> Record:
    line, said = _spoken(record, event)
    return record.with_line(
        line.answered(record.number + 1, event.data["inject"], event.data["answer"], said)
    )


def _decision(record: Record, event: Happened) -> Record:
    line, said = _spoken(record, event)
    data = event.data
    if data["turn"] != line.world.turn:
        raise ActionError(f"a decision of turn {data['turn']}, and it is turn {line.world.turn}")
    return record.with_line(
        line.decided(record.number + 1, data["support"], data["response"], said)
    )


def _spoken(record: Record, event: Happened) -> tuple[Line, Said]:
    """The line that a seat speaks in, and what it says; only who decides may."""
    line = record.line(event.line)
    return line, said(record.seats, record.program.scenario.roles, line.team, event.data)


def _turn(record: Record, event: Happened) -> Record:
    line, data = record.line(event.line), event.data
    if not line.play.turn_over:
        raise ActionError("the turn is not over here")
    stage = list(record.program.scenario.stages)[line.world.stage]
    if (data["turn"], data["stage"]) != (line.world.turn - 1, stage):
        raise ActionError(f"by the rules turn {line.world.turn - 1} ends in {stage!r}")
    _compare(line.play, event)
    return record.with_line(line.went_on(record.number + 1))


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


def _closed(record: Record, event: Happened) -> Record:
    if not record.over:
        raise ActionError("a line of play has not come to its end")
    seal = short_seal(event.seal) if isinstance(event, Event) else ""
    return replace(record, closed=True, seal=seal)


_FOLDS: Mapping[str, Callable[[Record, Happened], Record]] = {
    JOINED: _joined,
    RESEATED: _reseated,
    LEFT: _left,
    OBJECTIVE: _objective,
    BEGUN: _begun,
    DRAW: _draw,
    ANSWER: _answer,
    DECISION: _decision,
    TURN: _turn,
    ENDED: _ended,
    BRANCHED: branched,
    REWOUND: rewound,
    FIRED: fired,
    WITHHELD: withheld,
    OVERRIDE: override,
    CLOSED: _closed,
}
