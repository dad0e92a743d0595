"""Lays two or more runs side by side, turn by turn, and names the first thing that differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from tabletop.debrief.forecasts import forecasts_of, pooled
from tabletop.debrief.inputs import Input, inputs_of
from tabletop.debrief.model import Debrief, ForecastScore
from tabletop.debrief.story import story_of
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import Viewer

_NOTHING = "nothing of the kind"

Kind = Literal["decision", "luck", "control", "rules", "end"]


class Place(NamedTuple):
    """What one side of a comparison is: a line of a save as one viewer may see it."""

    table: ReplayTable
    viewer: Viewer
    line: str


def newest_places(paths: Iterable[Path], lines: Sequence[str] = ()) -> list[Place]:
    """The named lines of each save, or the newest one of each team, for its usual viewer.

    Raises `SaveError` where a save cannot be read, and `UsageError` for a line that it lacks.
    """
    return [place for path in paths for place in places_in(ReplayTable(path), None, lines)]


def places_in(table: ReplayTable, viewer: Viewer | None, lines: Sequence[str] = ()) -> list[Place]:
    """The same of one save, for a viewer. Raises `UsageError` for a line that it lacks."""
    who = viewer or table.viewer
    newest = {card.team: card.name for card in table.lines(who)}
    names = [table.line(who, line) for line in lines] or list(newest.values())
    return [Place(table, who, name) for name in dict.fromkeys(names)]


@dataclass(frozen=True, slots=True)
class Side:
    """One run of a comparison."""

    label: str
    """What it is called beside the others: the file, and the line where a file has several."""
    story: Debrief


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first place where runs differ, as far as their viewers may know."""

    turn: int
    kind: Kind
    """`decision`: another choice; `luck`: the same decisions, another draw; `control`: an
    intervention; `rules`: other scenarios, dials or plans; `end`: one run goes on alone."""
    text: str
    """It in one sentence."""
    did: tuple[str | None, ...]
    """What each side did or met there; None where its run had ended before."""
    events: tuple[int | None, ...]
    """The event of each side, to jump to."""


@dataclass(frozen=True, slots=True)
class GaugeRow:
    """One gauge over all sides: values at the opening of each turn, and last as it stands."""

    id: str
    title: str
    low: int
    high: int
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn over all sides; None where a side has no such turn or no decision in it."""

    turn: int
    decisions: tuple[str | None, ...]
    stages: tuple[str | None, ...]
    """Titles of the stages at its end, or as it stands."""
    same: bool
    """Whether all sides decided the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs side by side."""

    sides: tuple[Side, ...]
    warnings: tuple[str, ...]
    """What cannot be compared, one line each."""
    first: Divergence | None
    """None where nothing differs, or where the runs are not of one scenario."""
    turns: tuple[TurnRow, ...]
    gauges: tuple[GaugeRow, ...]
    endings: tuple[str | None, ...]
    """Titles; None where a run has not ended."""
    score: ForecastScore | None
    """The forecasts of all sides pooled; None where those of any side are sealed."""


def compare(places: Sequence[Place]) -> Comparison:
    """Two or more lines of saves side by side.

    What follows holds for runs of one scenario; of others only endings and stages are shown,
    and `warnings` says so.
    """
    sides = tuple(_sides(places))
    stories = [side.story for side in sides]
    one = len({story.scenario for story in stories}) == 1
    return Comparison(
        sides=sides,
        warnings=tuple(_warnings(places, stories)),
        first=first_divergence(places) if one else None,
        turns=tuple(_turns(stories)),
        gauges=tuple(_gauges(stories)) if one else (),
        endings=tuple(story.ending.title if story.ending else None for story in stories),
        score=_score(places) if one else None,
    )


def _sides(places: Sequence[Place]) -> Iterable[Side]:
    alone = len({place.table.path for place in places}) == 1
    labels = [place.line for place in places] if alone else _told_apart([*map(_label, places)])
    for number, (place, label) in enumerate(zip(places, labels, strict=True), 1):
        unique = label if labels.count(label) == 1 else f"{label} ({number})"
        yield Side(unique, story_of(*place))


def _told_apart(names: Sequence[str]) -> list[str]:
    """Names of saves without the words that all begin with, where something is left of each."""
    words = [name.split("-") for name in names]
    same = 0
    while len(set(names)) > 1 and all(len(each) > same + 1 for each in words):
        if len({each[same] for each in words}) > 1:
            break
        same += 1
    return ["-".join(each[same:]) for each in words]


def _label(place: Place) -> str:
    """A save's name, and the line of play where it has several."""
    name = place.table.path.name.removesuffix(".jsonl")
    return f"{name}, {place.line}" if len(place.table.record.lines) > 1 else name


def _warnings(places: Sequence[Place], stories: Sequence[Debrief]) -> Iterable[str]:
    headers = [place.table.save.header for place in places]
    ids = list(dict.fromkeys(story.scenario for story in stories))
    if len(ids) > 1:
        yield (
            f"different scenarios ({', '.join(ids)}): decisions and gauges cannot be compared,"
            " so endings and stages stand alone"
        )
        return
    hashes = {header.scenario.hash for header in headers}
    if len(hashes) > 1:
        versions = list(dict.fromkeys(story.version for story in stories))
        told = ", ".join(versions) if len(versions) > 1 else f"all called {versions[0]}"
        yield (
            f"different versions of {ids[0]} ({told}): compared by name, and what differs"
            " may come from the change of the scenario"
        )
    gauges = [{gauge.id for gauge in story.gauges} for story in stories]
    lost = sorted(set[str]().union(*gauges) - gauges[0].intersection(*gauges))
    if lost:
        yield f"gauges that not every run has are left out: {', '.join(lost)}"
    if len({header.rules for header in headers}) > 1:
        yield "played by different versions of the rules"
    if len({tuple(sorted(header.assumptions.items())) for header in headers}) > 1:
        dials = {name for header in headers for name in header.assumptions}
        differ = [
            name for name in sorted(dials) if len({h.assumptions.get(name) for h in headers}) > 1
        ]
        yield f"different assumptions: {', '.join(differ).replace('_', ' ')}"
    if len({header.plan for header in headers}) > 1:
        yield "different timing plans: some turns were decided by nobody in one and not in another"


def first_divergence(places: Sequence[Place]) -> Divergence | None:
    """The first place where runs of one scenario differ; None where nothing does."""
    runs = [inputs_of(*place) for place in places]
    for number in range(max(map(len, runs))):
        met = [run[number] if number < len(run) else None for run in runs]
        if len({each and (each.kind, each.key) for each in met}) > 1:
            return _divergence(places, met)
    return None


def _divergence(places: Sequence[Place], met: Sequence[Input | None]) -> Divergence:
    there = [each for each in met if each is not None]
    turn = min(each.turn for each in there)
    kinds = {each.kind for each in there}
    did = tuple(each.title if each else None for each in met)
    kind: Kind
    if len(there) < len(met):
        kind, text = "end", f"turn {turn}: not every run goes on here"
    elif "control" in kinds:
        kind, text = "control", f"turn {turn}: control stepped in, and not alike in every run"
    elif "draw" in kinds:
        kind, text = "luck", f"turn {turn}: the same decisions, other luck"
        if len({place.table.program.hash for place in places}) > 1:
            kind, text = "rules", f"turn {turn}: the same decisions under other rules or dials"
        did = tuple(each.title if each.kind == "draw" else _NOTHING for each in there)
    else:
        kind, text = "decision", f"turn {turn}: another decision"
    return Divergence(turn, kind, text, did, tuple(each.event if each else None for each in met))


def _turns(stories: Sequence[Debrief]) -> Iterable[TurnRow]:
    for number in range(max(len(story.turns) for story in stories)):
        turns = [s.turns[number] if number < len(s.turns) else None for s in stories]
        made = [turn.decision if turn else None for turn in turns]
        titles = tuple(
            None if each is None else f"{each.title}{f', {each.support}' if each.support else ''}"
            for each in made
        )
        yield TurnRow(
            number + 1,
            titles,
            tuple(turn.stage_after if turn else None for turn in turns),
            len(set(titles)) == 1,
        )


def _gauges(stories: Sequence[Debrief]) -> Iterable[GaugeRow]:
    for gauge in stories[0].gauges:
        found = [next((g for g in s.gauges if g.id == gauge.id), None) for s in stories]
        own = [each for each in found if each is not None]
        if len(own) == len(found):
            low, high = min(g.low for g in own), max(g.high for g in own)
            yield GaugeRow(gauge.id, gauge.title, low, high, tuple(g.values for g in own))


def _score(places: Sequence[Place]) -> ForecastScore | None:
    if not all(place.table.record.over or place.viewer.kind == "control" for place in places):
        return None
    question = places[0].table.program.scenario.forecast.question
    given = (each for place in places for each in forecasts_of(place.table, [place.line]))
    return pooled(question, given)
