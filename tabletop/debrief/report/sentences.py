"""The words of a report: people, decisions, expectations, gauges, rulings."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tabletop.debrief.model import (
    AnswerStory,
    Came,
    DecisionStory,
    Dissent,
    Expected,
    GaugeMove,
    Person,
    Ruling,
    TurnStory,
)
from tabletop.debrief.report.model import Run
from tabletop.exercise.table import Viewer
from tabletop.exercise.view import HistoryView


def viewer(who: Viewer) -> str:
    """For whom a run is told."""
    if who.kind in ("seat", "team"):
        return f"the {who.kind} {who.name}"
    return "control" if who.kind == "control" else f"the {who.kind}"


def person(who: Person) -> str:
    """Their name where it is known, and their office."""
    return f"{who.name} ({who.role})" if who.name else who.role


def choice(made: DecisionStory) -> str:
    """What was decided."""
    return f"{made.title}, with: {made.support}" if made.support else made.title


def in_short(turn: TurnStory) -> str:
    """What came of a turn, by titles alone."""
    told = [each.title for each in turn.came if each.kind in ("reaction", "event") and each.title]
    told += ["control stepped in"] if turn.rulings else []
    if turn.stage_after != turn.stage_before:
        told.append(f"stage: {turn.stage_after}")
    return "; ".join(told)


def decided(made: DecisionStory) -> str:
    """What was decided, and by whom."""
    title = choice(made)
    if made.standing:
        return f"{title}. Chosen by the standing order “{made.standing}”."
    if made.by_default:
        return f"{title}. Nobody chose, and this stood by default."
    return f"{title}. Decided by {person(made.by)}."


def dissent(lost: Dissent) -> str:
    """A preference that lost, with its reason."""
    return f"{person(lost.person)} preferred “{lost.preferred}”{_because(lost.reason)}"


def answered(given: AnswerStory) -> str:
    """A flash decision."""
    if given.standing:
        return f"{given.asked}: {given.answer}, by the standing order “{given.standing}”"
    return f"{given.asked}: {given.answer}, by {person(given.by)}{_because(given.rationale)}"


def _because(reason: str | None) -> str:
    return f": “{reason}”" if reason else ""


def forecast(given: Expected) -> str:
    """An answer to the forecast question, in words and in percent where that is known."""
    return given.words if given.percent is None else f"{given.words} ({given.percent} percent)"


def outcome(given: Expected) -> str:
    """What came of what was expected."""
    came = {True: "it came", False: "it did not come", None: "the turn is not over"}[given.came]
    return f"{came}; under luck already seen, so not scored" if given.luck_seen else came


def came(what: Came) -> str:
    """Something that happened, with its cause."""
    by = {"ladder": "The ladder", "inject": what.by or "News"}.get(what.kind, what.by)
    told = ". ".join(part.rstrip(".") for part in (what.title, what.text) if part)
    told = told if told.endswith(("?", "!", "…")) else f"{told}."
    private = "private: " if what.private else ""
    return f"{by}: {private}{told}" if by else f"{private}{told}"


def ruled(made: Ruling) -> str:
    """What control did, without the reason."""
    what = {
        "override": "Control ruled otherwise",
        "inject": "Control put into play",
        "withheld": "Control held back",
        "allowed": "Control let come in its time",
        "rewind": "Control went back",
    }[made.what]
    return f"{what}: {made.done}" if made.done else what


def ruling(made: Ruling) -> str:
    """What control did, and why."""
    done = ruled(made)
    return f"{done}. Reason: “{made.reason}”" if made.reason else f"{done}."


def move(gauge: GaugeMove) -> str:
    """What one turn did to one gauge, by cause."""
    causes = "; ".join(
        f"{' '.join(part for part in (f'{by}:' if by else '', what) if part)} {delta:+d}"
        for by, what, delta in gauge.causes
    )
    return f"{gauge.title} from {gauge.before} to {gauge.after} ({causes})"


def entry(happened: HistoryView) -> str:
    """Something that really happened, with the names of its sources."""
    sources = ", ".join(dict.fromkeys(cite.id for cite in happened.cites))
    return f"{happened.date}: {happened.text}{f' [{sources}]' if sources else ''}"


def courses(title: str, low: int, runs: list[tuple[int, ...]], levels: tuple[str, ...]) -> str:
    """A gauge over the turns in words: its values, or their range and middle over many runs."""

    def named(value: float) -> str:
        whole = int(value)
        inside = levels and whole == value and 0 <= whole - low < len(levels)
        return levels[whole - low] if inside else f"{value:g}"

    if len(runs) == 1:
        return f"{title}: {', '.join(map(named, runs[0]))}"
    told = []
    for turn in range(max(map(len, runs))):
        there = [values[turn] for values in runs if turn < len(values)]
        told.append(
            f"{named(min(there))} to {named(max(there))}, middle {named(median(there))}"
            f" ({len(there)} run{'' if len(there) == 1 else 's'})"
        )
    return f"{title}: {'; '.join(told)}"


def costs(run: Run) -> Iterator[tuple[str, ...]]:
    """Rows of a table: turn, what was decided, its cost, its range, what hung on it, a verdict."""
    if run.review is None:
        return
    titles = {
        made.event: made.title for turn in run.story.turns if (made := turn.decision) is not None
    }
    for turn in run.story.turns:
        titles |= {given.event: given.answer for given in turn.answers}
    verdicts = {True: "told apart", False: "the model cannot separate them", None: "not known"}
    for cost in run.review.costs:
        span = (
            "-" if cost.low is None or cost.high is None else f"{cost.low:.2f} to {cost.high:.2f}"
        )
        yield (
            f"Turn {cost.turn}",
            titles.get(cost.event, "-"),
            f"{cost.loss:.2f}",
            span,
            f"{cost.stakes:.2f}",
            verdicts[cost.separable],
        )
