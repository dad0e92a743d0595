"""Forecasts beside what came: listed for one person, pooled and scored for a class.

Scored by G. W. Brier, "Verification of forecasts expressed in terms of probability",
Monthly Weather Review 78 (1950), 1-3. His score sums the squared differences over all
classes of an outcome and lies between 0 and 2; with two classes both terms are equal, and
half of it is used here, as has become usual: the mean of (f - o)^2, where f is the forecast
from 0 to 1 and o is 1 where the thing came and 0 where it did not. 0 is best, 1 worst, and
saying 50 percent every time gives 0.25.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.debrief.model import CalibrationRow, ForecastScore
from tabletop.exercise.events import Event
from tabletop.exercise.record import BRANCHED, REWOUND
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import Save
from tabletop.exercise.table import CONTROL
from tabletop.exercise.view import FORECASTS

ALWAYS_EVEN = 0.25


@dataclass(frozen=True, slots=True)
class Forecast:
    """One answer to the forecast question."""

    line: str
    turn: int
    event: int
    percent: int
    came: bool | None
    """None while its turn is open."""
    luck_seen: bool
    """Whether it was given under luck that had been seen before."""
    key: tuple[str, ...]
    """The same for one forecast in the save where it was given and in every branch of that."""


def forecasts_of(table: ReplayTable, lines: Iterable[str] | None = None) -> tuple[Forecast, ...]:
    """Every forecast given in these lines of a save, or in all; each once.

    A line that control opened at an earlier turn shares the forecasts before that with the
    line that it came from; they are counted there.
    """
    record, save = table.record, table.save
    named = set(record.lines if lines is None else lines)
    found = []
    for card in table.lines(CONTROL):
        if card.name not in named:
            continue
        seen_after = luck_seen_after(save, card.name)
        for decided in record.lines[card.name].decisions:
            percent = decided.said.forecast
            if percent is None or decided.event < card.first:
                continue
            event = save.events[decided.event - 1]
            seen = seen_after is not None and decided.event > seen_after
            found.append(
                Forecast(
                    card.name,
                    decided.turn,
                    decided.event,
                    percent,
                    decided.came,
                    seen,
                    (event.at, event.actor, _made_in(event), str(event.data.get("op"))),
                )
            )
    return tuple(found)


def _made_in(event: Event) -> str:
    """The line in which a choice was made: one who plays on alone tells it as their own."""
    return str(event.data.get("made_in", event.line))


def luck_seen_after(save: Save, line: str) -> int | None:
    """The event after which a line was played under luck that had been seen; None for never.

    That is so in a branch, or in a line reopened by control, that kept the luck of the game
    that it came from: the same draws lie ahead, and somebody may know them.
    """
    found = []
    opened = next((e for e in save.events if e.what == REWOUND and e.line == line), None)
    if opened is not None:
        used = {save.header.luck, *_lucks(save.events[: opened.number - 1])}
        if opened.data.get("luck") is None or opened.data["luck"] in used:
            found.append(opened.number)
    parent = save.header.parent
    if parent is not None and (opened is None or opened.number <= parent.event):
        after = save.events[parent.event : parent.event + 1]
        if not (after and after[0].what == BRANCHED and after[0].line == line):
            found.append(parent.event)
    return min(found, default=None)


def _lucks(events: Iterable[Event]) -> Iterable[object]:
    return (event.data.get("luck") for event in events if event.what in (BRANCHED, REWOUND))


def pooled(question: str, forecasts: Iterable[Forecast]) -> ForecastScore:
    """The Brier score of forecasts and, by answer, how often the thing came.

    What a branch shares with its parent counts once, and as seen where it is so anywhere;
    what was given under luck already seen, or has no answer yet, is counted and not scored.
    """
    unique: dict[tuple[str, ...], Forecast] = {}
    for each in forecasts:
        known = unique.get(each.key)
        if known is None or (each.luck_seen and not known.luck_seen):
            unique[each.key] = each
    fresh = [each for each in unique.values() if not each.luck_seen]
    scored = [(each.percent, each.came) for each in fresh if each.came is not None]
    rate = sum(came for _, came in scored) / len(scored) if scored else None
    return ForecastScore(
        question=question,
        scored=len(scored),
        luck_seen=len(unique) - len(fresh),
        unanswered=len(fresh) - len(scored),
        brier=brier(scored),
        always_even=ALWAYS_EVEN,
        base_rate=rate,
        always_base_rate=None if rate is None else rate * (1 - rate),
        table=tuple(
            CalibrationRow(
                percent,
                words,
                sum(given == percent for given, _ in scored),
                sum(came for given, came in scored if given == percent),
            )
            for percent, words in FORECASTS
        ),
    )


def brier(forecasts: Iterable[tuple[int, bool]]) -> float | None:
    """The mean of (f - o)^2 over forecasts in percent and what came; None for none."""
    squares = [(percent / 100 - came) ** 2 for percent, came in forecasts]
    return sum(squares) / len(squares) if squares else None
