"""Stops of a replay: what each is, and that nobody is shown what they could not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import ActionError, UsageError
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Moment, Viewer
from tabletop.exercise.viewers import PUBLIC
from tests.exercise.classes import Exercise
from tests.exercise.games import play

RED = Viewer("team", "red")
HARBOUR, PREMIER = Viewer("seat", "red-harbour"), Viewer("seat", "red-premier")


@pytest.fixture
def table(tmp_path: Path) -> ReplayTable:
    """Two teams; control rules in red and goes back there; both come to an end."""
    exercise = Exercise(red=["premier", "harbour"], blue=["premier"])
    exercise.decide("red", "patrol", "a claim must be seen", 30)
    exercise.rule("red", "too tame for this captain")
    exercise.decide("blue", "call", "blue will telephone")
    exercise.decide("red")
    exercise.rewind("red", 2, "red.2", 7)
    exercise.finish("red", "blue")
    return ReplayTable(exercise.save(tmp_path / "class.jsonl"))


def test_control_gets_every_event_of_a_line_and_each_can_be_looked_at(table: ReplayTable) -> None:
    """In order, and the view is the one of that event."""
    numbers = [stop.event for stop in table.steps(CONTROL, "red")]
    own = [e.number for e in table.save.events if e.line == "red"]
    assert set(own) <= set(numbers)
    assert numbers == sorted(numbers)
    for stop in table.steps(CONTROL, "red"):
        assert table.view(CONTROL, Moment(stop.line, stop.event)).event == stop.event


def test_every_viewer_may_look_at_every_stop_they_are_given(table: ReplayTable) -> None:
    """By event and by turn, in every line that is theirs to see."""
    for perspective in table.viewers:
        viewer = perspective.viewer
        for card in table.lines(viewer):
            stops = (*table.steps(viewer, card.name), *table.turns(viewer, card.name))
            views = [table.view(viewer, Moment(stop.line, stop.event)) for stop in stops]
            assert {view.line for view in views} <= {card.name, ""}


def test_stops_are_marked_by_what_they_are(table: ReplayTable) -> None:
    """A decision, a ruling, a line that control reopened, the end."""
    marks = {mark: stop for stop in table.steps(CONTROL, "red") for mark in stop.marks}
    assert marks["decision"].label.startswith("Decided: ")
    assert marks["override"].label == "Control overrules: too tame for this captain"
    assert marks["start"].label == "StartEx. Turn 1: A ship is sighted"
    reopened = table.steps(CONTROL, "red.2")
    assert reopened[0].marks == ("rewind",)
    assert reopened[0].turn == 2
    assert "ending" in reopened[-1].marks
    assert [card.came_from for card in table.lines(CONTROL)] == [None, None, "red"]


def test_turns_gather_the_marks_of_what_happened_in_them(table: ReplayTable) -> None:
    """A ruling after a turn has opened is of that turn; a reopened line begins with its own."""
    turns = table.turns(CONTROL, "red")
    assert [stop.turn for stop in turns][:2] == [1, 2]
    assert {"start", "decision"} <= set(turns[0].marks)
    assert "override" not in turns[0].marks
    assert {"turn", "inject", "override", "decision"} <= set(turns[1].marks)
    assert table.turns(CONTROL, "red.2")[0].turn == 2
    assert table.turns(CONTROL, "red.2")[-1].label == "EndEx"


def test_a_launch_and_a_stage_are_marked(tmp_path: Path) -> None:
    """In the first game in which there is one, told by the wire."""
    tables = (ReplayTable(play(tmp_path / f"{n}.jsonl", seed=n)) for n in range(99))
    table = next(
        each
        for each in tables
        if {"launch", "stage", "flash"}
        <= {mark for stop in each.steps(CONTROL, "solo") for mark in stop.marks}
    )
    flash = next(s for s in table.steps(CONTROL, "solo") if "flash" in s.marks)
    assert table.view(CONTROL, Moment("solo", flash.event)).flash is not None
    launch = next(s for s in table.steps(CONTROL, "solo") if "launch" in s.marks)
    assert table.view(CONTROL, Moment("solo", launch.event)).arcs


def test_what_is_for_one_office_is_found_by_no_other(table: ReplayTable) -> None:
    """A letter to the harbour master: neither the premier nor the public can search for it."""
    assert table.search("your cousin writes", HARBOUR)
    assert table.search("YOUR   cousin writes", CONTROL)
    for viewer in (PREMIER, PUBLIC, RED, Viewer("projector")):
        assert not table.search("your cousin writes", viewer)


def test_a_team_s_reasons_are_found_by_itself_and_by_control(table: ReplayTable) -> None:
    """What people said among themselves is not the public's."""
    for viewer in (PREMIER, HARBOUR, RED, CONTROL):
        found = table.search("claim must be seen", viewer)
        assert [each.stop.line for each in found] == ["red"]
        assert "claim must be seen" in found[0].excerpt
    assert not table.search("claim must be seen", PUBLIC)
    assert not table.search("blue will telephone", RED)
    assert not table.search("  ", CONTROL)


def test_a_team_looks_at_its_own_lines_alone(table: ReplayTable) -> None:
    """By name, by team, and never at another's."""
    assert [card.name for card in table.lines(RED)] == ["red", "red.2"]
    assert table.line(RED) == "red.2"
    assert table.line(RED, "red") == "red"
    assert table.line(CONTROL, "blue") == "blue"
    with pytest.raises(
        UsageError, match=r"no line 'blue' to look at from here: there is red, red\.2"
    ):
        table.line(RED, "blue")
    with pytest.raises(ActionError, match="no line 'blue'"):
        table.steps(RED, "blue")


def test_steps_that_show_nothing_are_control_s_alone(table: ReplayTable) -> None:
    """A draw in which nothing came is no stop for the others."""
    quiet = [s for s in table.steps(CONTROL, "blue") if s.label.startswith("Chance, ")]
    assert quiet
    assert not [s for s in table.steps(PUBLIC, "blue") if s.label.startswith("Chance, ")]


def test_a_seat_that_was_taken_later_looks_as_its_team_did(tmp_path: Path) -> None:
    """From before it was taken on."""
    from tabletop.exercise.table import Join

    exercise = Exercise(red=["premier"])
    exercise.decide("red")
    exercise.send(Join("late", "Bo", "red", "harbour"))
    exercise.finish("red")
    table = ReplayTable(exercise.save(tmp_path / "late.jsonl"))
    late = Viewer("seat", "late")
    first = table.turns(late, "red")[0]
    assert table.view(late, Moment("red", first.event)).seat is None
    assert table.view(late).seat == "late"
    assert table.steps(late, "red")


def test_a_draw_that_was_overruled_is_told_as_it_was_until_then(tmp_path: Path) -> None:
    """The steps before the ruling show the draw, the ruling and what follows show the other."""
    from tabletop.exercise.record import OVERRIDE
    from tabletop.exercise.words import seal_words

    exercise = Exercise(red=["premier"])
    exercise.decide("red", "wait")
    drawn = next(
        draft for _, draft in exercise.events if draft.data.get("site") == "decide:us/reaction"
    )
    other = "engages" if drawn.data["outcome"] != "engages" else "holds"
    data = {"site": drawn.data["site"], "outcome": other, "reason": seal_words("read the log")}
    exercise.put(OVERRIDE, data, "control", "red")
    table = ReplayTable(exercise.save(tmp_path / "overruled.jsonl"))
    assert table.fault is None
    labels = [stop.label for stop in table.steps(CONTROL, "red")]
    ruled = labels.index("Control overrules: read the log")
    titles = {"engages": "They pick up the telephone", "holds": "They wait"}
    assert not [label for label in labels[:ruled] if titles[other] in label]
    after = table.steps(CONTROL, "red")[ruled]
    assert titles[other] in after.text
