"""The ladder: rungs in order, ways back, and nothing that sticks."""

from __future__ import annotations

from typing import Any

import pytest
import transitions
from transitions import Machine

from tabletop.rules.compiler import compile_program
from tabletop.rules.start import begin
from tabletop.rules.world import World
from tabletop.scenario.schema import Scenario

STANDOFF, ALARM, TALKS = range(3)


@pytest.fixture
def first(minimal: Scenario) -> World:
    """The first world of a game."""
    return begin(compile_program(minimal), 0).world


def _with(world: World, stage: int, **tracks: int) -> World:
    names = ["tension", "line", "patron", "stores"]
    values = [tracks.get(name, value) for name, value in zip(names, world.tracks, strict=True)]
    return world._replace(stage=stage, tracks=tuple(values))


def test_the_first_rung_whose_guard_holds_is_taken(minimal: Scenario, first: World) -> None:
    """Talks stand before the alarm in the file, so they win where both could be."""
    program = compile_program(minimal)
    flared = first.flags | program.mask("flared")
    both = _with(first, STANDOFF, line=3)._replace(flags=flared)
    rung = program.ladder.climb(both)
    assert rung is not None
    assert (rung.origin, rung.target) == (STANDOFF, TALKS)
    alone = program.ladder.climb(_with(first, STANDOFF)._replace(flags=flared))
    assert alone is not None
    assert alone.target == ALARM


def test_where_no_guard_holds_the_stage_stays(minimal: Scenario, first: World) -> None:
    """No rung, and no error either."""
    assert compile_program(minimal).ladder.climb(_with(first, STANDOFF)) is None


@pytest.mark.parametrize("entered_from", [STANDOFF, ALARM])
def test_previous_leads_back_to_where_the_stage_was_entered_from(
    minimal: Scenario, first: World, entered_from: int
) -> None:
    """Failed talks return to the stage that they left, whichever it was."""
    world = _with(first, TALKS, line=0)._replace(came_from=entered_from)
    rung = compile_program(minimal).ladder.climb(world)
    assert rung is not None
    assert rung.target == entered_from


def test_a_rung_to_the_present_stage_is_none(minimal: Scenario, first: World) -> None:
    """`from: any` leaves out the stage that it leads to."""
    assert compile_program(minimal).ladder.climb(_with(first, TALKS, line=3)) is None


def test_the_machine_is_built_once_a_program_and_the_asking_leaves_no_trace(
    minimal: Scenario, first: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand questions build no further machine and never change an answer."""
    built = []

    def counting(**options: Any) -> Machine:
        built.append(1)
        return Machine(**options)

    monkeypatch.setattr(transitions, "Machine", counting)
    program = compile_program(minimal)
    world = _with(first, STANDOFF, line=3)
    answers = {program.ladder.climb(world) for _ in range(1000)}
    assert len(answers) == 1
    assert len(built) == 1
