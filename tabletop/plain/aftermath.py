"""After a choice: what happened, told by cause, what moved and what it did to the ladder."""

from __future__ import annotations

from tabletop.exercise.view import AftermathView, View
from tabletop.plain.launches import launch
from tabletop.plain.situation import by_nobody, movement, news
from tabletop.plain.wording import forecast_words, joined, reading


def aftermath(view: View) -> list[str]:
    """What the last turn brought, in the order in which it happened; empty before the first."""
    after = view.aftermath
    if after is None:
        return []
    return [
        f"After your choice in turn {after.turn}.",
        *_chosen(view, after),
        *[news(item) for item in after.items],
        *[launch(arc, view.theatre) for arc in after.arcs if arc.turn == after.turn],
        *[_moved(after, number) for number in range(len(after.tracks))],
        _ladder(after),
    ]


def _chosen(view: View, after: AftermathView) -> list[str]:
    made = after.decision
    if made is None:
        return []
    forecast = ""
    if made.forecast is not None:
        came = {True: "It came", False: "It did not come", None: ""}[made.came]
        words = forecast_words(view.forecast, made.forecast)
        forecast = joined(f"You were asked: {view.forecast.question} You said: {words}", came)
    return [
        joined(
            f"{'The choice' if made.by_default else 'You chose'}: {made.response_title}",
            f"With it: {made.support_title}" if made.support_title else "",
            by_nobody(made),
            f"Your reason: {made.rationale}" if made.rationale else "",
            forecast,
        )
    ]


def _moved(after: AftermathView, number: int) -> str:
    track = after.tracks[number]
    return joined(f"{track.title}: {reading(track)}", movement(track, when=""))


def _ladder(after: AftermathView) -> str:
    if after.ladder is None:
        return joined(f"Ladder: no move. Still at {after.stage_after}")
    return joined(f"Ladder: from {after.stage_before} to {after.stage_after}", after.ladder)
