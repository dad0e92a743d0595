"""What the projector is sent: what control shows there, and nobody's name or private word."""

from __future__ import annotations

from typing import Any

from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Moment, Viewer
from tabletop.exercise.view import View
from tabletop.room.released import released, released_game
from tabletop.room.room import Room
from tabletop.room.snapshot import as_json

_CLOCK = (
    "phase", "round", "rounds", "seconds", "ends_at", "remaining", "paused", "held", "timed",
    "begun", "barred", "plan",
)  # fmt: skip
_ROW = ("team", "turn", "stage", "stage_title", "locked", "ending", "seats", "last_choice")
_SITUATION = (
    "title", "turn", "turns", "date", "turn_title", "stage", "stage_title", "brief", "rungs",
    "tracks",
)  # fmt: skip
_VIEWER = Viewer("projector")


def wall(room: Room) -> bytes:
    """All that the projector shows now, as JSON."""
    hour = room.table.hour_view(_VIEWER)
    shown = hour.shown.what
    data: dict[str, Any] = {name: getattr(hour, name) for name in _CLOCK}
    data |= {
        "n": room.table.record.number,
        "now": round(room.table.now(), 3),
        "what": shown,
        "team": hour.shown.team,
        "code": room.code,
        "address": room.address.partition("://")[2],
        "title": room.table.record.program.scenario.title,
        "teams": [{name: getattr(row, name) for name in _ROW} for row in hour.teams],
    }
    if shown == "situation":
        data["situation"] = _situation(_view(room, _team(hour)))
    elif shown == "ladder":
        scenario = room.table.record.program.scenario
        data["stages"] = [[name, part.title] for name, part in scenario.stages.items()]
    elif shown == "reasons":
        data["reasons"] = [_reason(each) for each in released(hour.shown.reasons)]
    elif shown == "debrief":
        data["debrief"] = _debrief(room, hour)
    return as_json(data)


def _team(hour: HourView) -> str:
    """The team that is shown: the one that control named, else the first."""
    return hour.shown.team or hour.teams[0].team


def _view(room: Room, team: str) -> View:
    line = room.table.record.newest(team)
    moment = Moment(line.name, room.table.record.number) if line is not None else None
    return room.table.view(_VIEWER, moment)


def _situation(view: View) -> dict[str, Any]:
    game = released_game(view, shared=False)
    data = {name: game[name] for name in _SITUATION}
    latest = view.wire[-1].turn if view.wire else 0
    data["news"] = [
        {"title": item["title"], "text": item["text"], "kind": item["kind"]}
        for item in game["wire"]
        if item["turn"] >= max(latest, view.turn)
    ][-4:]
    return data


def _reason(said: dict[str, Any]) -> dict[str, Any]:
    """A reason without its number and seat: no individual is named."""
    return {name: said[name] for name in ("team", "turn", "kind", "response_title", "text")}


def _debrief(room: Room, hour: HourView) -> dict[str, Any]:
    """The endings, and what was sealed until now, once every team has come to its end."""
    view = _view(room, _team(hour))
    if view.ending is None:
        return {"endings": [], "sealed": True}
    ending = released(view.ending)
    return {
        "sealed": not room.table.record.over,
        "endings": [[row.team, row.ending] for row in hour.teams],
        "team": _team(hour),
        "own_luck": len({line.world.aim for line in room.table.record.lines.values()}) > 1,
        **{name: ending[name] for name in ("title", "epilogue", "aim_title", "aim_text")},
        "tells": ending["tells"][:4],
        "questions": ending["questions"],
    }
