"""A place in a replay: it moves by events and turns, and looks through other eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.exercise.playhead import Playhead
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.samples import find_sample
from tabletop.exercise.table import CONTROL, Viewer


@pytest.fixture(scope="module")
def table() -> ReplayTable:
    """A whole solo game with rulings of control."""
    path = find_sample("override")
    assert isinstance(path, Path)
    return ReplayTable(path)


def test_every_decision_is_among_the_moments_in_order(table: ReplayTable) -> None:
    """Also those at which the viewer heard of nothing."""
    for viewer in (table.viewer, Viewer("public"), CONTROL):
        head = Playhead(table, viewer)
        events = [stop.event for stop in head.stops]
        assert events == sorted(set(events))
        turns = [stop.event for stop in table.turns(viewer, head.line)]
        assert [head.stops[place].event for place in head.openings] == turns


def test_there_and_back_again_is_where_it_began(table: ReplayTable) -> None:
    """By events and by turns; beyond the ends it does not move."""
    head = Playhead(table)
    first = head.place
    while head.step_turn(1):
        assert head.at_opening
    assert head.place == len(head.stops) - 1
    assert not head.step(1)
    while head.step_turn(-1):
        pass
    assert head.place == first
    assert head.to_start() == (first > 0)
    assert not head.step(-1)


def test_other_eyes_look_at_the_same_moment(table: ReplayTable) -> None:
    """Or at the last one before it of which they heard."""
    head = Playhead(table, CONTROL)
    for place in range(len(head.stops)):
        head.step(place - head.place)
        event = head.stop.event
        head.look_as(Viewer("public"))
        assert head.stop.event <= max(event, head.stops[0].event)
        head.look_as(CONTROL)


def test_a_branch_goes_on_from_the_last_decision_that_was_waited_for(table: ReplayTable) -> None:
    """From the first one where that is still to come."""
    head = Playhead(table)
    head.to_start()
    assert head.branching_turn == 1
    head.to_turn(3)
    head.step(2)
    assert head.branching_turn == 3


def test_a_line_that_is_not_there_is_refused(table: ReplayTable) -> None:
    """With those that are."""
    with pytest.raises(UsageError, match="there is no line 'red'"):
        Playhead(table, CONTROL, "red")
