"""Role sheets: one office a sheet, with what it alone knows and wants, and a record to keep."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tabletop.exercise.view import FORECASTS
from tabletop.handouts import room
from tabletop.handouts.paper import Sheet
from tabletop.handouts.room import Room
from tabletop.handouts.words import decided, fact_line, numbered, open_facts, sources_line
from tabletop.scenario.evidence import Fact, Role
from tabletop.scenario.schema import Scenario, Timing

_ROW = 2.4
"""Lines that a row of the record takes."""


def add_roles(main: Element, scenario: Scenario, plan: Timing | None) -> None:
    """Add a sheet for every role; `plan` says which turns the record has."""
    turns = decided(scenario, plan)
    for name, role in scenario.roles.items():
        sheet = Sheet(main, f"role-{name}", role.title, "role")
        left = Room(1)
        left.take(room.TITLE + 6 * room.HEADING + _ROW * len(turns))
        for text in (role.brief, role.private or "", *(goal.text for goal in role.goals)):
            left.take(room.paragraph(text) + 1)
        _brief(sheet, role)
        _private(sheet, role)
        _facts(sheet, scenario, role, left)
        _record(sheet, scenario, turns)


def _brief(sheet: Sheet, role: Role) -> None:
    if role.decides:
        sheet.text("You decide for your team, once the others have been heard.", kind="label")
    sheet.text(role.brief)


def _private(sheet: Sheet, role: Role) -> None:
    """What is for the holder alone; nothing of how the program reckons a goal."""
    if not role.private and not role.goals:
        return
    sheet.heading("For you alone: say it if you think it helps, but do not show this sheet")
    sheet.text(role.private, kind="private")
    if role.goals:
        sheet.text("What your office wants. At EndEx, tick what became of it:")
        sheet.ticked((goal.text for goal in role.goals), ("met", "not met", "nobody can tell"))


def _facts(sheet: Sheet, scenario: Scenario, role: Role, left: Room) -> None:
    """What the office can cite, as far as there is room on the sheet."""
    chosen: dict[str, Fact] = {}
    for name, fact in open_facts(scenario, role.cites).items():
        tried = {**chosen, name: fact}
        sources = numbered(tried.values())
        texts = [fact_line(*each, sources) for each in tried.items()]
        need = sum(map(room.paragraph, (*texts, sources_line(scenario, sources))))
        if need <= left.left:
            chosen = tried
    if chosen:
        sources = numbered(chosen.values())
        sheet.heading("What your office can point to")
        sheet.items(fact_line(*each, sources) for each in chosen.items())
        sheet.text(sources_line(scenario, sources), "Sources", "from")


def _record(sheet: Sheet, scenario: Scenario, turns: list[int]) -> None:
    """A table to write in, before the talk and before the dice, each turn."""
    percents = ", ".join(f"{percent}" for percent, _ in FORECASTS)
    sheet.heading("Your record: fill a row before your team talks")
    sheet.text(scenario.forecast.question, f"In percent, one of {percents}")
    columns = ("Turn", "I would choose", "Because", "Percent")
    rows = [(f"{number}: {scenario.calendar[number - 1].title}", "", "", "") for number in turns]
    sheet.table("What I would choose, and how likely I think it", columns, rows, "blank record")
