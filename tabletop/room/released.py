"""What of every view may leave this machine: an allow-list of fields, type by type.

A field that a view gets later stays here until its name is written down below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabletop.exercise.hour.view import (
    HourView,
    LockedView,
    MessageView,
    SaidView,
    SeatRow,
    ShownView,
    TallyRow,
    TeamRow,
)
from tabletop.exercise.view import (
    AftermathView,
    AnswerView,
    ArcView,
    CampView,
    CaseView,
    ChangeView,
    DecisionView,
    EndingView,
    EvidenceView,
    FlashView,
    ForecastView,
    HistoryView,
    ObjectiveView,
    PlaceView,
    ResponseView,
    RoleView,
    RungView,
    SupportView,
    TheatreView,
    TrackView,
    View,
    WireView,
)

GAME = (
    "scenario", "title", "summary", "content_note", "phase", "line", "turn", "turns", "date",
    "turn_title", "stage", "stage_title", "brief", "rungs", "tracks", "wire", "arcs", "theatre",
    "responses", "supports", "flash", "forecast", "aftermath", "decisions", "objectives",
    "ending", "lesson", "brief_cites",
)  # fmt: skip
"""Of a `View`: what a team sees, but for what its seats see alone."""
HOUR = (
    "phase", "round", "rounds", "seconds", "ends_at", "remaining", "paused", "held", "timed",
    "barred", "begun", "rule", "plan", "team", "mates", "locked", "tally", "said", "shared",
)  # fmt: skip
"""Of an `HourView`: what a team sees."""
SEAT = ("you", "preference", "can", "messages")
"""Of an `HourView`: what a seat sees alone."""

_FIELDS: Mapping[type, tuple[str, ...]] = {
    EvidenceView: ("id", "text", "source", "where", "contested"),
    RungView: ("id", "title", "state", "reached"),
    ChangeView: ("turn", "cause", "reason", "delta"),
    TrackView: (
        "id", "title", "value", "low", "high", "before", "start", "low_means", "high_means",
        "danger", "why", "level", "changes", "past",
    ),
    WireView: ("turn", "date", "kind", "by", "title", "text", "private", "changes", "cites"),
    ArcView: ("turn", "origin", "target", "count", "failed", "label"),
    PlaceView: ("id", "title", "longitude", "latitude", "label"),
    TheatreView: ("west", "south", "east", "north", "places"),
    CaseView: ("text", "by", "cites"),
    SupportView: ("id", "title", "act", "closed"),
    ResponseView: (
        "id", "title", "instrument", "act", "favour", "against", "unknown", "supports", "closed",
        "consent", "course", "cites",
    ),
    AnswerView: ("id", "title", "act"),
    FlashView: ("id", "title", "text", "answers"),
    ForecastView: ("question", "answers"),
    DecisionView: (
        "turn", "date", "stage", "response", "response_title", "support", "support_title",
        "rationale", "forecast", "came", "by_default", "offered", "standing",
    ),
    AftermathView: (
        "turn", "decision", "items", "tracks", "ladder", "stage_before", "stage_after", "arcs",
    ),
    ObjectiveView: ("id", "title", "text", "values"),
    RoleView: ("id", "title", "brief", "private", "goals"),
    CampView: ("id", "title", "comment", "accepts", "case"),
    HistoryView: ("date", "text", "cites"),
    EndingView: (
        "id", "title", "epilogue", "value", "aim_title", "aim_text", "tells", "camps", "history",
        "questions", "disclaimer",
    ),
    SeatRow: ("id", "name", "role", "role_title", "head", "preferred", "empty"),
    TallyRow: ("response", "title", "preferences"),
    LockedView: ("response", "title", "support", "rationale", "forecast", "by_default"),
    SaidView: ("number", "team", "turn", "kind", "response_title", "text", "seat"),
    TeamRow: (
        "team", "line", "turn", "stage", "stage_title", "locked", "waiting", "used",
        "last_choice", "ending", "seats", "preferences", "standing",
    ),
    MessageView: ("number", "kind", "title", "text"),
    ShownView: ("what", "team", "reasons"),
}  # fmt: skip

_SEALED: Mapping[str, Any] = {
    "aim_title": "", "aim_text": "", "tells": [], "camps": [], "history": [], "questions": [],
    "disclaimer": None,
}  # fmt: skip
"""What an ending holds back until control has released the debrief."""


def released(value: Any) -> Any:
    """A value as plain data; raises `TypeError` for a type that is not in the list."""
    fields = _FIELDS.get(type(value))
    if fields is not None:
        return {name: released(getattr(value, name)) for name in fields}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [released(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no fields that may leave")


def released_game(view: View, *, shared: bool) -> dict[str, Any]:
    """A view of the game; an ending keeps its seals until the debrief is `shared`."""
    data = {name: released(getattr(view, name)) for name in GAME}
    if data["ending"] is not None and not shared:
        data["ending"] |= _SEALED
    return data


def released_hour(view: HourView) -> dict[str, Any]:
    """What a team sees of the hour. Silent preferences have no names, nor have their reasons."""
    data = {name: released(getattr(view, name)) for name in HOUR}
    for said in data["said"]:
        if said["kind"] == "preference":
            said["seat"] = ""
    return data


def released_seat(view: HourView) -> dict[str, Any]:
    """What a seat sees alone; of other teams, only which ones it may guess about."""
    data = {name: released(getattr(view, name)) for name in SEAT}
    rows = view.teams if "guess" in view.can else ()
    data["teams"] = [
        {"team": row.team, "turn": row.turn, "stage_title": row.stage_title} for row in rows
    ]
    data["doctrines"] = [list(each) for each in view.doctrines] if "stand" in view.can else []
    return data
