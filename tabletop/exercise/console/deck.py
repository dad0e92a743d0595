"""What control can put into play or overrule: injects, draws, gauges, flags and earlier turns.

All of it is for control's eyes alone: it tells what the scenario still holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tabletop.exercise.line import Drawn, Line
from tabletop.exercise.record import Record
from tabletop.exercise.telling import Teller
from tabletop.rules.play import Happening
from tabletop.rules.program import Chance, Outcome
from tabletop.scenario.moves import Inject


class InjectCard(NamedTuple):
    """An inject of the scenario, and in which teams it has come."""

    id: str
    title: str
    text: str
    when: str
    """When the scenario would bring it, in words."""
    flash: bool
    """Whether it demands an answer there and then."""
    to: tuple[str, ...]
    """Titles of the roles that alone may read it; everybody where empty."""
    moves: tuple[tuple[str, int], ...]
    """Titles of gauges, and by how much it moves them."""
    came: tuple[str, ...]
    """The teams in whose newest line it has come."""
    held: tuple[str, ...] = ()
    """The teams from which control holds it back."""
    turn: int | None = None
    """The turn for which the scenario has it; None where chance or control alone brings it."""


class DrawCard(NamedTuple):
    """A draw since anybody last acted: what it was about, and what it could have brought."""

    site: str
    turn: int
    title: str
    outcome: str
    """The id of what it brought."""
    outcomes: tuple[tuple[str, str], ...]
    """Id and title of each, from mild to harsh."""


def injects(record: Record, teams: Sequence[str] = ()) -> tuple[InjectCard, ...]:
    """Every inject of the scenario, scheduled ones first; `teams` are those that take part."""
    scenario = record.program.scenario
    newest = {line.team: line for line in record.lines.values()}
    came: dict[str, list[str]] = {}
    for team, line in newest.items():
        for happening in line.log:
            if happening.kind == "inject":
                came.setdefault(happening.id, []).append(team)
    tracks = scenario.tracks
    cards = [
        InjectCard(
            id=name,
            title=part.title,
            text=part.text or "",
            when=_when(part),
            flash=bool(part.answers),
            to=tuple(scenario.roles[role].title for role in part.to),
            moves=tuple((tracks[track].title, delta) for track, delta in part.effects.items()),
            came=tuple(dict.fromkeys(came.get(name, ()))),
            held=tuple(team for team in teams or newest if name in withheld(record, team)),
            turn=part.turn,
        )
        for name, part in scenario.injects.items()
    ]
    order = {name: part.turn or 99 for name, part in scenario.injects.items()}
    return tuple(sorted(cards, key=lambda card: order[card.id]))


def withheld(record: Record, team: str) -> frozenset[str]:
    """The injects that control holds back from a team; also before StartEx."""
    line = record.newest(team)
    return line.play.withheld if line is not None else record.withheld.get(team, frozenset())


def _when(part: Inject) -> str:
    if part.turn is not None:
        return f"turn {part.turn}"
    if part.turns:
        return f"by chance in turns {min(part.turns)} to {max(part.turns)}"
    return "by control alone"


def draws(record: Record, team: str) -> tuple[DrawCard, ...]:
    """What can be overruled in a team's newest line, the earliest first."""
    line = record.newest(team)
    return () if line is None else draws_of(record, line)


def draws_of(record: Record, line: Line) -> tuple[DrawCard, ...]:
    """What can be overruled in a line of a record, the earliest first.

    A site that was drawn at in two turns is there once: its newer draw can be overruled.
    """
    teller = Teller(record.program, None, sees_all=True)
    return tuple(
        _card(record, teller, drawn.play.chance, drawn)
        for drawn in {each.site: each for each in line.draws}.values()
        if drawn.play.chance is not None
    )


def _card(record: Record, teller: Teller, chance: Chance, drawn: Drawn) -> DrawCard:
    brought = drawn.play.peek()
    return DrawCard(
        chance.site,
        drawn.play.world.turn,
        _about(record, chance),
        brought.outcome if brought is not None else "",
        tuple((each.id, _title(record, teller, chance, each)) for each in chance.outcomes),
    )


def _about(record: Record, chance: Chance) -> str:
    """What a draw decides."""
    scenario = record.program.scenario
    match chance.source:
        case "reaction":
            return f"The answer to: {scenario.responses[chance.owner].title}"
        case "answer":
            inject, _, answer = chance.owner.partition(".")
            return f"The answer to: {scenario.injects[inject].answers[answer].title}"
        case "table":
            return scenario.tables[chance.owner].title
        case "event":
            return scenario.events[chance.owner].title
    return "Which inject chance brings"


def _title(record: Record, teller: Teller, chance: Chance, outcome: Outcome) -> str:
    if chance.source == "inject":
        if outcome.inject is None:
            return "No inject"
        return record.program.scenario.injects[outcome.inject.id].title
    made = Happening(1, "draw", chance.owner, outcome.id, source=chance.source)
    return teller.title(made)


class GaugeCard(NamedTuple):
    """A gauge of a team's world, for control to move."""

    id: str
    title: str
    value: int
    low: int
    high: int
    level: str = ""
    """The name of its value, where values have names."""

    @property
    def reading(self) -> str:
        """Where it stands, in short."""
        return self.level or f"{self.value}/{self.high}"


class FlagCard(NamedTuple):
    """A fact of a team's world, for control to set or clear."""

    id: str
    title: str
    holds: bool


def gauges(line: Line) -> tuple[GaugeCard, ...]:
    """Every gauge as it stands in a line, those for control alone included."""
    program = line.play.program
    found = []
    for name, at in program.layout.tracks.items():
        part = program.scenario.tracks.get(name)
        if part is not None:
            value = line.world.tracks[at]
            level = part.levels[value].replace("_", " ") if part.levels else ""
            found.append(
                GaugeCard(name, part.title, value, program.low[at], program.high[at], level)
            )
    return tuple(found)


def flags(line: Line) -> tuple[FlagCard, ...]:
    """Every fact as it stands in a line."""
    program = line.play.program
    parts = program.scenario.flags
    return tuple(
        FlagCard(name, part.title, bool(line.world.flags & program.layout.mask((name,))))
        for name, part in parts.items()
    )


def turns(line: Line) -> tuple[tuple[int, str], ...]:
    """The turns that a line can go back to, with what opened each."""
    calendar = line.play.program.scenario.calendar
    return tuple(
        (opening.turn, f"{calendar[opening.turn - 1].date}: {calendar[opening.turn - 1].title}")
        for opening in line.openings
    )
