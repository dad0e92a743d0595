"""The story of one line of play: its turns, forecasts, questions, history and dials."""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from tabletop.debrief import hot_wash
from tabletop.debrief.beside import beside
from tabletop.debrief.forecasts import forecasts_of, pooled
from tabletop.debrief.model import Debrief, ForecastScore, WashQuestion
from tabletop.debrief.said import Words
from tabletop.debrief.timeline import gauges, timeline
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import Moment, Viewer
from tabletop.exercise.viewers import hears


def story_of(
    table: ReplayTable, viewer: Viewer, name: str, more: tuple[WashQuestion, ...] = ()
) -> Debrief:
    """The debrief of one line of play by itself; `more` are questions made elsewhere."""
    record, scenario = table.record, table.program.scenario
    played = record.lines[name]
    view = table.view(viewer, Moment(name, record.number))
    unsealed = record.over
    words = Words(table, viewer, played, view)
    history = view.ending.history if view.ending is not None else ()
    placed = beside([moment.date for moment in scenario.calendar[: view.turn]], history)
    turns = timeline(table, words, view, placed.turns)
    own = hot_wash.made_from(turns, scenario.forecast.question, name)
    asked = hot_wash.of_scenario(scenario) if unsealed else ()
    declared = record.objectives.get(played.team)
    known = declared is not None and (unsealed or hears(record, viewer, played.team))
    plan = scenario.timings.get(table.save.header.plan or "")
    return Debrief(
        save=table.path.name,
        title=scenario.title,
        scenario=scenario.id,
        version=scenario.version,
        viewer=viewer,
        line=name,
        team=played.team,
        plan=plan.title if plan else None,
        objective=scenario.objectives[declared].title if declared and known else None,
        unsealed=unsealed,
        turns=turns,
        gauges=gauges(table, view),
        forecast_question=scenario.forecast.question,
        # The author's questions give things away, and stand among the others below.
        ending=view.ending and replace(view.ending, questions=()),
        questions=(*own, *more, *asked),
        afterwards=placed.afterwards,
        assumptions=view.assumptions,
        score=_score(table, viewer),
        disclaimer=scenario.disclaimer,
        fault=table.fault,
    )


def _score(table: ReplayTable, viewer: Viewer) -> ForecastScore | None:
    """The forecasts of all teams, pooled, where there are several and they are not sealed."""
    record = table.record
    teams = {seat.team for seat in record.seats.values()}
    if len(teams) < 2 or not (record.over or viewer.kind == "control"):
        return None
    # A class asks for it once for every team.
    if table not in _POOLED:
        question = table.program.scenario.forecast.question
        _POOLED[table] = pooled(question, forecasts_of(table))
    return _POOLED[table]


_POOLED: WeakKeyDictionary[ReplayTable, ForecastScore] = WeakKeyDictionary()
