"""The decision review of a line of play: from a save to the accounts, and to their words.

Nothing of it is for players before EndEx: until then only control gets any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tabletop.debrief.model import Debrief
from tabletop.errors import UsageError
from tabletop.exercise.events import Event
from tabletop.exercise.record import (
    ANSWER,
    BEGUN,
    BRANCHED,
    DECISION,
    DRAW,
    FIRED,
    OVERRIDE,
    REWOUND,
    WITHHELD,
)
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.exercise.viewers import may_look
from tabletop.odds.accounts import Review
from tabletop.odds.case import Case
from tabletop.odds.course import (
    Answered,
    Course,
    Decided,
    Drawn,
    Fired,
    Happened,
    Overruled,
    Reseeded,
    Ruled,
    Withheld,
)
from tabletop.odds.exact import Exact
from tabletop.odds.presets import CampReview, under_presets
from tabletop.odds.prospects import Prospect, prospects
from tabletop.odds.ranges import LossRange, loss_ranges
from tabletop.odds.review import review
from tabletop.odds.review_words import (
    NOTHING,
    Heard,
    camp_lines,
    decision_lines,
    luck_lines,
    opening_lines,
    sum_lines,
)
from tabletop.rules.chance import stream
from tabletop.rules.program import Program

Solved = Callable[[Program], Exact]
"""Gives the exact solution of a program, from a cache or worked out anew."""


@dataclass(eq=False)
class LineReview:
    """The review of one line of play; what takes longer is worked out when it is asked for."""

    line: str
    team: str
    declared: bool
    """Whether the team declared an objective; else the scenario's first judges it."""
    case: Case
    events: tuple[int, ...]
    """By step of the course: the event of the save."""
    solved: Solved
    _ahead: dict[str, Mapping[int, Prospect]] = field(default_factory=dict)

    @cached_property
    def review(self) -> Review:
        """Choice, chance and control, each in its accounts."""
        return review(self.case)

    @cached_property
    def ranges(self) -> tuple[LossRange | None, ...]:
        """By decision of the review: how far its cost hangs on the author's numbers."""
        return tuple(loss_ranges(self.case))

    @cached_property
    def camps(self) -> tuple[CampReview, ...]:
        """The same decisions in the world of each camp's preset."""
        return under_presets(self.case, self.solved)

    def prospects(self, doctrine: str) -> Mapping[int, Prospect]:
        """By step of the course: same choice, other seeds, while a doctrine plays on.

        Raises `UsageError` for an unknown doctrine.
        """
        if doctrine not in self._ahead:
            policies = self.case.course.program.policies
            if doctrine not in policies:
                raise UsageError(f"unknown doctrine {doctrine!r}: there is {', '.join(policies)}")
            self.look_ahead(doctrine, prospects(self.case, policies[doctrine]))
        return self._ahead[doctrine]

    def look_ahead(self, doctrine: str, found: Iterable[Prospect]) -> None:
        """Know where the decisions lead while a doctrine plays on."""
        self._ahead[doctrine] = {each.step: each for each in found}

    @property
    def pivot(self) -> int | None:
        """The turn in which most hung on a decision of people; None where nothing did."""
        found = self.review.pivot
        return None if found is None else found.turn


def line_review(table: ReplayTable, viewer: Viewer, line: str, solved: Solved) -> LineReview | None:
    """The review of a line of play, for a viewer who may have it; None for one who may not.

    It is unsealed at EndEx, when every line has come to its end; control has it before.
    """
    record = table.record
    played = record.line(line)
    if not may_look(record, viewer, played.team):
        return None
    if not (record.over or viewer.kind == CONTROL.kind):
        return None
    course, events = course_of(table, line)
    case = Case(course, solved(course.program))
    return LineReview(line, played.team, played.team in record.objectives, case, events, solved)


def work_out(found: Sequence[LineReview], doctrine: str | None = None) -> Iterator[float]:
    """Work out all that several reviews of one program tell, at once; yields how much is done.

    Otherwise each works out its own when it is asked, which takes much longer for a class.
    """
    if not found:
        return
    from tabletop.odds.outlooks import prospects_together
    from tabletop.odds.together import prepare, presets_together, ranges_together

    cases = [each.case for each in found]
    prepare(cases)
    yield 0.1
    for each, camps in zip(found, presets_together(cases, found[0].solved), strict=True):
        each.camps = camps
    yield 0.2
    for each, ranges in zip(found, ranges_together(cases), strict=True):
        each.ranges = ranges
    yield 0.7
    if doctrine is not None:
        policy = found[0].case.course.program.policies[doctrine]
        for each, ahead in zip(found, prospects_together(cases, policy), strict=True):
            each.look_ahead(doctrine, ahead)
    yield 1.0


def course_of(table: ReplayTable, line: str) -> tuple[Course, tuple[int, ...]]:
    """What happened in a line from StartEx on, and by step the number of its event.

    What a line that control opened shares with the one that it came from is part of it; what
    was held back before StartEx is how it began.
    """
    record = table.record
    played = record.line(line)
    scenario = record.program.scenario
    steps: list[Happened] = []
    numbers: list[int] = []
    begun = next(each.number for each in table.save.events if each.what == BEGUN)
    for event in _events(table, line):
        step = _step(record.seed, event)
        if step is not None and event.number > begun:
            steps.append(step)
            numbers.append(event.number)
    course = Course(
        program=record.program,
        aim=list(scenario.aims)[played.world.aim],
        objective=record.objective_of(played.team),
        steps=tuple(steps),
        luck=stream(record.seed, record.luck),
        withheld=record.withheld.get(played.team, frozenset()),
    )
    return course, tuple(numbers)


def review_lines(found: LineReview, story: Debrief, doctrine: str | None = None) -> tuple[str, ...]:
    """The review in words, beside what the story's viewer may know of what was said.

    With a doctrine, it also tells how often the same choices lead elsewhere. The ranges and
    the camps' worlds are worked out for it.
    """
    beside = decision_words(found, story, doctrine)
    return (*account_lines(found), *(line for lines in beside.values() for line in lines))


def account_lines(found: LineReview) -> tuple[str, ...]:
    """What the whole review adds up to: what choice, chance and control moved, and by how much."""
    scenario = found.case.course.program.scenario
    return (
        *opening_lines(scenario, found.review, declared=found.declared),
        *sum_lines(scenario, found.review),
        *luck_lines(scenario, found.review),
    )


def decision_words(
    found: LineReview, story: Debrief, doctrine: str | None = None
) -> dict[int, tuple[str, ...]]:
    """By event of a decision: what the model says of it; otherwise as `review_lines`."""
    scenario = found.case.course.program.scenario
    ahead = {} if doctrine is None else found.prospects(doctrine)
    heard = _heard(story)
    told = {}
    for number, account in enumerate(found.review.decisions):
        event = found.events[account.step]
        doubt, prospect = found.ranges[number], ahead.get(account.step)
        lines = decision_lines(scenario, account, heard.get(event, NOTHING), doubt, prospect)
        told[event] = (*lines, *camp_lines(scenario, found.camps, number))
    return told


def _heard(story: Debrief) -> dict[int, Heard]:
    """By event of a decision: what was said with it, as far as the story has it."""
    heard = {}
    for turn in story.turns:
        for answer in turn.answers:
            heard[answer.event] = Heard(answer.rationale)
        made = turn.decision
        if made is not None:
            told = made.expected
            heard[made.event] = Heard(
                made.rationale, told.percent if told else None, told.came if told else None
            )
    return heard


def _events(table: ReplayTable, line: str) -> Iterator[Event]:
    """The events that made a line, with those of the lines that it came from, in order."""
    cards = {card.name: card for card in table.lines(CONTROL)}
    events = table.save.events[: table.record.number]
    parts = []
    upto = table.record.number
    while True:
        parts.append([each for each in events if each.line == line and each.number <= upto])
        card = cards[line]
        if card.came_from is None:
            break
        opened = events[card.first - 1]
        before = table.cursor.at(card.first - 1).lines[card.came_from].openings
        upto = min(upto, next(each.event for each in before if each.turn == opened.data["turn"]))
        line = card.came_from
    for part in reversed(parts):
        yield from part


def _by_nobody(data: Mapping[str, Any]) -> tuple[bool, str]:
    """Whether nobody chose, and the doctrine of the standing order that did instead."""
    standing = data.get("standing")
    return bool(data.get("by_default")), standing if isinstance(standing, str) else ""


def _step(seed: int, event: Event) -> Happened | None:
    """An event as a step of a course; None for one that moves nothing."""
    data: Mapping[str, Any] = event.data
    if event.what == DECISION:
        return Decided(data["response"], data["support"], *_by_nobody(data))
    if event.what == ANSWER:
        return Answered(data["inject"], data["answer"], *_by_nobody(data))
    if event.what == DRAW:
        return Drawn(data["site"], data["outcome"])
    if event.what == FIRED:
        return Fired(data["inject"])
    if event.what == WITHHELD:
        return Withheld(data["inject"], data["held"])
    if event.what == OVERRIDE and data.get("site"):
        return Overruled(data["site"], data["outcome"])
    if event.what == OVERRIDE:
        effects = tuple(data["effects"].items())
        return Ruled(effects, tuple(data["sets"]), tuple(data["clears"]))
    if event.what in {BRANCHED, REWOUND} and data.get("luck") is not None:
        return Reseeded(stream(seed, data["luck"]))
    return None
