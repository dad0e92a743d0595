"""What a student takes home: their own decisions, forecasts and words, and the released debrief."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from tabletop.exercise.hour import notes
from tabletop.exercise.save import read_save
from tabletop.exercise.table import Viewer
from tabletop.exercise.view import FORECASTS, DecisionView, View
from tabletop.exercise.words import read_words
from tabletop.room.guard import READING
from tabletop.room.room import Room
from tabletop.webpage import STYLE, begun, fill, finished, labelled

Said = list[tuple[str, str]]
"""What kind of thing a seat said, and what."""
_WORDS = dict(FORECASTS)


async def mine(request: Request) -> Response:
    """Everything that the seat may know of its own game, as one file to keep."""
    room: Room = request.scope["room"]
    seat = request.scope["seat"]
    if seat is None:
        return PlainTextResponse("take a seat first\n", 401)
    you = room.row(seat)
    assert you is not None, "a seat was found for the token"
    viewer = Viewer("seat", seat) if you.role else Viewer("team", you.team)
    view = room.table.view(viewer)
    titles = room.table.record.program.scenario.responses
    words = await asyncio.to_thread(
        _said, room, seat, lambda name: titles[name].title if name in titles else name
    )
    text = _keepsake(view, you.name, you.team, words, shared=room.table.hour.shared)
    headers = {"Content-Disposition": 'attachment; filename="my-exercise.html"'}
    return _to_read(text, headers)


async def debrief(request: Request) -> Response:
    """The debrief of the seat's own line, once control has released it."""
    room: Room = request.scope["room"]
    seat = request.scope["seat"]
    if seat is None:
        return PlainTextResponse("take a seat first\n", 401)
    if not room.table.hour.shared:
        return PlainTextResponse("the debrief has not been released yet\n", 403)
    you = room.row(seat)
    assert you is not None, "a seat was found for the token"
    line = room.table.record.newest(you.team)
    if line is None:
        return PlainTextResponse("this team has not played\n", 404)
    viewer = Viewer("seat", seat) if you.role else Viewer("team", you.team)
    return _to_read(await asyncio.to_thread(_report, room, viewer, line.name), {})


def _to_read(text: str, headers: dict[str, str]) -> Response:
    return HTMLResponse(text, headers={"Content-Security-Policy": READING, **headers})


def _report(room: Room, viewer: Viewer, line: str) -> str:
    # Not before somebody asks: a host that serves votes has no need of all this.
    from tabletop.debrief.comparison import Place
    from tabletop.debrief.report.gather import report_of
    from tabletop.debrief.report.layout import blocks
    from tabletop.debrief.report.page import page
    from tabletop.exercise.replay import ReplayTable

    table = ReplayTable(room.table.path)
    report = report_of([Place(table, viewer, line)])
    return page(report.title, blocks(report))


def _said(room: Room, seat: str, title: Callable[[str], str]) -> Said:
    """What a seat said itself, in the order in which it did."""
    found: Said = []
    for event in read_save(room.table.path).events:
        data = event.data
        if event.actor != seat:
            continue
        if event.what == notes.PREFERENCE:
            reason = read_words(data["reason"])
            preferred = f"Turn {data['turn']}: {title(data['response'])}"
            found.append(("I preferred", f"{preferred}. {reason}" if reason else preferred))
        elif event.what == notes.DISSENT:
            reason = read_words(data["reason"]) or ""
            found.append(("I dissented", f"Turn {data['turn']}: {reason}"))
        elif event.what == notes.GUESS:
            words = _WORDS.get(data["forecast"], "")
            found.append(("I expected", f"Team {data['team']}, turn {data['turn']}: {words}"))
        elif event.what == notes.TICKET:
            found.append(("My exit ticket", read_words(data["text"]) or ""))
    return found


def _keepsake(view: View, name: str, team: str, words: Said, *, shared: bool) -> str:
    html, main = begun(f"{view.title}: what I did", STYLE, "mine", "To what I did")
    SubElement(main, "h1").text = view.title
    fill(SubElement(main, "p"), f"{name}, team {team}")
    if view.role is not None:
        SubElement(main, "h2").text = f"My office: {view.role.title}"
        fill(SubElement(main, "p"), view.role.brief)
        if view.role.private:
            labelled(SubElement(main, "p"), "For my eyes", view.role.private)
        _list(main, [(_met(met), text) for text, met in view.role.goals])
    SubElement(main, "h2").text = "What we decided"
    for decision in view.decisions:
        _decision(main, decision, view.forecast.question)
    if words:
        SubElement(main, "h2").text = "What I said"
        _list(main, words)
    if view.ending is not None:
        SubElement(main, "h2").text = f"How it ended: {view.ending.title}"
        for paragraph in view.ending.epilogue.split("\n\n"):
            fill(SubElement(main, "p"), paragraph)
        if shared and view.ending.aim_title:
            aim = f"{view.ending.aim_title}. {view.ending.aim_text}"
            labelled(SubElement(main, "p"), "What they wanted", aim)
    return finished(html)


def _met(met: bool | None) -> str:  # noqa: FBT001 - what became of a goal
    return "Goal" if met is None else "Goal, met" if met else "Goal, not met"


def _list(main: Element, rows: list[tuple[str, str]]) -> None:
    items = SubElement(main, "ul")
    for label, text in rows:
        labelled(SubElement(items, "li"), label, text)


def _decision(main: Element, made: DecisionView, question: str) -> None:
    SubElement(main, "h3").text = f"Turn {made.turn}, {made.date}: {made.response_title}"
    if made.standing:
        labelled(SubElement(main, "p"), "By the standing order", made.standing)
    elif made.by_default:
        fill(SubElement(main, "p"), "By default: nobody settled it in time.")
    if made.support_title and made.support != "none":
        labelled(SubElement(main, "p"), "With it", made.support_title)
    if made.rationale:
        labelled(SubElement(main, "p"), "Our reason", made.rationale)
    if made.forecast is not None:
        came = "" if made.came is None else " It came." if made.came else " It did not come."
        labelled(SubElement(main, "p"), question, f"{_WORDS.get(made.forecast, '')}.{came}")
