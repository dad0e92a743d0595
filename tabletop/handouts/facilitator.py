"""The facilitator's sheets: the plan, what to press on, what to ask, and what stays sealed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tabletop.exercise.rubric import CRITERIA, LEVELS
from tabletop.handouts.paper import Sheet
from tabletop.handouts.style import MARK, SEALED
from tabletop.handouts.words import cited, listed, phases, planned
from tabletop.scenario.moves import Inject
from tabletop.scenario.schema import Scenario, Timing


def add_facilitator(main: Element, scenario: Scenario, plan: Timing | None) -> None:
    """Add the facilitator's sheets, with one plan or with all of them."""
    sheet = Sheet(main, "facilitator", "The facilitator's page", "facilitator")
    sheet.text(MARK, kind="mark")
    plans = [plan] if plan is not None else list(scenario.timings.values())
    for each in plans:
        _plan(sheet, scenario, each)
    _stages(sheet, scenario)
    _injects(sheet, scenario)
    _hot_wash(sheet, scenario)
    _sealed(main, scenario)


def add_rubric(main: Element) -> None:
    """Add a blank rubric, one for a student."""
    sheet = Sheet(main, "rubric", "Rubric", "rubric")
    sheet.lines("Student", "Team and role")
    sheet.text(
        "Judge how it was decided and argued, from what was written down before the dice. The"
        " ending is not judged: it is chance as much as choice."
    )
    columns = ("Criterion", "What it asks", *LEVELS, "Evidence seen")
    rows = [(each.title, each.text, "", "", "", "", "") for each in CRITERIA]
    sheet.table("Six criteria in four levels", columns, rows, "blank judged")
    sheet.lines("What to try next time")


def _plan(sheet: Sheet, scenario: Scenario, plan: Timing) -> None:
    sheet.heading(f"Plan: {plan.title}")
    sheet.table(f"Phases of {plan.minutes} minutes", ("Phase", "Time"), phases(plan))
    rows = [
        (f"{number}: {moment.title}", moment.date, planned(scenario, turn))
        for number, (moment, turn) in enumerate(zip(scenario.calendar, plan.turns, strict=False), 1)
    ]
    sheet.table("Turns", ("Turn", "Date", "Who decides"), rows)


def _stages(sheet: Sheet, scenario: Scenario) -> None:
    sheet.heading("Stages: what to watch, what to ask")
    for stage in scenario.stages.values():
        sheet.text(stage.guidance or "", stage.title)
        sheet.items(stage.questions)
        course = scenario.responses[stage.course].title
        sheet.text(f"{course}, where nobody chooses.", "The present course")


def _injects(sheet: Sheet, scenario: Scenario) -> None:
    if scenario.injects:
        sheet.heading("Injects")
        rows = ((each.title, _when(each), _told(scenario, each)) for each in _ordered(scenario))
        sheet.table("News that may reach the room", ("Inject", "When", "Text"), rows)


def _ordered(scenario: Scenario) -> list[Inject]:
    """Scheduled ones first, by turn."""
    return sorted(scenario.injects.values(), key=lambda each: each.turn or len(scenario.calendar))


def _when(inject: Inject) -> str:
    """When it comes, in words; guards are for the program."""
    where = ", where it fits" if inject.when else ""
    if inject.turn is not None:
        return f"turn {inject.turn}{where}"
    turns = f" in turn {listed(map(str, inject.turns))}" if inject.turns else ""
    return f"by chance{turns}{where}" if inject.weight is not None else "by control alone"


def _told(scenario: Scenario, inject: Inject) -> str:
    parts = [inject.text or ""]
    if inject.to:
        parts.append(f"For {listed(scenario.roles[name].title for name in inject.to)} alone.")
    if inject.answers:
        titles = "; ".join(answer.title for answer in inject.answers.values())
        parts.append(f"Must be answered at once: {titles}.")
    return "\n".join(filter(None, parts))


def _hot_wash(sheet: Sheet, scenario: Scenario) -> None:
    if scenario.hot_wash:
        sheet.heading("Questions for the hot wash")
        sheet.items((_question(scenario, *each) for each in _questions(scenario)), ordered=True)


def _questions(scenario: Scenario) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((each.text, each.cites) for each in scenario.hot_wash)


def _question(scenario: Scenario, text: str, cites: tuple[str, ...]) -> str:
    names = cited(scenario, cites)
    return f"{text} [{names}]" if names else text


def _sealed(main: Element, scenario: Scenario) -> None:
    """A sheet of its own, so that it can lie face down."""
    sheet = Sheet(main, "sealed", "Sealed: aims and history", "facilitator sealed")
    sheet.text(SEALED, kind="mark")
    sheet.heading("What the other side may really want: one is drawn at StartEx")
    sheet.items(f"{aim.title}. {aim.text}" for aim in scenario.aims.values())
    if scenario.history:
        sheet.heading("What really happened")
        rows = ((entry.date, entry.text) for entry in scenario.history)
        sheet.table("By date", ("Date", "What happened: sealed until EndEx"), rows, "dates")
