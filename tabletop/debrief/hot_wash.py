"""Questions for the talk after the game: the scenario's own, and those made from this very run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.debrief.model import DecisionStory, Ruling, TurnStory, WashQuestion
from tabletop.scenario.schema import Scenario

LONG_WAIT = 60.0
"""Seconds: a decision that took no longer is not asked about."""
FAR_OFF = 60
"""Points between a forecast in percent and what came, from which on it is asked about."""


def made_from(turns: Sequence[TurnStory], question: str, line: str) -> tuple[WashQuestion, ...]:
    """Questions about one line of play; `question` is the one that forecasts answer."""
    decisions = [turn.decision for turn in turns if turn.decision is not None]
    rulings = [ruling for turn in turns for ruling in turn.rulings]
    return (
        *_contested(decisions, line),
        *_late(decisions, line),
        *_wrong(decisions, question, line),
        *_overridden(rulings, line),
        *_defaulted(decisions, line),
    )


def of_scenario(scenario: Scenario) -> tuple[WashQuestion, ...]:
    """The author's questions, each with the evidence cards behind it."""
    return tuple(
        WashQuestion(
            question.text,
            tuple(f"{name}: {scenario.facts[name].text}" for name in question.cites),
            "scenario",
        )
        for question in scenario.hot_wash
    )


def parted(turn: int, text: str, sides: Sequence[str], event: int | None = None) -> WashQuestion:
    """The question about the turn where teams went different ways."""
    return WashQuestion(
        f"In turn {turn} your ways parted. What did one team see, or want, that the other did not?"
        " Would you change places now?",
        (text, *sides),
        "run",
        turn,
        event,
    )


def _contested(decisions: Sequence[DecisionStory], line: str) -> Iterator[WashQuestion]:
    """The decision against which most preferences stood."""
    made = max(decisions, key=lambda each: len(each.dissents), default=None)
    if made is None or not made.dissents:
        return
    sides = [
        f"{dissent.person.role} preferred “{dissent.preferred}”"
        + (f": “{dissent.reason}”" if dissent.reason else "")
        for dissent in made.dissents
    ]
    yield WashQuestion(
        f"Turn {made.turn}, “{made.title}”, was your most contested decision. What would those"
        " who lost the argument say now, and what would have had to be true for them to be right?",
        (_told(made), *sides),
        "run",
        made.turn,
        made.event,
        line,
    )


def _late(decisions: Sequence[DecisionStory], line: str) -> Iterator[WashQuestion]:
    """The decision that was waited for longest, where that was long."""
    timed = [(made.seconds, made) for made in decisions if made.seconds is not None]
    if not timed:
        return
    seconds, made = max(timed, key=lambda each: each[0])
    if seconds < LONG_WAIT:
        return
    yield WashQuestion(
        f"You took longest over turn {made.turn}. What were you waiting for, and did it come?",
        (_told(made), f"It took {_span(seconds)}"),
        "run",
        made.turn,
        made.event,
        line,
    )


def _wrong(decisions: Sequence[DecisionStory], question: str, line: str) -> Iterator[WashQuestion]:
    """The forecast that missed by most, where it missed by much."""
    missed = [
        (abs(given.percent - 100 * given.came), made, given)
        for made in decisions
        if (given := made.expected) is not None
        and given.percent is not None
        and given.came is not None
    ]
    if not missed:
        return
    off, made, given = max(missed, key=lambda each: each[0])
    if off < FAR_OFF:
        return
    came = "it came" if given.came else "it did not come"
    yield WashQuestion(
        f"Your forecast of turn {made.turn} missed by most. What did you not know, and who could"
        " have told you?",
        (f"{question} You said: {given.words}, {given.percent} percent; {came}", _told(made)),
        "run",
        made.turn,
        made.event,
        line,
    )


def _overridden(rulings: Sequence[Ruling], line: str) -> Iterator[WashQuestion]:
    """The first thing that control ruled otherwise."""
    ruling = next((each for each in rulings if each.what == "override"), None)
    if ruling is None:
        return
    evidence = [text for text in (ruling.done, ruling.reason) if text]
    yield WashQuestion(
        f"In turn {ruling.turn} control ruled otherwise than the rules. Would the game have gone"
        " another way, and does that change what you think of your decisions?",
        tuple(evidence) or (f"Event {ruling.event}",),
        "run",
        ruling.turn,
        ruling.event,
        line,
    )


def _defaulted(decisions: Sequence[DecisionStory], line: str) -> Iterator[WashQuestion]:
    """The first turn in which nobody chose."""
    made = next((each for each in decisions if each.by_default), None)
    if made is not None:
        yield WashQuestion(
            f"In turn {made.turn} nobody chose, and this stood by default. Who gained by that?",
            (_told(made),),
            "run",
            made.turn,
            made.event,
            line,
        )


def _told(made: DecisionStory) -> str:
    reason = f", because “{made.rationale}”" if made.rationale else ""
    return f"Turn {made.turn}: {made.by.role} chose “{made.title}”{reason}"


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
