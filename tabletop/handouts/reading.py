"""The reading before class: two pages made of the scenario's own texts, facts and sources.

What must stand there comes first, then as many facts as there is room for.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from tabletop.handouts import room
from tabletop.handouts.paper import Sheet
from tabletop.handouts.room import Room
from tabletop.handouts.words import fact_line, listed, numbered, open_facts, sources_line
from tabletop.scenario.evidence import Fact
from tabletop.scenario.schema import Scenario, Track

PAGES = 2
_COLUMN = 0.45
"""How wide a column of facts is, beside the page."""


def add_reading(main: Element, scenario: Scenario) -> None:
    """Add the reading to a page."""
    sheet = Sheet(main, "reading", f"{scenario.title}: read this before you come", "reading")
    left = Room(PAGES)
    left.take(room.TITLE)
    for part in (_opening, _situation, _ladder, _cases, _gauges, _task, _warnings):
        part(sheet, scenario, left)
    _facts(sheet, scenario, left)


def _written(sheet: Sheet, left: Room, heading: str, texts: Iterable[tuple[str, str]]) -> None:
    """A heading and texts with their labels, if all of them fit."""
    found = [(label, text) for label, text in texts if text]
    need = sum(room.paragraph(f"{label}: {text}") for label, text in found)
    if found and left.fits(need + (room.HEADING if heading else 0)):
        if heading:
            sheet.heading(heading)
        for label, text in found:
            sheet.text(text, label)


def _opening(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    _written(sheet, left, "", [("", scenario.summary)])


def _situation(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    first, stage = scenario.calendar[0], next(iter(scenario.stages.values()))
    texts = [("", first.text or ""), ("", stage.brief)]
    _written(sheet, left, f"{first.date}: {first.title}", texts)


def _ladder(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    titles = listed(stage.title for stage in scenario.stages.values())
    text = f"{titles}. Nobody has to climb them in this order, and they can be left again."
    _written(sheet, left, "", [("The stages it may come to", text)])


def _cases(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    cases = [(camp.title, camp.case) for camp in scenario.camps.values()]
    heading = "The cases at their best: be able to state each of them"
    _written(sheet, left, heading, cases)


def _gauges(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    shown = [track for track in scenario.tracks.values() if track.visibility == "public"]
    rows = [(track.title, _start(track), _ends(track), track.why) for track in shown]
    columns = ("Gauge", "Start", "From, to", "Why it starts there")
    # The last two columns have a quarter and a half of the page.
    need = sum(max(room.lines(row[2], 0.25), room.lines(row[3], 0.54)) + 0.2 for row in rows)
    caption = "What is watched"
    if left.fits(need + 3):
        sheet.table(caption, columns, rows)
    elif left.fits(1.5 * len(rows) + 3):
        sheet.table(caption, columns[:3], [row[:3] for row in rows])


def _task(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    turns = len(scenario.calendar)
    offices = listed(role.title for role in scenario.roles.values())
    wanted = "; ".join(objective.title for objective in scenario.objectives.values())
    judged = (
        "your reasons, the other side's case as you state it, and your forecasts, and never the"
        " ending: a sound decision can turn out badly."
    )
    texts = [
        ("Who sits there", f"{offices}. You will be given one of these, with goals of its own."),
        ("What you decide", f"one response in each of {turns} turns, and what goes with it."),
        ("What you want", f"your team declares one before play: {wanted}."),
        ("What you will be asked each time", scenario.forecast.question),
        ("What you are judged by", judged),
    ]
    _written(sheet, left, "What you will do", texts)


def _warnings(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    texts = [("What this contains", scenario.content_note), ("", scenario.disclaimer or "")]
    _written(sheet, left, "Before you begin", texts)


def _facts(sheet: Sheet, scenario: Scenario, left: Room) -> None:
    """The facts that the opening rests on, as far as there is room, in the order of the file."""
    chosen = _chosen(scenario, left)
    if not chosen:
        return
    sheet.heading("What is known, and from where")
    facts = {name: fact for name, fact in scenario.facts.items() if name in chosen}
    sources = numbered(facts.values())
    sheet.items((fact_line(*each, sources) for each in facts.items()), "facts")
    sheet.text(sources_line(scenario, sources), "Sources", "from")


def _chosen(scenario: Scenario, left: Room) -> set[str]:
    """The facts for which there is room, with their sources."""
    left.take(room.HEADING + 1)
    chosen: dict[str, Fact] = {}
    told = 0
    for name, fact in open_facts(scenario, _wanted(scenario)).items():
        tried = {**chosen, name: fact}
        sources = numbered(tried.values())
        named = room.lines(sources_line(scenario, sources))
        own = room.lines(fact_line(name, fact, sources), _COLUMN) / 2 + room.BETWEEN / 2
        if left.fits(own + named - told):
            chosen, told = tried, named
    return set(chosen)


def _wanted(scenario: Scenario) -> list[str]:
    """Ids of facts, those first that the opening and the cases rest on, then the others."""
    first, stage = scenario.calendar[0], next(iter(scenario.stages.values()))
    opening = [inject for inject in scenario.injects.values() if inject.turn == 1]
    cases = [camp.cites for camp in scenario.camps.values()]
    rows = [first.cites, stage.cites, *(inject.cites for inject in opening), *cases]
    named = [name for cites in rows for name in cites]
    often = {name: named.count(name) for name in named}
    return [*sorted(often, key=lambda name: -often[name]), *scenario.facts]


def _start(track: Track) -> str:
    return str(track.start).replace("_", " ")


def _ends(track: Track) -> str:
    if track.levels is not None:
        return ", ".join(level.replace("_", " ") for level in track.levels)
    low, high = track.range or (0, 0)
    return f"{low}: {track.low}; {high}: {track.high}"
