"""Views: causes, callbacks, tells, what stays sealed, and what each viewer may know."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest

from tabletop.errors import ActionError, UsageError
from tabletop.exercise.autoplay import autoplay, policy_of
from tabletop.exercise.board import Board
from tabletop.exercise.conduct import carry_out
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.line import Said
from tabletop.exercise.record import Record
from tabletop.exercise.table import (
    CONTROL,
    SOLO,
    Action,
    Answer,
    Begin,
    Decide,
    Declare,
    Join,
    Viewer,
)
from tabletop.exercise.telling import Teller
from tabletop.exercise.view import View
from tabletop.scenario.schema import Scenario
from tests.exercise.games import SCENARIO


def _sent(record: Record, *actions: Action) -> Record:
    for number, action in enumerate(actions):
        record, _ = carry_out(record, action, f"op-{record.number}-{number}")
    return record


async def _begun(table: LocalTable) -> Record:
    await table.send(Declare("solo", "no_shot"), "objective")
    await table.send(Begin(), "begin")
    return table.record


def _view(record: Record) -> View:
    return Board(record, SOLO).view()


async def test_a_view_is_plain_data(table: LocalTable) -> None:
    """It survives a journey through JSON: nothing in it is live."""
    record = await _begun(table)
    for record_now in (record, _sent(record, Decide("solo", "wait", "nothing_more"))):
        data = asdict(_view(record_now))
        assert json.loads(json.dumps(data))["title"] == "The lighthouse"


async def test_every_movement_is_told_by_its_cause(table: LocalTable) -> None:
    """The changes of each gauge add up to its movement where no bound was met, each with a name."""
    record = await _begun(table)
    causes = set()
    while record.lines["solo"].play.ending is None:
        view = _view(record)
        if view.flash is not None:
            record = _sent(record, Answer("solo", view.flash.answers[0].id))
            continue
        choice = [each for each in view.responses if each.supports][-1]
        record = _sent(record, Decide("solo", choice.id, choice.supports[0]))
        for track in _view(record).tracks:
            causes |= {change.cause for change in track.changes}
            moved = sum(change.delta for change in track.changes)
            if track.low < track.before + moved < track.high:
                assert track.value == track.before + moved
    assert "Your act" in causes
    assert "The neighbour" in causes


async def test_the_hidden_aim_and_the_history_stay_sealed_until_the_end(table: LocalTable) -> None:
    """No view before EndEx names the aim, the ending's prose or what really happened."""
    record = await _begun(table)
    scenario = record.program.scenario
    sealed = [entry.text for entry in scenario.history]
    sealed += [aim.text for aim in scenario.aims.values()]
    sealed += [ending.epilogue for ending in scenario.endings.values()]
    while record.lines["solo"].play.ending is None:
        view = _view(record)
        shown = repr(view)
        assert not [text for text in sealed if text in shown]
        if view.flash is not None:
            record = _sent(record, Answer("solo", view.flash.answers[0].id))
        else:
            record = _sent(
                record, Decide("solo", view.responses[0].id, view.responses[0].supports[0])
            )
    ended = repr(_view(record))
    assert scenario.history[0].text in ended


async def test_evidence_from_after_the_first_turn_is_shown_only_at_the_end(
    table: LocalTable,
) -> None:
    """A sealed fact behind a text is left out of its sources until EndEx."""
    record = await _begun(table)
    scenario = record.program.scenario
    later = replace(scenario.facts["A1"], sealed=True)
    sealed = replace(scenario, facts={**scenario.facts, "A1": later})
    program = replace(record.program, scenario=sealed)
    before = Teller(program, 0).cites(["A1", "A2"])
    after = Teller(program, 0, unsealed=True).cites(["A1", "A2"])
    assert [card.id for card in before] == ["A2"]
    assert [card.id for card in after] == ["A1", "A2"]


async def test_before_the_end_no_view_holds_a_number_of_probability(table: LocalTable) -> None:
    """Weights are not in it; the forecast's answers are words beside what is stored."""
    view = _view(await _begun(table))
    for _, words in view.forecast.answers:
        assert not any(character.isdigit() for character in words)
    assert "weight" not in repr(view)


async def test_a_callback_remembers_an_earlier_choice_and_only_then(desk: Desk) -> None:
    """After a patrol, the second week opens with it; after waiting it never does."""
    remembered = "Your patrol is still out there."
    seen: dict[str, list[bool]] = {"patrol": [], "wait": []}
    for seed in range(20):
        for response, found in seen.items():
            table = desk.new(str(SCENARIO), seed=seed)
            view = _view(_sent(await _begun(table), Decide("solo", response, "nothing_more")))
            if view.stage == "standoff":
                found.append(remembered in view.brief)
            await table.close()
    assert seen["patrol"]
    assert all(seen["patrol"])
    assert seen["wait"]
    assert not any(seen["wait"])


async def test_the_forecast_came_when_a_flare_rose_and_not_otherwise(table: LocalTable) -> None:
    """Judged by what the turn really brought."""
    record = await _begun(table)
    line = record.lines["solo"]
    for outcome, came in (("holds", False), ("provokes", True)):
        decided = line.decided(9, "nothing_more", "wait", Said("solo", None, 70))
        forced = decided.play.copy()
        forced.draw(outcome)
        while forced.chance is not None:
            last = forced.chance.outcomes[-1].id
            forced.draw("flare" if "flare" in {o.id for o in forced.chance.outcomes} else last)
            forced.walk()
        while not forced.turn_over:
            forced.advance()
        assert forced.came is came


async def test_tells_are_listed_at_the_end_with_where_they_were_heard(desk: Desk) -> None:
    """Over thirty games some tell was given, and each names its turn."""
    heard: list[str] = []
    for seed in range(30):
        table = desk.new(str(SCENARIO), seed=seed)
        await autoplay(table, "random")
        ending = table.view(SOLO).ending
        assert ending is not None
        heard += ending.tells
        await table.close()
    assert heard
    assert all(tell.startswith("Turn ") for tell in heard)


async def test_the_briefing_shows_the_dials_in_force_and_no_tell(desk: Desk) -> None:
    """Before the aim is drawn, no text leans towards any; a changed dial is marked."""
    table = desk.new(str(SCENARIO), assumptions={"prior": "islet"})
    view = table.view(SOLO)
    assert ("What we think they want", "islet", False) in view.assumptions
    tells = [
        tell
        for stage in table.record.program.scenario.stages.values()
        for tell in stage.tells.values()
    ]
    assert tells
    assert not [tell for tell in tells if tell in view.brief]
    await table.close()


async def test_a_closed_response_gives_the_authors_reason_and_consent_says_who(
    table: LocalTable,
) -> None:
    """The embargo needs the ally: open under one support, and refused when the ally is out."""
    record = await _begun(table)
    line = record.lines["solo"]
    alarm = line.play.copy()
    alarm.world = alarm.world._replace(stage=1)
    responses = {
        each.id: each for each in _view(record.with_line(replace(line, play=alarm))).responses
    }
    assert responses["embargo"].supports == ("ask_ally",)
    assert "Ask the ally" in (responses["embargo"].consent or "")
    without = alarm.copy()
    without.world = without.world._replace(tracks=(5, 1, 0, 2))
    closed = {
        each.id: each for each in _view(record.with_line(replace(line, play=without))).responses
    }
    assert closed["embargo"].supports == ()
    assert "will not close its own harbour" in (closed["embargo"].closed or "")
    assert closed["patrol"].closed == "The sea is too crowded to send another ship."


async def test_every_wire_item_of_a_game_has_words(desk: Desk) -> None:
    """In thirty random games nothing is nameless, and causes have titles instead of ids."""
    for seed in range(30):
        table = desk.new(str(SCENARIO), seed=seed)
        await autoplay(table, "random")
        view = table.view(SOLO)
        titles = {actor.title for actor in table.record.program.scenario.actors.values()}
        for item in view.wire:
            assert item.text or item.title
            if item.kind != "ladder":
                assert item.by in titles | {"Your act"}
        await table.close()


async def test_unknown_doctrines_are_refused_with_the_known_ones(table: LocalTable) -> None:
    """One line."""
    with pytest.raises(UsageError, match=r"unknown doctrine 'hope'.*random"):
        policy_of(table, "hope")


def _class_record(minimal: Scenario, record: Record) -> Record:
    two = [Join("p", "Ann", "red", "premier"), Join("h", "Bob", "red", "harbour")]
    other = [Join("q", "Cho", "blue", "premier")]
    fresh = Record(record.program, seed=9)
    return _sent(fresh, *two, *other, Begin())


async def test_private_texts_reach_only_the_seat_that_they_are_for(table: LocalTable) -> None:
    """The harbour master's cousin is known to the harbour master alone."""
    record = _class_record(table.record.program.scenario, table.record)
    secret = "Your cousin captains the survey ship."
    views = {
        name: Board(record, viewer).view()
        for name, viewer in {
            "h": Viewer("seat", "h"),
            "p": Viewer("seat", "p"),
            "q": Viewer("seat", "q"),
            "public": Viewer("public", "red"),
            "projector": Viewer("projector", "red"),
        }.items()
    }
    assert secret in repr(views.pop("h"))
    for view in views.values():
        assert secret not in repr(view)


async def test_teams_play_their_own_lines(table: LocalTable) -> None:
    """A decision of one team moves nothing of the other's."""
    record = _class_record(table.record.program.scenario, table.record)
    before = asdict(Board(record, Viewer("seat", "q")).view())
    record = _sent(record, Decide("p", "wait", "nothing_more"))
    after = asdict(Board(record, Viewer("seat", "q")).view())

    def still(view: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in view.items() if name != "event"}

    assert still(before) == still(after)
    assert Board(record, Viewer("seat", "p")).view().turn == 2


async def test_turns_that_a_plan_plays_do_not_change_what_a_decision_brought(desk: Desk) -> None:
    """The aftermath of the last decision ends with its own turn, whatever was delegated later."""
    table = desk.new(str(SCENARIO), seed=4, plan="short")
    record = await _begun(table)
    while record.lines["solo"].play.ending is None:
        view = _view(record)
        if view.flash is not None:
            record = _sent(record, Answer("solo", view.flash.answers[0].id))
        else:
            choice = next(each for each in view.responses if each.supports)
            record = _sent(record, Decide("solo", choice.id, choice.supports[0]))
    line = record.lines["solo"]
    aftermath = _view(record).aftermath
    assert aftermath is not None
    assert aftermath.turn == line.decisions[-1].turn
    after = dict(line.closings)[aftermath.turn]
    titles = [stage.title for stage in record.program.scenario.stages.values()]
    assert aftermath.stage_after == titles[after.stage]
    await table.close()


async def test_nobody_looks_at_the_line_of_another_team(table: LocalTable) -> None:
    """A seat may name its own lines only; unknown teams see no line at all."""
    record = _class_record(table.record.program.scenario, table.record)
    assert Board(record, Viewer("seat", "p"), "red").view().line == "red"
    with pytest.raises(ActionError, match="no line 'red'"):
        Board(record, Viewer("seat", "q"), "red")
    assert Board(record, Viewer("team", "ghost")).line is None
    assert Board(record, CONTROL, "blue").view().line == "blue"


async def test_what_a_team_said_is_not_for_the_public(table: LocalTable) -> None:
    """Reasons and forecasts are for the team and for control."""
    record = _class_record(table.record.program.scenario, table.record)
    record = _sent(record, Decide("p", "wait", "nothing_more", "our own reason", 70))
    for viewer in (Viewer("public", "red"), Viewer("projector", "red"), Viewer("seat", "q")):
        assert "our own reason" not in repr(Board(record, viewer).view())
    assert "our own reason" in repr(Board(record, Viewer("seat", "h")).view())


async def test_only_who_decides_may_decide(table: LocalTable) -> None:
    """The harbour master's seat advises."""
    record = _class_record(table.record.program.scenario, table.record)
    with pytest.raises(ActionError, match="in this team p decides"):
        _sent(record, Decide("h", "wait", "nothing_more"))


async def test_what_is_sealed_stays_so_until_the_last_team_has_ended(table: LocalTable) -> None:
    """The first team to end does not learn the aim that the other one still plays against."""
    record = _class_record(table.record.program.scenario, table.record)

    def finished(record: Record, seat: str) -> Record:
        while (view := Board(record, Viewer("seat", seat)).view()).phase != "ended":
            if view.flash is not None:
                record = _sent(record, Answer(seat, view.flash.answers[0].id))
            else:
                choice = next(each for each in view.responses if each.supports)
                record = _sent(record, Decide(seat, choice.id, choice.supports[0]))
        return record

    record = finished(record, "p")
    early = Board(record, Viewer("seat", "p")).view().ending
    assert early is not None
    assert (early.aim_title, early.history, early.tells) == ("", (), ())
    assert (early.questions, early.unsealed) == ((), False)
    late = Board(finished(record, "q"), Viewer("seat", "p")).view().ending
    assert late is not None
    assert late.aim_title
    assert late.history
    assert late.questions
    assert late.unsealed


async def test_a_second_line_from_a_rewind_leaves_the_first_as_it_was(table: LocalTable) -> None:
    """Back at the second decision, with the same luck and with other luck."""
    record = await _begun(table)
    record = _sent(record, Decide("solo", "wait", "nothing_more"))
    while record.lines["solo"].play.prompt and record.lines["solo"].world.turn < 3:
        view = _view(record)
        if view.flash is not None:
            record = _sent(record, Answer("solo", view.flash.answers[0].id))
        else:
            record = _sent(
                record, Decide("solo", "wait" if view.stage != "talks" else "sit", "nothing_more")
            )
    first = record.lines["solo"]
    for name, luck in (("solo.2", None), ("solo.3", 7)):
        data = {"from": "solo", "turn": 2, "luck": luck}
        record = record.after(Draft("game.rewound", data, "control", name))
        line = record.lines[name]
        assert (line.world.turn, [done.turn for done in line.decisions]) == (2, [1])
        assert line.play.prompt is not None
        assert record.lines["solo"] == first
    assert record.lines["solo.2"].play.base == first.openings[1].play.base
    assert record.lines["solo.3"].play.base != first.openings[1].play.base
