"""Where things stand, in paragraphs: the opening of a turn, gauges, ladder, wire, decisions."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.exercise.view import (
    ChangeView,
    DecisionView,
    RungView,
    TrackView,
    View,
    WireView,
)
from tabletop.plain.wording import (
    changes,
    counted,
    forecast_words,
    joined,
    moved,
    names,
    point,
    reading,
    sentence,
)


def opening(view: View) -> list[str]:
    """What a turn opens with: when, where on the ladder, the brief, the gauges, the news."""
    lines = [
        joined(f"Turn {view.turn} of {view.turns}", view.date, view.turn_title),
        joined(f"Stage: {view.stage_title}", rung_of(view)),
        joined(view.brief, names(view.brief_cites)),
        *[news(item) for item in view.wire if item.turn == view.turn],
        gauges(view.tracks),
    ]
    if view.warning:
        lines.append(sentence(f"Warning: {view.warning}"))
    return lines


def rung_of(view: View) -> str:
    """Which rung of the ladder the present stage is."""
    for number, rung in enumerate(view.rungs, 1):
        if rung.state == "here":
            return f"Rung {number} of {len(view.rungs)}"
    return ""


def gauges(tracks: Iterable[TrackView]) -> str:
    """All gauges in one line, each with what the last turn did to it."""
    return "Gauges: " + "; ".join(_gauge(track) for track in tracks) + "."


def _gauge(track: TrackView) -> str:
    text = f"{track.title} {reading(track)}"
    change = track.value - track.before
    return f"{text}, {moved(change)}" if change else text


def news(item: WireView) -> str:
    """One item of the wire: who or what first, then what happened and what it moved."""
    effects = changes(item.changes)
    return joined(
        headline(item),
        item.text if item.title else "",
        f"Moved: {effects}" if effects else "",
        names(item.cites),
    )


def headline(item: WireView) -> str:
    """Who or what an item is about, and its title; its text where it has no title."""
    label = {"inject": "News", "ladder": "Ladder", "override": "Control"}.get(item.kind, item.by)
    if item.kind == "inject" and item.by:
        label = f"News, {item.by}"
    if item.private:
        label = f"For you alone. {label}"
    title = item.title or item.text
    return f"{label}: {title}" if label else title


def track_lines(view: View) -> list[str]:
    """Every gauge in full: reading, movement by cause, what its ends mean, its course so far."""
    return [_track(track) for track in view.tracks]


def _track(track: TrackView) -> str:
    dangers = {"high": "High is dangerous", "low": "Low is dangerous", "none": ""}
    past = ", ".join(point(track, value) for value in track.past)
    return joined(
        f"{track.title}: {reading(track)}",
        movement(track),
        f"{point(track, track.low).capitalize()} means: {track.low_means}",
        f"{point(track, track.high).capitalize()} means: {track.high_means}",
        dangers[track.danger],
        f"It started at {point(track, track.start)}: {track.why}",
        f"Turn by turn: {past}" if len(track.past) > 1 else "",
    )


def movement(track: TrackView, when: str = " last turn") -> str:
    """How the last turn moved a gauge, told by cause; empty where nothing touched it."""
    if not track.changes:
        return ""
    change = track.value - track.before
    causes = "; ".join(f"{_cause(part)}, {moved(part.delta)}" for part in track.changes)
    total = sum(part.delta for part in track.changes)
    held = ""
    if total != change:
        end = track.high if total > change else track.low
        held = f"It cannot pass {point(track, end)}"
    return joined(f"{moved(change).capitalize()}{when}. {causes}", held)


def _cause(change: ChangeView) -> str:
    reason = change.reason.strip().rstrip(".")
    return f"{change.cause}, {reason}" if reason else change.cause


def ladder(view: View) -> list[str]:
    """The rungs from the lowest up, with how each was reached."""
    return [_rung(number, rung) for number, rung in enumerate(view.rungs, 1)]


def _rung(number: int, rung: RungView) -> str:
    states = {"here": "We are here", "passed": "Passed", "ahead": "Not reached"}
    return joined(f"Rung {number}: {rung.title}", states[rung.state], *rung.reached)


def wire(view: View, turn: int | None = None) -> list[str]:
    """Everything heard so far, or in one turn, with the newest turn last."""
    items = [item for item in view.wire if turn is None or item.turn == turn]
    if not items:
        return ["Nothing on the wire." if turn is None else f"Nothing on the wire in turn {turn}."]
    lines, told = [], 0
    for item in items:
        if item.turn != told:
            lines.append(joined(f"Turn {item.turn}", item.date))
            told = item.turn
        lines.append(news(item))
    return lines


def by_nobody(made: DecisionView) -> str:
    """How a choice came that nobody made; "" where somebody did."""
    if made.standing:
        return f"Chosen by the standing order: {made.standing}"
    return "Chosen by nobody: this stood by default" if made.by_default else ""


def decisions(view: View, *, digits: bool = False) -> list[str]:
    """What was decided in each turn; `digits` adds the percentages of forecasts, after EndEx."""
    lines = []
    for made in view.decisions:
        forecast = ""
        if made.forecast is not None:
            words = forecast_words(view.forecast, made.forecast)
            given = f" ({made.forecast} percent)" if digits else ""
            came = {True: "It came.", False: "It did not come.", None: ""}[made.came]
            forecast = f"Your forecast: {words}{given}. {came}"
        lines.append(
            joined(
                f"Turn {made.turn}: {made.response_title}",
                f"With it: {made.support_title}" if made.support_title else "",
                by_nobody(made),
                f"Your reason: {made.rationale}" if made.rationale else "",
                forecast,
            )
        )
    if not lines:
        return ["No decision yet."]
    asked = [f"The forecast was asked for: {view.forecast.question}"] if digits else []
    return [counted(len(lines), "decision") + ".", *asked, *lines]


def role(view: View) -> list[str]:
    """The office that the player holds, its private brief and its goals."""
    if view.role is None:
        return ["You hold no office."]
    met = {True: " Met.", False: " Not met.", None: ""}
    goals = [f"{sentence(text)}{met[state]}" for text, state in view.role.goals]
    lines = [joined(f"Your office: {view.role.title}", view.role.brief)]
    if view.role.private:
        lines.append(joined(f"For you alone: {view.role.private}"))
    if goals:
        lines.append(f"Your goals: {' '.join(goals)}")
    return lines


def objective(view: View) -> list[str]:
    """The declared objective."""
    for declared in view.objectives:
        if declared.id == view.objective:
            return [joined(f"Your objective: {declared.title}", declared.text)]
    return ["No objective was declared."]
